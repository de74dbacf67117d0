"""From an address to a permit: PostgreSQL decides what is seen."""

from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.clients.models import Client, ClientLock
from rinnalla.lib.errors import RuleBroken
from rinnalla.permits.models import Permit, PermitRequest, RecipientNotice


def permit_for(actor: Actor, public_id: UUID) -> Permit:
    """The permit if the actor may see it, else 404."""
    permits = Permit.objects.select_related("client", "recorded_by__user", "withdrawn_by__user")
    permit = permits.filter(public_id=public_id).first()
    if permit is None:
        raise Http404
    return permit


def request_for(actor: Actor, public_id: UUID) -> PermitRequest:
    """The request for a permit if the actor may see it, else 404."""
    found = PermitRequest.objects.select_related("client").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def notice_for(actor: Actor, public_id: UUID) -> RecipientNotice:
    """The task to tell a recipient if the actor may see it, else 404."""
    notices = RecipientNotice.objects.select_related(
        "client", "permit", "organization", "recipient_unit"
    )
    notice = notices.filter(public_id=public_id).first()
    if notice is None:
        raise Http404
    return notice


def lock(client: Client) -> None:
    """Holds the client's row: a permit's end and a sharing never interleave."""
    if not ClientLock.objects.select_for_update().filter(client=client).exists():
        raise RuleBroken(_("Asiakkaan tietoja ei voi nyt muuttaa. Lataa sivu uudelleen."))
