"""The circle as the actor sees it, and which accounts act for which client."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rinnalla.clients.models import Client
from rinnalla.lib.ids import uuid7
from rinnalla.organizations.models import Membership, Unit


class MyCircle(models.Model):
    """A client whom the actor works with: where every list begins."""

    client = models.OneToOneField(
        "clients.Client",
        models.DO_NOTHING,
        primary_key=True,
        db_column="client",
        related_name="my_circle",
    )
    cause = models.TextField()
    thing = models.UUIDField(null=True)
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = 'access"."my_circle'


class ClientAccount(models.Model):
    """That an account is a client's own: enrolled in person, until it is ended.

    The account itself bears no name and no address; those are here, under the client's policies.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="accounts")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="client_accounts"
    )
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    enrolled_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    enrolled_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(ended_at=None), name="one_open_account_a_client"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at=None), name="one_client_an_account"
            ),
            models.CheckConstraint(
                condition=~Q(email="", phone=""), name="a_client_account_can_be_reached"
            ),
        ]


class Mandate(models.Model):
    """That a guardian, a client too, acts for a client: within which registers, from when to when.

    The client may deny it: then it opens nothing until the client lifts the denial.
    """

    class Scope(models.TextChoices):
        ALL = "all", _("kaikki asiat")
        HEALTH = "health", _("terveydenhuolto")
        SOCIAL = "social", _("sosiaalihuolto")

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="mandates")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    guardian = models.ForeignKey(Client, models.RESTRICT, related_name="mandates_for_others")
    # The name as the client may see it: the guardian's own row is nobody else's.
    guardian_name = models.CharField(max_length=200)
    scope = models.CharField(max_length=20, choices=Scope.choices)
    begins = models.DateField()
    ends = models.DateField(null=True)
    recorded_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    denied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("begins")),
                name="mandate_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(client=F("guardian")), name="nobody_is_their_own_guardian"
            ),
        ]
        indexes = [models.Index(fields=["guardian"], name="mandate_by_guardian")]


class Withholding(models.Model):
    """That one row is kept from its client, and from who opens by law, on a ground of law."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="+")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    table = models.CharField(max_length=63)
    thing = models.UUIDField()
    ground = models.CharField(max_length=20)
    about_third_person = models.BooleanField(default=True)
    words = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["table", "thing"],
                condition=Q(lifted_at=None),
                name="a_row_is_withheld_once",
            )
        ]


class Inquiry(models.Model):
    """What a client asks about a row of the own log; the officer answers by the day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="inquiries")
    # The unit that looked, so that it can be asked.
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    entry = models.UUIDField(null=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    words = models.TextField()
    due = models.DateField()
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["client"], name="inquiry_by_client")]


class LawOpening(models.Model):
    """That somebody opened a client by law or in an emergency: why, for how long, who reviewed it.

    Written by the database's functions only.
    """

    class Verdict(models.TextChoices):
        JUSTIFIED = "justified", _("perusteltu")
        QUESTIONED = "questioned", _("selvitettävä")

    # The ground of an emergency; any other is a section of law from the county's list.
    EMERGENCY = "emergency"
    GROUNDS = "lakiperuste"

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="law_openings")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    ground = models.CharField(max_length=20)
    words = models.CharField(max_length=500, blank=True)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=20, choices=Verdict.choices, blank=True)
    review_words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("opened_at"))
                & Q(ends_at__lte=F("opened_at") + timedelta(hours=1)),
                name="law_opens_for_an_hour_at_most",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None) | ~Q(reviewed_by=F("membership")),
                name="another_reviews_a_law_opening",
            ),
        ]
        indexes = [
            models.Index(fields=["client"], name="law_opening_by_client"),
            models.Index(
                fields=["opened_at"],
                condition=Q(reviewed_at=None),
                name="law_opening_to_review",
            ),
        ]
