"""Who may see what was imported, and from an address to a run or a pair."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from rinnalla.access.actor import Actor
from rinnalla.imports.models import DoubtfulPair, ImportRun
from rinnalla.organizations.models import Membership

_READERS = (Membership.Role.INTAKE, Membership.Role.ADMINISTRATOR)


def require_reader(actor: Actor) -> None:
    """Reports tell of rows, never of people: the intake and the administrators read them."""
    if actor.role not in _READERS:
        raise PermissionDenied


def require_intake(actor: Actor) -> None:
    """Doubtful pairs are the intake's alone; which of them, the database decides."""
    if actor.role != Membership.Role.INTAKE:
        raise PermissionDenied


def run_for(actor: Actor, public_id: UUID) -> ImportRun:
    """The run if the actor may read reports, else 403 or 404."""
    require_reader(actor)
    run = ImportRun.objects.filter(public_id=public_id).first()
    if run is None:
        raise Http404
    return run


def pair_for(actor: Actor, public_id: UUID) -> DoubtfulPair:
    """The pair if it is the actor's to decide, else 403 or 404."""
    require_intake(actor)
    pair = DoubtfulPair.objects.filter(public_id=public_id).first()
    if pair is None:
        raise Http404
    return pair
