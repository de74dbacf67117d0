"""Permits as sentences, and where a wanted permit stands."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.models import Permit, PermitRequest
from rinnalla.permits.queries import (
    ClientPermits,
    PermitLine,
    RequestLine,
    Wanted,
    joined,
    permit_state,
    standings,
    units_by_organization,
)

TODAY = date(2026, 10, 31)
COUNTY = Organization(code="HVA", name="Koivuranta")
KELA = Organization(code="KELA", name="Kela")
NURSE = Unit(code="MP400", name="MiePä", organization=COUNTY)
DOCTOR = Unit(code="TO210", name="Työkyky", organization=COUNTY)
BENEFITS = Unit(code="KE950", name="Kela, etuudet", organization=KELA)
WANTED = Wanted("Terveys", [NURSE, DOCTOR], KELA)


def given(*units: Unit, state: str = "in_force") -> PermitLine:
    return PermitLine(
        Permit(), ["Kela"], [], state, frozenset((unit.pk, KELA.pk) for unit in units)
    )


def asked(answer: str = "") -> RequestLine:
    return RequestLine(PermitRequest(answer=answer), [], WANTED.pairs)


@pytest.mark.parametrize(
    ("permits", "requests", "state"),
    [
        ([], [], ""),
        ([given(NURSE, DOCTOR)], [], "given"),
        ([given(NURSE), given(DOCTOR)], [], "given"),
        ([given(NURSE)], [], "partly"),
        ([given(NURSE)], [asked()], "asked"),
        ([given(NURSE, DOCTOR, state="coming")], [], "coming"),
        ([given(NURSE, DOCTOR, state="withdrawn")], [], ""),
        ([given(NURSE, DOCTOR, state="ended")], [asked("refused")], "refused"),
        ([given(NURSE, DOCTOR)], [asked("refused")], "given"),
    ],
)
def test_where_a_wanted_permit_stands(
    permits: list[PermitLine], requests: list[RequestLine], state: str
) -> None:
    [standing] = standings([WANTED], ClientPermits(permits, requests))
    assert standing.state == state


@pytest.mark.parametrize(
    ("begins", "ends", "withdrawn", "state"),
    [
        (TODAY, None, False, "in_force"),
        (TODAY, TODAY, False, "in_force"),
        (date(2026, 11, 1), None, False, "coming"),
        (date(2026, 1, 1), date(2026, 10, 30), False, "ended"),
        (TODAY, None, True, "withdrawn"),
    ],
)
def test_a_permit_holds_through_its_last_day(
    begins: date, ends: date | None, withdrawn: bool, state: str
) -> None:
    at = datetime(2026, 10, 31, tzinfo=UTC) if withdrawn else None
    assert permit_state(Permit(begins=begins, ends=ends, withdrawn_at=at), TODAY) == state


def test_units_are_told_organization_by_organization() -> None:
    assert units_by_organization([DOCTOR, BENEFITS, NURSE]) == [
        "Kela, etuudet",
        "Koivuranta: MiePä · Työkyky",
    ]


def test_one_sees_and_many_see() -> None:
    assert joined(["Kela"]) == "Kela"
    assert joined(["Kela", "Koivuranta", "Nokia"]) == "Kela, Koivuranta ja Nokia"


def test_a_button_names_the_seat_and_the_recipient() -> None:
    seat = uuid4()
    assert Wanted("Kela", [], KELA, seat).key == f"{seat}:{KELA.pk}"
    assert Wanted("Oma", [], KELA).key == f"own:{KELA.pk}"
