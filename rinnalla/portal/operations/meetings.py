"""What the client does about an own meeting: answers to its time, asks what stayed unclear."""

from django.db import connection

from rinnalla.access.portal_actor import PortalActor
from rinnalla.meetings.models import Appointment, Meeting, SuggestedTime


def answer_own(meeting: Meeting, *, by: PortalActor, says: str, words: str = "") -> None:
    """Keeps whether the time suits; who calls together sees it at once."""
    with connection.cursor() as cursor:
        cursor.execute("select meetings.answer_own(%s, %s, %s)", [meeting.public_id, says, words])


def choose_own(suggestion: SuggestedTime, *, by: PortalActor, says: str) -> None:
    """Keeps whether a suggested time suits."""
    with connection.cursor() as cursor:
        cursor.execute("select meetings.choose_own(%s, %s)", [suggestion.public_id, says])


def answer_appointment(
    appointment: Appointment, *, by: PortalActor, says: str, words: str = ""
) -> None:
    """Keeps whether the client comes to an appointment; whoever minds it sees it at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select meetings.answer_own_appointment(%s, %s, %s)",
            [appointment.public_id, says, words],
        )


def ask_unclear(meeting: Meeting, *, by: PortalActor, words: str) -> None:
    """Asks what stayed unclear; whoever keeps the case answers within a week."""
    with connection.cursor() as cursor:
        cursor.execute("select meetings.ask_unclear(%s, %s)", [meeting.public_id, words])
