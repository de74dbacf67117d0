"""Recording a permit, and putting one on the list of those to ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.lib.ordering import alphabetical
from rinnalla.organizations.models import Organization, Register, Unit
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import Giving, Scope
from rinnalla.ui.fields import DayField

Ticks = forms.CheckboxSelectMultiple


if TYPE_CHECKING:
    Organizations = forms.ModelMultipleChoiceField[Organization]
else:
    Organizations = forms.ModelMultipleChoiceField


class RecipientsField(Organizations):
    """Organizations, of which there may be none when a single unit is the recipient."""

    def clean(self, value: Any) -> Any:
        """Nothing chosen is judged by the form, together with the units."""
        return super().clean(value) if value else Organization.objects.none()


@dataclass
class UnitGroup:
    """One register's units as ticks: all of them by one tick, or each of its own."""

    everything: BoundWidget
    units: list[BoundWidget]
    chosen: int = 0

    @property
    def is_open(self) -> bool:
        """Some of the units are ticked: the reader must see which."""
        return self.chosen > 0


class UnitsForm(forms.Form):
    """Whose data: whole registers, or units one by one."""

    registers = forms.ModelMultipleChoiceField(
        Register.objects.none(), required=False, widget=Ticks, label=gettext_lazy("Kaikki yksiköt")
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), required=False, widget=Ticks, label=gettext_lazy("Kenen tietoja")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = Unit.objects.filter(keeps_master=False).exclude(sector="hallinto")
        units = kept.select_related("organization", "register__organization").order_by("code")
        registers = Register.objects.filter(pk__in=kept.values("register"))
        _choose(self, "units", units)
        by_name = registers.order_by(*alphabetical("organization__name", "name"))
        _choose(self, "registers", by_name.select_related("organization"))
        self.fields["registers"].label_from_instance = (  # type: ignore[attr-defined]
            lambda register: (
                _("%(owner)s, %(register)s: kaikki yksiköt")
                % {"owner": register.organization.name, "register": register.name}
            )
        )

    def groups(self) -> list[UnitGroup]:
        """The ticks as the page draws them, register by register."""
        found = {tick.data["value"].value: UnitGroup(tick, []) for tick in self["registers"]}
        for tick in self["units"]:
            group = found[tick.data["value"].instance.register_id]
            group.units.append(tick)
            group.chosen += bool(tick.data["selected"])
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        """Whole registers become their units."""
        data = super().clean() or {}
        chosen = set(data.get("units") or [])
        whole = data.get("registers") or []
        field = self.fields["units"]
        chosen |= set(field.queryset.filter(register__in=whole))  # type: ignore[attr-defined]
        data["units"] = sorted(chosen, key=lambda unit: unit.code)
        if not chosen and "units" not in self.errors:
            self.add_error("units", _("Valitse vähintään yksi yksikkö."))
        return data


class PermitForm(UnitsForm):
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
    purpose = forms.CharField(label=gettext_lazy("Mihin tietoja käytetään"), max_length=300)
    begins = DayField(label=gettext_lazy("Alkaa"))
    ends = DayField(
        label=gettext_lazy("Päättyy"),
        required=False,
        help_text=gettext_lazy("Tyhjä: voimassa, kunnes asiakas peruu."),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Miten lupa annettiin"),
        choices=Permit.Form.choices,
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "organizations", Organization.objects.order_by(*alphabetical("name")))
        _choose(self, "recipient_units", self.fields["units"].queryset)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("organizations") and not data.get("recipient_units"):
            self.add_error("organizations", _("Valitse, kuka saa nähdä tiedot."))
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("Lupa ei voi päättyä ennen kuin se alkaa."))
        return data

    def scope(self) -> Scope:
        """What the permit is about."""
        data = self.cleaned_data
        return Scope(
            units=data["units"],
            organizations=list(data["organizations"]),
            recipient_units=list(data["recipient_units"]),
            purpose=data["purpose"],
            begins=data["begins"],
            ends=data["ends"],
        )

    def giving(self) -> Giving:
        """How the client gave it."""
        data = self.cleaned_data
        return Giving(data["given_on"], data["form"], data["given_by"])


class AskForm(UnitsForm):
    """A permit to be asked of the client later: whose data, for whom, why."""

    recipient = forms.ModelChoiceField(
        Organization.objects.order_by(*alphabetical("name")),
        label=gettext_lazy("Kenelle lupaa kysytään"),
        empty_label=gettext_lazy("valitse"),
    )
    reason = forms.CharField(label=gettext_lazy("Miksi lupa tarvitaan"), max_length=300)


def _choose(form: forms.Form, name: str, rows: Iterable[Any]) -> None:
    form.fields[name].queryset = rows  # type: ignore[attr-defined]
