"""What about permits waits for a worker: ending ones, recipients to tell."""

from rinnalla.access.actor import Actor
from rinnalla.permits.models import Permit, RecipientNotice
from rinnalla.permits.queries.lines import RENEWABLE


def expiring(actor: Actor, limit: int) -> list[Permit]:
    """Permits that the actor recorded and whose last day is near."""
    rows = Permit.objects.filter(
        recorded_by=actor.membership_id,
        withdrawn_at=None,
        ends__gte=actor.today,
        ends__lte=actor.today + RENEWABLE,
    ).select_related("client")
    return list(
        rows.prefetch_related("recipients__organization", "recipients__unit").order_by("ends")[
            :limit
        ]
    )


def untold(actor: Actor, limit: int) -> list[RecipientNotice]:
    """Recipients whom the actor is to tell that a permit has ended."""
    rows = RecipientNotice.objects.filter(owner=actor.membership_id, told_on=None)
    return list(
        rows.select_related("client", "permit", "organization", "recipient_unit").order_by("due")[
            :limit
        ]
    )
