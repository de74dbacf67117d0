"""Days and instants: Europe/Helsinki for people, UTC in the database."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def helsinki_day(instant: datetime) -> date:
    """The Helsinki day on which the instant falls."""
    return instant.astimezone(HELSINKI).date()


def start_of(day: date) -> datetime:
    """The first instant of the Helsinki day."""
    return datetime.combine(day, time.min, tzinfo=HELSINKI)


def end_of(day: date) -> datetime:
    """The first instant after the Helsinki day: what holds through a day ends here."""
    return start_of(day + timedelta(days=1))


def at_clock(day: date, clock: time) -> datetime | None:
    """The instant of a clock time on a Helsinki day; None in the hour that a clock change skips or
    tells twice."""
    first = datetime.combine(day, clock, tzinfo=HELSINKI)
    return first if first.utcoffset() == first.replace(fold=1).utcoffset() else None


def days_between(begin: datetime, end: datetime) -> int:
    """Calendar days from one Helsinki day to another."""
    return (helsinki_day(end) - helsinki_day(begin)).days


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
