"""From an address to a permit: PostgreSQL decides what is seen."""

from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.clients.models import Client, ClientLock
from rinnalla.lib.errors import RuleBroken
from rinnalla.permits.models import Permit, PermitRequest


def permit_for(actor: Actor, public_id: UUID) -> Permit:
    """The permit if the actor may see it, else 404."""
    permit = Permit.objects.select_related("client").filter(public_id=public_id).first()
    if permit is None:
        raise Http404
    return permit


def request_for(actor: Actor, public_id: UUID) -> PermitRequest:
    """The request for a permit if the actor may see it, else 404."""
    found = PermitRequest.objects.select_related("client").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def lock(client: Client) -> None:
    """Holds the client's row: a permit's end and a sharing never interleave."""
    if not ClientLock.objects.select_for_update().filter(client=client).exists():
        raise RuleBroken(_("Asiakkaan tietoja ei voi nyt muuttaa. Lataa sivu uudelleen."))
