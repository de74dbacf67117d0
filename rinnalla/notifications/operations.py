"""Acts on the outbox: putting a message in, taking it out in time, printing a letter."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.accounts.contacts import encrypt_address
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from rinnalla.notifications.events import (
    MESSAGE_CANCELLED,
    MESSAGE_PRINTED,
    MESSAGE_QUEUED,
    MESSAGE_UNPRINTED,
)
from rinnalla.notifications.models import Message
from rinnalla.notifications.texts import words

State = Message.State


@dataclass(frozen=True)
class Letter:
    """What is to be told: a template, its harmless facts, and the receiver's language."""

    template: str
    language: str
    context: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """How it goes: a channel, an address (empty: the client's own contact), and not before when.

    `once` names what must not be told twice; `calendar` is what a mail brings for the receiver's
    calendar (iCalendar).
    """

    channel: str
    address: str = ""
    due: datetime | None = None
    once: str = ""
    calendar: str = ""


@dataclass(frozen=True)
class Author:
    """In whose unit's name it goes, and since when it waits."""

    unit: UUID
    at: datetime
    membership: UUID | None = None


def send(client: Client, letter: Letter, way: Way, *, by: Actor) -> Message:
    """Puts a message into the outbox in the caller's transaction; the worker sends it after."""
    message = _put(client, letter, way, Author(by.unit_id, by.now, by.membership_id))
    record(by, MESSAGE_QUEUED, ("message", message.pk), [client.pk], channel=way.channel)
    return message


def send_by_job(client: Client, letter: Letter, way: Way, *, unit: UUID, at: datetime) -> Message:
    """The same, by a job of the worker in the name of the unit that keeps the thing told of."""
    message = _put(client, letter, way, Author(unit, at))
    with connection.cursor() as cursor:
        cursor.execute(
            "select rinnalla.record_job(%s, 'message', %s, %s::jsonb, %s::uuid[])",
            [MESSAGE_QUEUED, message.pk, json.dumps({"channel": way.channel}), [client.pk]],
        )
    return message


@transaction.atomic
def cancel(message: Message, *, by: Actor) -> None:
    """Takes a message back that has not gone; what is being sent at this moment has gone."""
    _move(message, State.QUEUED, State.CANCELLED, by, _("Viesti on jo lähtenyt."))
    record(by, MESSAGE_CANCELLED, ("message", message.pk), [message.client_id])


@transaction.atomic
def mark_printed(message: Message, *, by: Actor) -> None:
    """The letter is on paper and on its way."""
    _only_letters(message)
    _move(message, State.QUEUED, State.PRINTED, by, _("Kirje on jo merkitty tulostetuksi."))
    record(by, MESSAGE_PRINTED, ("message", message.pk), [message.client_id])


@transaction.atomic
def unmark_printed(message: Message, *, by: Actor) -> None:
    """The letter waits again."""
    _only_letters(message)
    _move(message, State.PRINTED, State.QUEUED, by, _("Kirje odottaa jo tulostusta."))
    record(by, MESSAGE_UNPRINTED, ("message", message.pk), [message.client_id])


def _put(client: Client, letter: Letter, way: Way, author: Author) -> Message:
    subject, body = words(letter.template, letter.language, letter.context)
    return Message.objects.create(
        client=client,
        unit_id=author.unit,
        channel=way.channel,
        address=encrypt_address(way.address) if way.address else None,
        template=letter.template,
        language=letter.language,
        subject=subject,
        body=body,
        calendar=way.calendar,
        once=way.once or None,
        due=way.due or author.at,
        created_by=author.membership,
        created_at=author.at,
    )


def _only_letters(message: Message) -> None:
    if message.channel != Message.Channel.PRINT:
        raise RuleBroken(_("Vain kirje tulostetaan."))


def _move(message: Message, before: str, after: str, by: Actor, refusal: str) -> None:
    ended = None if after == State.QUEUED else by.now
    rows = Message.objects.filter(pk=message.pk, state=before)
    if not rows.update(state=after, ended_at=ended):
        raise RuleBroken(refusal)
