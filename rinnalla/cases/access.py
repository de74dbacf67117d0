"""From an address to a case, and who carries it. Who may read it is the database's rule."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from rinnalla.access.actor import Actor
from rinnalla.cases.models import Assignment, Case, Cover, ServicePackage, TeamPlace
from rinnalla.organizations.models import Membership

# Who works with clients can answer for one.
ROLES = {Membership.Role.PRACTITIONER, Membership.Role.CONVENER, Membership.Role.UNIT_MANAGER}


def case_for(actor: Actor, public_id: UUID) -> Case:
    """The case if the actor may see it, else 404."""
    rows = Case.objects.select_related("client", "unit", "holder__user", "holder__unit")
    case = rows.filter(public_id=public_id).first()
    if case is None:
        raise Http404
    return case


def asking_for(actor: Actor, case: Case, assignment_id: UUID) -> Assignment:
    """An assignment of the case that is asked or open, else 404."""
    rows = Assignment.objects.select_related("membership__user", "membership__unit")
    found = rows.filter(case=case, pk=assignment_id, declined_at=None, ended_at=None).first()
    if found is None:
        raise Http404
    return found


def place_for(actor: Actor, case: Case, place_id: UUID) -> TeamPlace:
    """An open place of the own team, else 404."""
    found = TeamPlace.objects.filter(case=case, pk=place_id, ended_at=None).first()
    if found is None:
        raise Http404
    return found


def cover_for(actor: Actor, case: Case, cover_id: UUID) -> Cover:
    """A cover that has not been ended, else 404."""
    found = Cover.objects.filter(case=case, pk=cover_id, ended_at=None).first()
    if found is None:
        raise Http404
    return found


def package_for(actor: Actor, case: Case, package_id: UUID) -> ServicePackage:
    """The package of the case that is open, else 404."""
    rows = ServicePackage.objects.select_related("recorded_by__user")
    found = rows.filter(case=case, public_id=package_id, ended_at=None).first()
    if found is None:
        raise Http404
    return found


def holds(actor: Actor, case: Case) -> bool:
    """Holds the case before its naming."""
    return case.state in Case.HELD and case.holder_id == actor.membership_id


def works_for(actor: Actor, case: Case) -> bool:
    """Is a responsible worker of the case now."""
    mine = Assignment.objects.filter(case=case, membership=actor.membership_id, is_open=True)
    return mine.exists()


def carries(actor: Actor, case: Case) -> bool:
    """Holds the case, or is its responsible worker."""
    return holds(actor, case) or works_for(actor, case)


def named_with(case: Case, others: Iterable[Case]) -> list[Case]:
    """Those of the case's other clients whom naming this one names, too: who said yes themselves,
    and after naming, who have a worker as well."""
    state = Case.State.ACTIVE if case.state == Case.State.ACTIVE else Case.State.AGREED
    return [one for one in others if one.state == state]


def require(allowed: bool) -> None:
    """Seen but not allowed is 403."""
    if not allowed:
        raise PermissionDenied


def reaches(case: Case, membership_id: UUID) -> bool:
    """Whether the member could answer for the client: within the county, or by a consent."""
    with connection.cursor() as cursor:
        cursor.execute("select cases.reaches(%s, %s)", [case.pk, membership_id])
        return bool(cursor.fetchone()[0])


def is_whole(case: Case) -> bool:
    """Whether the actor works with every client of the case."""
    with connection.cursor() as cursor:
        cursor.execute("select cases.is_whole(%s)", [case.joint])
        return bool(cursor.fetchone()[0])
