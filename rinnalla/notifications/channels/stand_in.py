"""A stand-in for the network: keeps what would have gone out, and removes no repeats."""

from django.db import connection

from rinnalla.journal.clock import now
from rinnalla.notifications.channels.base import Outgoing
from rinnalla.notifications.models import StandInMail


def deliver(outgoing: Outgoing) -> None:
    """Keeps the message for the page that shows what went out."""
    with connection.cursor() as cursor:
        at = now(cursor)
    StandInMail.objects.create(
        at=at,
        channel=outgoing.channel,
        address=outgoing.address,
        subject=outgoing.subject,
        body=outgoing.body,
        calendar=outgoing.calendar,
        message_id=str(outgoing.id),
    )
