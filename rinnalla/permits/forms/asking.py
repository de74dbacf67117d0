"""Asking for a permit, its paper form, and telling the recipients of its end."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from rinnalla.lib.ordering import alphabetical
from rinnalla.organizations.models import Organization
from rinnalla.permits.forms.giving import UnitsForm, past
from rinnalla.permits.models import RecipientNotice
from rinnalla.ui.fields import DayField, ReadLine


class AskForm(UnitsForm):
    """A permit to be asked of the client later: whose data, for whom, why."""

    recipient = forms.ModelChoiceField(
        Organization.objects.order_by(*alphabetical("name")),
        label=gettext_lazy("Kenelle lupaa kysytään"),
        empty_label=gettext_lazy("valitse"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Miksi lupa tarvitaan"), max_length=300, widget=ReadLine
    )


class PaperForm(forms.Form):
    """On which day the client got the paper form to sign."""

    on = DayField(
        label=gettext_lazy("Minä päivänä asiakas sai lomakkeen"),
        required=False,
        help_text=gettext_lazy("Tyhjä: asiakkaalla ei ole lomaketta."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date | None:
        """Not a day to come."""
        return past(self.cleaned_data["on"], self.today)


class TellForm(forms.Form):
    """When and how a recipient was told that the permit has ended."""

    way = forms.ChoiceField(
        label=gettext_lazy("Miten kerroit"),
        choices=RecipientNotice.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse, miten kerroit.")},
    )
    on = DayField(label=gettext_lazy("Minä päivänä kerroit"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date | None:
        """Not a day to come."""
        return past(self.cleaned_data["on"], self.today)
