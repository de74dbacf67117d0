"""From an address to a step, and who may tell how it goes."""

from uuid import UUID

from django.http import Http404

from rinnalla.access.actor import Actor
from rinnalla.plans.models import Step


def step_for(actor: Actor, public_id: UUID) -> Step:
    """The step if the actor may see it, else 404."""
    step = (
        Step.objects.select_related("client", "owner__user", "watcher__user", "service")
        .filter(public_id=public_id)
        .first()
    )
    if step is None:
        raise Http404
    return step


def can_report(actor: Actor, step: Step) -> bool:
    """Its owner, or the professional who looks at it."""
    return actor.membership_id in (step.owner_id, step.watcher_id)
