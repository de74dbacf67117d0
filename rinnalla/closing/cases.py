"""What becomes of the cases of a membership that ends: none is left without a person."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from rinnalla.cases.models import Assignment, Case, CaseHolding, ContactWay, Cover, TeamPlace
from rinnalla.cases.operations.naming import PAIR_WITHIN
from rinnalla.lib.days import helsinki_day
from rinnalla.organizations.models import Membership


def move_cases(leaving: Membership, to: Membership, at: datetime) -> tuple[int, set[UUID]]:
    """Moves what the membership held to the pair, the cover or the interim holder; how many cases,
    and the cases whose circle is to follow."""
    held = list(_locked(Case.objects.filter(holder=leaving, state__in=Case.HELD)))
    for case in held:
        _move_holding(case, leaving, to, at)
    ended = list(
        Assignment.objects.filter(membership=leaving, ended_at=None, declined_at=None).order_by(
            "case_id"
        )
    )
    whole = {case.pk: case for case in _locked(Case.objects.filter(assignments__in=ended))}
    answered = 0
    for assignment in ended:
        Assignment.objects.filter(pk=assignment.pk).update(ended_at=at)
        if assignment.is_open:
            answered += 1
            _answer_for(whole[assignment.case_id], assignment, to, at)
    touched = {case.pk for case in held} | set(whole)
    for rows in (TeamPlace.objects.all(), Cover.objects.all()):
        mine = rows.filter(membership=leaving, ended_at=None)
        touched |= set(mine.values_list("case_id", flat=True))
        mine.update(ended_at=at)
    return len(held) + answered, touched


def follow_cases(cases: set[UUID]) -> None:
    """Lets the circle follow from the rows of the cases."""
    with connection.cursor() as cursor:
        for case in sorted(cases):
            cursor.execute("select cases.follow(%s)", [case])


def _locked(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.select_for_update(of=("self",)).order_by("pk")


def _move_holding(case: Case, leaving: Membership, to: Membership, at: datetime) -> None:
    CaseHolding.objects.filter(case=case, ended_at=None).update(ended_at=at)
    CaseHolding.objects.create(
        case=case,
        client_id=case.client_id,
        unit_id=to.unit_id,
        membership=to,
        is_interim=True,
        began_at=at,
    )
    Case.objects.filter(pk=case.pk).update(holder=to, holder_is_interim=True)


def _answer_for(case: Case, gone: Assignment, to: Membership, at: datetime) -> None:
    """The other of a pair is the first contact at once; else the cover, else the manager stands
    in."""
    staying = case.assignments.filter(is_open=True).exclude(pk=gone.pk).first()
    day = helsinki_day(at)
    if staying is None:
        staying = _stand_in(case, gone, to, at)
        case.pair_open_by = None
    else:
        Assignment.objects.filter(pk=staying.pk).update(is_first_contact=True)
        case.pair_open_by = day + timedelta(days=PAIR_WITHIN)
    Cover.objects.filter(assignment=gone, ended_at=None).update(ended_at=at)
    if gone.is_first_contact:
        ContactWay.objects.filter(case=case, ended_at=None).update(ended_at=at)
    case.worker = staying
    case.save(update_fields=["worker", "pair_open_by"])


def _stand_in(case: Case, gone: Assignment, to: Membership, at: datetime) -> Assignment:
    cover = (
        Cover.objects.filter(
            assignment=gone, ended_at=None, begins__lte=helsinki_day(at), ends__gte=helsinki_day(at)
        )
        .exclude(membership=gone.membership_id)
        .first()
    )
    member = cover.membership if cover else to
    # Who stands in need not answer what they were asked before.
    asked = case.assignments.filter(membership=member, accepted_at=None, ended_at=None)
    asked.filter(declined_at=None).update(ended_at=at)
    return Assignment.objects.create(
        case=case,
        client_id=case.client_id,
        unit_id=member.unit_id,
        membership=member,
        is_first_contact=True,
        is_interim=True,
        asked_at=at,
        accepted_at=at,
        agree_by=helsinki_day(at) + timedelta(days=PAIR_WITHIN),
    )
