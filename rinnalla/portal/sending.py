"""The worker's part of signing in: whose address it is, and a link and a code to it alone.

They are never kept: what the database has is their keyed hashes, so that nothing is queued here.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from rinnalla.access.models import ClientAccount
from rinnalla.accounts.contacts import decrypt_address, secret_digest
from rinnalla.journal.clock import now
from rinnalla.notifications.channels import Outgoing, Undelivered, deliver
from rinnalla.notifications.texts import words
from rinnalla.portal.events import LINK_SENT
from rinnalla.portal.models import SignInRequest

MINUTES = 15
# So many links to one address in an hour, and in a day.
LIMITS = ((timedelta(hours=1), 5), (timedelta(days=1), 12))
KEPT = timedelta(days=7)
State = SignInRequest.State


def send_links() -> None:
    """Answers each request that waits, in a transaction of its own."""
    with connection.cursor() as cursor:
        at = now(cursor)
    waiting = SignInRequest.objects.filter(state=State.ASKED, expires_at__gt=at)
    for key in list(waiting.order_by("asked_at").values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            _answer(key)


def forget_old() -> None:
    """Requests are kept for a week, for the limits and for who asks what went wrong."""
    with connection.cursor() as cursor:
        at = now(cursor)
    SignInRequest.objects.filter(asked_at__lt=at - KEPT).delete()


def _answer(key: UUID) -> None:
    rows = SignInRequest.objects.select_for_update(skip_locked=True)
    asked = rows.filter(pk=key, state=State.ASKED).first()
    if asked is None:
        return
    try:
        address = decrypt_address(asked.address)
    except InvalidTag:
        address = ""
    account = _account_of(address)
    if account is None or _too_many(asked):
        asked.state = State.DROPPED
        asked.save(update_fields=["state"])
        return
    try:
        _send(asked, account, address)
    except Undelivered as reason:
        # The next minute tries again, until the request is too old.
        if reason.final:
            asked.state = State.DROPPED
            asked.save(update_fields=["state"])


def _account_of(address: str) -> ClientAccount | None:
    """The one open account with the address; an address of two people is nobody's."""
    open_ones = ClientAccount.objects.filter(
        ended_at=None, account__is_active=True, client__died_on=None
    )
    named = open_ones.alias(small=Lower("email")).filter(Q(small=address) | Q(phone=address))
    found = list(named[:2]) if address else []
    return found[0] if len(found) == 1 else None


def _too_many(asked: SignInRequest) -> bool:
    sent = SignInRequest.objects.filter(
        address_digest=asked.address_digest, state__in=(State.SENT, State.USED)
    )
    return any(
        sent.filter(asked_at__gt=asked.asked_at - span).count() >= most for span, most in LIMITS
    )


def _send(asked: SignInRequest, account: ClientAccount, address: str) -> None:
    link, code = secrets.token_urlsafe(24), f"{secrets.randbelow(1_000_000):06}"
    path = reverse("portal-link", args=[asked.pk, link])
    context = {"link": f"{settings.PUBLIC_URL}{path}", "code": code, "minutes": MINUTES}
    subject, body = words("portal/messages/sign_in.txt", asked.language, context)
    deliver(Outgoing(asked.pk, asked.channel, address, subject, body))
    asked.link = secret_digest(f"link {asked.pk}", link)
    asked.code = secret_digest(f"code {asked.pk}", code)
    asked.account, asked.state = account.account_id, State.SENT
    asked.save(update_fields=["link", "code", "account", "state"])
    with connection.cursor() as cursor:
        cursor.execute(
            "select rinnalla.record_job(%s, 'client_account', %s, '{}'::jsonb, %s::uuid[])",
            [LINK_SENT, account.pk, [account.client_id]],
        )
