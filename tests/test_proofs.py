"""Small campaigns of races, pooled connections, forged actors and twin worlds; each has a control
that it must find. `bin/drill access` runs the long ones."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import psycopg
import pytest
from django.conf import settings
from psycopg import IsolationLevel
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import drop
from tests.proofs.ends import Extent
from tests.proofs.exports import stop_all
from tests.proofs.forging import forge
from tests.proofs.hidden import Changes, Sight, key_columns, sight
from tests.proofs.pooling import interleave
from tests.proofs.races import course
from tests.proofs.twins import Request, answer, compare, undone
from tests.world import REFERRER, World

SMALL = Extent(each=1, watchers=1)
Urls = dict[str, str]


@pytest.fixture
def own_copy(
    another_world: Callable[[str], Urls], django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Urls]:
    """A told world of the test's own, to which connections of any kind are made."""
    urls = another_world("proofs")
    with django_db_blocker.unblock():
        yield urls
    drop(urls["DATABASE_ADMIN_URL"].partition("?")[0].rpartition("/")[2])


def test_no_row_after_the_commit_that_ends(own_copy: Urls) -> None:
    with course(own_copy, 1, SMALL) as made:
        done = made.run(20)
        # A transaction that keeps its sight from before would be found.
        made.read_at(IsolationLevel.REPEATABLE_READ)
        made.patience = 0.1
        control = made.run(5)
    assert done.faults == []
    assert len(done.run) == 5
    assert done.exports > 0
    assert control.late_rows > 0


def test_a_running_export_stops(own_copy: Urls) -> None:
    done = stop_all(own_copy, 2, seed=1)
    assert done.faults == []
    assert done.stopped == 2


def test_nobody_reads_on_anothers_connection(own_copy: Urls) -> None:
    done = interleave(own_copy, 500, seed=1, size=2, most=24)
    assert done.faults == []
    assert done.rows > 100
    # A seat that outlives its transaction would be found.
    with psycopg.connect(own_copy["DATABASE_ADMIN_URL"]) as admin:
        for view in ("access.me", "access.my_circle", "access.my_opening"):
            forget_the_transaction(admin, view)
    control = interleave(own_copy, 100, 2, size=2, most=6)
    assert any("rows too many" in fault for fault in control.faults)


def forget_the_transaction(admin: psycopg.Connection, view: str) -> None:
    row = admin.execute("select pg_get_viewdef(%s::regclass)", [view]).fetchone()
    assert row is not None
    forgetful, places = re.subn(r"\((me\.)?xact = pg_current_xact_id\w*\(\)\)", "true", row[0])
    assert places, row[0]
    admin.execute(f"create or replace view {view} with (security_barrier) as {forgetful}".encode())


def test_no_way_makes_anybody_an_actor(told: Urls) -> None:
    done = forge(told, seed=1)
    assert done.opened == []
    assert done.tried >= 100


def test_what_is_hidden_changes_no_answer(world: World) -> None:
    done = compare(world, 48, 1, ["referrer", "convener", "kela", "intake"])
    assert done.faults == []
    assert done.answers[200] >= 10


def test_a_change_of_what_is_seen_is_found(world: World) -> None:
    """The control of the one above: what is taken for hidden is on the page."""
    key_of = key_columns(world)
    known = sight(world, REFERRER, key_of)
    rows = {row for row in known.rows if row[0] not in ("plans_step", "applications_outcome")}
    browser = world.browser(REFERRER)
    steps = Request("my-steps", "/vaiheet/")
    before = answer(browser, steps)
    with undone():
        Changes(world, Random(1), Sight(known.membership, known.unit, rows), key_of).make()
        assert answer(browser, steps) != before


def test_the_program_keeps_no_sight_from_before() -> None:
    """A cursor or a stricter isolation would show what was open when it began."""
    kept = re.compile(r"\.iterator\(|repeatable read|serializable|declare \w+ cursor", re.I)
    files = Path(settings.BASE_DIR, "rinnalla").rglob("*.py")
    found = [f"{f.parent.name}/{f.name}" for f in files if kept.search(f.read_text())]
    # The sealer and who verifies see no clients.
    assert found == ["sealing/reading.py"]
