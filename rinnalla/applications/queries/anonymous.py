"""Consultations without a name, for those who ask, and for the teams that are asked."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from rinnalla.access.actor import Actor
from rinnalla.applications.access import places_of
from rinnalla.applications.identifying import hints
from rinnalla.applications.models import AnonymousConsultation, AnonymousView, ConsultedPerson
from rinnalla.applications.queries.inbox import sessions_ahead
from rinnalla.lib.days import helsinki_day
from rinnalla.organizations.models import TeamSeat, TeamSession

State = AnonymousConsultation.State
MOST = 50


@dataclass(frozen=True)
class Consultation:
    """All that the reader may read of one."""

    row: AnonymousConsultation
    views: list[AnonymousView]
    seats: list[TeamSeat]
    sessions: list[TeamSession]
    person: ConsultedPerson | None
    hints: list[str]

    @property
    def answer_by(self) -> date | None:
        """The day by which the team answers."""
        return answer_day(self.row)


def answer_day(row: AnonymousConsultation) -> date | None:
    """The promise counts from the sending."""
    if row.sent_at is None:
        return None
    return helsinki_day(row.sent_at) + timedelta(days=row.team.consultation_days)


def consultation_of(row: AnonymousConsultation, actor: Actor) -> Consultation:
    """One consultation as this reader may read it; row-level security says what that is."""
    views = AnonymousView.objects.filter(consultation=row).select_related(
        "membership__user", "seat"
    )
    convened = row.team.convener_id == actor.membership_id
    mine = row.referrer_id == actor.membership_id
    person = ConsultedPerson.objects.filter(consultation=row).select_related(
        "client", "application"
    )
    texts = (row.question, row.situation, row.tried, row.wish)
    return Consultation(
        row=row,
        views=list(views.order_by("saved_at")),
        seats=places_of(actor, row.team_id) if row.state == State.RECEIVED else [],
        sessions=sessions_ahead(row.team_id, actor.today) if convened else [],
        person=person.first() if mine else None,
        hints=hints(*texts) if mine else [],
    )


def my_consultations(actor: Actor) -> list[AnonymousConsultation]:
    """What the actor has asked, or holds for somebody who left; the newest first."""
    me = actor.membership_id
    theirs = Q(holder=me) & ~Q(team__convener=me)
    rows = AnonymousConsultation.objects.filter(Q(referrer=me) | theirs)
    return list(rows.select_related("team").order_by("-created_at")[:MOST])


def asked_of(actor: Actor) -> list[AnonymousConsultation]:
    """What waits for an answer of the teams that the actor convenes, the oldest first."""
    rows = AnonymousConsultation.objects.filter(
        team__convener=actor.membership_id, state__in=[State.SENT, State.RECEIVED]
    )
    return list(rows.select_related("team", "session").order_by("sent_at")[:MOST])


def on_agenda(session: TeamSession) -> list[AnonymousConsultation]:
    """What is on the agenda of a session, as far as the reader may read it."""
    rows = AnonymousConsultation.objects.filter(session=session, state=State.RECEIVED)
    return list(rows.select_related("team").order_by("sent_at")[:MOST])
