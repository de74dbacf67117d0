"""Proposals of areas, settings and sessions on a day, each by one statement."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from rinnalla.lib.days import HELSINKI
from rinnalla.organizations.models import (
    Membership,
    Municipality,
    MunicipalityArea,
    Setting,
    Team,
    TeamSession,
    Unit,
)
from rinnalla.organizations.queries import (
    proposed_area,
    sessions_ahead,
    setting,
    teams_to_apply_to,
)
from rinnalla.organizations.tests.conftest import make_unit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 3, 14, tzinfo=HELSINKI)


@dataclass(frozen=True)
class Small:
    """Two units and two teams of a small county."""

    south: Unit
    north: Unit
    work: Team
    family: Team


@pytest.fixture
def small(convener: Membership) -> Small:
    north = make_unit(convener.unit.organization, "T-N")
    work = _team("t-work", "B", Team.Kind.WORK_ABILITY, convener)
    family = _team("t-family", "A", Team.Kind.FAMILY, convener)
    return Small(convener.unit, north, work, family)


def _team(code: str, name: str, kind: Team.Kind, convener: Membership) -> Team:
    return Team.objects.create(code=code, name=name, kind=kind, area="alue", convener=convener)


def area(team: Team, unit: Unit, begins: date, ends: date | None = None) -> None:
    municipality, _made = Municipality.objects.get_or_create(
        code="536", defaults={"name": "Nokia", "name_sv": "Nokia"}
    )
    MunicipalityArea.objects.create(
        municipality=municipality, team=team, employment_unit=unit, begins=begins, ends=ends
    )


def test_a_municipality_moves_on_a_day(
    small: Small, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = _team("t-other", "C", Team.Kind.WORK_ABILITY, small.work.convener)
    area(small.work, small.south, date(2025, 1, 1), date(2026, 12, 31))
    area(other, small.north, date(2027, 1, 1))
    with django_assert_num_queries(2):
        before = proposed_area("536", date(2026, 12, 31))
        after = proposed_area("536", date(2027, 1, 1))
    assert before and after
    assert (before.team_id, before.employment_unit_code) == (small.work.id, "T-S")
    assert (after.team_id, after.employment_unit_code) == (other.id, "T-N")
    assert proposed_area("536", date(2024, 12, 31)) is None
    assert proposed_area("", date(2026, 1, 1)) is None


def test_a_work_ability_team_is_proposed_first(small: Small) -> None:
    area(small.family, small.south, date(2025, 1, 1))
    assert proposed_area("536", NOW.date()).team_id == small.family.id  # type: ignore[union-attr]
    area(small.work, small.south, date(2025, 1, 1))
    assert proposed_area("536", NOW.date()).team_id == small.work.id  # type: ignore[union-attr]


def test_a_setting_holds_between_its_days(db: None) -> None:
    first = {"begins": date(2025, 1, 1), "ends": date(2025, 12, 31)}
    Setting.objects.create(key="t", value="5", **first)
    Setting.objects.create(key="t", value="", begins=date(2026, 1, 1))
    assert setting("t", date(2025, 12, 31), "1") == "5"
    assert setting("t", date(2026, 1, 1), "1") == ""
    assert setting("t", date(2024, 12, 31), "1") == "1"


def test_sessions_of_today_and_later(
    small: Small, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for days in (-7, 0, 7):
        TeamSession.objects.create(
            team=small.work, starts_at=NOW.replace(hour=9) + timedelta(days=days), place="huone"
        )
    with django_assert_num_queries(1):
        ahead = sessions_ahead(small.work.id, NOW)
    assert [s.starts_at.astimezone(HELSINKI).day for s in ahead] == [3, 10]


def test_teams_come_with_convener_and_next_session(
    small: Small, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    start = NOW + timedelta(days=7)
    TeamSession.objects.create(team=small.work, starts_at=start)
    TeamSession.objects.create(team=small.work, starts_at=start + timedelta(days=7))
    with django_assert_num_queries(1):
        teams = [team for team in teams_to_apply_to(NOW.date()) if team.code.startswith("t-")]
    assert [(team.code, team.next_session) for team in teams] == [
        ("t-work", start),
        ("t-family", None),
    ]
    assert teams[0].convener_name == "Testi Koe"
