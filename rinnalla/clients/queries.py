"""From an address to a client, and from an identifier or a number to the one whom it names."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.http import Http404

from rinnalla.clients.identifiers import hetu_digest
from rinnalla.clients.models import Client, ClientContact
from rinnalla.lib.hetu import fault, parse
from rinnalla.lib.prepared import Prepared

if TYPE_CHECKING:
    from rinnalla.access.actor import Actor


_CLIENT = Prepared(
    lambda key: Client.objects.select_related("municipality").filter(public_id=key), UUID
)
_FOUND = Prepared(lambda key: Client.objects.filter(pk=key), UUID)
_CONTACT = Prepared(lambda client: ClientContact.objects.filter(client=client), UUID)


def client_for(actor: "Actor", public_id: UUID) -> Client:
    """The client if the actor works with them, else 404."""
    client = _CLIENT.first(public_id)
    if client is None:
        raise Http404
    return client


def find_client(typed: str) -> Client | None:
    """The client whom a whole identity code or number names; None is also protected or not allowed.

    What is found is open to the finder for a day, and the journal tells of every search.
    """
    digest = None if fault(typed) else hetu_digest(parse(typed))
    number = None if digest else typed.strip().upper()
    with connection.cursor() as cursor:
        cursor.execute("select access.find_client(%s, %s)", [digest, number])
        found = cursor.fetchone()[0]
    return _FOUND.first(found) if found else None


def contact_of(client: Client) -> ClientContact | None:
    """How the client is reached, if the actor may read it."""
    return _CONTACT.first(client.pk)
