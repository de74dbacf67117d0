"""What a client decides without a worker: a denial, or a permit in another way than before."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rinnalla.access.models import Mandate
from rinnalla.lib.ordering import alphabetical
from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.forms.confirmed import ConfirmedForm
from rinnalla.permits.forms.giving import RecipientsField, Ticks, UnitsForm, choose
from rinnalla.permits.queries.mandates import SECTORS
from rinnalla.ui.fields import DayField


class OwnWillForm(ConfirmedForm, UnitsForm):
    """Whose data, to or from whom, until when; a guardian chooses within the mandate."""

    organizations = RecipientsField(
        Organization.objects.none(), widget=Ticks, required=False, label=_("Keneltä")
    )
    ends = DayField(label=_("Viimeinen päivä"), required=False)

    def __init__(self, *args: Any, mandate: Mandate | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if mandate is not None and mandate.scope != Mandate.Scope.ALL:
            sector = SECTORS[mandate.scope]  # type: ignore[index]
            units: Any = self.fields["units"]
            registers: Any = self.fields["registers"]
            units.queryset = units.queryset.filter(sector=sector)
            registers.queryset = registers.queryset.filter(pk__in=units.queryset.values("register"))
        choose(self, "organizations", Organization.objects.order_by(*alphabetical("name")))

    def clean_ends(self) -> date | None:
        """Not a day that is over."""
        ends: date | None = self.cleaned_data["ends"]
        if ends and ends < self.today:
            raise forms.ValidationError(gettext("Tämä päivä on jo mennyt. Valitse tuleva päivä."))
        return ends


class OwnDenialForm(OwnWillForm):
    """From whom data is kept; nobody named: from everybody else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["organizations"]
        who.label = gettext("Kuka ei saa nähdä?")
        who.help_text = gettext("Jätä tyhjäksi, jos kukaan muu ei saa nähdä.")
        self.fields["ends"].help_text = gettext("Jätä tyhjäksi, jos kielto jatkuu toistaiseksi.")


class OwnChangeForm(OwnWillForm):
    """The permit anew, as it now is to be."""

    def __init__(self, *args: Any, recipient_units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipient_units = list(recipient_units)
        who = self.fields["organizations"]
        who.label = gettext("Kuka saa nähdä?")
        who.required = not self.recipient_units
        self.fields["ends"].help_text = gettext(
            "Jätä tyhjäksi, jos lupa jatkuu siihen asti, kun perut sen."
        )

    def clean(self) -> dict[str, Any]:
        """Somebody must be allowed to see; units that were named stay."""
        data = super().clean()
        if not data.get("organizations") and not self.recipient_units:
            self.add_error("organizations", gettext("Valitse, kuka saa nähdä tietosi."))
        return data
