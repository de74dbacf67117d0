"""Clients whom the demonstration offers to be, one click each."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection


@dataclass(frozen=True)
class DemonstrationClient:
    """A client with an own page; `for_whom` are those whose guardian the person is."""

    key: UUID
    account: UUID
    name: str
    for_whom: str


def demonstration_clients() -> list[DemonstrationClient]:
    """Everybody who has a page; nobody where the clock cannot be moved."""
    with connection.cursor() as cursor:
        cursor.execute("select key, account, name, for_whom from portal.people()")
        return [DemonstrationClient(*row) for row in cursor.fetchall()]


def record_seats() -> None:
    """The row of the read of a page that names everybody for whom the account may act."""
    with connection.cursor() as cursor:
        cursor.execute("select portal.record_seats()")
