"""A request is one transaction with its actor seated; a session ends when idle or old."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rinnalla.access.actor import Actor, seat
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Membership

Handler = Callable[[HttpRequest], HttpResponse]
MEMBERSHIP = "membership"
SIGNED_IN_AT = "signed_in_at"
RENEWED_AT = "renewed_at"


class SeatedRequest(HttpRequest):
    """A request with its actor; None where nobody is signed in or no membership is open."""

    actor: Actor | None


class SessionLimitsMiddleware:
    """Ends a session at the absolute limit; its age, which use renews, ends an idle one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session, now = request.session, datetime.now(UTC).timestamp()
        if now - float(session.get(SIGNED_IN_AT, now)) > settings.SESSION_ABSOLUTE_SECONDS:
            logout(request)
        elif not session.is_empty() and self._is_stale(session.get(RENEWED_AT, 0), now):
            session[RENEWED_AT] = now
        return self.get_response(request)

    def _is_stale(self, renewed: float, now: float) -> bool:
        return now - renewed > settings.SESSION_RENEW_SECONDS


class SeatMiddleware:
    """Opens the transaction, seats the actor, and undoes everything when the page fails."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: SeatedRequest) -> HttpResponse:
        request.actor = None
        if not request.user.is_authenticated:
            return self.get_response(request)
        with transaction.atomic():
            request.actor = self._seat(request)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def _seat(self, request: SeatedRequest) -> Actor | None:
        user_id: UUID | None = request.user.pk
        if user_id is None:
            return None
        chosen = request.session.get(MEMBERSHIP)
        if chosen and (actor := seat(UUID(chosen), user_id)):
            return actor
        open_ones = Membership.objects.filter(user_id=user_id, is_open=True)
        only = list(open_ones.values_list("pk", flat=True)[:2])
        if len(only) != 1:
            return None
        request.session[MEMBERSHIP] = str(only[0])
        return seat(only[0], user_id)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RuleBroken):
            # Drawn first: a transaction that is to be undone answers no questions of the frame.
            page = render(request, "ui/refused.html", {"sentence": str(exception)}, status=422)
            if transaction.get_connection().in_atomic_block:
                transaction.set_rollback(True)
            return page
        return None
