"""Withdrawal at once, and the guarantees against plain SQL: by the application and by the owner."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from rinnalla.access.actor import moment, proof
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import withdraw_permit
from tests.test_attacks import SIT
from tests.world import REFERRER, Who, World

pytestmark = pytest.mark.server


@contextmanager
def seated(world: World, who: Who) -> Iterator[psycopg.Connection]:
    membership = world.member(who)
    with psycopg.connect(world.urls["DATABASE_APP_URL"]) as connection:
        ids, at = (membership.pk, membership.user_id), moment()
        connection.execute(SIT, [*ids, at, proof(*ids, connection.info.backend_pid, at)])
        yield connection
        connection.rollback()


def test_withdrawal_and_end_work_in_a_transaction_that_began_before(own_world: World) -> None:
    world, veikko = own_world, own_world.client()
    with world.owner():
        opening = Permit.objects.filter(
            client=veikko, recipients__organization__code__isnull=False, withdrawn_at=None
        )
        keys = list(opening.values_list("pk", flat=True))
    with seated(world, REFERRER) as referrer:
        texts = "select count(*) from applications_outcome where client_id = %s"
        before = referrer.execute(
            "select count(*) from access.my_opening where client = %s", [veikko.pk]
        ).fetchone()
        assert before is not None and before[0] > 0
        for key in keys:
            with world.acting(REFERRER) as hilppa:
                withdraw_permit(Permit.objects.get(pk=key), by=hilppa)
        after = referrer.execute(
            "select count(*) from access.my_opening where client = %s", [veikko.pk]
        ).fetchone()
        assert after == (0,)
        assert referrer.execute(texts.encode(), [veikko.pk]).fetchone() == (0,)
        # Leaving works as soon: who is gone is nobody's colleague in a page that was being made.
        assert referrer.execute("select count(*) > 0 from access.my_circle").fetchone() == (True,)
        with psycopg.connect(world.urls["DATABASE_WORKER_URL"]) as worker:
            worker.execute("select access.leave(%s)", [world.member(REFERRER).pk])
        assert referrer.execute("select count(*) from access.my_circle").fetchone() == (0,)
        assert referrer.execute("select count(*) from clients_client").fetchone() == (0,)


# The guarantees, attacked by SQL with all rights but the superuser's over triggers.


def broken(world: World, statement: str, *values: Any) -> str:
    """The sentence with which the database refuses, at once or at the commit."""
    with world.owner():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, values)
                cursor.execute("set constraints all immediate")
        except DatabaseError as error:
            return str(error)
    raise AssertionError(f"not refused: {statement}")


GUARANTEES = {
    "a membership ends that holds a matter": (
        "update organizations_membership set ended_at = now() where id ="
        " (select holder_id from applications_application where needs_open_holder limit 1)"
        "",
        "holder_is_an_open_member|team_convener_is_open",
    ),
    "an account is disabled with an open membership": (
        "update accounts_user set is_active = false where id ="
        " (select user_id from organizations_membership where is_open limit 1)",
        "open_membership_has_active_account",
    ),
    "an organization loses its last manager": (
        "update organizations_organization set manager_id = null",
        "manager",
    ),
    "a unit's manager leaves": (
        "update organizations_membership set ended_at = now() where id ="
        " (select manager_id from organizations_unit where manager_id is not null limit 1)"
        "",
        "manager_is_open|holder|owner|watcher|convener",
    ),
    "a step without an owner": (
        "update plans_step set owner_id = null, owner_client_id = null, owner_contact = ''",
        "a_step_has_exactly_one_owner|a_professional_looks_at_a_step",
    ),
    "a step with two owners": (
        "update plans_step set owner_contact = 'somebody else', owner_client_id = client_id,"
        " watcher_id = coalesce(watcher_id, owner_id)",
        "a_step_has_exactly_one_owner|a_professional_looks_at_a_step",
    ),
    "a step without a day": ("update plans_step set due = null", "due"),
    "a step of the client's that nobody looks at": (
        "update plans_step set owner_id = null, owner_client_id = client_id, owner_contact = '',"
        " watcher_id = null",
        "a_professional_looks_at_a_step",
    ),
    "a matter without a holder": (
        "update applications_application set holder_id = null",
        "holder_id",
    ),
    "two holders at a time": (
        "insert into applications_holding (id, application_id, client_id, unit_id, membership_id,"
        " is_interim, began_at) select gen_random_uuid(), application_id, client_id, unit_id,"
        " membership_id, false, now() from applications_holding where ended_at is null",
        "one_holder_at_a_time",
    ),
    "a permit that ends before it begins": (
        "update permits_permit set ends = begins - 1",
        "permit_ends_after_it_begins",
    ),
    "the journal is changed by its owner": (
        "update journal_entry set kind = 'nothing'",
        "append-only",
    ),
    "the journal is cut by its owner": ("delete from journal_entry", "append-only"),
}


@pytest.mark.parametrize("name", GUARANTEES)
def test_guarantee_holds_against_sql(world: World, name: str) -> None:
    statement, constraint = GUARANTEES[name]
    refused = broken(world, statement)
    assert any(word in refused for word in constraint.split("|")), refused


def test_an_owner_of_a_step_cannot_leave_it(world: World) -> None:
    owned = "select owner_id from plans_step where needs_open and owner_id is not null limit 1"
    [[owner]] = world.rows(owned)
    refused = broken(
        world,
        "update organizations_membership set ended_at = now() where id = %s",
        owner,
    )
    assert "violates foreign key constraint" in refused
