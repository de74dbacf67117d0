"""Signing in by a link and a code: asked for by anybody, sent only to a client's own address."""

from django.db import models
from django.db.models import Q

from rinnalla.lib.ids import uuid7


class SignInRequest(models.Model):
    """That somebody asked for a link. An unknown address has a row as a known one has.

    Neither web nor database can use it: link, code and browser are keyed hashes, the address is a
    ciphertext. The web writes and asks through functions only.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        SENT = "sent"
        DROPPED = "dropped"
        USED = "used"

    id = models.UUIDField(primary_key=True, default=uuid7)
    channel = models.CharField(max_length=10)
    address_digest = models.BinaryField()
    address = models.BinaryField()
    browser = models.BinaryField()
    place = models.BinaryField()
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    account = models.UUIDField(null=True)
    link = models.BinaryField(null=True)
    code = models.BinaryField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["address_digest", "asked_at"], name="sign_in_by_address"),
            models.Index(fields=["place", "asked_at"], name="sign_in_by_place"),
            models.Index(fields=["asked_at"], condition=Q(state="asked"), name="sign_in_waiting"),
        ]
