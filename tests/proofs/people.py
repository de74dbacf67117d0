"""Every person of the told world, and a seat for each on a connection of the application's role."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from rinnalla.access.actor import moment, proof
from rinnalla.access.portal_actor import client_proof
from tests.facts import TABLES

SIT = "select unit from access.sit(%s, %s, %s, %s)"
# As the program prepares its statements: one plan for all actors.
OPTIONS = "-c jit=off -c plan_cache_mode=force_generic_plan"
PEOPLE = """
select a.username, u.code, m.role, m.id, a.id
from organizations_membership m
join accounts_user a on a.id = m.user_id
join organizations_unit u on u.id = m.unit_id
where m.is_open and a.is_active order by a.username, u.code
"""
KEY = """
select a.attname from pg_index i
join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
where i.indrelid = %s::regclass and i.indisprimary
"""
# Clients with an own page, and guardians for those of whom they have a mandate.
AT_OWN_PAGE = """
select c.number, '', 'client', null::uuid, a.account_id, a.client_id, null::uuid
from access_clientaccount a join clients_client c on c.id = a.client_id where a.ended_at is null
union all
select c.number, 'guardian', 'guardian', null, a.account_id, m.client_id, m.id
from access_mandate m join access_clientaccount a on a.client_id = m.guardian_id
join clients_client c on c.id = a.client_id
where a.ended_at is null and m.ended_at is null and m.denied_at is null
"""
SIT_CLIENT = "select kind from access.sit_client(%s, %s, %s, %s, %s)"
Rows = set[tuple[str, UUID]]


@dataclass(frozen=True)
class Person:
    """Somebody as one open membership, or at the own page of a client."""

    name: str
    unit: str
    role: str
    membership: UUID | None
    account: UUID
    client: UUID | None = None
    mandate: UUID | None = None

    def __str__(self) -> str:
        return f"{self.name} in {self.unit}"


def everybody(admin_url: str) -> list[Person]:
    """All open memberships of the world, and all who have an own page."""
    with psycopg.connect(admin_url) as admin:
        members = [Person(*row) for row in admin.execute(PEOPLE)]
        owners = [Person(*row) for row in admin.execute(AT_OWN_PAGE)]
    return [*members, *owners]


def connect(url: str) -> psycopg.Connection:
    """A connection like those of the program's pool."""
    return psycopg.connect(url, options=OPTIONS, prepare_threshold=0)


def sit(connection: psycopg.Connection, person: Person) -> bool:
    """Seats the person in the connection's transaction, as the program does."""
    at, pid = moment(), connection.info.backend_pid
    if person.membership is None:
        own = (person.client, person.account, person.mandate)
        signed = client_proof(*own, pid, at)
        return connection.execute(SIT_CLIENT, [*own, at, signed]).fetchone() is not None
    ids = (person.membership, person.account)
    return connection.execute(SIT, [*ids, at, proof(*ids, pid, at)]).fetchone() is not None


def keys(connection: psycopg.Connection) -> dict[str, str]:
    """The key column of each client-owned table."""
    found = {table: connection.execute(KEY, [table]).fetchone() for table in TABLES}
    return {table: row[0] if row else "id" for table, row in found.items()}


def look(key_of: dict[str, str]) -> str:
    """The statement that shows every client-owned row that the seated actor finds."""
    return " union all ".join(
        f"select '{table}', {column} from {table}" for table, column in key_of.items()
    )


def seen(connection: psycopg.Connection, statement: str) -> Rows:
    rows: list[tuple[Any, ...]] = connection.execute(statement.encode()).fetchall()
    return {(table, key) for table, key in rows}
