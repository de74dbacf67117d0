"""What goes into somebody's calendar: one event, one attendee, nothing of the client (RFC 5546).

Times are in UTC: every calendar shows them in its own zone, and no zone's definition can be wrong.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, vCalAddress
from icalendar import Event as CalendarEvent


@dataclass(frozen=True)
class Event:
    """A meeting as a receiver's calendar knows it: the same uid for ever, a growing sequence."""

    uid: UUID
    sequence: int
    starts: datetime
    ends: datetime
    attendee: str
    stamp: datetime
    location: str = ""
    url: str = ""
    language: str = "fi"


def invitation(event: Event) -> str:
    """A request, also for a time that has moved."""
    return _written(event, "REQUEST", "CONFIRMED")


def cancellation(event: Event) -> str:
    """Takes the event out of the calendar."""
    return _written(event, "CANCEL", "CANCELLED")


def _written(event: Event, method: str, status: str) -> str:
    mailbox = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    calendar = Calendar()
    calendar.add("prodid", "-//Rinnalla//Tapaamiset//FI")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    made = CalendarEvent()
    made.add("uid", f"{event.uid}@{mailbox.rpartition('@')[2]}")
    made.add("sequence", event.sequence)
    made.add("dtstamp", event.stamp.astimezone(UTC))
    made.add("dtstart", event.starts.astimezone(UTC))
    made.add("dtend", event.ends.astimezone(UTC))
    with translation.override(event.language):
        made.add("summary", _("Tapaaminen"))
    made.add("status", status)
    made.add("class", "PRIVATE")
    made.add("organizer", vCalAddress(f"mailto:{mailbox}"))
    attendee = vCalAddress(f"mailto:{event.attendee}")
    # Nobody reads the mailbox: the answer is given at the link.
    attendee.params.update({"PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE", "ROLE": "REQ-PARTICIPANT"})
    made.add("attendee", attendee, encode=False)
    if event.location:
        made.add("location", event.location)
    if event.url:
        made.add("url", event.url)
    calendar.add_component(made)
    return str(calendar.to_ical().decode())
