"""Text messages by a gateway that takes a plain HTTP form."""

from http.client import HTTPException
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

from rinnalla.notifications.channels.base import Outgoing, Undelivered

PATIENCE_SECONDS = 10
# Answers after which it may yet go through.
COME_AGAIN = {401, 403, 408, 425, 429}


class _Stay(request.HTTPRedirectHandler):
    """Follows nothing: a number is told to the gateway and to nobody else."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


_opener = request.build_opener(_Stay)


def fields(outgoing: Outgoing) -> list[tuple[str, str]]:
    """The gateway's form, with the receiver and the text in their places."""
    places = {"{to}": outgoing.address, "{text}": outgoing.body, "{id}": str(outgoing.id)}
    return [(name, places.get(value, value)) for name, value in parse_qsl(settings.SMS_FIELDS)]


def deliver(outgoing: Outgoing) -> None:
    """Posts one text message, with the message's own id."""
    asked = request.Request(
        settings.SMS_URL,
        urlencode(fields(outgoing)).encode(),
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "Authorization": f"Bearer {settings.SMS_TOKEN}",
            "Idempotency-Key": str(outgoing.id),
        },
    )
    try:
        with _opener.open(asked, timeout=PATIENCE_SECONDS):
            return
    except HTTPError as answer:
        final = 400 <= answer.code < 500 and answer.code not in COME_AGAIN
        raise Undelivered(f"http {answer.code}", final=final) from answer
    except (OSError, URLError, HTTPException) as error:
        raise Undelivered("unreachable") from error
