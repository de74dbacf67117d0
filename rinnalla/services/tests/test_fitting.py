"""Whom a service fits, and what counts as use; also by the catalogue that comes along."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.conf import settings

from rinnalla.organizations.configuring.tables import Folder
from rinnalla.services.configuring import rules_of
from rinnalla.services.fitting import Facts, Trace, fits, is_used, months_before, traces, unused

DAY = date(2026, 10, 31)


@dataclass(frozen=True)
class Coded:
    code: str


@dataclass(frozen=True)
class Row:
    """A row of any source, with the names of the models."""

    unit: Coded
    kind: str = ""
    state: str = ""
    name: str = ""
    profession: str = ""
    measure: str = ""
    day: date = DAY
    starts_on: date = DAY
    ends_on: date | None = None
    measure_starts_on: date | None = None
    measure_ends_on: date | None = None


@dataclass(frozen=True)
class Service:
    code: str
    units: tuple[str, ...]
    conditions: Any
    used_when: Any


def visit(unit: str, profession: str, day: date, state: str = "T") -> Row:
    return Row(Coded(unit), profession=profession, day=day, state=state)


VEIKKO = {
    "visits": [
        visit("TK010", "LÄÄKÄRI", date(2025, 11, 3)),
        visit("FY300", "FYSIOTERAPEUTTI", date(2026, 1, 13)),
        visit("TT200", "TERVEYDENHOITAJA", date(2026, 5, 20)),
        visit("TK010", "LÄÄKÄRI", date(2026, 6, 11)),
    ],
    "uses": [
        Row(
            Coded("TA901"),
            kind="employment",
            state="työtön",
            starts_on=date(2024, 10, 14),
            measure="työllistymissuunnitelma",
            measure_starts_on=date(2026, 8, 18),
        ),
        Row(
            Coded("TA901"),
            kind="employment",
            state="työssä",
            starts_on=date(2011, 3, 1),
            ends_on=date(2024, 10, 11),
        ),
    ],
    "benefits": [
        Row(Coded("KE950"), kind="TMT", state="maksussa", starts_on=date(2025, 3, 13)),
        Row(
            Coded("KE950"),
            kind="SPR",
            state="päättynyt",
            starts_on=date(2025, 11, 3),
            ends_on=date(2026, 1, 18),
        ),
    ],
}
BORN = date(1979, 4, 17)


@pytest.fixture(scope="module")
def catalogue() -> list[Service]:
    folder = Folder(settings.COUNTY_DATA)
    rules = rules_of(folder)
    return [
        Service(row.text("KOODI"), tuple(row.words("YKSIKOT")), *rules[row.text("KOODI")])
        for row in folder.rows("palvelut")
    ]


def codes(services: list[Service]) -> set[str]:
    return {service.code for service in services}


def test_the_storys_client_has_not_used_two_that_fit(catalogue: list[Service]) -> None:
    found = unused(catalogue, Facts(BORN, DAY), **VEIKKO)
    seats = {"TK010", "TT200", "TO210", "FY300", "MP400", "MP410", "KE950", "TA901"}
    in_columns = [service for service in found if seats & set(service.units)]
    assert codes(in_columns) == {"AKSE", "TO210-LAAKARI"}


def test_a_child_health_clinic_is_for_small_children(catalogue: list[Service]) -> None:
    assert "NEUVOLA" not in codes(unused(catalogue, Facts(BORN, DAY), [], [], []))
    assert "NEUVOLA" in codes(unused(catalogue, Facts(date(2024, 2, 29), DAY), [], [], []))


def test_used_is_not_offered_again(catalogue: list[Service]) -> None:
    booked = visit("TO210", "LÄÄKÄRI", date(2026, 11, 17), "V")
    rehabilitation = Row(Coded("KE950"), kind="KUR", state="myönnetty")
    found = unused(
        catalogue,
        Facts(BORN, DAY),
        [*VEIKKO["visits"], booked],
        VEIKKO["uses"],
        [*VEIKKO["benefits"], rehabilitation],
    )
    assert not {"AKSE", "TO210-LAAKARI"} & codes(found)


def test_use_is_judged_by_unit_and_profession() -> None:
    used_when = {"any_of": [{"kind": "visit", "units": ["TO210"], "values": ["lääkäri"]}]}
    for row, expected in (
        (visit("TO210", "LÄÄKÄRI", DAY), True),
        (visit("TO210", "SAIRAANHOITAJA", DAY), False),
        (visit("NV500", "LÄÄKÄRI", DAY), False),
        (visit("TO210", "LÄÄKÄRI", DAY, "E"), False),
        (visit("TO210", "LÄÄKÄRI", DAY, "P"), False),
    ):
        assert is_used(used_when, Facts(BORN, DAY, traces([row], [], []))) is expected


def test_without_signs_all_fit_and_nothing_is_used() -> None:
    assert fits({}, Facts(None, DAY))
    assert not is_used({}, Facts(BORN, DAY, [Trace("benefit", "KE950", "KUR", DAY, None)]))


def test_months_reach_back_to_the_same_day() -> None:
    sign = {"kind": "benefit", "values": ["SPR"], "months": 12}
    for last, expected in ((date(2025, 10, 31), True), (date(2025, 10, 30), False), (None, True)):
        known = Facts(BORN, DAY, [Trace("benefit", "KE950", "SPR", date(2025, 1, 1), last)])
        assert fits({"any_of": [sign]}, known) is expected


def test_zero_months_is_the_day_itself() -> None:
    sign = {"kind": "state", "values": ["työtön"], "months": 0}
    for begins, ends, expected in (
        (DAY, DAY, True),
        (date(2026, 11, 1), None, False),
        (date(2026, 1, 1), date(2026, 10, 30), False),
    ):
        known = Facts(BORN, DAY, [Trace("state", "TA901", "Työtön", begins, ends)])
        assert fits({"all_of": [sign]}, known) is expected


def test_age_is_full_years_with_both_ends_in() -> None:
    adult = {"all_of": [{"kind": "age", "from": 18, "to": 64}]}
    assert not fits(adult, Facts(date(2008, 11, 1), DAY))
    assert fits(adult, Facts(date(2008, 10, 31), DAY))
    assert fits(adult, Facts(date(1961, 11, 1), DAY))
    assert not fits(adult, Facts(date(1961, 10, 31), DAY))
    assert not fits(adult, Facts(None, DAY))


def test_a_refused_benefit_shows_nothing() -> None:
    assert traces([], [], [Row(Coded("KE950"), kind="SPR", state="hylätty")]) == []


def test_a_month_without_the_day_ends_earlier() -> None:
    assert months_before(DAY, 8) == date(2026, 2, 28)
    assert months_before(date(2024, 2, 29), 12) == date(2023, 2, 28)
    assert months_before(DAY, 10) == date(2025, 12, 31)
