"""The convener's second thoughts: each undoes one act of reception."""

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications import events
from rinnalla.applications.access import audience, is_convener, require
from rinnalla.applications.models import AgendaItem, Application, InformationRequest
from rinnalla.applications.operations.matter import (
    disclosed,
    follow,
    give_holding,
    locked,
    move,
    note,
    open_item,
    require_alone,
)
from rinnalla.lib.errors import RuleBroken

State = Application.State


@transaction.atomic
def undo_taking_in(application: Application, *, by: Actor) -> None:
    """Makes a received application only sent again: the referrer holds it as before."""
    application = locked(application)
    require(is_convener(by, application))
    asked = InformationRequest.objects.filter(application=application, answered_at=None)
    if application.state != State.RECEIVED or open_item(application) or asked.exists():
        raise RuleBroken(_("Hakemusta on jo käsitelty, joten sen ottamista ei voi enää perua."))
    require_alone(application)
    move(application, State.SENT)
    application.received_at = None
    application.save(update_fields=["state", "received_at"])
    give_holding(application, application.referrer_id, by=by)
    note(application, events.TAKING_IN_UNDONE, by)


@transaction.atomic
def withdraw_question(application: Application, *, by: Actor) -> None:
    """Takes an unanswered question back; the clock goes on."""
    application = locked(application)
    require(is_convener(by, application))
    asked = InformationRequest.objects.filter(application=application, answered_at=None)
    if not asked.update(answered_at=by.now):
        raise RuleBroken(_("Lähettäjä on jo vastannut kysymykseen."))
    note(application, events.QUESTION_WITHDRAWN, by)


@transaction.atomic
def put_back(item: AgendaItem, *, by: Actor) -> None:
    """Puts a removed case back on its agenda under its old number."""
    application = locked(item.application)
    require(is_convener(by, application))
    if open_item(application) or application.state != State.RECEIVED:
        raise RuleBroken(_("Asialla on jo paikka esityslistalla, tai se on siirretty muualle."))
    AgendaItem.objects.filter(pk=item.pk).update(removed_at=None)
    follow(application)
    note(application, events.PUT_BACK, by, session=str(item.session_id))
    disclosed(application, audience(application), [application.unit_id], "agenda")


@transaction.atomic
def undo_sending_back(item: AgendaItem, *, by: Actor) -> None:
    """Takes back the question with which the case went back: it stands on its agenda again."""
    withdraw_question(item.application, by=by)
    if open_item(item.application):
        raise RuleBroken(_("Asialla on jo paikka toisella esityslistalla."))
    AgendaItem.objects.filter(pk=item.pk).update(handled_at=None)
