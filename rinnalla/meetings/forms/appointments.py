"""Setting an appointment at another service, what the client says of it, and how it went."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.meetings.forms.calling import REMINDING, WHEN
from rinnalla.meetings.forms.slots import instant
from rinnalla.meetings.models import Appointment, Meeting
from rinnalla.meetings.operations.appointments import UNANSWERED, Reminding, Visit, Word
from rinnalla.ui.fields import ClockField, DayField, ReadLine
from rinnalla.ui.forms import ReadForm

Escort = Appointment.Escort
Happened = Appointment.Happened


class EscortForm(ReadForm):
    """Whether somebody goes along with the client, and who."""

    escort = forms.ChoiceField(
        label=gettext_lazy("Saattaja"),
        choices=Escort.choices,
        widget=forms.RadioSelect,
        initial=Escort.NONE,
    )
    escort_words = forms.CharField(
        label=gettext_lazy("Kuka lähtee mukaan"),
        required=False,
        max_length=200,
        widget=ReadLine,
    )

    def clean(self) -> dict[str, Any]:
        """An escort that is found has a name."""
        data = super().clean() or {}
        if data.get("escort") == Escort.FOUND and not data.get("escort_words"):
            self.add_error("escort_words", _("Kirjoita, kuka lähtee mukaan."))
        return data


class AppointmentForm(EscortForm):
    """Where and when the client goes, and how that is reminded of."""

    service = forms.CharField(
        label=gettext_lazy("Minne asiakas menee"),
        help_text=gettext_lazy("Esimerkiksi lääkärin vastaanotto. Muistutuksessa tätä ei lue."),
        max_length=200,
        widget=ReadLine,
        error_messages={"required": gettext_lazy("Kirjoita, minne asiakas menee.")},
    )
    on = DayField(
        label=gettext_lazy("Päivä"),
        error_messages={"required": gettext_lazy("Kirjoita päivä, esimerkiksi 12.11.2026.")},
    )
    at = ClockField(
        label=gettext_lazy("Kello"),
        error_messages={"required": gettext_lazy("Kirjoita kellonaika, esimerkiksi 9.30.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Paikka"), required=False, max_length=200, widget=ReadLine
    )
    remind_by = forms.ChoiceField(
        label=gettext_lazy("Miten asiakasta muistutetaan"),
        choices=REMINDING,
        widget=forms.RadioSelect,
    )
    remind_when = forms.MultipleChoiceField(
        label=gettext_lazy("Milloin muistutetaan"),
        choices=WHEN,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=["day"],
    )
    confirm_by_call = forms.BooleanField(
        label=gettext_lazy("Soitan edellisenä päivänä ja varmistan, että asiakas pääsee"),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Miksi aika muuttuu"), max_length=500, required=False, widget=ReadLine
    )
    field_order = ("reason", "service", "on", "at", "place", "remind_by")

    def __init__(
        self, *args: Any, now: datetime, ways: Sequence[str], moves: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.starts = now, now
        field = self.fields["remind_by"]
        field.choices = [one for one in field.choices if one[0] in ways]  # type: ignore[attr-defined]
        self.fields["reason"].required = moves
        self.fields["reason"].error_messages["required"] = _("Kirjoita, miksi aika muuttuu.")
        if not moves:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """The time is one that can be, and is to come."""
        data = super().clean()
        if data.get("on") and data.get("at"):
            try:
                self.starts = instant(data["on"], data["at"], self.now)
            except ValidationError as refusal:
                self.add_error("on" if "mennyt" in str(refusal) else "at", refusal)
        return data

    @property
    def visit(self) -> Visit:
        """What is booked, of a form that is valid."""
        data = self.cleaned_data
        when = data["remind_when"]
        return Visit(
            data["service"],
            self.starts,
            data["place"],
            Reminding(data["remind_by"], "day" in when, "hour" in when),
            data["confirm_by_call"],
            data["escort"],
            data["escort_words"],
        )


class WordForm(ReadForm):
    """How a call about the time ended."""

    says = forms.ChoiceField(
        label=gettext_lazy("Mitä asiakas sanoi"),
        choices=Appointment.SAYS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse vastaus.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Mistä puhuitte"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    call_again_on = DayField(
        label=gettext_lazy("Milloin soitat uudelleen, jos ei vastannut"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Who did not answer is called again on a day."""
        data = super().clean() or {}
        unanswered = data.get("says") == UNANSWERED
        if unanswered and "call_again_on" in data and not data["call_again_on"]:
            self.add_error("call_again_on", _("Kirjoita päivä, jona soitat uudelleen."))
        return data

    @property
    def word(self) -> Word:
        return Word(**self.cleaned_data)


class HappenedForm(ReadForm):
    """Whether the client was there, what came of it, and whether the step is done."""

    happened = forms.ChoiceField(
        label=gettext_lazy("Toteutuiko aika"),
        choices=[(one.value, one.label) for one in (Happened.YES, Happened.NO)],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse, toteutuiko aika.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Mitä tapahtui"),
        help_text=gettext_lazy("Jos aika ei toteutunut, kirjoita miksi ja mitä nyt tehdään."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_done = forms.BooleanField(
        label=gettext_lazy("Sovittu asia on nyt tehty"), required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        """What did not happen says why."""
        data = super().clean() or {}
        if data.get("happened") == Happened.NO and not data.get("words", "").strip():
            self.add_error("words", _("Kerro, miksi aika ei toteutunut."))
        return data


def typed(appointment: Appointment) -> dict[str, Any]:
    """What a form that moves the appointment begins with."""
    when = {"day": appointment.remind_day_before, "hour": appointment.remind_hour_before}
    return {
        "service": appointment.service,
        "place": appointment.place,
        "remind_by": Meeting.Way(appointment.remind_by).value,
        "remind_when": [name for name, wanted in when.items() if wanted],
        "confirm_by_call": appointment.confirm_by_call,
        "escort": appointment.escort,
        "escort_words": appointment.escort_words,
    }
