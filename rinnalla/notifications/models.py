"""What goes to a client, in the channel the client chose: no content, only that there is some."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rinnalla.clients.models import Client
from rinnalla.lib.ids import uuid7
from rinnalla.organizations.models import Unit


class Message(models.Model):
    """A row of the outbox; `public_id` names the message in every repeat of sending."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("sähköposti")
        SMS = "sms", _("tekstiviesti")
        PRINT = "print", _("kirje")
        PORTAL = "portal", _("oma sivu")

    class State(models.TextChoices):
        QUEUED = "queued", _("lähdössä")
        SENT = "sent", _("lähetetty")
        FAILED = "failed", _("ei lähtenyt")
        CANCELLED = "cancelled", _("peruttu")
        PRINTED = "printed", _("tulostettu")

    # What the worker sends; a letter waits for a person, and a portal's row is there at once.
    SENT_BY_WORKER: ClassVar = (Channel.EMAIL, Channel.SMS)

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="messages")
    unit = models.ForeignKey(Unit, models.RESTRICT)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    # Null: what the client's own contact says at the moment of sending.
    address = models.BinaryField(null=True)
    template = models.CharField(max_length=100)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    # An invitation for the receiver's calendar (iCalendar), beside the words.
    calendar = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    # What must not be told twice has one name here: thing, version of its time, kind. What was
    # taken back was not told.
    once = models.CharField(max_length=200, null=True)  # noqa: DJ001
    tries = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField()
    fault = models.CharField(max_length=40, blank=True)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["once"], condition=~Q(state="cancelled"), name="told_once"
            )
        ]
        indexes = [
            models.Index(fields=["client"], name="message_by_client"),
            models.Index(fields=["due"], condition=Q(state="queued"), name="message_waiting"),
            models.Index(
                fields=["unit", "due"], condition=Q(channel="print"), name="message_letters"
            ),
        ]


class StandInMail(models.Model):
    """What the demonstration's stand-in for the network was given; nobody writes here in use."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    at = models.DateTimeField()
    channel = models.CharField(max_length=10)
    address = models.TextField()
    subject = models.TextField(blank=True)
    body = models.TextField()
    calendar = models.TextField(blank=True)
    message_id = models.TextField()
