"""Role × page × method: the whole table, and nothing outside it.

`200` shows, `302` has acted or leads on, `403` is seen but not allowed, `404` is not there for this
reader, `405` is another method, `422` is a sentence of refusal. POSTs carry nothing, so that an act
that needs something is refused; whatever is refused has written nothing.
"""

import pytest
from django.db import transaction
from django.test import Client as Browser

from tests.addresses import filled, names
from tests.table import ROLES, TABLE
from tests.world import World

PEOPLE = {name: who for name, who in ROLES.items() if who}


class Undo(Exception):
    """Leaves the savepoint of one request."""


def test_the_table_has_every_address_and_no_other() -> None:
    assert {row.name for row in TABLE} == names()
    assert len(TABLE) == 2 * len(names())


@pytest.mark.parametrize("role", ROLES)
def test_every_page_answers_each_role_as_the_table_says(role: str, world: World) -> None:
    addresses = filled(world)
    browser = world.browser(PEOPLE[role]) if role in PEOPLE else Browser()
    browser.raise_request_exception = False
    wrong = []
    for row in TABLE:
        if row.name == "sign-out":
            continue
        got, wrote = answer(world, browser, row.method, addresses[row.name])
        expected = row.statuses[role]
        if got != expected:
            wrong.append(f"{row.name} {row.method}: {got}, not {expected}")
        elif got in {403, 404, 405} and wrote:
            wrong.append(f"{row.name} {row.method}: refused, but {wrote} acts were written")
    assert wrong == []


def answer(world: World, browser: Browser, method: str, address: str) -> tuple[int, int]:
    """The status of one request, and how many acts it wrote; undone afterwards."""
    status, wrote = 0, 0
    try:
        with transaction.atomic():
            before = acts(world)
            status = getattr(browser, method)(address).status_code
            wrote = acts(world) - before
            raise Undo
    except Undo:
        pass
    return status, wrote


def acts(world: World) -> int:
    count = "select count(*) from journal_entry where kind not like 'read.%%'"
    return int(world.rows(count)[0][0])
