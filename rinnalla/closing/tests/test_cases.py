"""Whoever leaves, no client of a case is left without a responsible worker or a holder."""

import pytest
from django.db import connection

from rinnalla.cases.models import Case
from rinnalla.cases.operations import around, naming
from rinnalla.cases.operations.naming import Choice
from rinnalla.closing.operations import Moved, end_membership
from rinnalla.lib.errors import RuleBroken
from tests.cases import agreed_case, ask, named, now
from tests.world import CONVENER, HEALTH, MIEPA, SOCIAL, Who, World

pytestmark = pytest.mark.server


def leave(world: World, who: Who) -> Moved:
    member = world.member(who)
    with world.job("rinnalla_worker"):
        moved = end_membership(member)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
    return moved


def test_the_units_manager_stands_in_until_another_is_named(world: World) -> None:
    case = agreed_case(world)
    named(world, case, SOCIAL)
    moved = leave(world, SOCIAL)
    assert moved.cases == 1
    left = now(world, case)
    assert left.state == Case.State.ACTIVE
    assert left.worker is not None
    assert left.worker.is_interim
    assert left.worker.membership.user.get_full_name() == moved.holder


def test_the_other_of_a_pair_is_the_first_contact_at_once(world: World) -> None:
    case = agreed_case(world)
    named(world, case, SOCIAL)
    named(world, case, HEALTH, first=False)
    leave(world, SOCIAL)
    left = now(world, case)
    assert left.worker is not None
    assert left.worker.membership.user.username == HEALTH[0]
    assert not left.worker.is_interim
    assert left.pair_open_by is not None


def test_the_cover_of_today_stands_in(world: World) -> None:
    case = agreed_case(world)
    named(world, case, SOCIAL)
    cover = world.member(MIEPA)
    with world.acting(SOCIAL) as aatu:
        around.record_cover(case, by=aatu, who=cover.pk, begins=aatu.today, ends=aatu.today)
    leave(world, SOCIAL)
    left = now(world, case)
    assert left.worker is not None
    assert left.worker.is_interim
    assert left.worker.membership_id == cover.pk


def test_who_stands_in_is_not_kept_by_an_asking_not_answered(world: World) -> None:
    case = agreed_case(world)
    named(world, case, SOCIAL)
    cover = world.member(MIEPA)
    with world.acting(SOCIAL) as aatu:
        around.record_cover(case, by=aatu, who=cover.pk, begins=aatu.today, ends=aatu.today)
    ask(world, case, MIEPA, first=False)
    leave(world, SOCIAL)
    left = now(world, case)
    assert left.worker is not None
    assert left.worker.membership_id == cover.pk
    rows = "select 1 from cases_assignment where case_id = %s and membership_id = %s"
    assert len(world.rows(rows + " and ended_at is null", case.pk, cover.pk)) == 1


def test_who_held_before_naming_is_followed_by_the_manager(world: World) -> None:
    case = agreed_case(world)
    moved = leave(world, CONVENER)
    left = now(world, case)
    assert left.holder_is_interim
    assert left.holder.user.get_full_name() == moved.holder


def test_who_was_asked_and_leaves_frees_the_place(world: World) -> None:
    case = agreed_case(world)
    ask(world, case, SOCIAL)
    leave(world, SOCIAL)
    assert now(world, case).state == Case.State.AGREED
    ask(world, case, MIEPA)


def test_an_ended_membership_or_an_administrators_is_refused(world: World) -> None:
    case = agreed_case(world)
    member = world.member(SOCIAL)
    leave(world, SOCIAL)
    with world.acting(CONVENER) as sirkka, pytest.raises(RuleBroken, match="ei ole enää"):
        naming.name_worker(case, by=sirkka, choice=Choice(member.pk, agreed=True))
