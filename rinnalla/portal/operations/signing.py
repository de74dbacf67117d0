"""Asking for a link and a code, and signing in with them."""

import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import login, logout
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from rinnalla.access.middleware import LIMIT_SECONDS
from rinnalla.accounts.addresses import browser_address
from rinnalla.accounts.contacts import address_digest, channel_of, encrypt_address, secret_digest
from rinnalla.accounts.events import SIGN_IN_FAILED, SIGNED_IN, SIGNED_OUT, record_account
from rinnalla.accounts.models import User
from rinnalla.accounts.views import stamp
from rinnalla.portal.queries.people import demonstration_clients


@dataclass(frozen=True)
class Asked:
    """A request, and what the asking browser keeps in a cookie to be known by."""

    id: UUID
    browser: str


@dataclass(frozen=True)
class Shown:
    """What somebody comes with: the browser's cookie, the link's secret, the code typed."""

    browser: str
    link: str
    code: str


def ask_link(request: HttpRequest, address: str) -> Asked:
    """Asks for a link to a normal address; the same work whether or not anybody has it."""
    asked = Asked(uuid4(), secrets.token_urlsafe(24))
    with connection.cursor() as cursor:
        cursor.execute(
            "select portal.ask_link(%s, %s, %s, %s, %s, %s, %s)",
            [
                asked.id,
                channel_of(address),
                address_digest(address),
                encrypt_address(address),
                secret_digest("browser", asked.browser),
                secret_digest("place", browser_address(request)),
                get_language() or "fi",
            ],
        )
    return asked


def use_link(request: HttpRequest, key: UUID, shown: Shown) -> str:
    """Signs in when all is right; the word tells what was wrong: wrong, spent, used or late."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select answer, account from portal.use_link(%s, %s, %s, %s)",
            [
                key,
                secret_digest("browser", shown.browser),
                secret_digest(f"link {key}", shown.link),
                secret_digest(f"code {key}", shown.code),
            ],
        )
        answer, account = cursor.fetchone()
    if answer == "in":
        _enter(request, User.objects.get(pk=account), way="link")
    else:
        record_account(SIGN_IN_FAILED, None, way="link", why=answer)
    return str(answer)


def enter_as_client(request: HttpRequest, key: UUID) -> None:
    """Signs in as a client of the demonstration, by one click; never in production."""
    if not settings.DEMONSTRATION:
        raise PermissionDenied
    account = next((one.account for one in demonstration_clients() if one.key == key), None)
    if account is None:
        raise Http404
    _enter(request, User.objects.get(pk=account), way="demonstration")


def leave(request: HttpRequest) -> None:
    """Ends the session in the database: no copy of its cookie is worth anything any more."""
    if request.user.is_authenticated:
        record_account(SIGNED_OUT, request.user.pk)
    logout(request)


def _enter(request: HttpRequest, user: User, *, way: str) -> None:
    logout(request)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    stamp(request)
    request.session.set_expiry(settings.PORTAL_IDLE_SECONDS)
    request.session[LIMIT_SECONDS] = settings.PORTAL_ABSOLUTE_SECONDS
    record_account(SIGNED_IN, user.pk, way=way)
