"""What was read when, what could not be taken in, and who may be one person under two numbers."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from rinnalla.clients.models import Client
from rinnalla.lib.ids import uuid7
from rinnalla.organizations.models import Membership, Unit


class ImportRun(models.Model):
    """One reading of a file that brought something, or said something new."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    source = models.CharField(max_length=30)
    file_digest = models.BinaryField()
    faults_digest = models.BinaryField()
    day = models.DateField()
    imported_at = models.DateTimeField()
    records = models.PositiveIntegerField()
    good = models.PositiveIntegerField()
    bad = models.PositiveIntegerField()
    duplicates = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    warnings = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["-imported_at"], name="newest_import_first"),
            models.Index(fields=["source", "-imported_at"], name="newest_import_of_a_source"),
        ]


class Rejection(models.Model):
    """A row that was set aside, by its place and kind; never with what stood in it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    run = models.ForeignKey(ImportRun, models.RESTRICT, related_name="rejections")
    row = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=40)

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["run", "row"], name="one_rejection_a_row")]


class DoubtfulPair(models.Model):
    """Two clients of one name and birth date: whether they are one person, a human decides."""

    class State(models.TextChoices):
        OPEN = "open", _("ratkaisematta")
        SAME = "same", _("sama henkilö")
        DIFFERENT = "different", _("eri henkilö")

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="+")
    other = models.ForeignKey(Client, models.RESTRICT, related_name="+")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "other"], name="one_pair_of_two"),
            models.CheckConstraint(
                condition=models.Q(client__lt=models.F("other")), name="a_pair_has_one_order"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_by=None, decided_at=None)
                | models.Q(
                    ~models.Q(state="open"), decided_by__isnull=False, decided_at__isnull=False
                ),
                name="a_decision_has_a_maker",
            ),
        ]
