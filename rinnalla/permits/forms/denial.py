"""Recording a denial (kielto)."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.lib.ordering import alphabetical
from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.forms.confirmed import ConfirmedForm
from rinnalla.permits.forms.giving import (
    GIVEN_TO_A_WORKER,
    RecipientsField,
    Ticks,
    choose,
    past,
)
from rinnalla.permits.forms.told import ToldForm
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import Scope
from rinnalla.ui.fields import DayField


class DenialForm(ConfirmedForm, ToldForm):
    """A denial: whose data, from whom (nobody named: from everybody), until when."""

    organizations = RecipientsField(
        Organization.objects.none(),
        widget=Ticks,
        required=False,
        label=gettext_lazy("Kuka ei saa nähdä"),
        help_text=gettext_lazy("Tyhjä: kukaan muu ei saa nähdä."),
    )
    recipient_units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        required=False,
        widget=Ticks,
        label=gettext_lazy("Vain tietty yksikkö"),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Miten kielto annettiin"),
        choices=GIVEN_TO_A_WORKER,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Valitse, annettiinko kielto paperilla vai suullisesti.")
        },
    )
    given_by = forms.ChoiceField(
        label=gettext_lazy("Kuka kiellon antoi"),
        choices=Permit.Giver.choices,
        widget=forms.RadioSelect,
    )
    given_on = DayField(label=gettext_lazy("Minä päivänä kielto annettiin"))
    ends = DayField(
        label=gettext_lazy("Päättyy"),
        required=False,
        help_text=gettext_lazy("Tyhjä: voimassa, kunnes asiakas päättää sen."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choose(self, "organizations", Organization.objects.order_by(*alphabetical("name")))
        choose(self, "recipient_units", self.fields["units"].queryset)  # type: ignore[attr-defined]

    def clean_given_on(self) -> date | None:
        """Not a day to come."""
        return past(self.cleaned_data["given_on"], self.today)

    def clean_ends(self) -> date | None:
        """Not a day that is over."""
        ends: date | None = self.cleaned_data["ends"]
        if ends and ends < self.today:
            raise forms.ValidationError(_("Tämä päivä on jo mennyt. Kielto ei sulkisi mitään."))
        return ends

    def scope(self) -> Scope:
        """What the denial is about; it holds at once."""
        data = self.cleaned_data
        return Scope(
            data["units"],
            list(data["organizations"]),
            list(data["recipient_units"]),
            ends=data["ends"],
            denies=True,
        )
