"""The convener's acts with an application that came in, and the referrer's answer to a question."""

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications import events
from rinnalla.applications.access import audience, is_convener, is_referrer, require
from rinnalla.applications.models import (
    AgendaItem,
    Application,
    Forwarding,
    InformationAnswer,
    InformationRequest,
)
from rinnalla.applications.operations.matter import (
    disclosed,
    follow,
    give_holding,
    locked,
    move,
    note,
    open_item,
    recorded,
    require_alone,
)
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Team, TeamSession

State = Application.State


@transaction.atomic
def take_in(application: Application, *, by: Actor) -> Application:
    """Takes the application in: from now on the convener holds the matter."""
    application = locked(application)
    require(is_convener(by, application))
    move(application, State.RECEIVED)
    application.received_at = application.received_at or by.now
    application.save(update_fields=["state", "received_at"])
    give_holding(application, by.membership_id, by=by)
    note(application, events.TAKEN_IN, by)
    return application


def taken_in(application: Application, by: Actor) -> Application:
    """The application in the convener's hands, taken in by this very act when it was only sent."""
    application = locked(application)
    require(is_convener(by, application))
    if application.state == State.SENT:
        return take_in(application, by=by)
    if application.state != State.RECEIVED:
        raise RuleBroken(
            _("Hakemuksen tila on muuttunut: %(state)s. Lataa sivu uudelleen.")
            % {"state": application.get_state_display()}
        )
    return application


@transaction.atomic
def ask(application: Application, *, by: Actor, question: str) -> InformationRequest:
    """Asks the referrer for more; the clock stands still until the answer."""
    application = taken_in(application, by)
    if InformationRequest.objects.filter(application=application, answered_at=None).exists():
        raise RuleBroken(_("Lähettäjältä on jo kysytty, eikä hän ole vielä vastannut."))
    request = InformationRequest.objects.create(
        **recorded(application, by),
        question=question,
        asked_by_id=by.membership_id,
        asked_at=by.now,
    )
    note(application, events.ASKED, by)
    return request


@transaction.atomic
def answer(application: Application, *, by: Actor, text: str) -> InformationAnswer:
    """The referrer's answer; the clock goes on."""
    application = locked(application)
    require(is_referrer(by, application))
    request = InformationRequest.objects.filter(application=application, answered_at=None).first()
    if request is None:
        raise RuleBroken(_("Avointa kysymystä ei ole."))
    given = InformationAnswer.objects.create(
        **recorded(application, by),
        request=request,
        text=text,
        answered_by_id=by.membership_id,
        answered_at=by.now,
    )
    InformationRequest.objects.filter(pk=request.pk).update(answered_at=by.now)
    note(application, events.ANSWERED, by)
    return given


@transaction.atomic
def forward(application: Application, *, by: Actor, to: Team, reason: str) -> None:
    """Forwards to another team with everything; until that team's reception the referrer holds
    it."""
    application = taken_in(application, by)
    if to.pk == application.team_id:
        raise RuleBroken(_("Hakemus on jo tässä tiimissä. Valitse toinen tiimi."))
    require_alone(application)
    if item := open_item(application):
        _remove(item, by)
    give_holding(application, application.referrer_id, by=by)
    Forwarding.objects.create(
        **recorded(application, by),
        from_team_id=application.team_id,
        to_team=to,
        reason=reason,
        forwarded_by_id=by.membership_id,
        forwarded_at=by.now,
    )
    note(application, events.FORWARDED, by, team=str(to.pk))
    move(application, State.SENT)
    application.team = to
    application.received_at = None
    application.save(update_fields=["state", "team", "received_at"])
    disclosed(application, [to.convener_id], [application.unit_id], "application")
    follow(application)


@transaction.atomic
def place(application: Application, *, by: Actor, session: TeamSession) -> AgendaItem:
    """Puts the application on a session's agenda; the members whom a permit reaches see it from
    now on."""
    application = taken_in(application, by)
    if session.team_id != application.team_id:
        raise PermissionDenied
    if item := open_item(application):
        if item.session_id == session.pk:
            return item
        _remove(item, by)
    with connection.cursor() as cursor:
        cursor.execute("select applications.next_number(%s)", [session.pk])
        number = cursor.fetchone()[0]
    item = AgendaItem.objects.create(
        **recorded(application, by),
        session=session,
        number=number,
        placed_by_id=by.membership_id,
        placed_at=by.now,
    )
    follow(application)
    note(application, events.PLACED, by, session=str(session.pk))
    disclosed(application, audience(application), [application.unit_id], "agenda")
    return item


@transaction.atomic
def remove(item: AgendaItem, *, by: Actor) -> None:
    """Takes the application off the agenda."""
    application = locked(item.application)
    require(is_convener(by, application))
    if item.handled_at:
        raise RuleBroken(_("Asia on jo käsitelty tässä kokouksessa."))
    _remove(item, by)
    follow(application)
    note(application, events.REMOVED, by, session=str(item.session_id))


def _remove(item: AgendaItem, by: Actor) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(removed_at=by.now)
