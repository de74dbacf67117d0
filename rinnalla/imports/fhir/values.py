"""From the text of a FHIR element to its value, in Helsinki time."""

import re
from calendar import monthrange
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from rinnalla.imports.values import Malformed

HELSINKI = ZoneInfo("Europe/Helsinki")
_DATE_TIME = re.compile(
    r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"
    r"(?:T(?P<h>[0-9]{2}):(?P<min>[0-9]{2}):(?P<s>[0-9]{2})(?:\.[0-9]{1,9})?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2}))?"
)
_PARTIAL = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")


def parse_instant(text: str) -> datetime:
    """A moment; a day alone begins at its midnight."""
    match = _matched(text)
    day = _day(match)
    if match["zone"] is None:
        return datetime.combine(day, time(), HELSINKI)
    # A leap second is told as the second before it: Python knows none.
    seconds = min(int(match["s"]), 59) if match["s"] == "60" else int(match["s"])
    try:
        clock = time(int(match["h"]), int(match["min"]), seconds)
        zone = datetime.fromisoformat(f"2000-01-01T00:00{match['zone']}").tzinfo
        return datetime.combine(day, clock, zone).astimezone(HELSINKI)
    except (ValueError, OverflowError):
        raise Malformed("time_impossible") from None


def parse_day(text: str) -> date:
    """The day as it is in Helsinki."""
    return parse_instant(text).date()


def parse_clock(text: str) -> time | None:
    """The clock time in Helsinki, when one was told."""
    return parse_instant(text).time().replace(second=0) if "T" in text else None


def parse_birth_date(text: str) -> date | None:
    """A whole day; a year or a month alone is allowed, and tells no day."""
    return None if _PARTIAL.fullmatch(text) else parse_day(text)


def _matched(text: str) -> re.Match[str]:
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        raise Malformed("date_wrong_format")
    return match


def _day(match: re.Match[str]) -> date:
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    if not 1 <= month <= 12 or year == 0:
        raise Malformed("date_wrong_format")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise Malformed("date_impossible")
    return date(year, month, day)
