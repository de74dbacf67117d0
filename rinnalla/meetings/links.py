"""The seat of a guest: a signed address that names one time for one person, no more."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.core import signing
from django.db import connection

from rinnalla.access.actor import moment, signed

SALT = "rinnalla.meetings.reply"
MEETING, APPOINTMENT, POLL = "meeting", "appointment", "poll"
# What opens a link of each kind, and what keeps its answer.
OPENS = {MEETING: "meetings.of_link", APPOINTMENT: "meetings.of_appointment_link"}
ANSWERS = {
    MEETING: "meetings.answer_by_link",
    APPOINTMENT: "meetings.answer_appointment_by_link",
}


class Named(NamedTuple):
    """What an address names: who is asked, and about which time."""

    person: UUID
    time: UUID
    kind: str


@dataclass(frozen=True)
class Invited:
    """What whoever has the link may know: when, where if that may be told, the own answer."""

    starts: datetime
    ends: datetime | None
    place: str
    is_client: bool
    says: str
    language: str
    phone: str


@dataclass(frozen=True)
class Choice:
    """One of the suggested times, and what was said of it."""

    suggestion: UUID
    starts: datetime
    ends: datetime
    says: str
    phone: str


def secret_of(person: UUID, time: UUID, kind: str = MEETING) -> str:
    """The signed part of an address: a participant and a time of a meeting, or the meeting whose
    time is sought, or an appointment's public and own key."""
    return signing.dumps([person.hex, time.hex, kind], salt=SALT, compress=True)


def read_secret(secret: str) -> Named | None:
    """Whom and which time an address names that we have signed."""
    try:
        person, time, kind = signing.loads(secret, salt=SALT)
        return Named(UUID(person), UUID(time), kind) if kind in {*OPENS, POLL} else None
    except (signing.BadSignature, ValueError, TypeError):
        return None


def of_link(named: Named) -> Invited | None:
    """What the link opens now; None once the time has moved, begun or been cancelled."""
    at, proof = _proof(named)
    with connection.cursor() as cursor:
        call = f"select * from {OPENS[named.kind]}(%s, %s, %s, %s)"
        cursor.execute(call, [named.person, named.time, at, proof])
        row = cursor.fetchone()
    return Invited(*row) if row else None


def answer_by_link(named: Named, says: str) -> bool:
    """Keeps the answer; false when the link opens nothing any more."""
    at, proof = _proof(named)
    with connection.cursor() as cursor:
        call = f"select {ANSWERS[named.kind]}(%s, %s, %s, %s, %s)"
        cursor.execute(call, [named.person, named.time, says, at, proof])
        return bool(cursor.fetchone()[0])


def of_poll(named: Named) -> list[Choice]:
    """The times to choose from; none once one is chosen, or the meeting is cancelled."""
    at, proof = _proof(named)
    with connection.cursor() as cursor:
        call = "select * from meetings.of_poll(%s, %s, %s, %s)"
        cursor.execute(call, [named.person, named.time, at, proof])
        return [Choice(*row) for row in cursor.fetchall()]


def choose_by_link(named: Named, suggestion: UUID, says: str) -> bool:
    """Keeps whether the time suits; false when the link opens nothing any more."""
    at, proof = _proof(named)
    with connection.cursor() as cursor:
        call = "select meetings.choose_by_link(%s, %s, %s, %s, %s, %s)"
        cursor.execute(call, [named.person, named.time, suggestion, says, at, proof])
        return bool(cursor.fetchone()[0])


def _proof(named: Named) -> tuple[int, bytes]:
    connection.ensure_connection()
    at, backend_pid = moment(), connection.connection.info.backend_pid
    return at, signed(f"guest|{named.person}|{named.time}|{backend_pid}|{at}")
