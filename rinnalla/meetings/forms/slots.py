"""When and where: the fields that calling together, moving and calling anew share."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.lib.days import at_clock
from rinnalla.meetings.models import Place
from rinnalla.meetings.operations.arranging import Slot
from rinnalla.ui.fields import ClockField, DayField, ReadLine
from rinnalla.ui.forms import ReadForm

HOUR = timedelta(hours=1)
_LINE = re.compile(r"^(.+?)\s+(?:klo\s*)?(\d{1,2}(?:[.:]\d{2})?)$", re.IGNORECASE)


def instant(day: date, clock: time, now: datetime) -> datetime:
    """The instant of a day and a clock time that is to come, or a sentence."""
    found = at_clock(day, clock)
    if found is None:
        raise ValidationError(
            _("Kelloa siirretään sinä yönä, eikä tätä aikaa ole yksiselitteisesti. Valitse toinen.")
        )
    if found <= now:
        raise ValidationError(_("Aika on jo mennyt. Valitse tuleva aika."))
    return found


class SlotForm(ReadForm):
    """A day with a clock time and a place; the end is an hour later when nobody says."""

    on = DayField(
        label=gettext_lazy("Päivä"),
        error_messages={"required": gettext_lazy("Kirjoita päivä, esimerkiksi 12.11.2026.")},
    )
    starts = ClockField(
        label=gettext_lazy("Alkaa"),
        error_messages={"required": gettext_lazy("Kirjoita, mihin aikaan tapaaminen alkaa.")},
    )
    ends = ClockField(
        label=gettext_lazy("Päättyy"),
        help_text=gettext_lazy("Jos jätät tyhjäksi, tapaaminen kestää tunnin."),
        required=False,
    )
    place_kind = forms.ChoiceField(
        label=gettext_lazy("Miten tavataan"),
        choices=Place.choices,
        widget=forms.RadioSelect,
        initial=Place.ROOM,
    )
    place = forms.CharField(
        label=gettext_lazy("Paikka tai puhelinnumero"),
        required=False,
        max_length=200,
        widget=ReadLine,
    )
    link = forms.URLField(
        label=gettext_lazy("Etäyhteyden osoite"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.slot: Slot | None = None

    def clean(self) -> dict[str, Any]:
        """The time is one, is to come, and ends after it begins; the place is known."""
        data = super().clean() or {}
        on, starts = data.get("on"), data.get("starts")
        if on and starts and "ends" in data:
            self._take(data, on, starts)
        if data.get("place_kind") == Place.ROOM and not data.get("place"):
            self.add_error("place", _("Kirjoita paikka."))
        if data.get("place_kind") == Place.REMOTE and not data.get("link") and "link" in data:
            self.add_error("link", _("Kirjoita etäyhteyden osoite."))
        return data

    def _take(self, data: dict[str, Any], on: date, starts: time) -> None:
        try:
            begin = instant(on, starts, self.now)
        except ValidationError as refusal:
            self.add_error("on" if "mennyt" in str(refusal) else "starts", refusal)
            return
        end = at_clock(on, data["ends"]) if data["ends"] else begin + HOUR
        if end is None or end <= begin:
            self.add_error("ends", _("Tapaaminen ei voi päättyä ennen kuin se alkaa."))
            return
        self.slot = Slot(
            begin,
            end,
            data.get("place_kind", Place.ROOM),
            data.get("place", ""),
            data.get("link", ""),
        )


def more_slots(typed: str, first: Slot, now: datetime) -> list[Slot]:
    """Other times, one a line as `12.11.2026 klo 9`, as long as the first and at its place; the
    first line that cannot be is told of."""
    found = []
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        parts = _LINE.match(line)
        try:
            if parts is None:
                raise ValidationError(_("Kirjoita näin: 12.11.2026 klo 9.00."))
            day, clock = DayField().clean(parts[1]), ClockField().clean(parts[2])
            starts = instant(day, clock, now)
        except ValidationError as refusal:
            raise ValidationError(f"{line}: {' '.join(refusal.messages)}") from None
        ends = starts + (first.ends - first.starts)
        found.append(Slot(starts, ends, first.place_kind, first.place, first.link))
    return found
