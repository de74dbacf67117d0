"""The end of a membership or an account: access goes at once, nothing is left without a holder.

These acts run as the worker's database role, in the name of the process: who leaves cannot stop
them, and an administrator, who starts them, sees no client.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from rinnalla.accounts.models import User
from rinnalla.applications.models import AnonymousConsultation, Application, Holding
from rinnalla.closing.cases import follow_cases, move_cases
from rinnalla.closing.events import ACCOUNT_DISABLED, MEMBERSHIP_ENDED
from rinnalla.journal.clock import now
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Membership, Organization, Team, TeamMember, Unit
from rinnalla.permits.models import RecipientNotice
from rinnalla.plans.models import Step

OVER = (Application.State.ENDED, Application.State.DISCARDED)


@dataclass(frozen=True)
class Moved:
    """How much moved to the interim holder."""

    applications: int
    cases: int
    steps: int
    teams: int
    holder: str


@transaction.atomic
def end_membership(membership: Membership) -> Moved:
    """Ends the membership; what it held goes to the unit's manager, marked interim, at once."""
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if not membership.is_open:
        raise RuleBroken(_("Tämä tehtävä on jo päättynyt."))
    with connection.cursor() as cursor:
        at = now(cursor)
    successor = _successor(membership)
    teams = list(Team.objects.filter(convener=membership))
    held = _matters_of(membership, teams)
    steps = _move_steps(membership, successor)
    cases, touched = move_cases(membership, successor, at)
    Team.objects.filter(convener=membership).update(convener=successor)
    for application in held:
        _move_holding(application, membership, successor, at)
    asked = AnonymousConsultation.objects.filter(holder=membership)
    asked.exclude(state=AnonymousConsultation.State.CLOSED).update(holder=successor)
    Unit.objects.filter(manager=membership).update(manager=None)
    TeamMember.objects.filter(membership=membership, ended_at=None).update(ended_at=at)
    Membership.objects.filter(pk=membership.pk).update(ended_at=at)
    _close_ways(membership, held)
    follow_cases(touched)
    _record(MEMBERSHIP_ENDED, "membership", membership.pk, to=str(successor.pk))
    mine = sum(application.holder_id == membership.pk for application in held)
    return Moved(mine, cases, steps, len(teams), successor.user.get_full_name())


@transaction.atomic
def disable_account(user: User) -> list[Moved]:
    """Ends all memberships of the account, and the account: its next request is a stranger's."""
    moved = [end_membership(m) for m in Membership.objects.filter(user=user, ended_at=None)]
    User.objects.filter(pk=user.pk).update(is_active=False)
    _record(ACCOUNT_DISABLED, "account", user.pk)
    return moved


def end_planned(today: date) -> list[Moved]:
    """Carries out the ends that were planned, each by the act, in a transaction of its own."""
    due = Membership.objects.filter(ended_at=None, planned_end__lt=today)
    return [end_membership(membership) for membership in due.order_by("planned_end")]


def _successor(membership: Membership) -> Membership:
    """The unit's manager, else the organization's; the last one cannot leave without another."""
    unit = Unit.objects.select_related("organization").get(pk=membership.unit_id)
    if Organization.objects.filter(manager=membership).exists():
        raise RuleBroken(
            _("Organisaation viimeinen esihenkilö ei voi lähteä. Nimeä ensin toinen esihenkilö.")
        )
    for key in (unit.manager_id, unit.organization.manager_id):
        if key is not None and key != membership.pk:
            return Membership.objects.select_related("user").get(pk=key)
    raise RuleBroken(
        _("Yksiköllä %(unit)s ei ole esihenkilöä, joka ottaisi asiat hoitaakseen.")
        % {"unit": unit.name}
    )


def _matters_of(membership: Membership, teams: list[Team]) -> list[Application]:
    """Matters that the membership holds, sent or receives, and that are not over."""
    rows = Application.objects.select_for_update(of=("self",)).exclude(state__in=OVER)
    return list(
        rows.filter(Q(holder=membership) | Q(referrer=membership) | Q(team__in=teams)).order_by(
            "pk"
        )
    )


def _move_holding(
    application: Application, leaving: Membership, to: Membership, at: datetime
) -> None:
    if application.holder_id != leaving.pk:
        return
    Holding.objects.filter(application=application, ended_at=None).update(ended_at=at)
    Holding.objects.create(
        application=application,
        client_id=application.client_id,
        unit_id=to.unit_id,
        membership=to,
        is_interim=True,
        began_at=at,
    )
    Application.objects.filter(pk=application.pk).update(holder=to, holder_is_interim=True)


def _move_steps(leaving: Membership, to: Membership) -> int:
    """Steps in force go to the successor, who looks at those of others, too."""
    in_force = Step.objects.filter(state__in=Step.IN_FORCE)
    watched = in_force.filter(watcher=leaving).update(watcher=to, is_interim=True)
    # Recipients to tell that a permit has ended go the same way.
    untold = RecipientNotice.objects.filter(owner=leaving, told_on=None)
    told_by_another = untold.update(owner=to, is_interim=True)
    owned = in_force.filter(owner=leaving).update(owner=to, is_interim=True)
    return watched + owned + told_by_another


def _close_ways(membership: Membership, touched: list[Application]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select access.leave(%s)", [membership.pk])
        for application in touched:
            cursor.execute("select applications.follow(%s)", [application.pk])


def _record(kind: str, subject_type: str, subject: UUID, **facts: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select rinnalla.record_job(%s, %s, %s, %s::jsonb, null)",
            [kind, subject_type, subject, json.dumps(facts)],
        )
