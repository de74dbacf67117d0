"""Days and times as people read them, in Helsinki time and the language of the page."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from django.utils import dateformat, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

Day = datetime.date | datetime.datetime | None


@dataclass(frozen=True)
class Formats:
    """How one language of Finland writes days and times, in Django's letters."""

    day: str
    short: str
    time: str


FORMATS = {
    "fi": Formats("D j.n.Y", "j.n.", r"\k\l\o G.i"),
    "sv": Formats("D j.n.Y", "j.n.", r"\k\l. G.i"),
    "en": Formats("D j M Y", "j M", r"\a\t G:i"),
}


def day(value: Day) -> str:
    """Weekday and date: ti 3.11.2026."""
    return _written(value, _formats().day)


def long_day(value: Day) -> str:
    """The whole weekday and date: tiistai 3.11.2026."""
    return _written(value, _formats().day.replace("D", "l"))


def full_date(value: Day) -> str:
    """The date without its weekday: 3.11.2026."""
    return _written(value, _formats().day.removeprefix("D "))


def short(value: Day) -> str:
    """Day and month: 3.11."""
    return _written(value, _formats().short)


def weekday_short(value: Day) -> str:
    """Weekday, day and month: ti 3.11."""
    return _written(value, f"D {_formats().short}")


def clock(value: datetime.datetime) -> str:
    """Time of day without a word before it: 10.00."""
    return _written(value, _formats().time.rpartition(" ")[2])


def time(value: datetime.datetime | datetime.time | None) -> str:
    """Time of day: klo 10.00."""
    if isinstance(value, datetime.time):
        return dateformat.time_format(value, _formats().time)
    return _written(value, _formats().time)


def day_and_time(value: datetime.datetime | None) -> str:
    """Weekday, date and time: ti 3.11.2026 klo 10.00."""
    return f"{day(value)} {time(value)}" if value else ""


def years(born: datetime.date | None, today: datetime.date | None = None) -> str:
    """Age in whole years with its unit: 47 v."""
    if born is None:
        return ""
    on = today or timezone.localdate()
    had_birthday = (on.month, on.day) >= (born.month, born.day)
    return _("%(years)d v") % {"years": on.year - born.year - (not had_birthday)}


def _formats() -> Formats:
    return FORMATS.get((get_language() or "fi")[:2], FORMATS["fi"])


def _written(value: Day, letters: str) -> str:
    if not value:
        return ""
    return _in_letters(value, letters, get_language())


# A page writes the same days many times over; the language is a key since weekdays are words.
@lru_cache(maxsize=4096)
def _in_letters(
    value: datetime.date | datetime.datetime, letters: str, _language: str | None
) -> str:
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return dateformat.format(value, letters)
