"""Whoever reads whichever page: nobody is named without a row of the read, and no code is shown."""

import re
from collections import Counter
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.utils.html import escape

from tests.addresses import filled
from tests.pages import Visit, browsers, visits
from tests.table import AT_OWN_PAGE, ROLES, TABLE
from tests.world import REFERRER, World

HETU = re.compile(r"\b[0-3]\d[01]\d\d\d[-+A-FU-Y]\d{3}[0-9A-Y]\b")
# The example beside the field, nobody's own.
EXAMPLE = "131052-308T"
# Here two codes are compared by the one whose work that is.
COMPARED = "doubtful-pairs"
# Pages of the client's side that are about nobody.
OPEN_DOORS = {"portal-help", "portal-sign-in", "portal-code", "portal-away"}
PEOPLE = "select id, family_name, given_names from clients_client"
READS = """
select e.id, s.client from journal_entry e
left join journal_entrysubject s on s.entry = e.id where e.kind like 'read.%%'
-- The officer's look at a list without clients is told of, too.
and e.kind <> 'read.officer_law_openings'
"""
BROKEN = """
create or replace function access.record_read(
    p_page text, p_subject_type text, p_subject uuid, p_clients uuid[], p_kinds text[]
) returns table (client uuid, bases text[], cause text, since timestamptz)
language plpgsql volatile as $$ begin raise exception 'the journal is full'; end $$
"""


def is_own_page(visit: Visit) -> bool:
    """A page about its reader, whether or not it says the whole name."""
    at_own_page = visit.name.startswith("portal-") and visit.name not in OPEN_DOORS
    return at_own_page and visit.role in AT_OWN_PAGE


class Undo(Exception):
    """Leaves the savepoint of one request."""


class Reader:
    """Opens pages, and compares who is named with who is told of."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people: dict[str, set[UUID]] = {}
        for key, family, given in world.rows(PEOPLE):
            first = given.split()[0]
            for name in (f"{family} {given}", f"{given} {family}", f"{first} {family}"):
                self.people.setdefault(escape(name), set()).add(key)

    def faults(self, browser: Browser, visit: Visit, method: str = "get") -> list[str]:
        """What is wrong with the page; the request is undone."""
        before = self._reads()
        try:
            with transaction.atomic():
                answer = getattr(browser, method)(visit.address)
                new = {key: who for key, who in self._reads().items() if key not in before}
                raise Undo
        except Undo:
            pass
        page = answer.content.decode()
        subjects = set().union(*new.values())
        named = [name for name, keys in self.people.items() if name in page]
        unread = [name for name in named if not self.people[name] & subjects]
        faults = [f"names {name} without a row" for name in unread]
        if len(new) != (bool(named) or is_own_page(visit)):
            faults.append(f"left {len(new)} rows for {len(named)} names")
        codes = set(HETU.findall(page + visit.address + str(answer.headers))) - {EXAMPLE}
        if codes and visit.name != COMPARED:
            faults.append(f"shows {codes}")
        return [f"{visit} {method}: {fault}" for fault in faults]

    def _reads(self) -> dict[UUID, set[UUID]]:
        found: dict[UUID, set[UUID]] = {}
        for entry, client in self.world.rows(READS):
            found.setdefault(entry, set()).add(client)
        return found


# Names the clients whom one can be in the demonstration.
STAGE = "enter-as-client"


@pytest.mark.parametrize("role", ROLES)
def test_nobody_is_named_without_a_row_of_the_read(
    role: str, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    reader, browser, addresses = Reader(world), browsers(world)[role], filled(world)
    faults = []
    for visit in visits(world):
        if visit.role == role and visit.name != STAGE:
            faults += reader.faults(browser, visit)
    for row in TABLE:
        if (row.method, row.statuses[role]) == ("post", 200):
            visit = Visit(row.name, role, addresses[row.name])
            faults += reader.faults(browser, visit, "post")
    assert faults == []
    assert HETU.findall(caplog.text) == []


@pytest.mark.parametrize("role", ["referrer", "convener", "intake"])
def test_without_its_row_a_page_shows_nobody(role: str, world: World) -> None:
    reader, browser = Reader(world), browsers(world)[role]
    browser.raise_request_exception = False
    world.rows(BROKEN)
    answers = Counter[int]()
    for visit in visits(world):
        if visit.role == role and visit.name != STAGE:
            answer = browser.get(visit.address)
            answers[answer.status_code] += 1
            page = answer.content.decode()
            assert [name for name in reader.people if name in page] == [], visit
    assert set(answers) <= {200, 500}
    assert answers[500] >= (1 if role == "intake" else 15)


def test_a_row_tells_who_read_as_what_and_on_which_basis(world: World) -> None:
    world.browser(REFERRER).get(filled(world)["application"])
    member, client = world.member(REFERRER), world.client().pk
    rows = world.rows(
        "select e.account, e.membership, e.subject_type, e.subject, s.client, s.basis"
        " from journal_entry e join journal_entrysubject s on s.entry = e.id"
        " where e.kind = 'read.application'"
    )
    subject = ("application", world.application().pk)
    assert rows == [(member.user_id, member.pk, *subject, client, "own,permit")]


def test_the_told_world_has_names_and_codes_to_be_found(world: World) -> None:
    reader = Reader(world)
    assert len(reader.people) > 3000
    assert HETU.findall("170479-939V, 010101A123X")
