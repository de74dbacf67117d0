"""Who is seated, and may write, cannot write themselves into what they may not read."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from rinnalla.access.actor import moment, proof
from rinnalla.permits.explaining import explain
from tests.test_attacks import SIT, Prompt, Refused, at_prompt
from tests.world import CONVENER, KELA, REFERRER, STRANGER, World

pytestmark = pytest.mark.server


@pytest.fixture
def prompt(told: dict[str, str]) -> Iterator[Prompt]:
    with at_prompt(told) as made:
        yield made


def signed(prompt: Prompt) -> tuple[Any, ...]:
    """What seats the referrer on this connection, as somebody might have overheard it."""
    ids, at = prompt.people[REFERRER], moment()
    return (*ids, at, proof(*ids, prompt.connection.info.backend_pid, at))


@pytest.mark.parametrize("left", ["", "select access.stand()"])
def test_a_proof_is_old_after_its_transaction(prompt: Prompt, left: str) -> None:
    overheard = signed(prompt)
    assert prompt.ask(SIT, *overheard)
    if left:
        prompt.ask(left)
    prompt.connection.commit()
    with pytest.raises(Refused, match="actor not proven"):
        prompt.ask(SIT, *overheard)


def test_a_proof_that_was_undone_is_old_to_who_sits_next(prompt: Prompt) -> None:
    overheard = signed(prompt)
    assert prompt.ask(SIT, *overheard)
    prompt.connection.rollback()
    assert prompt.sit(STRANGER)
    with pytest.raises(Refused, match="actor not proven"):
        prompt.ask(SIT, *overheard)


def test_a_failed_seat_forgets_no_proof(prompt: Prompt) -> None:
    overheard = signed(prompt)
    assert prompt.ask(SIT, *overheard)
    prompt.connection.commit()
    membership, account = prompt.people[CONVENER][0], prompt.people[REFERRER][1]
    at, pid = moment(), prompt.connection.info.backend_pid
    assert prompt.ask(SIT, membership, account, at, proof(membership, account, pid, at)) == []
    with pytest.raises(Refused):
        prompt.ask(SIT, *overheard)


PARTS = ("applicationtext", "view", "columnentry", "outcome", "informationanswer", "telling")
MINE = " union all ".join(
    f"select '{part}', unit_id, count(*) from applications_{part}"
    " where application_id = %(matter)s group by unit_id"
    for part in PARTS
)
STAND_IN = {
    "marking it": (
        "update applications_application set holder_id = (select membership from access.me),"
        " holder_is_interim = true where id = %(matter)s",
    ),
    "naming whom one stands for": (
        "update applications_holding set ended_at = rinnalla.now()"
        " where application_id = %(matter)s and ended_at is null",
        "insert into applications_holding (id, application_id, client_id, unit_id, membership_id,"
        " is_interim, began_at, ended_at) select gen_random_uuid(), c.thing, c.client, me.unit,"
        " %(other)s, false, {began}, rinnalla.now() from access.me, access.my_circle c"
        " where c.thing = %(matter)s limit 1",
        "update applications_application set holder_id = (select membership from access.me),"
        " holder_is_interim = true where id = %(matter)s",
    ),
}


def asked(query: str, values: dict[str, Any]) -> set[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return set(cursor.fetchall()) if cursor.description else set()


@pytest.mark.parametrize("began", ["rinnalla.now()", "'2030-01-01'", "'2020-01-01'"])
@pytest.mark.parametrize("way", STAND_IN)
def test_nobody_makes_themselves_a_stand_in(world: World, way: str, began: str) -> None:
    """The convener, without any permit, tries to read what other units wrote of the case."""
    application = world.application()
    world.rows("delete from access.opening where client = %s", application.client_id)
    for who in (REFERRER, KELA):
        values = {"matter": application.pk, "other": world.member(who).pk}
        with world.acting(CONVENER):
            before = asked(MINE, values)
            try:
                with transaction.atomic():
                    for statement in STAND_IN[way]:
                        asked(statement.format(began=began), values)
            except DatabaseError as error:
                assert "row-level security" in str(error)
            asked("select applications.follow(%(matter)s)", values)
            assert asked(MINE, values) == before


def test_how_full_an_agenda_is_is_told_to_its_convener_only(
    prompt: Prompt, told: dict[str, str]
) -> None:
    with psycopg.connect(told["DATABASE_ADMIN_URL"]) as admin:
        row = admin.execute(
            "select session_id, max(number) from applications_agendaitem group by 1 limit 1"
        ).fetchone()
    assert row is not None
    number = "select applications.next_number(%s)"
    assert prompt.ask(number, row[0]) == [(1,)]
    assert prompt.sit(STRANGER) and prompt.ask(number, row[0]) == [(1,)]
    assert prompt.sit(CONVENER) and prompt.ask(number, row[0]) == [(row[1] + 1,)]


def test_who_has_not_begun_is_explained_as_seeing_nothing(world: World) -> None:
    member, veikko = world.member(REFERRER), world.client()
    world.rows(
        "update organizations_membership set begins = rinnalla.today() + 1 where id = %s", member.pk
    )
    with world.owner():
        explained = {one.membership.pk for one in explain(member.user, veikko)}
    assert member.pk not in explained
