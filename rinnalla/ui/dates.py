"""Days and times as people read them, in Helsinki time and the language of the page."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

Day = datetime.date | datetime.datetime | None


def day(value: Day) -> str:
    """Weekday and date: ti 3.11.2026."""
    return date_format(_local(value), "DATE_FORMAT") if value else ""


def long_day(value: Day) -> str:
    """The whole weekday and date: tiistai 3.11.2026."""
    if not value:
        return ""
    local = _local(value)
    return f"{date_format(local, 'l')} {date_format(local, 'SHORT_DATE_FORMAT')}"


def full_date(value: Day) -> str:
    """The date without its weekday: 3.11.2026."""
    return date_format(_local(value), "SHORT_DATE_FORMAT") if value else ""


def short(value: Day) -> str:
    """Day and month: 3.11."""
    return date_format(_local(value), "MONTH_DAY_FORMAT") if value else ""


def weekday_short(value: Day) -> str:
    """Weekday, day and month: ti 3.11."""
    return f"{date_format(_local(value), 'D')} {short(value)}" if value else ""


def time(value: datetime.datetime | datetime.time | None) -> str:
    """Time of day: klo 10.00."""
    if value is None:
        return ""
    local = timezone.localtime(value) if _is_aware(value) else value
    # Django's own type for date_format leaves out times, which it accepts.
    return date_format(local, "TIME_FORMAT")  # type: ignore[arg-type]


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


def _local(value: datetime.date | datetime.datetime) -> datetime.date | datetime.datetime:
    return timezone.localtime(value) if _is_aware(value) else value


def _is_aware(value: object) -> bool:
    return isinstance(value, datetime.datetime) and timezone.is_aware(value)
