"""What somebody does not see of the told world, and how to change it behind their back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from rinnalla.access.portal_actor import seat_client
from tests.facts import TABLES
from tests.proofs.people import Rows, keys, look
from tests.world import Own, Who, World

# Names of things and codes that the program reads; nobody reads them as words.
CODES = {
    "template", "language", "once", "source", "source_key", "fault", "kind", "state", "table",
    "sha256", "declared_type", "leaflet",
}  # fmt: skip
# A row of these stands for what goes on in a matter, which its parties are told of.
MATTERS = {
    "applications_application",
    "applications_holding",
    "applications_agendaitem",
    "applications_presence",
    "applications_disqualification",
}
MANY = 150
# Whom somebody opened once.
OPENED = """
select distinct s.client from journal_entry e join journal_entrysubject s on s.entry = e.id
where e.membership = %s and e.kind in ('client.found', 'law.opened')
"""
# Whom the officer's desk names: who asks for the log, and whom a question is about.
ON_DESK = """
select c.client from (
    select client from officer.log_request union select client from officer.question_client
) c where exists (select from organizations_membership where id = %s and role = 'officer')
"""


@cache
def free_text() -> dict[str, list[str]]:
    """The columns of each client-owned table into which people or sources write words."""
    found: dict[str, list[str]] = {}
    for model in apps.get_models():
        fields = [f for f in model._meta.concrete_fields if _is_free(f)]
        if model._meta.db_table in TABLES and fields:
            found[model._meta.db_table] = [str(field.column) for field in fields]
    return found


def _is_free(field: object) -> bool:
    if not isinstance(field, models.CharField | models.TextField) or field.choices:
        return False
    return (field.max_length or 1000) >= 40 and field.column not in CODES


@contextmanager
def past_all_rules(world: World) -> Iterator[None]:
    """As the administrator, without triggers and foreign keys."""
    with world.owner(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("set local session_replication_role = origin")


def key_columns(world: World) -> dict[str, str]:
    with world.owner():
        return keys(connection.connection)


@dataclass(frozen=True)
class Sight:
    """What a person finds by plain SQL: every client-owned row, and the units whose data is open to
    them."""

    membership: UUID | None = None
    unit: UUID | None = None
    rows: Rows = field(default_factory=set)
    # The actor's own, those of the work task, and those that a permit opens.
    units: set[UUID] = field(default_factory=set)
    # Who sits, and by what: a guardian does not see the own row, and has no seat without it.
    seat: Rows = field(default_factory=set)

    def clients(self) -> set[UUID]:
        return {key for table, key in self.rows if table == "clients_client"}


def sight(world: World, who: Who | Own | None, key_of: dict[str, str]) -> Sight:
    """What the person finds; nobody is who is not signed in."""
    if who is None:
        return Sight()
    found = _at_own_page(world, *who) if isinstance(who, Own) else _member(world, who)
    with connection.cursor() as cursor:
        cursor.execute(look(key_of))
        found.rows.update(cursor.fetchall())
        cursor.execute(
            "select unit from access.me union select unnest(units) from access.me"
            " union select unit from access.my_opening"
        )
        found.units.update(row[0] for row in cursor.fetchall() if row[0])
        cursor.execute("select access.stand()")
    return found


def _member(world: World, who: Who) -> Sight:
    """Who is asked why they opened a client is told the name, as the officer is on the desk, and
    sees nothing else of them."""
    member = world.member(who)
    told = [*world.rows(OPENED, member.pk), *world.rows(ON_DESK, member.pk)]
    actor = world.sit(who)
    seat = {("clients_client", client) for (client,) in told}
    return Sight(actor.membership_id, actor.unit_id, seat=seat)


def _at_own_page(world: World, number: str, for_whom: str) -> Sight:
    """A client seated, or a guardian for the client of a mandate."""
    [(client, account, key)] = world.rows(
        "select a.client_id, a.account_id, a.id from access_clientaccount a"
        " join clients_client c on c.id = a.client_id where c.number = %s and a.ended_at is null",
        number,
    )
    mandates = world.rows(
        "select m.client_id, m.id from access_mandate m join clients_client c on c.id = m.client_id"
        " where c.number = %s and m.guardian_id = %s",
        for_whom,
        client,
    )
    whom, mandate = mandates[0] if mandates else (client, None)
    assert seat_client(whom, account, mandate) is not None
    return Sight(seat={("clients_client", client), ("access_clientaccount", key)})


COLUMNS = """
select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = ''
"""
# The same row again under other keys; keys that a table has not are passed over.
AGAIN = """
jsonb_build_object('id', gen_random_uuid(), 'public_id', gen_random_uuid(), 'once', null,
    'source_key', gen_random_uuid()::text, 'from_master', false, 'is_current', false,
    'position', 900 + (random() * 30000)::int, 'number', null)
"""


@dataclass
class Changes:
    """Changes of what one person does not see, drawn by chance."""

    world: World
    random: Random
    sight: Sight
    key_of: dict[str, str]

    def make(self) -> None:
        with past_all_rules(self.world):
            strangers = sorted(
                {*self._keys("select id from clients_client")} - self._kept("clients_client")
            )
            if self.sight.membership:
                self._add_visits()
                self._move_others()
            self._remove_clients(self._some(strangers, 20))
            for table in TABLES:
                rows = self._some(self._hidden(table), MANY)
                third = len(rows) // 3
                if table not in MATTERS:
                    self._remove(table, rows[:third])
                    self._add(table, rows[third : 2 * third])
                self._say_otherwise(table, rows[third:])
            for client in self._some(strangers, 10):
                self._add_client_like(client)

    def _hidden(self, table: str) -> list[UUID]:
        """The rows that the person does not find."""
        there = self._keys(f"select {self.key_of[table]} from {table}")
        return sorted({*there} - self._kept(table))

    def _kept(self, table: str) -> set[UUID]:
        """What must stay as it is."""
        return {key for name, key in self.sight.rows | self.sight.seat if name == table}

    def _some(self, keys: list[UUID], number: int) -> list[UUID]:
        return self.random.sample(keys, min(number, len(keys)))

    def _keys(self, query: str, *values: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return [row[0] for row in cursor.fetchall()]

    def _do(self, statement: str, *values: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    def _say_otherwise(self, table: str, rows: list[UUID]) -> None:
        words = [
            f"{column} = case when {column} = '' then '' else 'muutos ' || md5(random()::text) end"
            for column in free_text().get(table, [])
        ]
        if words:
            self._do(
                f"update {table} set {', '.join(words)} where {self.key_of[table]} = any(%s)", rows
            )

    def _remove(self, table: str, rows: list[UUID]) -> None:
        self._do(f"delete from {table} where {self.key_of[table]} = any(%s)", rows)

    def _add(self, table: str, rows: list[UUID]) -> None:
        if self.key_of[table] == "id":
            self._copy(table, "t.id = any(%s)", {}, rows)

    def _copy(self, table: str, which: str, other: dict[str, UUID], *values: Any) -> None:
        """Some rows once more, each under a key of its own, with other values in some columns."""
        [names] = self._keys(COLUMNS, table)
        others = "".join(f" || jsonb_build_object('{name}', %s::uuid)" for name in other)
        self._do(
            f"insert into {table} ({names}) select {names} from"
            f" (select (jsonb_populate_record(t, {AGAIN}{others})).* from {table} t where {which})"
            " as again on conflict do nothing",
            *other.values(),
            *values,
        )

    def _add_visits(self) -> None:
        """Clients whom the person knows have been where the person may not look."""
        foreign = "select id from services_visit where unit_id <> all(%s)"
        rows = self._some(self._keys(foreign, list(self.sight.units)), 100)
        known = self._some(sorted(self.sight.clients()), 30)
        for row in rows if known else []:
            other = {"client_id": self.random.choice(known)}
            self._copy("services_visit", "t.id = %s", other, row)

    def _remove_clients(self, clients: list[UUID]) -> None:
        for table in TABLES:
            column = "id" if table == "clients_client" else "client_id"
            self._do(f"delete from {table} where {column} = any(%s)", clients)
        for table in ("access.circle", "access.opening"):
            self._do(f"delete from {table} where client = any(%s)", clients)

    def _add_client_like(self, client: UUID) -> None:
        """Another person in the same hands, whom the master does not know."""
        key = UUID(int=self.random.getrandbits(128))
        self._copy("clients_client", "t.id = %s", {"id": key}, client)
        self._do(
            "insert into access.circle (client, membership, cause, begins)"
            " select %s, membership, cause, begins from access.circle"
            " where client = %s and thing is null",
            key,
            client,
        )

    def _move_others(self) -> None:
        """Others begin and cease to work with clients whom the person knows."""
        some = self._some(sorted(self.sight.clients()), 30)
        me = self.sight.membership or UUID(int=0)
        self._do(
            "delete from access.circle where client = any(%s) and thing is null"
            " and membership <> %s and random() < 0.5",
            some,
            me,
        )
        self._do(
            "insert into access.circle (client, membership, cause, begins)"
            " select c, (select id from organizations_membership where is_open and id <> %s"
            "            order by md5(id::text || c) limit 1), 'own_worker', rinnalla.now()"
            " from unnest(%s::uuid[]) as c on conflict do nothing",
            me,
            some,
        )
