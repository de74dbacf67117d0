"""The databases of the tests, and the world of the demonstration to test in.

- `db` (pytest-django's): an empty, migrated database, worked in as its owner; rolled back after
each test.
- `world`: the demonstration's county and stories on Saturday 31.10.2026, worked in as the
application's role, under
  its policies; rolled back after each test. See `tests/world.py` for what it offers: people,
  seats, browsers, the
  clock, and `world.owner()` to look past the policies.
- `own_world`: the same in a database of the test's own, where transactions really commit; several
connections.
- `another_world`: further copies, as for the servers of the browser tests (`tests/browser`).

Both databases are made once a run: the first worker migrates and tells the stories, all others
copy.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from rinnalla.config import environment, roles
from rinnalla.config.places import locked
from rinnalla.config.settings import database
from tests.databases import copy, run, urls_of
from tests.world import World, standing_in

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"pid{os.getpid()}")[:12]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
EMPTY, TOLD = f"empty_{RUN}", f"told_{RUN}"


@pytest.fixture(autouse=True)
def _in_finnish() -> None:
    """A page that the test before read in another language leaves it active in the thread."""
    translation.deactivate()


@pytest.fixture(scope="session")
def databases() -> Iterator[None]:
    """The two templates of this run, made by whichever worker comes first."""
    folder = Path(os.environ["RINNALLA_DATA"])
    made = folder / f"templates-{RUN}"
    with locked(folder / "templates.lock"):
        if not made.exists():
            environment.empty_test_database(os.environ, EMPTY)
            run("migrate", "owner", urls_of(EMPTY))
            run("demo", "app", copy(EMPTY, TOLD))
            made.touch()
    yield
    if WORKER in ("main", "gw0"):
        made.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(databases: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's own: `db` is a copy of the empty database, as its owner."""
    name = f"{EMPTY}_{WORKER}"
    urls = copy(EMPTY, name)
    connections["default"].settings_dict.update(database(urls["DATABASE_OWNER_URL"]))
    yield
    with django_db_blocker.unblock():
        connections["default"].close()
    roles.drop_database(os.environ["DATABASE_ADMIN_URL"], name)


@pytest.fixture(scope="session")
def ground(databases: None) -> Iterator[dict[str, str]]:
    """A copy of the empty database for tests that bring a world and connections of their own."""
    name = f"{EMPTY}_{WORKER}_ground"
    yield copy(EMPTY, name)
    roles.drop_database(os.environ["DATABASE_ADMIN_URL"], name)


@pytest.fixture(scope="session")
def told(databases: None) -> Iterator[dict[str, str]]:
    """This worker's copy of the world."""
    name = f"{TOLD}_{WORKER}"
    yield copy(TOLD, name)
    roles.drop_database(os.environ["DATABASE_ADMIN_URL"], name)


@pytest.fixture
def world(
    told: dict[str, str], django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    """The demonstration's world, under its policies, rolled back afterwards."""
    with django_db_blocker.unblock(), standing_in(told, rolled_back=True) as made:
        yield made


@pytest.fixture
def own_world(
    databases: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    """A world of the test's own, where what is done is done."""
    name = f"{TOLD}_{WORKER}_own"
    urls = copy(TOLD, name)
    with django_db_blocker.unblock(), standing_in(urls, rolled_back=False) as made:
        yield made
    roles.drop_database(os.environ["DATABASE_ADMIN_URL"], name)


@pytest.fixture(scope="session")
def another_world(databases: None) -> Callable[[str], dict[str, str]]:
    """Makes further copies of the told world, for servers of a test's own."""
    return lambda name: copy(TOLD, f"{TOLD}_{WORKER}_{name}")


# What takes longest goes first, so that nobody waits for it at the end.
LONG = (
    "tests/test_bench.py",
    "tests/browser/",
    "tests/test_access_table.py",
    "tests/test_plans.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps the order that chance has given, but for the long ones."""

    def place(item: pytest.Item) -> int:
        return next((n for n, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG))

    items.sort(key=place)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What each task took of its budget of interactions, as the browser tests counted it."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    tasks: dict[tuple[int, str], list[int | None]] = {}
    for name, value in [pair for report in reports for pair in report.user_properties]:
        if name == "budget":
            (number, task), counted = value[:2], value[2:]
            before = tasks.get((number, task), [None] * 3)
            tasks[number, task] = [new or old for new, old in zip(counted, before, strict=True)]
    if not tasks:
        return
    terminalreporter.section("interactions")
    terminalreporter.line(f"{'task':<52} most  by hand  presses by keyboard")
    for (number, task), counts in sorted(tasks.items()):
        most, took, keys = ("" if count is None else str(count) for count in counts)
        terminalreporter.line(f"{f'T{number} {task}':<52} {most:>4}  {took:>7}  {keys:>19}")
