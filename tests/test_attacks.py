"""At a plain SQL prompt as the application's role: what is closed stays closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, transaction
from psycopg import errors

from rinnalla.access.actor import moment, proof
from rinnalla.applications.models import Holding
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import withdraw_permit
from tests.attacks import ANYBODY, ATTACKS
from tests.facts import TABLES
from tests.world import CONVENER, KELA, REFERRER, STRANGER, Who, World

pytestmark = pytest.mark.server
Refused = errors.InsufficientPrivilege
SIT = "select role from access.sit(%s, %s, %s, %s)"


class Prompt:
    """A connection as the application's role, and people's keys that an attacker might know."""

    def __init__(
        self, connection: psycopg.Connection, people: dict[Who, tuple[UUID, UUID]]
    ) -> None:
        self.connection = connection
        self.people = people

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(query.encode(), values)
        return cursor.fetchall() if cursor.description else []

    def sit(self, who: Who) -> bool:
        """What the program does with the key that only its process knows."""
        ids, at, pid = self.people[who], moment(), self.connection.info.backend_pid
        return bool(self.ask(SIT, *ids, at, proof(*ids, pid, at)))


@contextmanager
def at_prompt(told: dict[str, str]) -> Iterator[Prompt]:
    with psycopg.connect(told["DATABASE_ADMIN_URL"]) as admin:
        rows = admin.execute(
            "select u.username, n.code, m.id, u.id from organizations_membership m"
            " join accounts_user u on u.id = m.user_id"
            " join organizations_unit n on n.id = m.unit_id"
        ).fetchall()
    people = {(name, code): (membership, user) for name, code, membership, user in rows}
    with psycopg.connect(told["DATABASE_APP_URL"]) as connection:
        yield Prompt(connection, people)
        connection.rollback()


@pytest.fixture
def prompt(told: dict[str, str]) -> Iterator[Prompt]:
    with at_prompt(told) as made:
        yield made


def assert_empty(prompt: Prompt) -> None:
    """No client-owned table, and no view that feeds the policies, shows a row."""
    for table in (*TABLES, "access.me", "access.my_circle", "access.my_opening", "permits.mine"):
        assert prompt.ask(f"select count(*) from {table}") == [(0,)], table


# Who is not seated reads nothing.


def test_without_an_actor_every_table_is_empty(prompt: Prompt) -> None:
    assert_empty(prompt)


@pytest.mark.parametrize("forged", [b"", b"\0" * 32, None])
def test_forged_proof(prompt: Prompt, forged: bytes | None) -> None:
    with pytest.raises(Refused, match="actor not proven"):
        prompt.ask(SIT, *prompt.people[REFERRER], moment(), forged)
    prompt.connection.rollback()
    assert_empty(prompt)


@pytest.mark.parametrize("late", [-3600, -61, 75, 3600])
def test_proof_of_another_time(prompt: Prompt, late: int) -> None:
    ids, at = prompt.people[REFERRER], moment() + late * 1_000_000
    signed = proof(*ids, prompt.connection.info.backend_pid, at)
    with pytest.raises(Refused):
        prompt.ask(SIT, *ids, at, signed)


def test_proof_of_another_connection(prompt: Prompt) -> None:
    ids, at = prompt.people[REFERRER], moment()
    with pytest.raises(Refused):
        prompt.ask(SIT, *ids, at, proof(*ids, prompt.connection.info.backend_pid + 1, at))


def test_proof_of_somebody_else(prompt: Prompt) -> None:
    at, pid = moment(), prompt.connection.info.backend_pid
    signed = proof(*prompt.people[STRANGER], pid, at)
    with pytest.raises(Refused):
        prompt.ask(SIT, *prompt.people[REFERRER], at, signed)


def test_membership_of_another_account(prompt: Prompt) -> None:
    """Even the program cannot seat an account on a membership that is not its own."""
    assert prompt.sit(REFERRER)
    membership, account = prompt.people[CONVENER][0], prompt.people[REFERRER][1]
    at, pid = moment(), prompt.connection.info.backend_pid
    assert prompt.ask(SIT, membership, account, at, proof(membership, account, pid, at)) == []
    assert_empty(prompt)


def test_a_seat_ends_with_its_transaction(prompt: Prompt) -> None:
    assert prompt.sit(REFERRER)
    assert prompt.ask("select count(*) > 0 from clients_client") == [(True,)]
    prompt.connection.commit()
    assert_empty(prompt)


def test_a_seat_ends_when_its_savepoint_is_undone(prompt: Prompt) -> None:
    with prompt.connection.transaction(force_rollback=True):
        assert prompt.sit(REFERRER)
    prompt.connection.rollback()
    assert_empty(prompt)


def test_sitting_again_changes_places(prompt: Prompt) -> None:
    assert prompt.sit(REFERRER) and prompt.sit(STRANGER)
    assert prompt.ask("select membership from access.me") == [(prompt.people[STRANGER][0],)]
    assert prompt.ask("select count(*) from clients_client") == [(0,)]


def test_one_connection_does_not_see_anothers_seat(prompt: Prompt, told: dict[str, str]) -> None:
    assert prompt.sit(REFERRER)
    with psycopg.connect(told["DATABASE_APP_URL"]) as other:
        assert other.execute("select count(*) from access.me").fetchone() == (0,)


# Settings that another program's policies would believe.


@pytest.mark.parametrize(
    "setting", ["app.membership", "app.user_id", "rinnalla.membership", "access.membership"]
)
def test_settings_make_nobody(prompt: Prompt, setting: str) -> None:
    prompt.ask("select set_config(%s, %s, false)", setting, str(prompt.people[REFERRER][0]))
    assert_empty(prompt)


@pytest.mark.parametrize("attack", ATTACKS)
def test_refused_to_nobody(prompt: Prompt, attack: str) -> None:
    with pytest.raises(Refused):
        prompt.ask(attack)


SEATED = {
    # Seated, these work: within the actor's circle, and under the actor's name.
    "select access.record_act('permit.recorded', null, null, null, null)",
    "select access.find_client(null, 'A100001')",
    f"select access.enter_client('{ANYBODY}')",
}


@pytest.mark.parametrize("attack", [one for one in ATTACKS if one not in SEATED])
def test_refused_to_who_is_seated(prompt: Prompt, attack: str) -> None:
    assert prompt.sit(CONVENER)
    with pytest.raises(Refused):
        prompt.ask(attack)


def test_whole_table_goes_out_only_as_it_is_seen(prompt: Prompt) -> None:
    assert prompt.sit(STRANGER)
    with prompt.connection.cursor().copy("copy clients_client to stdout") as rows:
        assert list(rows) == []


def test_a_search_path_leads_nowhere(prompt: Prompt) -> None:
    prompt.ask("set search_path = pg_temp, access, rinnalla, public")
    assert prompt.sit(STRANGER)
    assert prompt.ask("select count(*) from clients_client") == [(0,)]


def test_a_prepared_plan_belongs_to_whoever_sits(prompt: Prompt) -> None:
    prompt.ask("prepare clients as select count(*) > 0 from clients_client")
    prompt.ask("set plan_cache_mode = force_generic_plan")
    assert prompt.sit(REFERRER) and prompt.ask("execute clients") == [(True,)]
    assert prompt.sit(STRANGER) and prompt.ask("execute clients") == [(False,)]


def test_errors_tell_nothing_of_others_rows(prompt: Prompt) -> None:
    """A condition that fails is not asked of rows that the actor does not see."""
    assert prompt.sit(STRANGER)
    assert (
        prompt.ask("select 1 from clients_client where (1 / (length(family_name) * 0)) = 1") == []
    )
    assert prompt.ask("select 1 from access.my_circle where cause::int = 1") == []
    assert prompt.ask("select 1 from permits.mine where permit::text::int = 1") == []


def test_estimates_and_statistics_are_closed(prompt: Prompt) -> None:
    assert prompt.ask("select count(*) from pg_stats where tablename = 'clients_client'") == [(0,)]


# The unique key of identifiers, and the exact search.


def refusal(prompt: Prompt, query: str, *values: Any) -> str:
    with prompt.connection.transaction(force_rollback=True):
        try:
            return str(prompt.ask(query, *values))
        except psycopg.Error as error:
            return str(error)


IDENTIFIER = (
    "insert into clients_clientidentifier"
    " (id, client_id, unit_id, digest, ciphertext, is_current, from_master)"
    " select gen_random_uuid(), c.client, u.id, %s, '', false, {}"
    " from access.my_circle c, organizations_unit u where u.keeps_master limit 1"
)


@pytest.mark.parametrize("from_master", ["true", "false"])
def test_no_key_tells_which_identifiers_exist(
    prompt: Prompt, told: dict[str, str], from_master: str
) -> None:
    with psycopg.connect(told["DATABASE_ADMIN_URL"]) as admin:
        row = admin.execute(
            "select digest from clients_clientidentifier where from_master limit 1"
        ).fetchone()
    assert row is not None and prompt.sit(REFERRER)
    insert = IDENTIFIER.format(from_master)
    assert refusal(prompt, insert, row[0]) == refusal(prompt, insert, b"\1" * 32)


def test_no_key_tells_which_numbers_exist(prompt: Prompt) -> None:
    assert prompt.sit(REFERRER)
    key = uuid4()
    prompt.ask("select access.enter_client(%s)", key)
    insert = (
        "insert into clients_client (id, public_id, unit_id, number, family_name, given_names,"
        " sort_name, sex, mother_tongue, contact_language, needs_interpreter, is_protected,"
        " fingerprint) select %s, gen_random_uuid(), id, %s, 'a', 'b', 'a b', '',"
        " 'fi', 'fi', false, false, '' from organizations_unit where keeps_master"
    )
    taken, free = (refusal(prompt, insert, key, number) for number in ("A100001", "A999999"))
    assert taken == free and "row-level security" in taken


def test_not_found_protected_and_not_allowed_are_one_answer(
    prompt: Prompt, told: dict[str, str]
) -> None:
    with psycopg.connect(told["DATABASE_ADMIN_URL"]) as admin:
        rows = admin.execute(
            "select number from clients_client where is_protected and number is not null limit 1"
        ).fetchall()
    assert prompt.sit(REFERRER)
    for number in ("A999999", *(row[0] for row in rows)):
        assert prompt.ask("select access.find_client(null, %s)", number) == [(None,)]
    assert prompt.ask("select access.find_client(%s, null)", b"\1" * 32) == [(None,)]


@pytest.mark.parametrize("client", ["there", "not there"])
def test_a_foreign_key_tells_nothing(prompt: Prompt, told: dict[str, str], client: str) -> None:
    """A row about somebody outside the circle is refused by the policy, before any key is asked."""
    with psycopg.connect(told["DATABASE_ADMIN_URL"]) as admin:
        row = admin.execute("select id from clients_client where number = 'A100001'").fetchone()
    assert row is not None and prompt.sit(STRANGER)
    answer = refusal(
        prompt,
        "insert into clients_clientlock (client_id) values (%s)",
        row[0] if client == "there" else uuid4(),
    )
    assert "row-level security" in answer


# What the seated may do stays within what they may.


def test_a_journal_row_bears_the_name_of_who_sits(prompt: Prompt, told: dict[str, str]) -> None:
    assert prompt.sit(REFERRER)
    prompt.ask("select access.record_act('anything', 'client', null, null, null)")
    [[key]] = prompt.ask("select membership from access.me")
    assert key == prompt.people[REFERRER][0]
    assert prompt.ask("select count(*) from access.me where membership <> %s", key) == [(0,)]


def test_nobody_reads_a_page_of_a_client_outside_the_circle(
    prompt: Prompt, told: dict[str, str]
) -> None:
    with psycopg.connect(told["DATABASE_ADMIN_URL"]) as admin:
        row = admin.execute("select id from clients_client where number = 'A100001'").fetchone()
    assert row is not None and prompt.sit(STRANGER)
    with pytest.raises(Refused, match="outside the circle"):
        prompt.ask("select * from access.record_read('client', null, null, %s, null)", [row[0]])


def test_a_withdrawn_permit_is_not_restored(world: World) -> None:
    veikko = world.client()
    with world.acting(REFERRER) as hilppa:
        permit = Permit.objects.filter(client=veikko, withdrawn_at=None)[0]
        withdraw_permit(permit, by=hilppa)
        assert Permit.objects.filter(pk=permit.pk).update(withdrawn_at=None) == 0


def test_a_recorded_permit_is_not_added_to(world: World) -> None:
    veikko = world.client()
    world.freeze("2026-10-31 13.00")
    with world.acting(REFERRER):
        permit = Permit.objects.filter(client=veikko)[0]
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            permit.recipients.create(client=veikko, unit_id=world.member(KELA).unit_id)


def test_a_part_is_of_its_applications_client(world: World) -> None:
    """Who works with one client cannot put another's application on an agenda."""
    one, other = world.application("A100001"), world.application("A100116")
    refused = pytest.raises(IntegrityError, match="_of_its_client")
    with world.owner(), refused, transaction.atomic():
        Holding.objects.filter(application=other).update(client_id=one.client_id)
