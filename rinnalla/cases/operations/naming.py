"""Naming a responsible worker: asked, accepted or declined. Until then the holder stays."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record_sharing
from rinnalla.cases import events
from rinnalla.cases.access import ROLES, carries, named_with, reaches, require
from rinnalla.cases.models import Assignment, Case, CaseAnswer, ContactWay
from rinnalla.cases.operations.whole import (
    changed,
    end_holding,
    follow,
    locked,
    locked_whole,
    note,
    recorded,
)
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Membership
from rinnalla.organizations.queries import setting

# Days to ask for the client's word, and to find another for a place of a pair.
AGREE_WITHIN = 7
PAIR_WITHIN = 30


@dataclass(frozen=True)
class Choice:
    """Who is named: agreed with the client already or not; first contact, or the other of a
    pair."""

    membership: UUID
    agreed: bool
    is_first_contact: bool = True


@transaction.atomic
def name_worker(case: Case, *, by: Actor, choice: Choice) -> list[Assignment]:
    """Asks somebody to be the responsible worker; who names oneself accepts at once.

    A case of several clients has one worker: who else said yes is named along, and nobody answers
    for who has not.
    """
    first, *others = locked_whole(case)
    require(carries(by, first))
    member = Membership.objects.select_related("user", "unit__organization").get(
        pk=choice.membership
    )
    _require_able(member, by)
    asked = [_ask(one, member, by, choice) for one in (first, *named_with(first, others))]
    if member.pk == by.membership_id:
        accept(asked[0], by=by)
    return asked


def _require_able(member: Membership, by: Actor) -> None:
    name = {"name": member.user.get_full_name(), "role": member.get_role_display()}
    if not member.is_open or member.begins > by.today:
        raise RuleBroken(_("%(name)s ei ole enää tässä tehtävässä. Valitse toinen.") % name)
    if member.role not in ROLES:
        raise RuleBroken(
            _("%(name)s on %(role)s eikä voi olla vastuutyöntekijä. Valitse toinen.") % name
        )


def _ask(case: Case, member: Membership, by: Actor, choice: Choice) -> Assignment:
    _require_room(case, member, choice)
    if not reaches(case, member.pk):
        raise RuleBroken(
            _(
                "%(name)s työskentelee muualla: %(organization)s. Pyydä ensin asiakkaalta"
                " suostumus, joka avaa yksikkösi tiedot hänelle."
            )
            % {
                "name": member.user.get_full_name(),
                "organization": member.unit.organization.name,
            }
        )
    if choice.agreed and case.state == Case.State.PROPOSED:
        _client_agreed(case, by)
    assignment = Assignment.objects.create(
        **recorded(case, by),
        membership=member,
        is_first_contact=choice.is_first_contact,
        asked_by_id=by.membership_id,
        asked_at=by.now,
        agreed_on=by.today if choice.agreed else None,
        agree_by=None if choice.agreed else by.today + timedelta(days=AGREE_WITHIN),
    )
    follow(case)
    note(case, events.WORKER_ASKED, by, membership=str(member.pk), agreed=choice.agreed)
    record_sharing(
        case.client_id, [member.pk], [case.unit_id], thing=("case", case.pk), what="case"
    )
    return assignment


def _require_room(case: Case, member: Membership, choice: Choice) -> None:
    """There is a place for the one who is asked, and nobody is asked for it already."""
    rows = case.assignments.select_related("membership")
    now = list(rows.filter(declined_at=None, ended_at=None))
    staying = [one for one in now if not (one.is_open and one.gives_way)]
    # A pair is of two people, whatever their posts.
    is_same = any(one.membership.user_id == member.user_id for one in staying)
    if is_same or any(one.membership_id == member.pk for one in now):
        name = {"name": member.user.get_full_name()}
        raise RuleBroken(_("%(name)s on jo vastuutyöntekijä, tai häneltä on jo kysytty.") % name)
    if choice.is_first_contact and any(one.is_first_contact for one in staying):
        raise RuleBroken(
            _("Ensisijainen yhteyshenkilö on jo valittu. Valitse toinen parin jäseneksi.")
        )
    if not choice.is_first_contact and sum(not one.is_first_contact for one in staying):
        raise RuleBroken(_("Parilla on jo kaksi vastuutyöntekijää."))
    if not choice.is_first_contact and case.state != Case.State.ACTIVE:
        raise RuleBroken(_("Nimeä ensin ensisijainen yhteyshenkilö, sitten pari."))


def _client_agreed(case: Case, by: Actor) -> None:
    """The button says that the client was there and agreed."""
    CaseAnswer.objects.create(
        **recorded(case, by),
        answer=CaseAnswer.Answer.YES,
        answered_on=by.today,
        recorded_by_id=by.membership_id,
        recorded_at=by.now,
    )
    case.state, case.agreed_at = Case.State.AGREED, by.now
    case.save(update_fields=["state", "agreed_at"])
    note(case, events.CASE_ANSWERED, by, answer=CaseAnswer.Answer.YES)


@transaction.atomic
def accept(assignment: Assignment, *, by: Actor) -> Assignment:
    """The one who was asked takes the responsibility, for all clients of the case: from this on it
    is active."""
    for mine in _mine_of(assignment, by):
        _take(mine.case, mine, by)
    return Assignment.objects.get(pk=assignment.pk)


def _take(case: Case, mine: Assignment, by: Actor) -> None:
    before = list(case.assignments.filter(is_open=True))
    for old in before if mine.is_first_contact else []:
        if old.is_first_contact and old.gives_way:
            Assignment.objects.filter(pk=old.pk).update(ended_at=by.now)
    Assignment.objects.filter(pk=mine.pk).update(accepted_at=by.now)
    mine.accepted_at = by.now
    case.state, case.named_at = Case.State.ACTIVE, case.named_at or by.now
    case.agreed_at = case.agreed_at or (by.now if mine.agreed_on else None)
    if mine.is_first_contact:
        case.worker = mine
    else:
        case.pair_open_by = None
    case.save(update_fields=["state", "named_at", "agreed_at", "worker", "pair_open_by"])
    end_holding(case, by)
    follow(case)
    if mine.is_first_contact:
        _agree_ways(case, by)
    note(case, events.WORKER_NAMED, by, membership=str(mine.membership_id))


def _mine_of(assignment: Assignment, by: Actor) -> list[Assignment]:
    """What the actor was asked with this, which only they answer."""
    require(assignment.membership_id == by.membership_id)
    return _asked_of(assignment)


def _asked_of(assignment: Assignment) -> list[Assignment]:
    """What the same person was asked with this: of each client of the case, this one first."""
    whole = locked_whole(assignment.case)
    first = _asked(whole[0], assignment)
    asked = [first]
    for case in whole[1:]:
        rows = case.assignments.filter(accepted_at=None, declined_at=None, ended_at=None)
        asked += rows.filter(membership=first.membership_id)
    for one in asked:
        one.case = next(case for case in whole if case.pk == one.case_id)
    return asked


def _asked(case: Case, assignment: Assignment) -> Assignment:
    asked = case.assignments.filter(
        pk=assignment.pk, accepted_at=None, declined_at=None, ended_at=None
    ).first()
    if asked is None:
        raise RuleBroken(_("Tähän on jo vastattu, tai pyyntö on peruttu. Lataa sivu uudelleen."))
    return asked


def _agree_ways(case: Case, by: Actor) -> None:
    """The worker's own number and the county's hours, until other ways are agreed on."""
    case.contactways.filter(ended_at=None).update(ended_at=by.now)
    ContactWay.objects.create(
        **recorded(case, by),
        phone=by.phone,
        hours=setting("contact_hours", by.today, _("ma–pe klo 9–15")),
        agreed_by_id=by.membership_id,
        began_at=by.now,
    )


@transaction.atomic
def decline(assignment: Assignment, *, by: Actor, reason: str) -> None:
    """The one who was asked says no, and why; the case stays with who held it."""
    if not reason.strip():
        raise RuleBroken(_("Kerro, miksi et voi olla vastuutyöntekijä."))
    for mine in _mine_of(assignment, by):
        Assignment.objects.filter(pk=mine.pk).update(declined_at=by.now, decline_reason=reason)
        note(mine.case, events.WORKER_DECLINED, by, membership=str(mine.membership_id))
        follow(mine.case)


@transaction.atomic
def take_asking_back(assignment: Assignment, *, by: Actor) -> None:
    """Undoes a naming that nobody has answered yet, for all whom it named."""
    require(carries(by, assignment.case))
    for asked in _asked_of(assignment):
        Assignment.objects.filter(pk=asked.pk).update(ended_at=by.now)
        follow(asked.case)
        note(asked.case, events.ASKING_TAKEN_BACK, by, membership=str(asked.membership_id))


@transaction.atomic
def record_agreement(assignment: Assignment, *, by: Actor) -> None:
    """Records that the client has agreed on the worker, where that was still to be asked."""
    case = locked(assignment.case)
    require(carries(by, case))
    if case.state != Case.State.ACTIVE:
        raise RuleBroken(changed(case))
    waiting = Assignment.objects.filter(pk=assignment.pk, agreed_on=None, ended_at=None)
    if not waiting.update(agreed_on=by.today):
        raise RuleBroken(_("Asiakkaan suostumus on jo kirjattu. Lataa sivu uudelleen."))
    if case.agreed_at is None:
        case.agreed_at = by.now
        case.save(update_fields=["agreed_at"])
    note(case, events.NAMING_AGREED, by, membership=str(assignment.membership_id))


@transaction.atomic
def record_told(assignment: Assignment, *, by: Actor, on: date, way: str) -> None:
    """Records that the client was told who the worker is, and how to reach them; again corrects."""
    case = locked(assignment.case)
    require(carries(by, case))
    if on > by.today:
        raise RuleBroken(_("Päivä, jona kerroit, ei voi olla tulevaisuudessa."))
    open_ones = Assignment.objects.filter(
        pk=assignment.pk, accepted_at__isnull=False, declined_at=None, ended_at=None
    )
    if not open_ones.update(told_on=on, told_way=way):
        raise RuleBroken(changed(case))
    note(case, events.CLIENT_TOLD, by, membership=str(assignment.membership_id), way=way)


@transaction.atomic
def leave_pair(assignment: Assignment, *, by: Actor) -> None:
    """One of a pair leaves: the other is the first contact at once, and the place has a day."""
    case = locked(assignment.case)
    require(carries(by, case))
    pair = list(case.assignments.filter(is_open=True).order_by("-is_first_contact"))
    staying = [one for one in pair if one.pk != assignment.pk]
    if len(pair) != 2 or len(staying) != 1:
        raise RuleBroken(_("Ainoa vastuutyöntekijä ei voi jättää asiakasta. Nimeä ensin toinen."))
    Assignment.objects.filter(pk=assignment.pk).update(ended_at=by.now)
    Assignment.objects.filter(pk=staying[0].pk).update(is_first_contact=True)
    case.worker, case.pair_open_by = staying[0], by.today + timedelta(days=PAIR_WITHIN)
    case.save(update_fields=["worker", "pair_open_by"])
    follow(case)
    note(case, events.WORKER_LEFT_PAIR, by, membership=str(assignment.membership_id))
