"""Acts on one's own session: choosing as whom one acts, and entering as a person of the
demonstration."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from rinnalla.access.middleware import MEMBERSHIP
from rinnalla.accounts.events import CHOSEN, SIGNED_IN, record_account
from rinnalla.accounts.models import User
from rinnalla.accounts.views import stamp
from rinnalla.home.models import Feedback
from rinnalla.organizations.models import Membership


def choose_role(request: HttpRequest, membership: UUID) -> None:
    """Acts from now on as another of one's own open memberships."""
    own = Membership.objects.filter(pk=membership, user=request.user.pk, is_open=True)
    if not own.exists():
        raise PermissionDenied
    request.session[MEMBERSHIP] = str(membership)
    record_account(CHOSEN, request.user.pk, membership=str(membership))


def enter_as(request: HttpRequest, membership: Membership) -> None:
    """Signs in as a person of the demonstration, by one click; never in production."""
    if not settings.DEMONSTRATION:
        raise PermissionDenied
    user: User = membership.user
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    stamp(request)
    request.session[MEMBERSHIP] = str(membership.pk)
    record_account(SIGNED_IN, user.pk, demonstration=True, membership=str(membership.pk))


def give_feedback(request: HttpRequest, text: str, contact: str) -> None:
    """Keeps the feedback for those who look after the program."""
    Feedback.objects.create(
        account_id=request.user.pk if request.user.is_authenticated else None,
        text=text,
        contact=contact,
    )
