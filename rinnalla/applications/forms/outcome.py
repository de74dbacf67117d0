"""How a consultation ends: a service with its steps, a call to a meeting, a question back."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.applications.models import Application
from rinnalla.applications.queries.proposing import Owner
from rinnalla.plans.operations.steps import Agreed
from rinnalla.services.models import CatalogueService, StepTemplate
from rinnalla.ui.fields import DayField
from rinnalla.ui.forms import ReadForm

CONTACT = StepTemplate.Owner.CONTACT


class ReasonForm(ReadForm):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Perustelu"),
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": gettext_lazy("Kirjoita perustelu.")},
    )


class StepForm(ReadForm):
    """One step: what, who, by when; an untouched extra one is left out."""

    text = forms.CharField(
        label=gettext_lazy("Mitä tehdään"),
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Kirjoita, mitä tehdään.")},
    )
    owner = forms.ChoiceField(label=gettext_lazy("Kuka"))
    contact = forms.CharField(label=gettext_lazy("Muu taho"), max_length=200, required=False)
    due = DayField(
        label=gettext_lazy("Mihin mennessä"),
        error_messages={"required": gettext_lazy("Kirjoita päivä, johon mennessä tämä tehdään.")},
    )

    def __init__(self, *args: Any, owners: Sequence[Owner], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(owner.value, owner.label) for owner in owners]
        field.initial = owners[0].value

    @property
    def owner_name(self) -> str:
        """Who does it, as the folded line says it."""
        if self["owner"].value() == CONTACT and (contact := self["contact"].value()):
            return str(contact)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        return str(dict(field.choices).get(self["owner"].value(), ""))  # type: ignore[arg-type]

    @property
    def due_typed(self) -> str:
        """The day as it is typed."""
        return str(self["due"].value() or "")

    def clean_due(self) -> date | None:
        """Not a day that has passed."""
        due: date | None = self.cleaned_data["due"]
        if due and due < self.today:
            raise ValidationError(_("Päivä on mennyt. Valitse tuleva päivä."))
        return due

    def clean(self) -> dict[str, Any]:
        """Somebody else is named."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("owner") == CONTACT and not cleaned.get("contact"):
            self.add_error("contact", _("Kirjoita, kuka tämän tekee."))
        return cleaned


class BaseSteps(BaseFormSet):  # type: ignore[type-arg]
    """The steps in order; those removed or empty fall away."""

    def agreed(self, application: Application) -> list[Agreed]:
        """The steps as the act takes them."""
        kept = [form for form in self.forms if form not in self.deleted_forms]
        rows = [form.cleaned_data for form in kept if form.has_changed() or form.initial]
        return [_agreed(row, application) for row in rows]


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


class BackForm(ReadForm):
    """A question with which the case goes back."""

    question = forms.CharField(
        label=gettext_lazy("Kysymys lähettäjälle"),
        help_text=gettext_lazy(
            "Kello seisoo, kunnes hän vastaa. Asia tulee sen jälkeen uudelleen esityslistalle."
        ),
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": gettext_lazy("Kirjoita, mitä haluat tietää.")},
    )
