"""From an address to a meeting, and who calls it together. Who reads it is the database's rule."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.http import Http404

from rinnalla.access.actor import Actor
from rinnalla.access.models import ClientAccount, MyCircle
from rinnalla.cases.models import Case
from rinnalla.clients.models import Client
from rinnalla.meetings.models import (
    Appointment,
    Meeting,
    Participant,
    SuggestedTime,
    UnclearPoint,
)
from rinnalla.plans.models import Step

# Whoever keeps the case, and who covers for its worker.
ARRANGERS = ("holder", "worker", "interim", "cover")


def has_own_page(client: Client) -> bool:
    """Whether the client can sign in to the own page."""
    return ClientAccount.objects.filter(client=client, ended_at=None).exists()


def meeting_for(actor: Actor, public_id: UUID) -> Meeting:
    """The meeting if the actor may see it, else 404."""
    rows = Meeting.objects.select_related("client", "unit", "convener__user")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def appointment_for(actor: Actor, public_id: UUID) -> Appointment:
    """The appointment if the actor may see it, else 404."""
    rows = Appointment.objects.select_related("step__client", "set_by__user", "heard_by__user")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def open_appointment(step: Step) -> Appointment | None:
    """The step's appointment to come, or not yet recorded."""
    return Appointment.objects.filter(step=step, ended_at=None, happened="").first()


def participant_for(actor: Actor, meeting: Meeting, public_id: UUID) -> Participant:
    """Somebody who is invited to the meeting, else 404."""
    rows = Participant.objects.select_related("membership__user", "membership__unit")
    found = rows.filter(meeting=meeting, public_id=public_id, ended_at=None).first()
    if found is None:
        raise Http404
    return found


def point_for(actor: Actor, meeting: Meeting, public_id: UUID) -> UnclearPoint:
    """A question of the client about the meeting, else 404."""
    found = UnclearPoint.objects.filter(meeting=meeting, public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def suggestion_for(actor: Actor, meeting: Meeting, public_id: UUID) -> SuggestedTime:
    """One of the suggested times, else 404."""
    found = SuggestedTime.objects.filter(meeting=meeting, public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def own_place(actor: Actor, meeting: Meeting) -> Participant:
    """The actor's own place among those invited, else 404."""
    rows = Participant.objects.select_related("meeting")
    found = rows.filter(meeting=meeting, membership=actor.membership_id, ended_at=None).first()
    if found is None:
        raise Http404
    return found


def case_of(meeting: Meeting) -> Case | None:
    """The case, for those who are around it; who is only invited does not see it."""
    return Case.objects.filter(pk=meeting.case_id).first()


def arranges(actor: Actor, case_id: UUID) -> bool:
    """Whether the actor calls together for the case."""
    return MyCircle.objects.filter(thing=case_id, cause__in=ARRANGERS).exists()


def unreached(case: Case, members: Iterable[UUID]) -> set[UUID]:
    """Those to whom nothing of the case may be told: of another organization, without a permit that
    opens it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select m from unnest(%s::uuid[]) m where not cases.reaches(%s, m)",
            [list(members), case.pk],
        )
        return {row[0] for row in cursor.fetchall()}
