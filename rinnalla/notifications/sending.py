"""The worker's part: one message a transaction, read again under the lock of taking it back."""

import json
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from django.db import connection, transaction

from rinnalla.accounts.contacts import channel_of, decrypt_address, normal
from rinnalla.clients.models import Client, ClientContact
from rinnalla.journal.clock import now
from rinnalla.notifications.channels import Outgoing, Undelivered, deliver
from rinnalla.notifications.events import MESSAGE_FAILED, MESSAGE_SENT
from rinnalla.notifications.models import Message

# How long after a try that failed the next one comes; after the last there is none.
PAUSES = (1, 5, 20, 60, 240)
State = Message.State


def send_due(limit: int = 200) -> int:
    """Sends what is due, each message for itself; how many were looked at."""
    done = 0
    while done < limit and _send_next():
        done += 1
    return done


def _send_next() -> bool:
    with transaction.atomic():
        with connection.cursor() as cursor:
            at = now(cursor)
        waiting = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            state=State.QUEUED, channel__in=Message.SENT_BY_WORKER, due__lte=at
        )
        message = waiting.order_by("due").first()
        if message is not None:
            _send(message, at)
    return message is not None


def _send(message: Message, at: datetime) -> None:
    address = _address(message)
    # What goes to a calendar is to a professional or a guest, also when the client has died.
    to_client = not message.calendar
    if not address or (to_client and _has_died(message)):
        _end(message, State.FAILED, at, "no address")
        return
    outgoing = Outgoing(
        message.public_id,
        message.channel,
        address,
        message.subject,
        message.body,
        message.calendar,
    )
    try:
        deliver(outgoing)
    except Undelivered as reason:
        _try_again(message, at, reason)
    else:
        _end(message, State.SENT, at, "")


def _has_died(message: Message) -> bool:
    return Client.objects.filter(pk=message.client_id, died_on__isnull=False).exists()


def _address(message: Message) -> str:
    """The one that was given, else what the client's contact says now."""
    if message.address is not None:
        try:
            return decrypt_address(message.address)
        except InvalidTag:
            return ""
    contact = ClientContact.objects.filter(client=message.client_id).first()
    if contact is None:
        return ""
    typed = contact.email if message.channel == Message.Channel.EMAIL else contact.phone
    return normal(channel_of(typed), typed)


def _try_again(message: Message, at: datetime, reason: Undelivered) -> None:
    if reason.final or message.tries >= len(PAUSES):
        _end(message, State.FAILED, at, reason.fault)
        return
    message.due = at + timedelta(minutes=PAUSES[message.tries])
    message.tries += 1
    message.fault = reason.fault
    message.save(update_fields=["due", "tries", "fault"])


def _end(message: Message, state: str, at: datetime, fault: str) -> None:
    message.state, message.ended_at, message.fault = state, at, fault[:40]
    message.tries += 1
    message.save(update_fields=["state", "ended_at", "fault", "tries"])
    kind = MESSAGE_SENT if state == State.SENT else MESSAGE_FAILED
    facts = json.dumps({"channel": message.channel, "fault": fault} if fault else {})
    with connection.cursor() as cursor:
        cursor.execute(
            "select rinnalla.record_job(%s, 'message', %s, %s::jsonb, %s::uuid[])",
            [kind, message.pk, facts, [message.client_id]],
        )
