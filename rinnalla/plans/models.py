"""Steps: what was agreed, by whom, by when; and the watches of what ends.

A step in force has exactly one owner and a day; an end that was agreed here has a step before it.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from rinnalla.cases.models import CasePart, ServicePackage
from rinnalla.clients.models import Client
from rinnalla.lib.ids import uuid7
from rinnalla.organizations.models import Membership, Unit
from rinnalla.services.models import CatalogueService


class Step(models.Model):
    """One agreed thing; a client or an outside contact as owner has a professional who looks at
    it."""

    class State(models.TextChoices):
        AGREED = "agreed", _("sovittu")
        STARTED = "started", _("aloitettu")
        DONE = "done", _("tehty")
        NOT_DONE = "not_done", _("ei toteutunut")

    IN_FORCE = (State.AGREED, State.STARTED)

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="steps")
    unit = models.ForeignKey(Unit, models.RESTRICT)
    text = models.TextField()
    service = models.ForeignKey(CatalogueService, models.RESTRICT, null=True)
    due = models.DateField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.AGREED)
    owner = models.ForeignKey(
        Membership, models.RESTRICT, null=True, related_name="owned_steps", db_constraint=False
    )
    owner_client = models.ForeignKey(Client, models.RESTRICT, null=True, related_name="+")
    owner_contact = models.CharField(max_length=200, blank=True)
    watcher = models.ForeignKey(
        Membership, models.RESTRICT, null=True, related_name="watched_steps", db_constraint=False
    )
    is_interim = models.BooleanField(default=False)
    # While the step is in force its owner and watcher are open memberships (foreign keys of the
    # migration).
    needs_open = models.GeneratedField(
        expression=models.Case(
            models.When(state__in=["agreed", "started"], then=models.Value(True)),
            default=models.Value(None),
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
    # The professional to whom one turns: the owner, else who looks at it.
    minder = models.GeneratedField(
        expression=Coalesce("owner_id", "watcher_id"),
        output_field=models.UUIDField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False, owner_client=None, owner_contact="")
                | Q(owner=None, owner_client__isnull=False, owner_contact="")
                | (Q(owner=None, owner_client=None) & ~Q(owner_contact="")),
                name="a_step_has_exactly_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(watcher__isnull=False),
                name="a_professional_looks_at_a_step",
            ),
            models.CheckConstraint(
                condition=Q(owner_client=None) | Q(owner_client=models.F("client")),
                name="a_client_owns_own_steps",
            ),
        ]
        indexes = [
            models.Index(fields=["client"], name="step_by_client"),
            models.Index(
                fields=["owner", "due"],
                condition=Q(state__in=["agreed", "started"]),
                name="step_by_owner",
            ),
            models.Index(
                fields=["watcher", "due"],
                condition=Q(state__in=["agreed", "started"]),
                name="step_by_watcher",
            ),
        ]


class StepReport(models.Model):
    """What somebody told of a step: its new state, and why when it did not go forward."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    step = models.ForeignKey(Step, models.RESTRICT, related_name="reports")
    client = models.ForeignKey(Client, models.RESTRICT)
    unit = models.ForeignKey(Unit, models.RESTRICT)
    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=Step.State.choices)
    text = models.TextField(blank=True)
    due = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["step", "at"], name="step_report_by_step")]


class Watch(CasePart):
    """An agreed end with the step that looks at it so many days before: neither the end nor the
    step's day is moved alone, and the step is not over before its watch (the migration's keys)."""

    package = models.OneToOneField(ServicePackage, models.RESTRICT, related_name="watch")
    step = models.OneToOneField(Step, models.RESTRICT, related_name="watch")
    ends_on = models.DateField()
    lead_days = models.PositiveSmallIntegerField()
    check_on = models.GeneratedField(
        expression=models.F("ends_on") - models.F("lead_days"),
        output_field=models.DateField(),
        db_persist=True,
    )
    ended_at = models.DateTimeField(null=True)
    in_force = models.GeneratedField(
        expression=models.Case(
            models.When(ended_at=None, then=models.Value(True)), default=models.Value(None)
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
