"""An attachment and, in a table of its own so that no list reads them, its bytes."""

from uuid import uuid4

from django.db import models

from rinnalla.clients.models import Client
from rinnalla.lib.ids import uuid7
from rinnalla.organizations.models import Membership, Unit


class Attachment(models.Model):
    """A file that somebody attached to a thing of the client's; it is hidden, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="attachments")
    unit = models.ForeignKey(Unit, models.RESTRICT)
    # The kind and key of the thing, as the journal names it: "permit".
    subject_type = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    name = models.CharField(max_length=120)
    declared_type = models.CharField(max_length=100)
    media_type = models.CharField(max_length=30)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "client"], name="attachment_with_its_client"),
            models.CheckConstraint(
                condition=models.Q(media_type__in=["application/pdf", "image/png", "image/jpeg"]),
                name="attachment_is_of_a_passive_type",
            ),
        ]
        indexes = [models.Index(fields=["client", "subject_id"], name="attachment_by_subject")]


class AttachmentContent(models.Model):
    """The bytes of an attachment."""

    attachment = models.OneToOneField(
        Attachment, models.RESTRICT, primary_key=True, related_name="content"
    )
    client = models.ForeignKey(Client, models.RESTRICT)
    unit = models.ForeignKey(Unit, models.RESTRICT)
    content = models.BinaryField()
