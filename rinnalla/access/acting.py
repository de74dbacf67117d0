"""From a request to its actor: pages for professionals ask here who is at work."""

from django.http import Http404, HttpRequest

from rinnalla.access.actor import Actor


def acting(request: HttpRequest) -> Actor:
    """The seated actor; a person without an open membership has nothing here (404)."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise Http404
    return actor
