"""The policies and the rule of `rule.py` agree on random tiny worlds; no seeded fault escapes."""

from collections.abc import Iterator
from itertools import count

import pytest

from rinnalla.config import roles
from tests.differential import Tally, compare, compare_world, finding_seed, smallest, story
from tests.facts import TABLES
from tests.policy_faults import FAULTS, REMEMBERED
from tests.replaying import Replay
from tests.tiny_worlds import tiny_world

CASES = 20_000


@pytest.fixture(scope="module")
def replay(ground: dict[str, str]) -> Iterator[Replay]:
    made = Replay(ground["DATABASE_ADMIN_URL"])
    yield made
    made.close()


@pytest.mark.server
def test_database_and_rule_agree(replay: Replay) -> None:
    tally = compare(replay, count(1), CASES)
    if tally.differences:
        first = tally.differences[0]
        pytest.fail(f"{first}\nsmallest world:\n{story(smallest(replay, first))}")
    assert tally.cases >= CASES
    assert tally.allow_share >= 0.04


# What is tried here is the comparison itself, so one server is enough.
@pytest.mark.parametrize("name", FAULTS)
def test_seeded_fault_is_caught(replay: Replay, name: str) -> None:
    seeds = dict.fromkeys([REMEMBERED.get(name, 1), *range(1, 101)])
    assert finding_seed(replay, FAULTS[name], seeds) is not None, f"not caught: {name}"


@pytest.mark.server
def test_every_table_with_a_client_is_compared(replay: Replay) -> None:
    with replay.undone():
        found = replay.run(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
            " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
            " and a.attname = 'client_id' and not a.attisdropped"
        )
    assert {"clients_client", *(row[0] for row in found)} == set(TABLES)


@pytest.mark.server
def test_a_world_is_told_the_same_way_from_the_same_seed(replay: Replay) -> None:
    assert tiny_world(7) == tiny_world(7)
    one, other = Tally(), Tally()
    compare_world(replay, 7, one)
    compare_world(replay, 7, other)
    assert (one.cases, one.allowed) == (other.cases, other.allowed)


@pytest.mark.server
def test_the_administrator_is_not_the_application(replay: Replay) -> None:
    """The comparison looks with the application's eyes, not with those of a superuser."""
    with replay.undone():
        assert replay.run("select rolsuper from pg_roles where rolname = current_user") == [(True,)]
        with replay.as_application():
            assert replay.run("select current_user::text") == [("rinnalla_app",)]
    assert roles.login("app") == "rinnalla_app"
