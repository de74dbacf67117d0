"""Every person of the told world, and a seat for each on a connection of the application's role."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from rinnalla.access.actor import moment, proof
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
Rows = set[tuple[str, UUID]]


@dataclass(frozen=True)
class Person:
    """Somebody as one open membership."""

    name: str
    unit: str
    role: str
    membership: UUID
    account: UUID

    def __str__(self) -> str:
        return f"{self.name} in {self.unit}"


def everybody(admin_url: str) -> list[Person]:
    """All open memberships of the world."""
    with psycopg.connect(admin_url) as admin:
        return [Person(*row) for row in admin.execute(PEOPLE)]


def connect(url: str) -> psycopg.Connection:
    """A connection like those of the program's pool."""
    return psycopg.connect(url, options=OPTIONS, prepare_threshold=0)


def sit(connection: psycopg.Connection, person: Person) -> bool:
    """Seats the person in the connection's transaction, as the program does."""
    at, ids = moment(), (person.membership, person.account)
    signed = proof(*ids, connection.info.backend_pid, at)
    return connection.execute(SIT, [*ids, at, signed]).fetchone() is not None


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
