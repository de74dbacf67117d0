"""Clients and guardians at their seats: what they read and write, and how none gets another's."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser

from rinnalla.access.actor import moment, proof, seat
from rinnalla.access.middleware import ACTS_FOR, SeatedRequest, SeatMiddleware
from rinnalla.access.models import ClientAccount, Mandate, Withholding
from rinnalla.access.operations import (
    MandateTerms,
    deny_mandate,
    end_client_account,
    lift_denial,
    record_mandate,
    show_again,
    withhold,
)
from rinnalla.access.portal_actor import PortalActor, client_proof, my_seats, seat_client
from rinnalla.access.recording import Disclosure, record, record_disclosure, record_read
from rinnalla.accounts.models import User
from rinnalla.clients.models import Client
from rinnalla.permits.models import Permit, PermitUnit
from rinnalla.services.models import Visit
from tests.seats import OTHER, ask, counts, enrolled, sit
from tests.world import CONVENER, HEALTH, REFERRER, STRANGER, World

pytestmark = pytest.mark.server


@pytest.fixture
def person(world: World) -> tuple[Client, UUID]:
    return enrolled(world)


def test_a_client_reads_oneself_and_nobody_else(world: World, person: tuple[Client, UUID]) -> None:
    client, account = person
    [[visits]] = world.rows("select count(*) from services_visit where client_id = %s", client.pk)
    actor = sit(None, account)
    assert (actor.kind, actor.client_id, actor.name) == ("client", client.pk, actor.client_name)
    assert counts() == (1, visits) and visits > 0
    for table in (
        "clients_guardian",
        "clients_guardiannote",
        "applications_disqualification",
        "access_withholding",
    ):
        assert ask(f"select count(*) from {table}") == [(0,)], table
    own = "select distinct client_id from access_clientaccount"
    assert ask(own) == [(client.pk,)]


def test_what_a_client_does_and_sees_is_in_the_journal(
    world: World, person: tuple[Client, UUID]
) -> None:
    client, account = person
    actor = sit(client, account)
    bases = record_read("portal", [client.pk], ["visits"])
    assert bases[client.pk].bases == ["self"] and bases[client.pk].cause == "self"
    record(actor, "portal.tried", ("client", client.pk), [client.pk], one="x")
    rows = world.rows(
        "select e.account, e.membership, e.facts ->> 'seat', s.basis from journal_entry e"
        " join journal_entrysubject s on s.entry = e.id"
        " where e.kind in ('read.portal', 'portal.tried')"
    )
    assert rows == [(account, None, "client", "self")] * 2
    with pytest.raises(DatabaseError, match="outside the circle"), transaction.atomic():
        record_read("portal", [world.client(OTHER).pk], [])


def test_disclosure_leaves_a_row(world: World) -> None:
    application = world.application()
    with world.acting(REFERRER) as by:
        given = Disclosure(
            ("application", application.pk), ["texts"], by.organization_id, by.unit_id
        )
        record_disclosure(by, application.client_id, replace(given, ground="x 1 §"))
    [[facts]] = world.rows(
        "select facts::text from journal_entry where kind = 'disclosed' and membership = %s"
        " order by recorded_at desc limit 1",
        by.membership_id,
    )
    ids = {"organization": str(by.organization_id), "unit": str(by.unit_id)}
    assert json.loads(facts) == ids | {"what": ["texts"], "ground": "x 1 §"}


# A seat that is not one's own.


def seated(client: UUID | None, account: UUID, mandate: UUID | None, proven: bytes, at: int) -> Any:
    query = "select kind from access.sit_client(%s, %s, %s, %s, %s)"
    with transaction.atomic():
        return ask(query, client, account, mandate, at, proven)


def pid() -> int:
    return int(ask("select pg_backend_pid()")[0][0])


def test_a_proof_is_for_one_client_one_account_and_one_moment(
    world: World, person: tuple[Client, UUID]
) -> None:
    client, account = person
    other, other_account = enrolled(world, OTHER)
    at = moment()
    mine = client_proof(client.pk, account, None, pid(), at)
    tried: list[tuple[UUID | None, UUID, UUID | None, int]] = [
        (other.pk, account, None, at),
        (other.pk, other_account, None, at),
        (client.pk, other_account, None, at),
        (client.pk, account, uuid4(), at),
        (None, account, None, at),
        (client.pk, account, None, at + 1),
    ]
    for one, who, mandate, when in tried:
        with pytest.raises(DatabaseError, match="actor not proven"):
            seated(one, who, mandate, mine, when)
    assert seated(client.pk, account, None, mine, at) == [("client",)]
    with pytest.raises(DatabaseError, match="actor not proven"):
        seated(client.pk, account, None, mine, at)


def test_a_members_proof_seats_no_client_and_a_clients_no_member(
    world: World, person: tuple[Client, UUID]
) -> None:
    client, account = person
    member, at = world.member(REFERRER), moment()
    with pytest.raises(DatabaseError, match="actor not proven"):
        seated(client.pk, account, None, proof(client.pk, account, pid(), at), at)
    clients = client_proof(member.pk, member.user_id, None, pid(), at)
    with pytest.raises(DatabaseError, match="actor not proven"), transaction.atomic():
        ask("select role from access.sit(%s, %s, %s, %s)", member.pk, member.user_id, at, clients)


def test_the_program_cannot_seat_an_account_on_another_client(
    world: World, person: tuple[Client, UUID]
) -> None:
    """Neither a member's account nor a client's on somebody else; nothing is readable after."""
    client, account = person
    other, _ = enrolled(world, OTHER)
    member = world.member(CONVENER)
    world.sit(CONVENER)
    for one, who in ((other, account), (client, member.user_id), (None, member.user_id)):
        assert seat_client(one.pk if one else None, who) is None
        assert counts() == (0, 0)
    assert seat(client.pk, account) is None


def test_an_ended_account_reads_nothing_on_the_next_statement(
    world: World, person: tuple[Client, UUID]
) -> None:
    client, account = person
    actor = sit(client, account)
    end_client_account(ClientAccount.objects.get(ended_at=None), by=actor)
    assert counts() == (0, 0)
    assert seat_client(client.pk, account) is None


# Guardians.


@pytest.fixture
def family(world: World) -> Iterator[tuple[Client, Client, UUID, Mandate]]:
    """A child and a guardian whose mandate is about health."""
    child, _ = enrolled(world)
    guardian, account = enrolled(world, OTHER)
    with world.acting(HEALTH) as by:
        terms = MandateTerms(guardian, Mandate.Scope.HEALTH, by.today)
        mandate = record_mandate(child, by=by, terms=terms)
    yield child, guardian, account, mandate


Family = tuple[Client, Client, UUID, Mandate]


def test_a_guardian_reads_the_childs_data_within_the_mandate(world: World, family: Family) -> None:
    child, guardian, account, mandate = family
    actor = sit(child, account, mandate.pk)
    assert (actor.kind, actor.client_id) == ("guardian", child.pk)
    assert actor.name.startswith(guardian.given_names)
    sectors = ask("select distinct u.sector from services_visit v join organizations_unit u"
                  " on u.id = v.unit_id")  # fmt: skip
    assert sectors == [("terveys",)]
    for table in ("clients_clientcontact", "clients_clientaddress", "clients_clientidentifier",
                  "clients_guardian", "clients_guardiannote", "access_clientaccount"):  # fmt: skip
        assert ask(f"select count(*) from {table}") == [(0,)], table
    assert [(one.kind, one.client_id) for one in my_seats()] == [
        ("client", guardian.pk),
        ("guardian", child.pk),
    ]


def test_the_client_denies_a_guardian_and_alone_lifts_it(world: World, family: Family) -> None:
    child, _, account, mandate = family
    with world.owner():
        own = ClientAccount.objects.get(client=child, ended_at=None).account_id
    deny_mandate(mandate, by=sit(child, own))
    assert seat_client(child.pk, account, mandate.pk) is None
    with world.acting(HEALTH):
        assert Mandate.objects.filter(pk=mandate.pk).update(denied_at=None) == 0
    actor = sit(None, account)
    assert [one.kind for one in my_seats()] == ["client"] and actor.kind == "client"
    lift_denial(mandate, by=sit(child, own))
    assert seat_client(child.pk, account, mandate.pk) is not None


def test_a_denial_is_seen_by_the_guardians_next_statement(world: World, family: Family) -> None:
    child, _, account, mandate = family
    sit(child, account, mandate.pk)
    assert counts()[0] == 1
    world.rows("update access_mandate set denied_at = now() where id = %s returning 1", mandate.pk)
    assert counts() == (0, 0)


PROTECT = "update clients_client set is_protected = true where id = %s returning 1"


def test_a_protected_address_decides_which_guardian_acts(world: World, family: Family) -> None:
    child, guardian, account, mandate = family
    second, second_account = enrolled(world, "A100137")
    with world.acting(HEALTH) as by:
        terms = MandateTerms(second, Mandate.Scope.ALL, by.today)
        other = record_mandate(child, by=by, terms=terms)

    def who() -> tuple[bool, bool]:
        one = seat_client(child.pk, account, mandate.pk)
        return one is not None, seat_client(child.pk, second_account, other.pk) is not None

    assert who() == (True, True)
    world.rows(PROTECT, guardian.pk)
    assert who() == (True, False)
    world.rows(PROTECT, second.pk)
    assert who() == (False, False)
    world.rows("update clients_client set is_protected = false returning 1")
    world.rows(PROTECT, child.pk)
    assert who() == (False, False)


# What a client may write.

ATTEMPTS = [
    "insert into access_mandate (id, public_id, client_id, unit_id, guardian_id, guardian_name,"
    " scope, begins, recorded_by_id, recorded_at) select gen_random_uuid(), gen_random_uuid(),"
    " me.client, u.id, gen_random_uuid(), 'x', 'all', now(), gen_random_uuid(), now()"
    " from access.me, organizations_unit u where u.keeps_master",
    "insert into services_visit select * from services_visit limit 1",
    "insert into clients_clientidentifier (id, client_id, unit_id, digest, ciphertext, is_current,"
    " from_master) select gen_random_uuid(), me.client, u.id, '', '', false, false"
    " from access.me, organizations_unit u where u.keeps_master",
    "insert into permits_permitrequestunit (id, request_id, client_id, unit_id)"
    " select gen_random_uuid(), gen_random_uuid(), me.client, u.id"
    " from access.me, organizations_unit u where u.keeps_master",
    "select access.enrol_client((select client from access.me), 'a@example.org', '')",
    "select access.enter_client(gen_random_uuid())",
    "select access.withhold('services_visit', id, 'x', true, '') from services_visit",
]  # fmt: skip


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_client_writes_nothing_of_a_workers(person: tuple[Client, UUID], attempt: str) -> None:
    sit(*person)
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        ask(attempt)
    assert type(refused.value.__cause__).__name__ == "InsufficientPrivilege"


def test_a_client_finds_nobody(world: World, person: tuple[Client, UUID]) -> None:
    sit(*person)
    assert ask("select access.find_client(null, %s)", OTHER) == [(None,)]


def new_permit(actor: PortalActor, unit_id: UUID) -> Permit:
    return Permit.objects.create(
        client_id=actor.client_id, unit_id=unit_id, kind=Permit.Kind.DENIAL, purpose="x",
        begins=actor.today, form=Permit.Form.SPOKEN, given_on=actor.today, recorded_at=actor.now,
        mandate_id=actor.mandate_id,
    )  # fmt: skip


def test_a_client_denies_what_a_permit_opened_and_lifts_it(
    world: World, person: tuple[Client, UUID]
) -> None:
    client, account = person
    opened = "select distinct unit from access.my_opening where client = %s order by 1"
    with world.acting(REFERRER):
        before = [row[0] for row in ask(opened, client.pk)]
    assert len(before) > 1
    actor = sit(client, account)
    permit = new_permit(actor, world.member(HEALTH).unit_id)
    PermitUnit.objects.create(permit=permit, client=client, unit_id=before[0])
    ask("select permits.follow(%s)", permit.pk)
    with world.acting(REFERRER):
        assert [row[0] for row in ask(opened, client.pk)] == before[1:]
    actor = sit(client, account)
    assert Permit.objects.filter(pk=permit.pk).update(withdrawn_at=actor.now) == 1
    ask("select permits.follow(%s)", permit.pk)
    with world.acting(REFERRER):
        assert [row[0] for row in ask(opened, client.pk)] == before


def test_a_client_writes_in_the_name_of_a_unit_that_serves_them(
    world: World, person: tuple[Client, UUID]
) -> None:
    actor = sit(*person)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        new_permit(actor, world.member(STRANGER).unit_id)


def test_a_guardian_gives_permits_about_data_within_the_mandate_only(
    world: World, family: Family
) -> None:
    child, _, account, mandate = family
    actor = sit(child, account, mandate.pk)
    permit = new_permit(actor, world.member(HEALTH).unit_id)
    PermitUnit.objects.create(permit=permit, client=child, unit_id=world.member(HEALTH).unit_id)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        social = ask("select id from organizations_unit where code = 'SO810'")[0][0]
        PermitUnit.objects.create(permit=permit, client=child, unit_id=social)


def test_a_withheld_row_is_not_there_for_its_client(
    world: World, person: tuple[Client, UUID]
) -> None:
    client, account = person
    own = world.member(HEALTH).unit_id
    with world.owner():
        visit = Visit.objects.filter(client=client).exclude(unit_id=own)[0]
        Visit.objects.filter(pk=visit.pk).update(unit_id=own)
    sit(client, account)
    before = counts()[1]
    with world.acting(HEALTH) as by:
        withhold([("services_visit", visit.pk)], by=by, ground="11")
    sit(client, account)
    assert counts()[1] == before - 1
    with world.acting(HEALTH) as by:
        assert Visit.objects.filter(pk=visit.pk).exists()
        show_again(Withholding.objects.get(thing=visit.pk), by=by)
    sit(client, account)
    assert counts()[1] == before


def test_another_units_row_is_not_withheld(world: World, person: tuple[Client, UUID]) -> None:
    client, _ = person
    with world.owner():
        visit = Visit.objects.filter(client=client, unit__code="TK010")[0]
    with world.acting(REFERRER) as by, pytest.raises(DatabaseError, match="not a row"):
        withhold([("services_visit", visit.pk)], by=by, ground="11")


# From a signed-in account to its seat.


def passed(account: UUID, session: dict[str, Any]) -> SeatedRequest:
    """What a page gets for the account's request."""
    request = SeatedRequest()
    request.user = User.objects.get(pk=account)
    browser = Browser()
    request.session = browser.session
    for name, value in session.items():
        request.session[name] = value
    kept = []

    def page(got: HttpRequest) -> HttpResponse:
        kept.append(counts())
        return HttpResponse()

    SeatMiddleware(page)(request)
    assert len(kept) == 1
    return request


def test_an_account_sits_as_its_client_or_as_the_chosen_guardian(
    world: World, family: Family
) -> None:
    child, guardian, account, mandate = family
    own = passed(account, {})
    assert own.actor is None and own.portal_actor is not None
    assert own.portal_actor.client_id == guardian.pk
    chosen = passed(account, {ACTS_FOR: [str(child.pk), str(mandate.pk)]})
    assert chosen.portal_actor is not None and chosen.portal_actor.client_id == child.pk
    wrong = passed(account, {ACTS_FOR: [str(world.client("A100137").pk), str(mandate.pk)]})
    assert wrong.portal_actor is not None and wrong.portal_actor.client_id == guardian.pk
    assert ACTS_FOR not in wrong.session
    worker = passed(world.member(CONVENER).user_id, {})
    assert worker.portal_actor is None
