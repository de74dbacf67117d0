"""Form fields for days and times, typed as Finns write them."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_DAY = re.compile(r"^(?:[^\W\d]+\s+)?(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_CLOCK = re.compile(r"^(?:klo\s*)?(\d{1,2})(?:[.:](\d{2}))?$", re.IGNORECASE)


class ReadLine(forms.TextInput):
    """A single line that others than its writer read: the page says beside it who could."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-read": True, **(attrs or {})})


class DayField(forms.DateField):
    """Reads `1.12.2026`, also with a weekday before it."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": 20, "size": 12})

    def to_python(self, value: Any) -> datetime.date | None:
        """The day that was typed, or a sentence that says how to type it."""
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.date):
            return value.date() if isinstance(value, datetime.datetime) else value
        return _read_day(str(value).strip())

    def prepare_value(self, value: Any) -> Any:
        """The day as it is typed, whatever the language of the page."""
        if isinstance(value, datetime.date):
            return f"{value.day}.{value.month}.{value.year}"
        return value


class ClockField(forms.TimeField):
    """Reads `9`, `9.30` and `klo 9.30`."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": 9, "size": 6})

    def to_python(self, value: Any) -> datetime.time | None:
        """The time that was typed, or a sentence that says how to type it."""
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.time):
            return value
        typed = _CLOCK.match(str(value).strip())
        try:
            return datetime.time(int(typed[1]), int(typed[2] or 0)) if typed else _not_a_time()
        except ValueError:
            return _not_a_time()

    def prepare_value(self, value: Any) -> Any:
        """The time as it is typed."""
        return f"{value.hour}.{value.minute:02}" if isinstance(value, datetime.time) else value


def _read_day(typed: str) -> datetime.date:
    if found := _DAY.match(typed):
        day, month, year = (int(part) for part in found.groups())
    elif found := _ISO.match(typed):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise ValidationError(_("Kirjoita päivä näin: 1.12.2026."), code="invalid")
    try:
        return datetime.date(year, month, day)
    except ValueError:
        message = _("Päivää %(day)s ei ole kalenterissa. Tarkista päivä.")
        raise ValidationError(message, code="invalid", params={"day": typed}) from None


def _not_a_time() -> datetime.time:
    raise ValidationError(_("Kirjoita kellonaika näin: 9.30."), code="invalid")
