"""A client's whole situation in a case: readable in ten seconds, and one page on paper."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from rinnalla.cases.access import holds
from rinnalla.cases.models import Case
from rinnalla.cases.queries.standing import standing
from rinnalla.cases.views.around import desk
from rinnalla.home.situation import happened, next_thing, surroundings

KINDS = ("case", "steps", "services", "permits", "meetings")


def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Next thing, worker or holder with number, the client's words, open ends, services."""
    at = desk(request, case_id)
    shown = standing(at.case, at.actor.today)
    may_answer, may_work = holds(at.actor, at.case), shown.is_worked_by(at.actor)
    may_carry = may_answer or may_work
    around = surroundings(at.case, at.actor)
    return at.page(
        "joint-case",
        "home/situation.html",
        KINDS,
        shown=shown,
        next=next_thing(shown, around, at.actor),
        around=around,
        events=happened(shown, around),
        may_act=may_carry or shown.asks(at.actor) is not None,
        may_carry=may_carry,
        may_arrange=at.case.state in Case.OPEN and (may_carry or shown.is_covered_by(at.actor)),
        may_answer=may_answer,
        may_work=may_work,
    )
