"""The client's seat: an account as the client whose it is, or as a guardian within a mandate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from rinnalla.access.actor import moment, signed
from rinnalla.lib.days import helsinki_day


@dataclass(frozen=True)
class PortalActor:
    """Who acts, for whom, and when: `kind` is client or guardian; `name` is the person's own."""

    user_id: UUID
    client_id: UUID
    mandate_id: UUID | None
    kind: str
    now: datetime
    name: str
    client_name: str
    language: str

    @property
    def today(self) -> date:
        return helsinki_day(self.now)


@dataclass(frozen=True)
class SeatChoice:
    """Somebody for whom the seated account may sit: oneself, or one whose guardian it is."""

    client_id: UUID
    mandate_id: UUID | None
    kind: str
    name: str


def seat_client(
    client_id: UUID | None, user_id: UUID, mandate_id: UUID | None = None
) -> PortalActor | None:
    """Seats the account until the transaction ends; None when that seat is not open to it.

    Without a client it is the one whose account this is. Must be called inside a transaction.
    """
    connection.ensure_connection()
    at, backend_pid = moment(), connection.connection.info.backend_pid
    proven = client_proof(client_id, user_id, mandate_id, backend_pid, at)
    with connection.cursor() as cursor:
        cursor.execute(
            "select client, kind, now, name, client_name, language"
            " from access.sit_client(%s, %s, %s, %s, %s)",
            [client_id, user_id, mandate_id, at, proven],
        )
        row = cursor.fetchone()
    return PortalActor(user_id, row[0], mandate_id, *row[1:]) if row else None


def client_proof(
    client_id: UUID | None, user_id: UUID, mandate_id: UUID | None, backend_pid: int, at: int
) -> bytes:
    """What proves a client's seat; it begins with a word, so that it is never a member's."""
    parts: Sequence[object] = (client_id or "", user_id, mandate_id or "", backend_pid, at)
    return signed("client|" + "|".join(map(str, parts)))


def my_seats() -> list[SeatChoice]:
    """For whom the seated account may sit now; itself first."""
    with connection.cursor() as cursor:
        cursor.execute("select client, mandate, kind, name from access.my_seats()")
        return [SeatChoice(*row) for row in cursor.fetchall()]
