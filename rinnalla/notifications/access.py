"""From an address to a message: PostgreSQL decides what is seen."""

from uuid import UUID

from django.http import Http404

from rinnalla.access.actor import Actor
from rinnalla.notifications.models import Message


def letter_for(actor: Actor, public_id: UUID) -> Message:
    """The letter if the actor may see it, else 404."""
    found = (
        Message.objects.select_related("client")
        .filter(public_id=public_id, channel=Message.Channel.PRINT)
        .first()
    )
    if found is None:
        raise Http404
    return found
