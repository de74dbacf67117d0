"""Which way out a channel has here: the county's servers, or the stand-in of a demonstration."""

from django.conf import settings

from rinnalla.notifications.channels import email, sms, stand_in
from rinnalla.notifications.channels.base import Outgoing, Undelivered

NETWORK = {"email": email.deliver, "sms": sms.deliver}


def is_open(channel: str) -> bool:
    """Whether messages of the channel can leave at all."""
    given = {"email": settings.EMAIL_HOST, "sms": settings.SMS_URL}
    return settings.STAND_IN or bool(given.get(channel))


def deliver(outgoing: Outgoing) -> None:
    """Gives the message away, or raises Undelivered."""
    if settings.STAND_IN:
        stand_in.deliver(outgoing)
    elif is_open(outgoing.channel):
        NETWORK[outgoing.channel](outgoing)
    else:
        raise Undelivered("not configured", final=True)
