"""What must be right about the ways out before a process starts."""

from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured

HERE = {"localhost", "127.0.0.1", "::1"}


@register("notifications")
def check_channels(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Each fault of the settings as an error of `bin/rinnalla check`."""
    return [Error(fault, id=f"notifications.E{n:03}") for n, fault in enumerate(faults(), 1)]


def refuse_bad_channels() -> None:
    """Raises when messages could not leave as the settings say."""
    if found := list(faults()):
        raise ImproperlyConfigured(" ".join(found))


def faults() -> Iterator[str]:
    """Sentences about what is wrong."""
    if settings.STAND_IN:
        if not settings.DEMONSTRATION:
            yield "RINNALLA_STAND_IN is for demonstrations: messages would go to nobody."
        return
    yield from _address_faults()
    if settings.EMAIL_HOST:
        yield from _mail_faults()
    if settings.SMS_URL:
        yield from _sms_faults()


def _address_faults() -> Iterator[str]:
    parts = urlsplit(settings.PUBLIC_URL)
    if not parts.hostname or parts.scheme not in ("http", "https"):
        yield "RINNALLA_URL must be the address by which people come, as https://name."
    elif settings.BEHIND_TLS and parts.scheme != "https":
        yield "RINNALLA_URL must begin with https:// when RINNALLA_TLS is on."


def _mail_faults() -> Iterator[str]:
    if "@" not in parseaddr(settings.DEFAULT_FROM_EMAIL)[1]:
        yield "RINNALLA_MAIL_FROM must be an e-mail address: whose mail is it otherwise?"
    if settings.EMAIL_HOST not in HERE and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        yield "RINNALLA_SMTP_URL must be smtps://… or smtp://…?tls=starttls: mail in the open."


def _sms_faults() -> Iterator[str]:
    parts = urlsplit(settings.SMS_URL)
    if parts.scheme != "https" and parts.hostname not in HERE:
        yield "RINNALLA_SMS_URL must begin with https://: a number would go in the open."
    if not settings.SMS_TOKEN:
        yield "RINNALLA_SMS_TOKEN is not set: the gateway would not know us."
    if not {"{to}", "{text}"} <= {value for _, value in parse_qsl(settings.SMS_FIELDS)}:
        yield "RINNALLA_SMS_FIELDS must have {to} and {text}, as to={to}&message={text}."
