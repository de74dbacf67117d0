"""Recording a permit, or changing one into a new version."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.lib.ordering import alphabetical
from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.forms.giving import (
    GIVEN_TO_A_WORKER,
    RecipientsField,
    Ticks,
    choose,
)
from rinnalla.permits.forms.told import ToldForm
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import Scope
from rinnalla.permits.queries import ClientPermits
from rinnalla.permits.queries.lines import denied
from rinnalla.ui.fields import DayField, ReadLine

NOT_NAMED = ("", Permit.Purpose.OTHER)


class PermitForm(ToldForm):
    """A permit in one direction: whose data, to whom, for what, from when, and how it was given."""

    organizations = RecipientsField(
        Organization.objects.none(), widget=Ticks, label=gettext_lazy("Kuka saa nähdä")
    )
    recipient_units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        required=False,
        widget=Ticks,
        label=gettext_lazy("Vain tietty yksikkö"),
    )
    both_ways = forms.BooleanField(
        label=gettext_lazy("Sama lupa myös toiseen suuntaan"),
        help_text=gettext_lazy("Syntyy kaksi lupaa. Valitse saajiksi yksiköitä."),
        required=False,
    )
    purpose_code = forms.ChoiceField(
        label=gettext_lazy("Mihin tietoja käytetään"),
        choices=Permit.Purpose.choices,
        required=False,
    )
    purpose = forms.CharField(
        label=gettext_lazy("Tarkennus omin sanoin"),
        max_length=300,
        required=False,
        widget=ReadLine,
    )
    begins = DayField(label=gettext_lazy("Alkaa"))
    ends = DayField(
        label=gettext_lazy("Päättyy"),
        required=False,
        help_text=gettext_lazy("Tyhjä: voimassa, kunnes asiakas peruu."),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Miten lupa annettiin"),
        choices=GIVEN_TO_A_WORKER,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Valitse, annettiinko lupa paperilla vai suullisesti.")
        },
    )
    given_by = forms.ChoiceField(
        label=gettext_lazy("Kuka luvan antoi"),
        choices=Permit.Giver.choices,
        widget=forms.RadioSelect,
    )
    given_on = DayField(label=gettext_lazy("Minä päivänä lupa annettiin"))

    def __init__(
        self, *args: Any, known: ClientPermits, today: date, changes: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.today, self.changes = known, today, changes
        if changes:
            # A new version takes the old one's place, in one direction.
            del self.fields["both_ways"]
        choose(self, "organizations", Organization.objects.order_by(*alphabetical("name")))
        choose(self, "recipient_units", self.fields["units"].queryset)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name, sentence in (*self._who(data), *self._denied(data), *self._days(data)):
            self.add_error(name, sentence)
        return data

    def _who(self, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """What is wrong with the recipients and the purpose."""
        if not data.get("organizations") and not data.get("recipient_units"):
            yield "organizations", _("Valitse, kuka saa nähdä tiedot.")
        if data.get("both_ways") and data.get("organizations"):
            yield (
                "both_ways",
                _("Valitse saajiksi yksiköitä: niiden tiedot aukeavat toiseen suuntaan."),
            )
        if data.get("purpose_code") in NOT_NAMED and not data.get("purpose"):
            yield "purpose", _("Kerro, mihin tietoja käytetään.")

    def _denied(self, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """What a denial in force contradicts: the client ends it first, or it stays."""
        chosen = [*(data.get("organizations") or []), *(data.get("recipient_units") or [])]
        shut = [
            unit.name
            for unit in data.get("units") or []
            if any(denied(self.known, unit.pk, party.pk) for party in chosen)
        ]
        if shut:
            yield (
                "units",
                _("Asiakas on kieltänyt tämän: %(units)s. Päätä kielto ensin.")
                % {"units": ", ".join(shut)},
            )

    def _days(self, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """What is wrong with the days."""
        begins, ends, given = data.get("begins"), data.get("ends"), data.get("given_on")
        if begins and ends and ends < begins:
            yield "ends", _("Lupa ei voi päättyä ennen kuin se alkaa.")
        if ends and ends < self.today:
            yield "ends", _("Tämä päivä on jo mennyt. Lupa ei avaisi mitään.")
        if self.changes and begins and begins > self.today:
            yield "begins", _("Muutos alkaa tänään, sillä vanha lupa päättyy samalla hetkellä.")
        if given and given > self.today:
            yield "given_on", _("Luvan antopäivä ei voi olla tulevaisuudessa.")

    def scope(self) -> Scope:
        """What the permit is about."""
        data = self.cleaned_data
        return Scope(
            units=data["units"],
            organizations=list(data["organizations"]),
            recipient_units=list(data["recipient_units"]),
            purpose_code=data["purpose_code"] or Permit.Purpose.OTHER,
            purpose=data["purpose"],
            begins=data["begins"],
            ends=data["ends"],
        )
