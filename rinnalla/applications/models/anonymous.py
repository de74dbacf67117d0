"""A question to a team about somebody who is not named: no client, no circle, no grid."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rinnalla.applications.models.matter import Application
from rinnalla.clients.models import Client
from rinnalla.lib.ids import uuid7
from rinnalla.organizations.models import Membership, Team, TeamSeat, TeamSession, Unit


class AnonymousConsultation(models.Model):
    """What the referrer asks without telling of whom; it always has a holder and a day."""

    class State(models.TextChoices):
        DRAFT = "draft", _("luonnos")
        SENT = "sent", _("lähetetty")
        RECEIVED = "received", _("käsittelyssä")
        ANSWERED = "answered", _("vastattu")
        CLOSED = "closed", _("päättynyt")

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    team = models.ForeignKey(Team, models.RESTRICT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    referrer = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    holder = models.ForeignKey(Membership, models.RESTRICT, related_name="+", db_constraint=False)
    # The holder of what is not over is an open membership (foreign key of the migration).
    needs_open_holder = models.GeneratedField(
        expression=models.Case(
            models.When(state="closed", then=models.Value(None)), default=models.Value(True)
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
    question = models.TextField(blank=True)
    situation = models.TextField(blank=True)
    tried = models.TextField(blank=True)
    wish = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    session = models.ForeignKey(TeamSession, models.RESTRICT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "closed"]) | Q(sent_at__isnull=False),
                name="an_asked_consultation_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["referrer", "state"], name="anonymous_by_referrer"),
            models.Index(fields=["team", "state"], name="anonymous_by_team"),
        ]


class AnonymousView(models.Model):
    """What a member of the team thinks of it, for the seat that the member fills."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    consultation = models.ForeignKey(AnonymousConsultation, models.RESTRICT, related_name="views")
    seat = models.ForeignKey(TeamSeat, models.RESTRICT, related_name="+")
    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    text = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "seat", "membership"], name="one_anonymous_view_a_member"
            )
        ]


class ConsultedPerson(models.Model):
    """Of whom a consultation is, and what became of it: read by its referrer alone."""

    consultation = models.OneToOneField(
        AnonymousConsultation, models.RESTRICT, primary_key=True, related_name="person"
    )
    client = models.ForeignKey(Client, models.RESTRICT, related_name="+")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    application = models.ForeignKey(Application, models.RESTRICT, null=True, related_name="+")
    named_at = models.DateTimeField()
