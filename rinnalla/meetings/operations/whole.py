"""What the acts on a meeting share: locking it, its circle, its journal."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.cases.access import require
from rinnalla.lib.errors import RuleBroken
from rinnalla.meetings.access import arranges
from rinnalla.meetings.models import Meeting, MeetingTime


def locked(meeting: Meeting, by: Actor) -> Meeting:
    """The meeting as it is now, held until the transaction ends, for whoever calls it together."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("client")
    found = rows.filter(pk=meeting.pk).first()
    if found is None:
        raise PermissionDenied
    require(arranges(by, found.case_id))
    return found


def coming(meeting: Meeting, by: Actor) -> Meeting:
    """The same, of a meeting that is to come."""
    found = locked(meeting, by)
    if found.state not in Meeting.COMING:
        raise RuleBroken(changed(found))
    return found


def changed(meeting: Meeting) -> str:
    """The sentence for who comes too late."""
    state = {"state": meeting.get_state_display()}
    return _("Tapaaminen on muuttunut: %(state)s. Lataa sivu uudelleen.") % state


def parts(meeting: Meeting, by: Actor) -> dict[str, Any]:
    """What every row of a meeting carries."""
    return {
        "meeting": meeting,
        "case_id": meeting.case_id,
        "client_id": meeting.client_id,
        "unit_id": by.unit_id,
    }


def note(meeting: Meeting, kind: str, by: Actor, **facts: object) -> None:
    """The journal row of an act on the meeting."""
    case = str(meeting.case_id)
    record(by, kind, ("meeting", meeting.pk), [meeting.client_id], case=case, **facts)


def follow(meeting: Meeting) -> None:
    """Lets the circle follow from the meeting's rows."""
    with connection.cursor() as cursor:
        cursor.execute("select meetings.follow(%s)", [meeting.pk])


def time_now(meeting: Meeting) -> MeetingTime | None:
    """When and where it is, if that is known."""
    return MeetingTime.objects.filter(meeting=meeting, ended_at=None).first()
