"""Whose data, and who gave it: what all forms of a client's will begin with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.access.models import Mandate
from rinnalla.lib.ordering import alphabetical
from rinnalla.organizations.models import Organization, Register, Unit
from rinnalla.permits.models import Permit
from rinnalla.permits.queries.mandates import covers
from rinnalla.ui.forms import ReadForm

Ticks = forms.CheckboxSelectMultiple
GIVEN_TO_A_WORKER = [choice for choice in Permit.Form.choices if choice[0] != Permit.Form.PORTAL]


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


class UnitsForm(ReadForm):
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
        choose(self, "units", units)
        by_name = registers.order_by(*alphabetical("organization__name", "name"))
        choose(self, "registers", by_name.select_related("organization"))
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


class GivenForm(UnitsForm):
    """Who gives it: the client, or a guardian within a mandate in force."""

    mandate = forms.ModelChoiceField(
        Mandate.objects.none(),
        label=gettext_lazy("Huoltajan tai edunvalvojan valtuus"),
        required=False,
        empty_label=gettext_lazy("valitse"),
    )

    def __init__(self, *args: Any, mandates: Sequence[Mandate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mandates = mandates
        field = self.fields["mandate"]
        choose(self, "mandate", Mandate.objects.filter(pk__in=[one.pk for one in mandates]))
        field.label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.guardian_name}, {one.get_scope_display()}"
        )

    def clean(self) -> dict[str, Any]:
        """The only mandate there is need not be chosen."""
        data = super().clean()
        if data.get("given_by") != Permit.Giver.GUARDIAN:
            data["mandate"] = None
            return data
        if data.get("mandate") is None and len(self.mandates) == 1:
            data["mandate"] = self.mandates[0]
        if data.get("mandate") is None:
            sentence = (
                _("Valitse valtuus.")
                if self.mandates
                else _("Valtuutta ei ole. Kirjaa ensin huoltajan tai edunvalvojan valtuus.")
            )
            self.add_error("mandate" if self.mandates else "given_by", sentence)
        elif any(not covers(data["mandate"], unit) for unit in data.get("units") or []):
            self.add_error("mandate", _("Valtuus ei kata kaikkia valittuja yksiköitä."))
        return data


def past(day: date | None, today: date) -> date | None:
    if day and day > today:
        raise forms.ValidationError(_("Päivä ei voi olla tulevaisuudessa."))
    return day


def choose(form: forms.Form, name: str, rows: Iterable[Any]) -> None:
    form.fields[name].queryset = rows  # type: ignore[attr-defined]
