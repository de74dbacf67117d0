"""From an address to an application, and who may act on it. Who may read is the database's rule."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from rinnalla.access.actor import Actor
from rinnalla.applications.models import (
    AgendaItem,
    AnonymousConsultation,
    Application,
    ColumnEntry,
    Outcome,
)
from rinnalla.lib.prepared import Prepared
from rinnalla.organizations.models import TeamMember, TeamSeat, TeamSession

AFTER_OUTCOME = {
    Application.State.RECOMMENDED,
    Application.State.CALLED,
    Application.State.ACCEPTED,
    Application.State.ENDED,
}
_APPLICATION = Prepared(
    lambda key: Application.objects.select_related(
        *("client", "team__convener__user", "unit__organization", "holder__user"),
        *("referrer__user", "text"),
    ).filter(public_id=key),
    UUID,
)
_SESSION = Prepared(lambda key: TeamSession.objects.select_related("team").filter(pk=key), UUID)
_PLACES = Prepared(
    lambda team, member: TeamSeat.objects.filter(
        team_id=team, members__membership_id=member, members__ended_at=None
    ),
    UUID,
    UUID,
)
_SEAT = Prepared(lambda key, team: TeamSeat.objects.filter(pk=key, team=team), UUID, UUID)
_ITEM = Prepared(
    lambda session, number: AgendaItem.objects.select_related(
        "application__client",
        "application__team",
        "application__text",
        "application__unit__organization",
        "application__referrer__user",
        "application__holder__user",
    ).filter(session=session, number=number, removed_at=None),
    UUID,
    int,
)


def application_for(actor: Actor, public_id: UUID) -> Application:
    """The application if the actor may see it, else 404."""
    application = _APPLICATION.first(public_id)
    if application is None:
        raise Http404
    return application


def consultation_for(actor: Actor, public_id: UUID) -> AnonymousConsultation:
    """The consultation without a name if the actor may see it, else 404."""
    rows = AnonymousConsultation.objects.select_related(
        "team__convener__user", "unit__organization", "referrer__user", "holder__user", "session"
    )
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def outcome_for(actor: Actor, public_id: UUID) -> Outcome:
    """The outcome if the actor may see it, else 404."""
    outcome = (
        Outcome.objects.select_related(
            "client", "application__team", "application__holder__user", "service__decided_by"
        )
        .filter(public_id=public_id)
        .first()
    )
    if outcome is None:
        raise Http404
    return outcome


def session_for(actor: Actor, session_id: UUID) -> TeamSession:
    """The session if the actor convenes its team or has a place in it, else 404."""
    session = _SESSION.first(session_id)
    if session is None or not (
        session.team.convener_id == actor.membership_id or places_of(actor, session.team_id)
    ):
        raise Http404
    return session


def item_for(actor: Actor, session: TeamSession, number: int) -> AgendaItem:
    """The case by its number on the agenda if the actor may see it, else 404."""
    item = _ITEM.first(session.pk, number)
    if item is None:
        raise Http404
    return item


def removed_item_for(actor: Actor, session: TeamSession, item_id: UUID) -> AgendaItem:
    """A case that was taken off the agenda, if the actor may see it, else 404."""
    removed = AgendaItem.objects.filter(session=session, pk=item_id, removed_at__isnull=False)
    item = removed.select_related("application__client", "application__team").first()
    if item is None:
        raise Http404
    return item


def handled_item_for(actor: Actor, session: TeamSession, item_id: UUID) -> AgendaItem:
    """A case handled in the session, if the actor may see it, else 404."""
    handled = AgendaItem.objects.filter(session=session, pk=item_id, handled_at__isnull=False)
    item = handled.select_related("application__client", "application__team").first()
    if item is None:
        raise Http404
    return item


def entry_for(actor: Actor, item: AgendaItem, entry_id: UUID) -> ColumnEntry:
    """The actor's own addition to a column, else 404."""
    entry = ColumnEntry.objects.filter(
        pk=entry_id, application=item.application_id, membership=actor.membership_id
    ).first()
    if entry is None:
        raise Http404
    return entry


def seat_for(actor: Actor, session: TeamSession, seat_id: UUID) -> TeamSeat:
    """A seat of the session's team, else 404; who may write for it is the act's rule."""
    seat = _SEAT.first(seat_id, session.team_id)
    if seat is None:
        raise Http404
    return seat


def places_of(actor: Actor, team_id: UUID) -> list[TeamSeat]:
    """The seats that the actor fills in a team."""
    return _PLACES.rows(team_id, actor.membership_id)


def is_referrer(actor: Actor, application: Application) -> bool:
    """The one who sent it, or who holds it for them after they left."""
    return application.referrer_id == actor.membership_id or (
        application.holder_is_interim
        and application.holder_id == actor.membership_id
        and application.team.convener_id != actor.membership_id
    )


def is_convener(actor: Actor, application: Application) -> bool:
    return application.team.convener_id == actor.membership_id


def may_begin_case(actor: Actor, application: Application) -> bool:
    """The convener; and once there is an outcome, the referrer."""
    return is_convener(actor, application) or (
        is_referrer(actor, application) and application.state in AFTER_OUTCOME
    )


def is_member(actor: Actor, application: Application) -> bool:
    """Has a place in the application's team."""
    return TeamMember.objects.filter(
        seat__team_id=application.team_id, membership_id=actor.membership_id, ended_at=None
    ).exists()


def require(allowed: bool) -> None:
    """Seen but not allowed is 403."""
    if not allowed:
        raise PermissionDenied


def audience(application: Application) -> dict[UUID, set[UUID]]:
    """For each membership in the application's circle, the units whose data of the client it may
    read.

    A member whom no permit reaches is not among them.
    """
    with connection.cursor() as cursor:
        cursor.execute("select membership, unit from applications.audience(%s)", [application.pk])
        readable: dict[UUID, set[UUID]] = {}
        for membership, unit in cursor.fetchall():
            readable.setdefault(membership, set()).add(unit)
    return readable
