"""The worker that is killed: the program's own sending, in a process and role of its own."""

from dataclasses import dataclass, replace
from time import sleep
from uuid import uuid4

import django
from django.apps import apps

# Each life is forked from a process that has imported this once.
if not apps.ready:
    django.setup()

from django.conf import settings
from django.db import connection

from rinnalla.config.settings import database
from rinnalla.journal.clock import now
from rinnalla.notifications import sending
from rinnalla.notifications.channels import Outgoing, deliver
from rinnalla.notifications.models import Message
from tests.reminding.post_office import HOST

SENDER = "muistutus+{life}@example.org"


@dataclass(frozen=True)
class Errand:
    """Where a life of the worker finds its database and the network, and what is broken in it."""

    life: int
    url: str
    # Of the mail server and of the gateway.
    ports: tuple[int, int]
    broken: str = ""
    until_empty: bool = False


def work(errand: Errand) -> None:
    """Sends what is due until it is killed, or until nothing is."""
    connection.settings_dict.update(database(errand.url))
    settings.STAND_IN = False
    settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, errand.ports[0]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = SENDER.format(life=errand.life)
    settings.SMS_URL = f"http://{HOST}:{errand.ports[1]}/"
    settings.SMS_TOKEN = str(errand.life)
    if errand.broken in BREAKS:
        BREAKS[errand.broken]()
    while sending.send_due() or not errand.until_empty:
        sleep(0.005)


# What the drill must notice: each takes one of the promises away.


def _without_lock() -> None:
    """Reads, gives away and marks without a transaction around them."""

    def send_next() -> bool:
        with connection.cursor() as cursor:
            at = now(cursor)
        waiting = Message.objects.filter(state=Message.State.QUEUED, due__lte=at)
        message = waiting.filter(channel__in=Message.SENT_BY_WORKER).order_by("due").first()
        if message is not None:
            sending._send(message, at)
        return message is not None

    sending._send_next = send_next


def _marked_first() -> None:
    """Marks as sent, commits, and only then gives away."""
    kept: list[Outgoing] = []
    vars(sending)["deliver"] = kept.append
    send_marked = sending._send_next

    def send_next() -> bool:
        found = send_marked()
        while kept:
            deliver(kept.pop())
        return found

    sending._send_next = send_next


def _new_id() -> None:
    """Gives every try an id of its own."""
    vars(sending)["deliver"] = lambda outgoing: deliver(replace(outgoing, id=uuid4()))


BREAKS = {"lock": _without_lock, "order": _marked_first, "id": _new_id}
