"""Withdrawal at once, and the guarantees against plain SQL: by the application and by the owner."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from rinnalla.access.actor import moment, proof
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import withdraw_permit
from tests.cases import agreed_case, named
from tests.test_attacks import SIT
from tests.world import HEALTH, REFERRER, SOCIAL, Who, World

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
    "an active case without a worker": (
        "update cases_case set worker_id = null where state = 'active'",
        "an_active_case_has_a_responsible_worker",
    ),
    "the worker's assignment ends alone": (
        "update cases_assignment set ended_at = now() where is_open",
        "active_case_points_at_an_open_assignment",
    ),
    "the worker's assignment is taken away": (
        "delete from cases_assignment where is_open",
        "violates foreign key constraint",
    ),
    "the worker's membership ends alone": (
        "update organizations_membership set ended_at = now() where id ="
        " (select membership_id from cases_assignment where is_open limit 1)",
        "responsible_worker_is_open|own_team_is_open|step_owner_is_open",
    ),
    "a case points at another case's worker": (
        "update cases_case set worker_id = (select id from cases_assignment a where a.is_open"
        " and a.case_id <> cases_case.id limit 1), state = 'active', named_at = now()"
        " where state = 'agreed'",
        "active_case_points_at_an_open_assignment",
    ),
    "a named case goes back": (
        "update cases_case set state = 'agreed', named_at = null where state = 'active'",
        "a named case stays named",
    ),
    "who holds an unnamed case leaves": (
        "update organizations_membership set ended_at = now() where id ="
        " (select holder_id from cases_case where state = 'agreed' limit 1)",
        "holder_of_a_case_is_open|holder_is_an_open_member|team_convener_is_open",
    ),
    "two first contacts": (
        "insert into cases_assignment (id, case_id, client_id, unit_id, membership_id,"
        " is_first_contact, is_interim, asked_at, agreed_on, accepted_at, decline_reason, told_way)"
        " select gen_random_uuid(), a.case_id, a.client_id, a.unit_id, m.id, true, false, now(),"
        " current_date, now(), '', '' from cases_assignment a join organizations_membership m"
        " on m.is_open and m.id <> a.membership_id where a.is_open limit 1",
        "one_first_contact_a_case",
    ),
    "an agreement with neither a word nor a day": (
        "update cases_assignment set agreed_on = null, agree_by = null",
        "agreed_with_the_client_or_by_a_day",
    ),
    "a package without an end": (
        "update cases_servicepackage set ends = null",
        'null value in column "ends"',
    ),
    "a package is looked at after its end": (
        "update cases_servicepackage set check_on = ends + 1",
        "a_package_is_looked_at_before_it_ends",
    ),
    "an agreed end that moves without its watch": (
        "update cases_servicepackage set ends = ends + 1 where ended_at is null",
        "a_package_in_force_is_watched|a_watch_is_of_an_end_in_force",
    ),
    "the look before an end moves alone": (
        "update plans_step set due = due + 1 where id in (select step_id from plans_watch)",
        "a_watch_has_its_step_on_its_day",
    ),
    "the look before an end is done without its watch": (
        "update plans_step set state = 'done' where id in (select step_id from plans_watch)",
        "a_watch_has_its_step_on_its_day",
    ),
    "a watch that ends before what it watches": (
        "update plans_watch set ended_at = now()",
        "a_package_in_force_is_watched",
    ),
    "a package without a watch": (
        "with o as (update cases_servicepackage set ended_at = now() where ended_at is null"
        " returning *), w as (update plans_watch set ended_at = now())"
        " insert into cases_servicepackage (id, public_id, case_id, client_id, unit_id, text,"
        " begins, ends, check_on, talked_on, words, recorded_by_id, recorded_at, ended_at)"
        " select gen_random_uuid(), gen_random_uuid(), case_id, client_id, unit_id, text,"
        " begins, ends, check_on, talked_on, words, recorded_by_id, now(), null from o",
        "a_package_in_force_is_watched|one_package_a_case",
    ),
    "an appointment that nobody minds": (
        "update meetings_appointment a set minder_id = (select m.id from"
        " organizations_membership m where m.id <> a.minder_id limit 1)",
        "appointment_is_minded",
    ),
    "two packages at a time": (
        "insert into cases_servicepackage (id, public_id, case_id, client_id, unit_id, text,"
        " begins, ends, check_on, talked_on, words, recorded_by_id, recorded_at)"
        " select gen_random_uuid(), gen_random_uuid(), case_id, client_id, unit_id, text,"
        " begins, ends, check_on, talked_on, words, recorded_by_id, now()"
        " from cases_servicepackage where ended_at is null",
        "one_package_a_case",
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


def test_two_of_a_pair_who_end_at_once_do_not_both_leave(own_world: World) -> None:
    """Each transaction alone leaves a worker; together they would leave none."""
    world = own_world
    case = agreed_case(world)
    named(world, case, SOCIAL)
    named(world, case, HEALTH, first=False)
    [(first,), (other,)] = world.rows(
        "select id from cases_assignment where case_id = %s and is_open"
        " order by is_first_contact desc",
        case.pk,
    )
    end = "update cases_assignment set ended_at = now() where id = %s"
    give = "update cases_case set worker_id = %s where id = %s"
    with (
        psycopg.connect(world.urls["DATABASE_OWNER_URL"]) as one,
        psycopg.connect(world.urls["DATABASE_OWNER_URL"]) as two,
    ):
        one.execute(end, [first])
        one.execute(give, [other, case.pk])
        two.execute(end, [other])
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(one.commit)
            second = _refused(two)
            first_refused = waiting.exception(timeout=60) is not None
            assert second or first_refused
    [(open_ones,)] = world.rows(
        "select count(*) from cases_case c join cases_assignment a on a.id = c.worker_id"
        " where c.id = %s and a.is_open",
        case.pk,
    )
    assert open_ones == 1


def _refused(connection: psycopg.Connection) -> bool:
    """Whether the database refuses the commit."""
    try:
        connection.commit()
    except psycopg.Error:
        return True
    return False
