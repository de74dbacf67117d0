"""Drafts as their writer finds them again."""

from rinnalla.access.actor import Actor
from rinnalla.clients.models import Client
from rinnalla.drafts.models import Draft


def draft_of(actor: Actor, client: Client, page: str) -> Draft | None:
    """What the actor has written of the client on the page and not sent."""
    rows = Draft.objects.filter(membership=actor.membership_id, client=client, page=page)
    return rows.exclude(content="").first()
