"""The actor: a person as one membership, seated in the database for one transaction."""

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from rinnalla.lib.days import helsinki_day

_latest = 0


@dataclass(frozen=True)
class Actor:
    """Who acts, as what, and when: `now` is the transaction's, by the one clock."""

    user_id: UUID
    membership_id: UUID
    unit_id: UUID
    organization_id: UUID
    role: str
    title: str
    phone: str
    first_name: str
    last_name: str
    unit_name: str
    unit_code: str
    organization_name: str
    memberships: int
    now: datetime

    @property
    def today(self) -> date:
        return helsinki_day(self.now)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def seat(membership_id: UUID, user_id: UUID) -> Actor | None:
    """Seats the person as the membership until the transaction ends; None when it is not open to
    them.

    Must be called inside a transaction. Seating again in the same one changes places.
    """
    connection.ensure_connection()
    at = moment()
    backend_pid = connection.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute(
            "select unit, organization, role, title, phone, first_name, last_name,"
            " unit_name, unit_code, organization_name, memberships, now"
            " from access.sit(%s, %s, %s, %s)",
            [membership_id, user_id, at, proof(membership_id, user_id, backend_pid, at)],
        )
        row = cursor.fetchone()
    return Actor(user_id, membership_id, *row) if row else None


def moment() -> int:
    """Now in microseconds, and later than any before it in this process: a proof seats once."""
    global _latest  # noqa: PLW0603
    # Through a name of its own: another thread may move the shared one before the return.
    mine = _latest = max(_latest + 1, time.time_ns() // 1000)
    return mine


def proof(membership_id: UUID, user_id: UUID, backend_pid: int, at: int) -> bytes:
    return signed(f"{membership_id}|{user_id}|{backend_pid}|{at}")


def signed(message: str) -> bytes:
    """HMAC-SHA-256 by the key that the database checks with."""
    key = base64.b64decode(settings.SEAT_KEY)
    return hmac.new(key, message.encode(), hashlib.sha256).digest()
