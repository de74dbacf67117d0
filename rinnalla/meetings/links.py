"""The seat of a guest: a signed address that names one participant and one time, no more."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db import connection

from rinnalla.access.actor import moment, signed

SALT = "rinnalla.meetings.reply"


@dataclass(frozen=True)
class Invited:
    """What whoever has the link may know: when, where if that may be told, the own answer."""

    starts: datetime
    ends: datetime
    place: str
    is_client: bool
    says: str
    language: str
    phone: str


def secret_of(participant: UUID, time: UUID) -> str:
    """The signed part of an address."""
    return signing.dumps([participant.hex, time.hex], salt=SALT, compress=True)


def read_secret(secret: str) -> tuple[UUID, UUID] | None:
    """Participant and time of an address that we have signed."""
    try:
        participant, time = signing.loads(secret, salt=SALT)
        return UUID(participant), UUID(time)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def of_link(participant: UUID, time: UUID) -> Invited | None:
    """What the link opens now; None once the time has moved, begun or been cancelled."""
    with connection.cursor() as cursor:
        cursor.execute("select * from meetings.of_link(%s, %s, %s, %s)", _proven(participant, time))
        row = cursor.fetchone()
    return Invited(*row) if row else None


def answer_by_link(participant: UUID, time: UUID, says: str) -> bool:
    """Keeps the answer; false when the link opens nothing any more."""
    at, proof = _proven(participant, time)[2:]
    with connection.cursor() as cursor:
        cursor.execute(
            "select meetings.answer_by_link(%s, %s, %s, %s, %s)",
            [participant, time, says, at, proof],
        )
        return bool(cursor.fetchone()[0])


def _proven(participant: UUID, time: UUID) -> tuple[UUID, UUID, int, bytes]:
    connection.ensure_connection()
    at, backend_pid = moment(), connection.connection.info.backend_pid
    message = f"guest|{participant}|{time}|{backend_pid}|{at}"
    return participant, time, at, signed(message)
