"""The journal's tables as the application may see them: append-only, without foreign keys."""

from django.db import models

from rinnalla.lib.ids import uuid7


class Entry(models.Model):
    """One act or one page read: who, as what, when, of what kind; kept by SQL functions only."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    kind = models.TextField()
    account = models.UUIDField(null=True)
    membership = models.UUIDField(null=True)
    process = models.TextField(blank=True)
    subject_type = models.TextField(blank=True)
    subject = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["membership", "at"], name="journal_by_membership")]


class EntrySubject(models.Model):
    """A client whom an entry concerns, and the bases on which the actor acted or read."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    entry = models.UUIDField(db_index=True)
    client = models.UUIDField()
    basis = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client", "at"], name="journal_by_client")]
