"""What goes out of a meeting: an invitation, a reminder, a cancellation; a day, a time, a number.

Each is a row of the outbox with one name (time, receiver, kind), which the database takes back when
the time ends; a client is told in the own channel and language, everybody else by a mail of their
own with an invitation for the calendar.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.urls import reverse

from rinnalla.access.actor import Actor
from rinnalla.clients.models import Client
from rinnalla.lib.days import at_clock, helsinki_day
from rinnalla.meetings.access import has_own_page
from rinnalla.meetings.calendars import Event, cancellation, invitation
from rinnalla.meetings.links import POLL, secret_of
from rinnalla.meetings.models import Appointment, Meeting, MeetingNote, MeetingTime, Participant
from rinnalla.meetings.operations.whole import time_now
from rinnalla.notifications.models import Message
from rinnalla.notifications.operations import Letter, Way, send

FOLDER = "meetings/messages/"
# What goes out; on the own page the meeting itself is to be seen.
CHANNELS = {Message.Channel.EMAIL, Message.Channel.SMS, Message.Channel.PRINT}
# By which one can be asked which time suits: a letter has no link to press.
ASKING = CHANNELS - {Message.Channel.PRINT}
MORNING = time(10)
# A letter that reminds is printed so long before.
ON_PAPER = timedelta(days=7)
LANGUAGES = ("fi", "sv", "en")


def language_of(client: Client) -> str:
    """In which language the client is written to."""
    return client.contact_language if client.contact_language in LANGUAGES else "fi"


def tell_all(meeting: Meeting, by: Actor, *, moved: bool = False) -> None:
    """The invitation, or the new time, to everybody; reminders of it to the client."""
    at = time_now(meeting)
    if at is None:
        return
    if meeting.invite_by in CHANNELS:
        template = "moved.txt" if moved else "invitation.txt"
        _to_client(meeting, at, by, template, name="client:invite")
    remind_client(meeting, at, by)
    for participant in _others(meeting, by):
        tell_person(participant, at, by, moved=moved)


def ask_times(meeting: Meeting, by: Actor) -> None:
    """Asks the client and guests which of the suggested times suit, by a link; a professional sees
    them on the first page."""
    rows = Participant.objects.select_related("client").filter(meeting=meeting, ended_at=None)
    for person in rows.exclude(kind=Participant.Kind.MEMBER).order_by("pk"):
        ask_person(meeting, person, by)


def ask_person(meeting: Meeting, person: Participant, by: Actor) -> None:
    """The question to the client, or to a guest who has an address."""
    link = link_to(secret_of(person.public_id, meeting.pk, POLL))
    facts: dict[str, object] = {"number": by.phone, "link": link}
    name = f"meeting:{meeting.pk}:{person.pk}:poll"
    if person.kind == Participant.Kind.GUEST:
        if person.email:
            way = Way(Message.Channel.EMAIL, person.email, once=name)
            send(person.client, Letter(f"{FOLDER}poll.txt", "fi", facts), way, by=by)
    elif meeting.invite_by in ASKING:
        letter = Letter(f"{FOLDER}poll.txt", language_of(meeting.client), facts)
        send(meeting.client, letter, Way(meeting.invite_by, once=name), by=by)


def remind_client(meeting: Meeting, at: MeetingTime, by: Actor) -> None:
    """Puts the client's reminders into the outbox, each once, and takes back those before."""
    with connection.cursor() as cursor:
        cursor.execute("select meetings.hush(%s)", [meeting.pk])
    if meeting.remind_by not in CHANNELS:
        return
    for name, due in reminders(meeting, at.starts, by.now):
        _to_client(meeting, at, by, "reminder.txt", name=f"remind:{name}", due=due)


def reminders(
    wish: Meeting | Appointment, starts: datetime, now: datetime
) -> list[tuple[str, datetime]]:
    """Which reminders are to come, and when each is due; of letters there is one, in good time."""
    if wish.remind_by == Message.Channel.PRINT:
        week = at_clock(helsinki_day(starts - ON_PAPER), MORNING)
        return [("letter", week)] if week and week > now else []
    day = helsinki_day(starts) - timedelta(days=1)
    found = []
    morning = at_clock(day, MORNING)
    if wish.remind_day_before and morning and morning > now:
        found.append(("day", morning))
    hour = starts - timedelta(hours=1)
    if wish.remind_hour_before and hour > now:
        found.append(("hour", hour))
    return found


def tell_person(
    participant: Participant, at: MeetingTime, by: Actor, *, moved: bool = False
) -> None:
    """A mail of one's own, with the invitation for one's calendar."""
    address = address_of(participant)
    if not address:
        return
    if participant.kind == Participant.Kind.GUEST:
        template, link = "moved.txt" if moved else "guest.txt", reply_link(participant, at)
    else:
        template = "moved_to_staff.txt" if moved else "staff.txt"
        link = _address(reverse("meeting", args=[participant.meeting.public_id]))
    facts = {**_facts(at, by), "link": link}
    way = Way(
        Message.Channel.EMAIL,
        address,
        once=f"{_name(at)}:{participant.pk}:invite",
        calendar=invitation(_event(participant, at, by, address, link)),
    )
    send(participant.client, Letter(FOLDER + template, "fi", facts), way, by=by)


def reply_link(participant: Participant, at: MeetingTime) -> str:
    """The address at which somebody without an account answers to this very time."""
    return link_to(secret_of(participant.public_id, at.pk))


def link_to(secret: str) -> str:
    """The address of a link's seat."""
    return _address(reverse("reply-by-link", args=[secret]))


def _address(path: str) -> str:
    return settings.PUBLIC_URL.rstrip("/") + path


def agreed_letter(meeting: Meeting, by: Actor) -> Letter | None:
    """Where the client finds what was agreed, in the channel of the invitation: the own page, or on
    paper from the worker; none where the client is not written to."""
    at = time_now(meeting)
    if meeting.invite_by not in CHANNELS or at is None:
        return None
    facts: dict[str, object] = {"day": at.starts, "number": by.phone}
    if has_own_page(meeting.client):
        facts["link"] = _address(reverse("portal-meeting", args=[meeting.public_id]))
    return Letter(FOLDER + "agreed.txt", language_of(meeting.client), facts)


def tell_agreed(meeting: Meeting, note: MeetingNote, by: Actor) -> None:
    """That what was agreed is written down, the same day."""
    if letter := agreed_letter(meeting, by):
        send(meeting.client, letter, Way(meeting.invite_by, once=f"note:{note.pk}:client"), by=by)


def tell_cancelled(meeting: Meeting, by: Actor) -> None:
    """That it is cancelled, to everybody who was told of it."""
    at = time_now(meeting)
    if at is None:
        return
    if meeting.invite_by in CHANNELS:
        way = Way(meeting.invite_by, once=f"meeting:{meeting.pk}:client:cancel")
        _send_to_client(meeting, at, by, "cancelled.txt", way)
    for participant in _others(meeting, by):
        tell_cancelled_person(participant, at, by)


def tell_cancelled_person(participant: Participant, at: MeetingTime, by: Actor) -> None:
    """The cancellation to one calendar."""
    address = address_of(participant)
    if address:
        event = _event(participant, at, by, address)
        way = Way(
            Message.Channel.EMAIL,
            address,
            once=f"meeting:{participant.meeting_id}:{participant.pk}:cancel",
            calendar=cancellation(replace(event, sequence=event.sequence + 1)),
        )
        letter = Letter(FOLDER + "cancelled.txt", "fi", _facts(at, by))
        send(participant.client, letter, way, by=by)


def address_of(participant: Participant) -> str:
    """The mail of a guest, or the one at which a professional is called to meetings."""
    return participant.membership.email if participant.membership else participant.email


def _event(
    participant: Participant, at: MeetingTime, by: Actor, attendee: str, url: str = ""
) -> Event:
    """The place goes into a calendar only when the client lets it be told."""
    meeting = participant.meeting
    place = ", ".join(filter(None, (at.place, at.link))) if meeting.place_may_be_told else ""
    number = sequence_of(participant, at)
    return Event(meeting.public_id, number, at.starts, at.ends, attendee, by.now, place, url)


def sequence_of(participant: Participant, at: MeetingTime) -> int:
    """The SEQUENCE of a time in this receiver's calendar: higher than what took back an earlier
    invitation of the same person (RFC 5546)."""
    before = Participant.objects.filter(
        meeting=participant.meeting_id, ended_at__isnull=False, kind=participant.kind
    ).exclude(pk=participant.pk)
    same = {"membership": participant.membership_id, "email": participant.email}
    return at.sequence + 2 * before.filter(**same).count()


def _others(meeting: Meeting, by: Actor) -> list[Participant]:
    """Everybody but the client, and whoever acts: that one knows."""
    rows = Participant.objects.select_related("client", "meeting", "membership")
    rows = rows.filter(meeting=meeting, ended_at=None).exclude(kind=Participant.Kind.CLIENT)
    return list(rows.exclude(membership=by.membership_id).order_by("pk"))


def _name(at: MeetingTime) -> str:
    return f"meetingtime:{at.pk}"


def _facts(at: MeetingTime, by: Actor) -> dict[str, object]:
    return {"day": at.starts, "time": at.starts, "number": by.phone}


def _to_client(  # noqa: PLR0913
    meeting: Meeting,
    at: MeetingTime,
    by: Actor,
    template: str,
    *,
    name: str,
    due: datetime | None = None,
) -> None:
    channel = meeting.remind_by if due else meeting.invite_by
    way = Way(channel, due=due, once=f"{_name(at)}:{name}")
    _send_to_client(meeting, at, by, template, way)


def _send_to_client(meeting: Meeting, at: MeetingTime, by: Actor, template: str, way: Way) -> None:
    facts = _facts(at, by)
    # On paper nobody presses a link.
    if way.channel != Message.Channel.PRINT:
        own = Participant.objects.get(meeting=meeting, kind=Participant.Kind.CLIENT)
        facts["link"] = reply_link(own, at)
    letter = Letter(FOLDER + template, language_of(meeting.client), facts)
    send(meeting.client, letter, way, by=by)
