"""A meeting's own page, and what is shown of it on a screen that all look at."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from rinnalla.meetings.access import case_of
from rinnalla.meetings.models import Participant
from rinnalla.meetings.queries.meetings import client_words, shown
from rinnalla.meetings.queries.opened import opened_by
from rinnalla.meetings.views.around import table


def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """When, where, why and with whom; what was answered, said and agreed."""
    at = table(request, meeting_id)
    found = shown(at.meeting)
    opened = [(one, opened_by(one)) for one in found.recalled] if at.may_arrange else []
    return at.page(
        "meeting",
        "meetings/meeting.html",
        shown=found,
        case=case_of(at.meeting),
        mine=found.invited(at.actor),
        opened=opened,
        may_note=at.may_arrange and found.day is not None and found.day <= at.actor.today,
    )


def screen(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Purpose, questions, the client's words, what was agreed: large, without anything else."""
    at = table(request, meeting_id)
    found = shown(at.meeting)
    context: dict[str, Any] = {
        "shown": found,
        "words": client_words(at.meeting),
        "present": [one for one in found.people if one.row.presence != Participant.Presence.ABSENT],
    }
    return at.page("meeting-screen", "meetings/screen.html", **context)
