import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from rinnalla.ui import dates

DAY = datetime.date(2026, 11, 3)
# Ten o'clock in Helsinki, as the database stores it.
MOMENT = datetime.datetime(2026, 11, 3, 8, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("language", "day", "moment", "short"),
    [
        ("fi", "ti 3.11.2026", "ti 3.11.2026 klo 10.00", "3.11."),
        ("sv", "tis 3.11.2026", "tis 3.11.2026 kl. 10.00", "3.11."),
        ("en", "Tue 3 Nov 2026", "Tue 3 Nov 2026 at 10:00", "3 Nov"),
    ],
)
def test_days_and_times_follow_the_language(
    language: str, day: str, moment: str, short: str
) -> None:
    with translation.override(language):
        assert dates.day(DAY) == day
        assert dates.day_and_time(MOMENT) == moment
        assert dates.short(MOMENT) == short


def test_times_are_helsinki_times() -> None:
    late = datetime.datetime(2026, 7, 1, 22, 30, tzinfo=datetime.UTC)
    with translation.override("fi"):
        assert dates.day_and_time(late) == "to 2.7.2026 klo 1.30"
        assert dates.time(late.astimezone(ZoneInfo("Asia/Tokyo"))) == "klo 1.30"
        assert dates.long_day(DAY) == "tiistai 3.11.2026"


def test_nothing_is_shown_for_no_day() -> None:
    assert dates.day(None) == dates.time(None) == dates.day_and_time(None) == ""


@pytest.mark.parametrize(("today", "years"), [((2026, 11, 2), "46 v"), ((2026, 11, 3), "47 v")])
def test_age_grows_on_the_birthday(today: tuple[int, int, int], years: str) -> None:
    with translation.override("fi"):
        assert dates.years(datetime.date(1979, 11, 3), datetime.date(*today)) == years
