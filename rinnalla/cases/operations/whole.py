"""What the acts on a case share: locking it with those of its other clients, and its journal."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.cases.access import is_whole
from rinnalla.cases.models import Case, CaseHolding
from rinnalla.lib.errors import RuleBroken


def locked(case: Case) -> Case:
    """The case as it is now, held until the transaction ends."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("client", "unit")
    found = rows.filter(pk=case.pk).first()
    if found is None:
        raise PermissionDenied
    return found


def locked_whole(case: Case) -> list[Case]:
    """The case and those of its other clients that are open, this one first; all, or none."""
    if not is_whole(case):
        raise RuleBroken(
            _("Yhteisasiakkuudella on asiakas, jonka kanssa et työskentele. Pyydä häntä hoitavaa.")
        )
    rows = Case.objects.select_for_update(of=("self",)).select_related("client", "unit")
    found = list(rows.filter(joint=case.joint, state__in=Case.OPEN).order_by("pk"))
    if case.pk not in {one.pk for one in found}:
        raise RuleBroken(changed(case))
    return sorted(found, key=lambda one: one.pk != case.pk)


def changed(case: Case) -> str:
    """The sentence for who comes too late."""
    state = {"state": case.get_state_display()}
    return _("Yhteisasiakkuus on muuttunut: %(state)s. Lataa sivu uudelleen.") % state


def recorded(case: Case, by: Actor) -> dict[str, Any]:
    """What every part of a case carries."""
    return {"case": case, "client_id": case.client_id, "unit_id": by.unit_id}


def note(case: Case, kind: str, by: Actor, **facts: object) -> None:
    """The journal row of an act on the case."""
    record(by, kind, ("case", case.pk), [case.client_id], **facts)


def follow(case: Case) -> None:
    """Lets the circle follow from the case's rows."""
    with connection.cursor() as cursor:
        cursor.execute("select cases.follow(%s)", [case.pk])


def end_holding(case: Case, by: Actor) -> None:
    """Nobody holds the case before its worker any more."""
    CaseHolding.objects.filter(case=case, ended_at=None).update(ended_at=by.now)
