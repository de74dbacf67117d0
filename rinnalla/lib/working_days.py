"""Finnish working days: neither weekends nor public holidays, nor the eves that are free."""

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

ONE = timedelta(days=1)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("FI", years=year))


def is_working_day(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def working_day_after(day: date, count: int = 1) -> date:
    """The working day so many after the day."""
    for _ in range(count):
        day += ONE
        while not is_working_day(day):
            day += ONE
    return day


def working_day_before(day: date) -> date:
    """The last working day before the day."""
    day -= ONE
    while not is_working_day(day):
        day -= ONE
    return day
