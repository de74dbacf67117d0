"""Recording a permit, and putting one on the list of those to ask."""

from collections.abc import Iterable, Iterator, Sequence
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
from rinnalla.permits.models import Permit, RecipientNotice
from rinnalla.permits.operations import Giving, Help, Informing, Scope
from rinnalla.permits.queries import ClientPermits
from rinnalla.permits.queries.lines import denied
from rinnalla.permits.queries.mandates import covers
from rinnalla.ui.fields import DayField, ReadLine
from rinnalla.ui.forms import ReadForm

Ticks = forms.CheckboxSelectMultiple
GIVEN_TO_A_WORKER = [choice for choice in Permit.Form.choices if choice[0] != Permit.Form.PORTAL]
NOT_NAMED = ("", Permit.Purpose.OTHER)
LANGUAGES = [
    ("", gettext_lazy("ei tiedossa")),
    ("fi", gettext_lazy("suomi")),
    ("sv", gettext_lazy("ruotsi")),
    ("en", gettext_lazy("englanti")),
    ("se", gettext_lazy("pohjoissaame")),
    ("mul", gettext_lazy("muu kieli tai tulkki")),
]


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
        _choose(self, "mandate", Mandate.objects.filter(pk__in=[one.pk for one in mandates]))
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


class PermitForm(GivenForm):
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
    language = forms.ChoiceField(
        label=gettext_lazy("Millä kielellä lupa annettiin"), choices=LANGUAGES, required=False
    )
    informed_on = DayField(label=gettext_lazy("Minä päivänä kerrottiin"), required=False)
    informed_way = forms.ChoiceField(
        label=gettext_lazy("Miten kerrottiin"),
        choices=[("", gettext_lazy("ei tiedossa")), *Permit.InformedBy.choices],
        required=False,
    )
    informed_language = forms.ChoiceField(
        label=gettext_lazy("Millä kielellä kerrottiin"), choices=LANGUAGES, required=False
    )
    informed_by = forms.CharField(label=gettext_lazy("Kuka kertoi"), max_length=200, required=False)
    leaflet = forms.CharField(
        label=gettext_lazy("Esitteen nimi ja versio"), max_length=60, required=False
    )
    explained_by = forms.CharField(
        label=gettext_lazy("Kuka selitti luvan"), max_length=200, required=False
    )
    helped_by = forms.CharField(
        label=gettext_lazy("Kuka auttoi asiakasta"), max_length=200, required=False
    )
    understanding = forms.CharField(
        label=gettext_lazy("Miten varmistettiin, että asiakas ymmärsi"),
        widget=ReadLine,
        max_length=300,
        required=False,
    )

    def __init__(
        self, *args: Any, known: ClientPermits, today: date, changes: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.today, self.changes = known, today, changes
        if changes:
            # A new version takes the old one's place, in one direction.
            del self.fields["both_ways"]
        _choose(self, "organizations", Organization.objects.order_by(*alphabetical("name")))
        _choose(self, "recipient_units", self.fields["units"].queryset)  # type: ignore[attr-defined]

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
        informed = data.get("informed_on")
        if begins and ends and ends < begins:
            yield "ends", _("Lupa ei voi päättyä ennen kuin se alkaa.")
        if ends and ends < self.today:
            yield "ends", _("Tämä päivä on jo mennyt. Lupa ei avaisi mitään.")
        if self.changes and begins and begins > self.today:
            yield "begins", _("Muutos alkaa tänään, sillä vanha lupa päättyy samalla hetkellä.")
        if given and given > self.today:
            yield "given_on", _("Luvan antopäivä ei voi olla tulevaisuudessa.")
        if informed and given and informed > given:
            yield "informed_on", _("Asiakkaalle kerrotaan ennen kuin hän antaa luvan.")

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

    def giving(self) -> Giving:
        """How the client gave it."""
        data = self.cleaned_data
        return Giving(
            data["given_on"],
            data["form"],
            data["given_by"],
            data["mandate"],
            data["language"],
            Informing(
                data["informed_on"],
                data["informed_way"],
                data["informed_language"],
                data["informed_by"],
                data["leaflet"],
            ),
            Help(data["explained_by"], data["helped_by"], data["understanding"]),
        )

    @property
    def has_informing(self) -> bool:
        """Something of the informing is filled in or wrong: the reader must see it."""
        return self._any("informed_on", "informed_way", "informed_by", "leaflet")

    @property
    def has_help(self) -> bool:
        """Something of the help is filled in."""
        return self._any("explained_by", "helped_by", "understanding")

    def _any(self, *names: str) -> bool:
        return any(self[name].value() or self[name].errors for name in names)


class DenialForm(GivenForm):
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
        _choose(self, "organizations", Organization.objects.order_by(*alphabetical("name")))
        _choose(self, "recipient_units", self.fields["units"].queryset)  # type: ignore[attr-defined]

    def clean_given_on(self) -> date | None:
        """Not a day to come."""
        return _past(self.cleaned_data["given_on"], self.today)

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

    def giving(self) -> Giving:
        """How the client gave it."""
        data = self.cleaned_data
        return Giving(data["given_on"], data["form"], data["given_by"], data["mandate"])


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
        return _past(self.cleaned_data["on"], self.today)


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
        return _past(self.cleaned_data["on"], self.today)


def _past(day: date | None, today: date) -> date | None:
    if day and day > today:
        raise forms.ValidationError(_("Päivä ei voi olla tulevaisuudessa."))
    return day


def _choose(form: forms.Form, name: str, rows: Iterable[Any]) -> None:
    form.fields[name].queryset = rows  # type: ignore[attr-defined]
