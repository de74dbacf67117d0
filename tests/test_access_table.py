"""Role × page × method: the whole table, and nothing outside it.

`200` shows, `302` has acted or leads on, `403` is seen but not allowed, `404` is not there for this
reader, `405` is another method, `422` is a sentence of refusal. POSTs carry nothing, so that an act
that needs something is refused; whatever is refused has written nothing, whichever the table.
"""

from collections import Counter

import pytest
from django.db import transaction
from django.test import Client as Browser

from tests.addresses import filled, names
from tests.table import ROLES, TABLE, Row
from tests.world import World

PEOPLE = {name: who for name, who in ROLES.items() if who}
WRITTEN = """
select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables
where n_tup_ins + n_tup_upd + n_tup_del > 0
"""
SITTING = {"seat", "django_session"}
READING = SITTING | {"journal_entry", "journal_entrysubject"}


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
    browser.get("/")
    wrong, before = [], writes(world)
    for row in TABLE:
        got = answer(browser, row.method, addresses[row.name])
        after = writes(world)
        wrote, before = set(after - before), after
        expected = row.statuses[role]
        if got != expected:
            wrong.append(f"{row.name} {row.method}: {got}, not {expected}")
        elif wrote - allowed(got) and not is_act(row, role):
            wrong.append(f"{row.name} {row.method}: {got}, but wrote {sorted(wrote)}")
    assert wrong == []


def is_act(row: Row, role: str) -> bool:
    """What is posted by somebody signed in and leads on has done something."""
    return row.method == "post" and row.statuses[role] == 302 and role in PEOPLE


def allowed(status: int) -> set[str]:
    """The tables that an answer may write, when it is no act: a shown page tells of its read."""
    return READING if status == 200 else SITTING


def answer(browser: Browser, method: str, address: str) -> int:
    """The status of one request, which is undone afterwards."""
    kept = dict(browser.cookies)
    status = 0
    try:
        with transaction.atomic():
            status = getattr(browser, method)(address).status_code
            raise Undo
    except Undo:
        browser.cookies.clear()
        browser.cookies.update(kept)
    return status


def writes(world: World) -> Counter[str]:
    """How many rows of each table this transaction has written, also those that were undone."""
    return Counter(dict(world.rows(WRITTEN)))
