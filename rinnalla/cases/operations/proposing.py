"""A case begins: it is proposed to the client, who answers in own words. A "no" ends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.cases import events
from rinnalla.cases.access import holds, require
from rinnalla.cases.models import Case, CaseAnswer, CaseHolding, Proposal
from rinnalla.cases.operations.whole import (
    changed,
    end_holding,
    follow,
    locked,
    note,
    recorded,
)
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from rinnalla.lib.ids import uuid7

Answer = CaseAnswer.Answer


@dataclass(frozen=True)
class Told:
    """What was proposed: why, in which way it was explained, and on which day."""

    reason: str
    way: str
    on: date


@dataclass(frozen=True)
class Said:
    """What the client answered: in own words, with a wish for a person, on which day."""

    answer: str
    words: str
    on: date
    wish: str = ""
    ask_again_on: date | None = None


@transaction.atomic
def propose(clients: Sequence[Client], *, by: Actor, told: Told) -> list[Case]:
    """Begins a case of one client or of several; the actor holds it until its worker is named."""
    if told.on > by.today:
        raise RuleBroken(_("Päivä, jona ehdotit, ei voi olla tulevaisuudessa."))
    open_ones = Case.objects.filter(client__in=clients, state__in=Case.OPEN).select_related(
        "client"
    )
    if one := open_ones.first():
        raise RuleBroken(
            _("Asiakkaalla %(name)s on jo yhteisasiakkuus.") % {"name": str(one.client)}
        )
    joint = uuid7()
    return [_begin(client, joint, by, told) for client in clients]


def _begin(client: Client, joint: UUID, by: Actor, told: Told) -> Case:
    case = Case.objects.create(
        joint=joint,
        client=client,
        unit_id=by.unit_id,
        holder_id=by.membership_id,
        proposed_at=by.now,
    )
    follow(case)
    CaseHolding.objects.create(
        **recorded(case, by), membership_id=by.membership_id, began_at=by.now
    )
    Proposal.objects.create(
        **recorded(case, by),
        reason=told.reason,
        way=told.way,
        proposed_on=told.on,
        proposed_by_id=by.membership_id,
        recorded_at=by.now,
    )
    note(case, events.CASE_PROPOSED, by, joint=str(joint))
    return case


@transaction.atomic
def record_answer(case: Case, *, by: Actor, said: Said) -> Case:
    """Records what the client answered. A "no" ends the case; who thinks is asked again on a
    day."""
    case = locked(case)
    require(holds(by, case))
    if case.state not in Case.HELD:
        raise RuleBroken(changed(case))
    if said.on > by.today:
        raise RuleBroken(_("Päivä, jona asiakas vastasi, ei voi olla tulevaisuudessa."))
    if said.answer == Answer.THINKING and (said.ask_again_on or said.on) <= by.today:
        raise RuleBroken(_("Valitse tuleva päivä, jona kysyt uudelleen."))
    CaseAnswer.objects.create(
        **recorded(case, by),
        answer=said.answer,
        words=said.words,
        wish=said.wish,
        answered_on=said.on,
        ask_again_on=said.ask_again_on if said.answer == Answer.THINKING else None,
        recorded_by_id=by.membership_id,
        recorded_at=by.now,
    )
    _answered(case, by, said.answer)
    note(case, events.CASE_ANSWERED, by, answer=said.answer)
    return case


def _answered(case: Case, by: Actor, answer: str) -> None:
    if answer == Answer.YES:
        case.state, case.agreed_at = Case.State.AGREED, case.agreed_at or by.now
        case.save(update_fields=["state", "agreed_at"])
    elif answer == Answer.NO:
        asked = case.assignments.filter(declined_at=None, ended_at=None)
        asked.update(ended_at=by.now)
        end_holding(case, by)
        case.state, case.ended_at = Case.State.DECLINED, by.now
        case.save(update_fields=["state", "ended_at"])
        follow(case)


@transaction.atomic
def take_answer_back(case: Case, *, by: Actor) -> Case:
    """Undoes a "no" that was recorded by mistake, on the same day."""
    case = locked(case)
    require(case.holder_id == by.membership_id)
    if case.state != Case.State.DECLINED:
        raise RuleBroken(changed(case))
    CaseHolding.objects.create(
        **recorded(case, by), membership_id=by.membership_id, began_at=by.now
    )
    case.state, case.ended_at = Case.State.PROPOSED, None
    case.save(update_fields=["state", "ended_at"])
    follow(case)
    note(case, events.ANSWER_TAKEN_BACK, by)
    return case
