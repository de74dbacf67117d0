"""The worker's part: a client's "no" cancels what was called together, and everybody is told."""

import json
from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from rinnalla.cases.models import Case
from rinnalla.journal.clock import now
from rinnalla.meetings.calendars import Event, cancellation
from rinnalla.meetings.events import MEETING_CANCELLED
from rinnalla.meetings.models import Meeting, MeetingTime, Participant
from rinnalla.meetings.operations.telling import FOLDER, address_of, sequence_of
from rinnalla.notifications.models import Message
from rinnalla.notifications.operations import Letter, Way, send_by_job


def cancel_unwanted() -> int:
    """Cancels each meeting to come of a client who does not want joint work; how many."""
    rows = Meeting.objects.filter(state__in=Meeting.COMING, case__state=Case.State.DECLINED)
    keys = list(rows.values_list("pk", flat=True)[:100])
    for key in keys:
        with transaction.atomic(), translation.override("fi"):
            _cancel(Meeting.objects.select_for_update(of=("self",)).get(pk=key))
    return len(keys)


def _cancel(meeting: Meeting) -> None:
    with connection.cursor() as cursor:
        at = now(cursor)
    time = MeetingTime.objects.filter(meeting=meeting, ended_at=None).first()
    if time is not None:
        _tell(meeting, time, at)
    MeetingTime.objects.filter(meeting=meeting, ended_at=None).update(ended_at=at)
    Meeting.objects.filter(pk=meeting.pk).update(
        state=Meeting.State.CANCELLED, ended_at=at, reason=_("Asiakas ei halua yhteistä työtä.")
    )
    facts = json.dumps({"case": str(meeting.case_id)})
    with connection.cursor() as cursor:
        cursor.execute("select meetings.follow(%s)", [meeting.pk])
        cursor.execute(
            "select rinnalla.record_job(%s, 'meeting', %s, %s::jsonb, %s::uuid[])",
            [MEETING_CANCELLED, meeting.pk, facts, [meeting.client_id]],
        )


def _tell(meeting: Meeting, time: MeetingTime, at: datetime) -> None:
    """The cancellation to each calendar; the client has said no oneself, and is told nothing."""
    people = Participant.objects.filter(meeting=meeting, ended_at=None)
    for one in people.select_related("client", "membership"):
        if not (address := address_of(one)):
            continue
        number = sequence_of(one, time)
        event = Event(meeting.public_id, number, time.starts, time.ends, address, at)
        way = Way(
            Message.Channel.EMAIL,
            address,
            once=f"meeting:{meeting.pk}:{one.pk}:cancel",
            calendar=cancellation(replace(event, sequence=number + 1)),
        )
        facts = {"day": time.starts, "time": time.starts, "number": meeting.convener.phone}
        letter = Letter(f"{FOLDER}cancelled.txt", "fi", facts)
        send_by_job(one.client, letter, way, unit=meeting.unit_id, at=at)
