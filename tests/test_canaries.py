"""A word of its own in every text of every client: nobody comes upon one that is not theirs."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import drop
from tests.proofs.canaries import WORD, Canaries, Reach, sing
from tests.table import ROLES
from tests.world import World, standing_in

# Those who come upon the same as another of these are left to the drill.
SKIPPED = {
    *("health", "miepa", "employment", "colleague", "administrator", "another"),
    *("manager", "intake"),
}
PAGES, FORMS = 6, 0.25


@pytest.fixture(scope="module")
def aviary(
    another_world: Callable[[str], dict[str, str]],
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[tuple[World, Canaries]]:
    urls = another_world("canaries")
    with django_db_blocker.unblock(), standing_in(urls, rolled_back=True) as world:
        yield world, sing(world)
    drop(urls["DATABASE_ADMIN_URL"].partition("?")[0].rpartition("/")[2])


@pytest.mark.parametrize("role", [role for role in ROLES if role not in SKIPPED])
def test_nobody_comes_upon_a_foreign_word(
    role: str, aviary: tuple[World, Canaries], caplog: pytest.LogCaptureFixture
) -> None:
    server_log = Path(os.environ["RINNALLA_DATA"], f"test-{os.environ['RINNALLA_TEST_SERVER']}/log")
    begun = server_log.stat().st_size if server_log.exists() else 0
    reach = Reach(*aviary, role)
    with caplog.at_level(logging.INFO):
        reach.explore(PAGES, FORMS, Random(role))
    assert reach.faults == []
    assert reach.fetched > PAGES
    # No log tells a word of a client, whoever may read it.
    assert WORD.findall(caplog.text.encode()) == []
    if server_log.exists():
        assert WORD.findall(server_log.read_bytes()[begun:]) == []


def test_the_words_are_there_and_would_be_found(aviary: tuple[World, Canaries]) -> None:
    reach = Reach(*aviary, "referrer")
    reach.open()
    assert reach.fetch("get", "/")
    assert reach.words > 5
    assert reach.faults == []
    reach.readable = set()
    assert reach.fetch("get", "/")
    assert reach.faults
