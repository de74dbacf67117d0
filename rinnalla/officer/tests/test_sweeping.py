"""What is opened without work beside it is a question that day; ordinary work is none."""

from datetime import date, datetime, timedelta

import pytest

from rinnalla.lib.days import HELSINKI
from rinnalla.lib.working_days import is_working_day, working_day_after, working_day_before
from rinnalla.officer.sweeping import due_days, sweep, window
from tests.misuse import Replay, two_years
from tests.world import World


@pytest.mark.server
def test_one_who_opens_without_work_is_asked_on_the_first_day(own_world: World) -> None:
    replay = Replay(own_world, seed=3, workers=15)
    first = two_years(replay, unfounded=8, working_days=8, ordinary_days=8)
    tally = replay.tally
    assert tally.first == first
    assert tally.asked_of_the_one == tally.opened_by_the_one == 8
    assert set(tally.ways) == {"search", "law", "emergency"}
    assert tally.openings > 50
    assert tally.questions == 0


def test_days_are_working_days() -> None:
    assert not is_working_day(date(2026, 12, 24))
    assert not is_working_day(date(2026, 11, 1))
    assert working_day_after(date(2026, 12, 23)) == date(2026, 12, 28)
    assert working_day_before(date(2027, 1, 7)) == date(2027, 1, 5)
    begin, end = window(date(2026, 11, 2))
    assert begin == datetime(2026, 10, 30, 16, tzinfo=HELSINKI)
    assert end == datetime(2026, 11, 2, 16, tzinfo=HELSINKI)


def test_every_ended_day_is_due_once() -> None:
    at_six = datetime(2026, 11, 3, 18, tzinfo=HELSINKI)
    assert due_days(None, at_six) == [date(2026, 11, 3)]
    assert due_days(None, at_six - timedelta(minutes=1)) == [date(2026, 11, 2)]
    assert due_days(date(2026, 11, 2), at_six) == [date(2026, 11, 3)]
    assert due_days(date(2026, 11, 3), at_six + timedelta(hours=10)) == []
    assert due_days(date(2026, 10, 29), at_six) == [
        date(2026, 10, 30),
        date(2026, 11, 2),
        date(2026, 11, 3),
    ]
    assert due_days(date(2026, 10, 30), datetime(2026, 11, 1, 12, tzinfo=HELSINKI)) == []


def test_a_day_is_swept_once(world: World) -> None:
    with world.job("rinnalla_worker"):
        assert sweep(date(2026, 10, 28)) == sweep(date(2026, 10, 28)) == 0
    assert world.rows("select count(*) from officer.sweep where day = '2026-10-28'") == [(1,)]


@pytest.mark.server
@pytest.mark.parametrize(("name", "asked"), [("Harvinainen", ["same_name"]), ("Yleinen", [])])
def test_a_rare_name_that_both_bear_is_asked_about(
    name: str, asked: list[str], own_world: World
) -> None:
    replay = Replay(own_world, seed=5, workers=1)
    worker, client = replay.workers[0], replay.clients[0]
    own_world.rows("update clients_client set family_name = 'Yleinen' where number > 'A102'")
    own_world.rows("update accounts_user set last_name = %s where id = %s", name, worker.user)
    own_world.rows("update clients_client set family_name = %s where id = %s", name, client[0])
    own_world.freeze(datetime(2026, 11, 2, 10, tzinfo=HELSINKI))
    replay.open(worker, client)
    replay.propose(worker, client[0], datetime(2026, 11, 2, 10, tzinfo=HELSINKI))
    replay.end(date(2026, 11, 2))
    found = own_world.rows(
        "select kind from officer_question where membership_id = %s", worker.membership
    )
    assert [kind for (kind,) in found] == asked
