"""An appointment at another service: a step's day and time, of which the client is reminded."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rinnalla.clients.models import Client
from rinnalla.lib.ids import uuid7
from rinnalla.meetings.models.meeting import Answer, Meeting
from rinnalla.organizations.models import Membership, Unit
from rinnalla.plans.models import Step


class Appointment(models.Model):
    """When and where the step takes the client; a time that moves is a new row.

    `minder` is the professional of the step: who owns it, or looks at it (the migration's key keeps
    them one). The last word of the client stands on the row; each is in the journal.
    """

    class Escort(models.TextChoices):
        NONE = "none", _("ei tarvita")
        ASKED = "asked", _("pyydetty, ei vielä löytynyt")
        FOUND = "found", _("sovittu")

    class Happened(models.TextChoices):
        UNKNOWN = "", _("ei kirjattu")
        YES = "yes", _("toteutui")
        NO = "no", _("ei toteutunut")

    SAYS = (*Answer.Says.choices, ("unanswered", _("ei vastannut")))

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    step = models.ForeignKey(Step, models.RESTRICT, related_name="appointments")
    client = models.ForeignKey(Client, models.RESTRICT, related_name="+")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    minder = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    service = models.CharField(max_length=200)
    starts = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    remind_by = models.CharField(max_length=10, choices=Meeting.Way.choices)
    remind_day_before = models.BooleanField(default=True)
    remind_hour_before = models.BooleanField(default=False)
    confirm_by_call = models.BooleanField(default=False)
    escort = models.CharField(max_length=10, choices=Escort.choices, default=Escort.NONE)
    escort_words = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    set_at = models.DateTimeField()
    says = models.CharField(max_length=10, choices=SAYS, blank=True)
    words = models.TextField(blank=True)
    said_at = models.DateTimeField(null=True)
    # Null: the client, on the own page or by the link.
    heard_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")
    call_again_on = models.DateField(null=True)
    happened = models.CharField(
        max_length=5, choices=Happened.choices, blank=True, default=Happened.UNKNOWN
    )
    happened_words = models.TextField(blank=True)
    # Moved or cancelled, and why.
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step"],
                condition=Q(ended_at=None, happened=""),
                name="one_appointment_a_step",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(reason=""), name="who_ends_an_appointment_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(happened="no") | ~Q(happened_words=""),
                name="an_appointment_that_was_not_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(says="unanswered") | Q(call_again_on__isnull=False),
                name="who_was_not_reached_is_called_again",
            ),
            models.CheckConstraint(
                condition=~Q(escort="found") | ~Q(escort_words=""), name="an_escort_has_a_name"
            ),
        ]
        indexes = [
            models.Index(
                fields=["minder", "starts"],
                condition=Q(ended_at=None, happened=""),
                name="appointment_by_minder",
            )
        ]
