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
from rinnalla.access.portal_actor import PortalActor, seat_client
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Membership

Handler = Callable[[HttpRequest], HttpResponse]
MEMBERSHIP = "membership"
# For whom a guardian acts: (client, mandate); without it a client's account is its own client's.
ACTS_FOR = "acts_for"
SIGNED_IN_AT = "signed_in_at"
RENEWED_AT = "renewed_at"
# A session's own absolute limit, where it is not everybody's.
LIMIT_SECONDS = "limit_seconds"


class SeatedRequest(HttpRequest):
    """A request with its actor: a member or, for an account that is a client's, a client.

    Both are None where nobody is signed in or no seat is open.
    """

    actor: Actor | None
    portal_actor: PortalActor | None


class SessionLimitsMiddleware:
    """Ends a session at the absolute limit; its age, which use renews, ends an idle one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session, now = request.session, datetime.now(UTC).timestamp()
        limit = session.get(LIMIT_SECONDS, settings.SESSION_ABSOLUTE_SECONDS)
        if now - float(session.get(SIGNED_IN_AT, now)) > limit:
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
        request.actor = request.portal_actor = None
        if not request.user.is_authenticated:
            return self.get_response(request)
        with transaction.atomic():
            request.actor, request.portal_actor = self._seat(request)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def _seat(self, request: SeatedRequest) -> tuple[Actor | None, PortalActor | None]:
        user_id: UUID | None = request.user.pk
        if user_id is None:
            return None, None
        chosen = request.session.get(MEMBERSHIP)
        if chosen and (actor := seat(UUID(chosen), user_id)):
            return actor, None
        open_ones = Membership.objects.filter(user_id=user_id, is_open=True)
        only = list(open_ones.values_list("pk", flat=True)[:2])
        if not only:
            return None, self._seat_client(request, user_id)
        if len(only) != 1:
            return None, None
        request.session[MEMBERSHIP] = str(only[0])
        return seat(only[0], user_id), None

    def _seat_client(self, request: SeatedRequest, user_id: UUID) -> PortalActor | None:
        """As the guardian that was chosen, while that holds; else as oneself."""
        chosen = request.session.get(ACTS_FOR)
        if chosen:
            client_id, mandate_id = (UUID(one) for one in chosen)
            if actor := seat_client(client_id, user_id, mandate_id):
                return actor
            del request.session[ACTS_FOR]
        return seat_client(None, user_id)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RuleBroken):
            # Drawn first: a transaction that is to be undone answers no questions of the frame.
            page = render(request, "ui/refused.html", {"sentence": str(exception)}, status=422)
            if transaction.get_connection().in_atomic_block:
                transaction.set_rollback(True)
            return page
        return None
