"""From a request to its actor: every page asks here who is there, as a member or as a client."""

from django.http import Http404, HttpRequest

from rinnalla.access.actor import Actor
from rinnalla.access.portal_actor import PortalActor


def acting(request: HttpRequest) -> Actor:
    """The seated actor; a person without an open membership has nothing here (404)."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise Http404
    return actor


def acting_for_client(request: HttpRequest) -> PortalActor:
    """The seated client or guardian; whoever is neither has nothing here (404)."""
    actor: PortalActor | None = getattr(request, "portal_actor", None)
    if actor is None:
        raise Http404
    return actor
