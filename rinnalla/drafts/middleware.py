"""Whoever's form has led on has sent it: its draft is emptied in the same transaction."""

from collections.abc import Callable

from django.http import HttpResponse

from rinnalla.access.middleware import SeatedRequest
from rinnalla.drafts.operations import empty

Handler = Callable[[SeatedRequest], HttpResponse]
LED_ON = 302


class DraftMiddleware:
    """Stands inside the seated transaction."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: SeatedRequest) -> HttpResponse:
        response = self.get_response(request)
        actor = getattr(request, "actor", None)
        if request.method == "POST" and response.status_code == LED_ON and actor:
            empty(request.path, by=actor)
        return response
