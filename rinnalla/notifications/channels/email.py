"""E-mail by SMTP, through Django."""

import re
import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from rinnalla.notifications.channels.base import Outgoing, Undelivered


def calendar_type(calendar: str) -> str:
    """The media type of an iTIP message: with the method, by which a calendar knows what to do
    (RFC 6047)."""
    found = re.search(r"^METHOD:(\w+)", calendar, re.MULTILINE)
    return f"text/calendar; method={found[1] if found else 'PUBLISH'}"


def deliver(outgoing: Outgoing) -> None:
    """Sends one mail to one receiver, with the message's own id."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    mail = EmailMultiAlternatives(
        outgoing.subject,
        outgoing.body,
        to=[outgoing.address],
        headers={
            "Message-ID": f"<{outgoing.id}@{host}>",
            # No machine answers a machine.
            "Auto-Submitted": "auto-generated",
        },
    )
    if outgoing.calendar:
        mail.attach_alternative(outgoing.calendar, calendar_type(outgoing.calendar))
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        raise Undelivered("refused", final=all(code >= 500 for code in codes)) from refused
    except smtplib.SMTPResponseException as answer:
        raise Undelivered(f"smtp {answer.smtp_code}") from answer
    except (OSError, smtplib.SMTPException) as error:
        raise Undelivered("unreachable") from error
