"""How a consultation ends, and how the referrer takes it on to what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications import events
from rinnalla.applications.access import audience, is_convener, is_referrer, require
from rinnalla.applications.models import (
    AgendaItem,
    Application,
    Ending,
    InformationRequest,
    Outcome,
    OutcomeAnswer,
    OutcomeStep,
    Telling,
)
from rinnalla.applications.operations.matter import (
    disclosed,
    follow,
    give_holding,
    joined_to,
    locked,
    move,
    note,
    open_item,
    recorded,
)
from rinnalla.applications.operations.reception import ask, taken_in
from rinnalla.lib.errors import RuleBroken
from rinnalla.plans.models import Step
from rinnalla.plans.operations.steps import Agreed, agree_step
from rinnalla.services.models import CatalogueService, StepTemplate

State = Application.State


@dataclass(frozen=True)
class Proposal:
    """A recommended service, why, and the steps with their owners and days."""

    service: CatalogueService
    reason: str
    steps: Sequence[Agreed]


def steps_of(service: CatalogueService, application: Application, today: date) -> list[Agreed]:
    """The service's template as it stands: owners by role, days from today."""
    return [_from_template(template, application, today) for template in service.steps.all()]


def _from_template(template: StepTemplate, application: Application, today: date) -> Agreed:
    due = today + timedelta(days=template.days)
    match template.owner:
        case StepTemplate.Owner.REFERRER:
            return Agreed(template.text, due, owner=application.referrer_id)
        case StepTemplate.Owner.CONVENER:
            return Agreed(template.text, due, owner=application.team.convener_id)
        case StepTemplate.Owner.CLIENT:
            return Agreed(template.text, due, by_client=True, watcher=application.referrer_id)
    return Agreed(template.text, due, contact=template.contact, watcher=application.referrer_id)


@transaction.atomic
def recommend(application: Application, *, by: Actor, proposal: Proposal) -> Outcome:
    """Gives the referrer a recommendation with its steps; the convener holds the matter until the
    answer."""
    application = taken_in(application, by)
    both = [application, *joined_to(application)]
    for one in both:
        _require_way_to_referrer(one, by)
    if not proposal.steps:
        raise RuleBroken(_("Suosituksessa on oltava vähintään yksi vaihe."))
    outcome = _give(
        application, by, Outcome.Kind.RECOMMENDATION, proposal.reason, service=proposal.service
    )
    for agreed in proposal.steps:
        step = agree_step(application.client, by=by, agreed=agreed, service=proposal.service)
        OutcomeStep.objects.create(
            **recorded(application, by),
            outcome=outcome,
            step=step,
        )
    kind, reason = Outcome.Kind.RECOMMENDATION, proposal.reason
    for joined in both[1:]:
        # The steps are one set, with the earlier application; its referrer's answer takes them on.
        _give(joined, by, kind, reason, service=proposal.service)
    for one in both:
        _close_consultation(one, by, State.RECOMMENDED)
    note(application, events.RECOMMENDED, by, service=proposal.service.code)
    disclosed(application, [application.referrer_id], [by.unit_id], "outcome")
    return outcome


@transaction.atomic
def call_to_meeting(
    application: Application, *, by: Actor, reason: str, network: Sequence[str]
) -> Outcome:
    """Decides to call the client to a meeting, with the network that the consultation proposes."""
    application = taken_in(application, by)
    outcome = _give(application, by, Outcome.Kind.MEETING, reason, network=list(network))
    for joined in joined_to(application):
        _give(joined, by, Outcome.Kind.MEETING, reason, network=list(network))
        _close_consultation(joined, by, State.CALLED)
    _close_consultation(application, by, State.CALLED)
    note(application, events.CALLED, by)
    disclosed(application, [application.referrer_id], [by.unit_id], "outcome")
    return outcome


@transaction.atomic
def send_back(application: Application, *, by: Actor, question: str) -> InformationRequest:
    """Ends the consultation with a question to the referrer; it comes to an agenda again after the
    answer."""
    request = ask(application, by=by, question=question)
    if item := open_item(application):
        AgendaItem.objects.filter(pk=item.pk).update(handled_at=by.now)
    return request


@transaction.atomic
def recall(outcome: Outcome, *, by: Actor) -> None:
    """Takes an unanswered outcome back; its steps fall, and the case stands on its agenda again."""
    application = locked(outcome.application)
    require(is_convener(by, application))
    move(application, State.RECEIVED)
    application.consulted_at = None
    application.save(update_fields=["state", "consulted_at"])
    if not Outcome.objects.filter(pk=outcome.pk, recalled_at=None).update(recalled_at=by.now):
        raise RuleBroken(_("Vain antaja voi perua tämän."))
    _drop_steps(outcome)
    _recall_joined(outcome, by)
    if outcome.item_id:
        AgendaItem.objects.filter(pk=outcome.item_id).update(handled_at=None)
    note(application, events.RECALLED, by)


@transaction.atomic
def accept(outcome: Outcome, *, by: Actor) -> None:
    """The referrer takes the recommendation on, and holds the matter from now on."""
    application = _answer(outcome, by, accepted=True, reason="")
    move(application, State.ACCEPTED)
    application.save(update_fields=["state"])
    give_holding(application, by.membership_id, by=by)
    note(application, events.ACCEPTED, by)


@transaction.atomic
def decline(outcome: Outcome, *, by: Actor, reason: str) -> None:
    """The referrer declines with a reason; the matter is back with the convener, its steps fall."""
    if not reason.strip():
        raise RuleBroken(_("Kerro, miksi et voi viedä suositusta eteenpäin."))
    application = _answer(outcome, by, accepted=False, reason=reason)
    move(application, State.RECEIVED)
    application.consulted_at = None
    application.save(update_fields=["state", "consulted_at"])
    give_holding(application, application.team.convener_id, by=by)
    _drop_steps(outcome)
    note(application, events.DECLINED, by)


@transaction.atomic
def tell_client(
    outcome: Outcome, *, by: Actor, told_on: date, how: str, note_text: str = ""
) -> None:
    """Records that the client was told of the recommendation."""
    application = locked(outcome.application)
    require(is_referrer(by, application))
    if told_on > by.today:
        raise RuleBroken(_("Päivä, jona kerroit, ei voi olla tulevaisuudessa."))
    Telling.objects.create(
        **recorded(application, by),
        outcome=outcome,
        how=how,
        told_on=told_on,
        note=note_text,
        told_by_id=by.membership_id,
        recorded_at=by.now,
    )
    note(application, events.TOLD, by, how=how)


@transaction.atomic
def end(application: Application, *, by: Actor, what_came: str) -> None:
    """Ends the matter with what came of it; steps still open are closed with the same words."""
    application = locked(application)
    require(is_referrer(by, application))
    if not what_came.strip():
        raise RuleBroken(_("Kerro, mitä asiasta seurasi."))
    move(application, State.ENDED)
    application.ended_at = by.now
    application.save(update_fields=["state", "ended_at"])
    Ending.objects.create(
        **recorded(application, by),
        what_came=what_came,
        ended_by_id=by.membership_id,
        ended_at=by.now,
    )
    for outcome in application.outcomes.filter(recalled_at=None):
        _drop_steps(outcome)
    follow(application)
    note(application, events.ENDED, by)


@transaction.atomic
def reopen(application: Application, *, by: Actor) -> None:
    """Undoes the ending: the referrer holds the matter again."""
    application = locked(application)
    require(is_referrer(by, application))
    move(application, State.ACCEPTED)
    application.ended_at = None
    application.save(update_fields=["state", "ended_at"])
    Ending.objects.filter(application=application, undone_at=None).update(undone_at=by.now)
    follow(application)
    note(application, events.REOPENED, by)


def _recall_joined(outcome: Outcome, by: Actor) -> None:
    """What went to the other referrers by the same act is taken back, too."""
    for joined in joined_to(outcome.application):
        given = Outcome.objects.filter(
            application=joined, recalled_at=None, given_at=outcome.given_at
        )
        if given.update(recalled_at=by.now):
            move(joined, State.RECEIVED)
            joined.consulted_at = None
            joined.save(update_fields=["state", "consulted_at"])


def _require_way_to_referrer(application: Application, by: Actor) -> None:
    """A recommendation tells of the convener's register: the client's permit must reach the
    referrer."""
    if by.unit_id not in audience(application).get(application.referrer_id, set()):
        raise RuleBroken(
            _("Asiakas ei ole antanut lupaa kertoa suositusta lähettäjälle. Kysy lupa ensin.")
        )


def _give(
    application: Application,
    by: Actor,
    kind: str,
    reason: str,
    *,
    service: CatalogueService | None = None,
    network: list[str] | None = None,
) -> Outcome:
    if not reason.strip():
        raise RuleBroken(_("Kirjoita perustelu."))
    return Outcome.objects.create(
        **recorded(application, by),
        kind=kind,
        item=open_item(application),
        service=service,
        reason=reason,
        network=network or [],
        given_by_id=by.membership_id,
        given_at=by.now,
    )


def _close_consultation(application: Application, by: Actor, state: str) -> None:
    if InformationRequest.objects.filter(application=application, answered_at=None).exists():
        raise RuleBroken(_("Lähettäjältä on kysytty lisää. Odota vastausta ensin."))
    if item := open_item(application):
        AgendaItem.objects.filter(pk=item.pk).update(handled_at=by.now)
    move(application, state)
    application.consulted_at = by.now
    application.save(update_fields=["state", "consulted_at"])


def _answer(outcome: Outcome, by: Actor, *, accepted: bool, reason: str) -> Application:
    application = locked(outcome.application)
    require(is_referrer(by, application))
    if application.state != State.RECOMMENDED or outcome.recalled_at:
        raise RuleBroken(_("Suositukseen on jo vastattu, tai se on peruttu. Lataa sivu uudelleen."))
    OutcomeAnswer.objects.create(
        **recorded(application, by),
        outcome=outcome,
        accepted=accepted,
        reason=reason,
        answered_by_id=by.membership_id,
        answered_at=by.now,
    )
    return application


def _drop_steps(outcome: Outcome) -> None:
    """Closes the outcome's steps that are still in force."""
    open_steps = Step.objects.filter(outcome_link__outcome=outcome, state__in=Step.IN_FORCE)
    open_steps.update(state=Step.State.NOT_DONE)
