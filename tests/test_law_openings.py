"""Opening by law: who may, on which ground, how long, what it never shows, who reviews it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from rinnalla.access.actor import Actor
from rinnalla.access.law import (
    Ground,
    Named,
    Opened,
    close_law_opening,
    law_grounds,
    open_by_law,
    open_now,
    review_law_opening,
)
from rinnalla.access.models import LawOpening
from rinnalla.access.operations import withhold
from rinnalla.access.recording import record_read
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from rinnalla.services.models import Visit
from tests.seats import ask, counts, enrolled, sit
from tests.world import (
    ADMINISTRATOR,
    CONVENER,
    HEALTH,
    MANAGER,
    OFFICER,
    STRANGER,
    Who,
    World,
)

pytestmark = pytest.mark.server
EMERGENCY = Ground(LawOpening.EMERGENCY, "Tajuton, päivystyksessä")
PERSON = "A100001"
PROTECTED = "select number from clients_client where is_protected and number is not null limit 1"


def opened(by: Actor, number: str = PERSON, ground: Ground = EMERGENCY) -> Opened:
    found = open_by_law(Named(number=number), by=by, ground=ground)
    assert found is not None
    return found


def own_visit(world: World, client: Client) -> Visit:
    """A visit that the unit of the health worker recorded."""
    unit = world.member(HEALTH).unit_id
    with world.owner():
        visit = Visit.objects.filter(client=client)[0]
        Visit.objects.filter(pk=visit.pk).update(unit_id=unit)
    return visit


def visits_of(world: World, client: UUID) -> int:
    [[count]] = world.rows("select count(*) from services_visit where client_id = %s", client)
    return int(count)


def test_it_opens_every_register_for_an_hour(world: World) -> None:
    world.freeze("2026-10-31 13.00")
    world.rows("delete from access.opening")
    with world.acting(STRANGER) as by:
        assert counts() == (0, 0)
        one = opened(by)
        assert one.ends_at == by.now + timedelta(hours=1)
        assert counts() == (1, visits_of(world, one.client_id))
        assert [opening.pk for opening in open_now(by)] == [one.opening_id]
        bases = record_read("client", [one.client_id], ["visits"])
        assert (bases[one.client_id].bases, bases[one.client_id].cause) == (["law"], "law")
    world.freeze(one.ends_at - timedelta(microseconds=1))
    with world.acting(STRANGER):
        assert counts()[0] == 1
    world.freeze(one.ends_at)
    with world.acting(STRANGER):
        assert counts() == (0, 0)
    kinds = (
        "select e.kind, s.basis from journal_entry e join journal_entrysubject s on s.entry = e.id"
    )
    assert ("law.opened", "law") in world.rows(f"{kinds} where s.client = %s", one.client_id)


def test_who_opened_it_ends_it_at_once(world: World) -> None:
    with world.acting(STRANGER) as by:
        opened(by)
        opening = LawOpening.objects.get()
        close_law_opening(opening, by=by)
        assert counts() == (0, 0)
        with pytest.raises(RuleBroken):
            close_law_opening(opening, by=by)
    with world.acting(HEALTH) as other:
        one = opened(other)
    with world.acting(STRANGER) as by, pytest.raises(RuleBroken):
        close_law_opening(LawOpening(pk=one.opening_id), by=by)


@pytest.mark.parametrize("who", [MANAGER, ADMINISTRATOR, OFFICER])
def test_other_roles_open_nothing(world: World, who: Who) -> None:
    with world.acting(who) as by:
        with pytest.raises(RuleBroken):
            open_by_law(Named(number=PERSON), by=by, ground=EMERGENCY)
        with pytest.raises(DatabaseError, match="not opened by law"), transaction.atomic():
            ask("select * from access.open_by_law(null, null, %s, 'emergency', 'x')", PERSON)


@pytest.mark.parametrize("ground", [Ground(""), Ground(LawOpening.EMERGENCY, " "), Ground("none")])
def test_without_a_ground_nothing_is_opened(world: World, ground: Ground) -> None:
    with world.acting(STRANGER) as by:
        with pytest.raises((RuleBroken, DatabaseError)), transaction.atomic():
            open_by_law(Named(number=PERSON), by=by, ground=ground)
        assert counts() == (0, 0)


def test_a_section_of_law_is_the_countys(world: World) -> None:
    with world.acting(STRANGER) as by:
        [first, *_] = law_grounds()
        assert opened(by, ground=Ground(first.code)).client_id == world.client().pk


def test_nobody_is_found_by_a_number_that_nobody_has(world: World) -> None:
    with world.acting(STRANGER) as by:
        assert open_by_law(Named(number="A999999"), by=by, ground=EMERGENCY) is None
        assert open_by_law(Named(digest=b"\1" * 32), by=by, ground=EMERGENCY) is None


def test_a_protected_address_stays_closed(world: World) -> None:
    """Not to the stranger, and not to the unit's own worker whose only way is the law."""
    [[number]] = world.rows(PROTECTED)
    client = world.client(number)
    keeper = (
        "update clients_clientaddress set unit_id = %s, is_protected = true where client_id = %s"
    )
    for who in (STRANGER, CONVENER):
        world.rows(f"{keeper} returning 1", world.member(who).unit_id, client.pk)
        world.rows("delete from access.circle where client = %s", client.pk)
        with world.acting(who) as by:
            opened(by, number)
            assert counts()[0] >= 1
            address = "select count(*) from clients_clientaddress where client_id = %s"
            assert ask(address, client.pk) == [(0,)]


def test_a_third_persons_row_stays_closed(world: World) -> None:
    client, _ = enrolled(world)
    visit = own_visit(world, client)
    with world.acting(HEALTH) as by:
        withhold([("services_visit", visit.pk)], by=by, ground="julkisuuslaki-11")
    with world.acting(STRANGER) as by:
        one = opened(by)
        assert not Visit.objects.filter(pk=visit.pk).exists()
        assert counts()[1] == visits_of(world, one.client_id) - 1


# The review, and what the officer reads.


def test_another_person_reviews_it_once(world: World) -> None:
    with world.acting(STRANGER) as by:
        one = opened(by)
        with pytest.raises(DatabaseError, match="not the officer"), transaction.atomic():
            review_law_opening(one.opening_id, by=by, verdict="justified")
    with world.acting(OFFICER) as officer:
        with pytest.raises(RuleBroken):
            review_law_opening(one.opening_id, by=officer, verdict="questioned")
        review_law_opening(one.opening_id, by=officer, verdict="justified")
        with pytest.raises(RuleBroken):
            review_law_opening(one.opening_id, by=officer, verdict="justified")
    [row] = world.rows("select reviewed_by_id, verdict from access_lawopening")
    assert row == (officer.membership_id, "justified")


def test_nobody_reviews_their_own(world: World) -> None:
    """Also as another membership of the same account."""
    with world.acting(STRANGER) as by:
        one = opened(by)
    officer = world.member(OFFICER)
    move = "update organizations_membership set user_id = %s where id = %s returning 1"
    world.rows(move, by.user_id, officer.pk)
    with world.acting((STRANGER[0], OFFICER[1])) as same, pytest.raises(RuleBroken):
        review_law_opening(one.opening_id, by=same, verdict="justified")


def test_the_officer_reads_the_journal_and_no_client(world: World) -> None:
    with world.acting(STRANGER) as by:
        one = opened(by)
    with world.acting(OFFICER):
        assert counts() == (0, 0) and ask("select count(*) from access_lawopening") == [(0,)]
        journal = "select kind, worker, client from access.officer_journal(%s, %s, %s, %s, %s, 9)"
        period = ("-infinity", "infinity")
        rows = ask(journal, None, by.user_id, "law.", *period)
        assert rows == [("law.opened", by.name, one.client_id)]
        assert ask(journal, one.client_id, None, "law.", *period) == rows
        list_ = "select opening, worker from access.officer_law_openings(%s, %s)"
        assert ask(list_, *period) == [(one.opening_id, by.name)]
        desk = "select client_name, reads from access.officer_law_opening(%s)"
        assert ask(desk, one.opening_id) == [("Veikko Kaarnakivelä", 0)]
    looked = world.rows(
        "select kind, count(*) from journal_entry where kind ^@ 'read.officer'"
        " group by 1 order by 1"
    )
    assert looked == [
        ("read.officer_journal", 2),
        ("read.officer_law_opening", 1),
        ("read.officer_law_openings", 1),
    ]


def test_the_client_is_told_of_it(world: World) -> None:
    client, account = enrolled(world)
    with world.acting(STRANGER) as by:
        one = opened(by)
    sit(client, account)
    row = LawOpening.objects.select_related("unit").get()
    assert (row.pk, row.ground, row.unit_id) == (one.opening_id, "emergency", by.unit_id)


def test_the_hour_is_the_databases(world: World) -> None:
    with world.acting(STRANGER) as by:
        opened(by)
    longer = "update access_lawopening set ends_at = opened_at + interval '61 min'"
    with world.owner(), pytest.raises(DatabaseError, match="an_hour"), transaction.atomic():
        ask(longer)
