"""From an address to an attachment: PostgreSQL decides what is seen."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from rinnalla.access.actor import Actor
from rinnalla.files.models import Attachment


def attachment_for(actor: Actor, public_id: UUID) -> Attachment:
    """The attachment if the actor may see it, else 404."""
    rows = Attachment.objects.select_related("client", "membership__user")
    attachment = rows.filter(public_id=public_id).first()
    if attachment is None:
        raise Http404
    return attachment


def own_attachment(actor: Actor, public_id: UUID) -> Attachment:
    """The attachment if the actor's unit attached it; another's that is seen is 403."""
    attachment = attachment_for(actor, public_id)
    if attachment.unit_id != actor.unit_id:
        raise PermissionDenied
    return attachment
