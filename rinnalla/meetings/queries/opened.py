"""Who has opened what was said in a meeting."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from rinnalla.meetings.models import MeetingNote


@dataclass(frozen=True)
class Opened:
    """Somebody who has opened a note, and when first; without a name it is the client."""

    at: datetime
    name: str
    unit: str


def opened_by(note: MeetingNote) -> list[Opened]:
    """Everybody but its writer, of a note that the reader's unit wrote."""
    with connection.cursor() as cursor:
        cursor.execute("select at, name, unit from meetings.opened_by(%s)", [note.pk])
        return [Opened(*row) for row in cursor.fetchall()]
