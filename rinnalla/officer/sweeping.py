"""At the end of each working day: openings without work beside them become questions."""

from datetime import date, datetime, time, timedelta

from django.db import connection

from rinnalla.journal.clock import now
from rinnalla.lib.days import HELSINKI
from rinnalla.lib.working_days import is_working_day, working_day_after, working_day_before

# What is opened after four belongs to the next working day; the day's questions are raised at six.
LAST_OPENING = time(16)
SWEPT_AT = time(18)


def window(day: date) -> tuple[datetime, datetime]:
    """The openings of a working day: since the end of the one before."""
    return _end(working_day_before(day)), _end(day)


def _end(day: date) -> datetime:
    return datetime.combine(day, LAST_OPENING, tzinfo=HELSINKI)


def due_days(last: date | None, instant: datetime) -> list[date]:
    """The working days that ended and are not swept; at the very first time only the newest."""
    local = instant.astimezone(HELSINKI)
    newest = local.date()
    if not is_working_day(newest) or local.time() < SWEPT_AT:
        newest = working_day_before(newest)
    if last is None:
        return [newest]
    days = []
    while (last := working_day_after(last)) <= newest:
        days.append(last)
    return days


def sweep_due() -> int:
    """Raises the questions of every day that is due; how many."""
    with connection.cursor() as cursor:
        instant = now(cursor)
        cursor.execute("select max(day) from officer.sweep")
        last = cursor.fetchone()[0]
    return sum(sweep(day) for day in due_days(last, instant))


def sweep(day: date) -> int:
    """Raises the questions of one working day, once."""
    with connection.cursor() as cursor:
        cursor.execute("select officer.sweep_day(%s, %s, %s)", [day, *window(day)])
        return int(cursor.fetchone()[0])


def answer_by(today: date) -> date:
    """The day by which one who is asked answers."""
    return working_day_after(today, 3)


def review_by(day: date) -> date:
    """The day by which a question is closed."""
    return day + timedelta(days=14)
