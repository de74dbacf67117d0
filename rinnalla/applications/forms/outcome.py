"""How a consultation ends: a service with its steps, a call to a meeting, a question back."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.applications.models import Application
from rinnalla.applications.queries.proposing import Owner
from rinnalla.plans.operations import Agreed
from rinnalla.services.models import CatalogueService, StepTemplate
from rinnalla.ui.fields import DayField

CONTACT = StepTemplate.Owner.CONTACT


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Perustelu"),
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": gettext_lazy("Kirjoita perustelu.")},
    )


class StepForm(forms.Form):
    """One step: what, who, by when; an empty one is left out."""

    text = forms.CharField(label=gettext_lazy("Mitä tehdään"), max_length=1000, required=False)
    owner = forms.ChoiceField(label=gettext_lazy("Kuka"))
    contact = forms.CharField(
        label=gettext_lazy("Jos muu taho, kuka"), max_length=200, required=False
    )
    due = DayField(label=gettext_lazy("Mihin mennessä"), required=False)

    def __init__(self, *args: Any, owners: Sequence[Owner], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(owner.value, owner.label) for owner in owners]

    def clean(self) -> dict[str, Any]:
        """A step that is kept has its day, not in the past, and its owner's name."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("text") or cleaned.get("DELETE"):
            return cleaned
        due = cleaned.get("due")
        if not due and "due" not in self.errors:
            self.add_error("due", _("Kirjoita päivä, johon mennessä tämä tehdään."))
        if due and due < self.today:
            self.add_error("due", _("Päivä on mennyt. Valitse tuleva päivä."))
        if cleaned.get("owner") == CONTACT and not cleaned.get("contact"):
            self.add_error("contact", _("Kirjoita, kuka tämän tekee."))
        return cleaned


class BaseSteps(BaseFormSet):  # type: ignore[type-arg]
    """The steps in order; those removed or empty fall away."""

    def agreed(self, application: Application) -> list[Agreed]:
        """The steps as the act takes them."""
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data.get("text")]
        return [_agreed(row, application) for row in kept if not row.get("DELETE")]


Steps = formset_factory(StepForm, formset=BaseSteps, extra=1, can_delete=True, max_num=30)


def template_rows(service: CatalogueService, due: dict[UUID, date]) -> list[dict[str, Any]]:
    """The template as the form's first rows."""
    return [
        {"text": t.text, "owner": t.owner, "contact": t.contact, "due": due[t.pk]}
        for t in service.steps.all()
    ]


def _agreed(row: dict[str, Any], application: Application) -> Agreed:
    watcher = application.referrer_id
    match row["owner"]:
        case StepTemplate.Owner.REFERRER:
            return Agreed(row["text"], row["due"], owner=watcher)
        case StepTemplate.Owner.CONVENER:
            return Agreed(row["text"], row["due"], owner=application.team.convener_id)
        case StepTemplate.Owner.CLIENT:
            return Agreed(row["text"], row["due"], by_client=True, watcher=watcher)
        case StepTemplate.Owner.CONTACT:
            return Agreed(row["text"], row["due"], contact=row["contact"], watcher=watcher)
    return Agreed(row["text"], row["due"], owner=UUID(row["owner"]))


class MeetingForm(ReasonForm):
    """Why, and who should come."""

    network = forms.MultipleChoiceField(
        label=gettext_lazy("Ketkä kutsutaan"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others = forms.CharField(
        label=gettext_lazy("Muut kutsuttavat"),
        help_text=gettext_lazy("Yksi riville. Esimerkiksi läheinen, jonka asiakas haluaa mukaan."),
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, network: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["network"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(person, person) for person in network]
        field.initial = list(network)

    def called(self) -> list[str]:
        """Everyone to be called, in order."""
        typed = self.cleaned_data["others"].splitlines()
        return [*self.cleaned_data["network"], *(line.strip() for line in typed if line.strip())]


class BackForm(forms.Form):
    """A question with which the case goes back."""

    question = forms.CharField(
        label=gettext_lazy("Kysymys lähettäjälle"),
        help_text=gettext_lazy("Kello seisoo, kunnes hän vastaa. Asia tulee sen jälkeen uudelleen esityslistalle."),
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": gettext_lazy("Kirjoita, mitä haluat tietää.")},
    )
