"""From the text of a field to its value, or to what is wrong with it."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from rinnalla.lib import hetu

Value = str | int | bool | date | time | Decimal | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a record is set aside: the kind, and the column where it was seen."""

    kind: str
    column: str


class Malformed(Exception):
    """The text is no value of its column; `kind` tells why."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


_SHAPES = {
    "year-month-day": re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"),
    "day.month.year": re.compile(r"(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4})"),
    "yearmonthday": re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
}
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")
_INTEGER = re.compile(r"[0-9]{1,9}")
_NUMBERS = {sign: re.compile(rf"-?[0-9]{{1,9}}(?:\{sign}[0-9]{{1,2}})?") for sign in ",."}
_FLAGS = {"K": True, "E": False}


@lru_cache(maxsize=16384)
def parse_date(text: str, order: str) -> date:
    """A day in the source's own order of parts."""
    match = _SHAPES[order].fullmatch(text)
    if match is None:
        raise Malformed("date_wrong_format")
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    if not 1 <= month <= 12 or year == 0:
        raise Malformed("date_wrong_format")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise Malformed("date_impossible")
    return date(year, month, day)


@lru_cache(maxsize=2048)
def parse_time(text: str) -> time:
    """A clock time as it was written; whether it exists on that day is not asked."""
    match = _TIME.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise Malformed("time_impossible")
    return time(int(match[1]), int(match[2]))


@lru_cache(maxsize=4096)
def parse_number(text: str, sign: str) -> Decimal:
    """A number with the source's decimal sign."""
    if _NUMBERS[sign].fullmatch(text) is None:
        raise Malformed("number_malformed")
    return Decimal(text.replace(sign, "."))


@lru_cache(maxsize=4096)
def parse_integer(text: str) -> int:
    """A whole number without a sign."""
    if _INTEGER.fullmatch(text) is None:
        raise Malformed("number_malformed")
    return int(text)


def parse_flag(text: str) -> bool:
    """K is yes, E is no, and nothing else is either."""
    if text not in _FLAGS:
        raise Malformed("flag_unknown")
    return _FLAGS[text]


def parse_hetu(text: str) -> str:
    """A personal identity code in the form in which it is stored."""
    try:
        return hetu.parse(text)
    except hetu.HetuInvalid as error:
        raise Malformed(error.kind) from None


def one_of(codes: frozenset[str], unknown: str) -> Callable[[str], str]:
    """A parser that lets only the given codes through."""

    def parse(text: str) -> str:
        if text not in codes:
            raise Malformed(unknown)
        return text

    return parse


def at_most(longest: int) -> Callable[[str], str]:
    """A parser that lets only texts through that their place can hold: nothing is ever cut."""

    def parse(text: str) -> str:
        if len(text) > longest:
            raise Malformed("value_too_long")
        return text

    return parse
