"""What the client has allowed. A permit is one-directional, names units and recipients, and is
never edited."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rinnalla.clients.models import Client
from rinnalla.lib.ids import uuid7
from rinnalla.organizations.models import Membership, Organization, Unit


class Permit(models.Model):
    """A disclosure permit (within the county), a consent (beyond it) or a denial (kielto).

    A denial narrows what permits open: for its recipients, and for everybody when it has none.
    """

    class Kind(models.TextChoices):
        DISCLOSURE_PERMIT = "disclosure_permit", _("luovutuslupa")
        CONSENT = "consent", _("suostumus")
        DENIAL = "denial", _("kielto")

    class Form(models.TextChoices):
        PAPER = "paper", _("paperilla")
        SPOKEN = "spoken", _("suullisesti")

    class Giver(models.TextChoices):
        CLIENT = "client", _("asiakas itse")
        GUARDIAN = "guardian", _("huoltaja tai edunvalvoja")

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="permits")
    unit = models.ForeignKey(Unit, models.RESTRICT)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    purpose = models.CharField(max_length=300)
    begins = models.DateField()
    ends = models.DateField(null=True)
    form = models.CharField(max_length=20, choices=Form.choices)
    given_by = models.CharField(max_length=20, choices=Giver.choices, default=Giver.CLIENT)
    given_on = models.DateField()
    # Null when the client, or a guardian, recorded it.
    recorded_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=models.F("begins")),
                name="permit_ends_after_it_begins",
            )
        ]
        indexes = [models.Index(fields=["client"], name="permit_by_client")]


class PermitUnit(models.Model):
    """A unit whose data a permit opens."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    permit = models.ForeignKey(Permit, models.RESTRICT, related_name="opened_units")
    client = models.ForeignKey(Client, models.RESTRICT)
    unit = models.ForeignKey(Unit, models.RESTRICT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["permit", "unit"], name="permit_names_a_unit_once")
        ]


class PermitRecipient(models.Model):
    """An organization or a unit to which a permit opens data."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    permit = models.ForeignKey(Permit, models.RESTRICT, related_name="recipients")
    client = models.ForeignKey(Client, models.RESTRICT)
    organization = models.ForeignKey(Organization, models.RESTRICT, null=True)
    unit = models.ForeignKey(Unit, models.RESTRICT, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organization=None, unit__isnull=False)
                | Q(organization__isnull=False, unit=None),
                name="recipient_is_an_organization_or_a_unit",
            )
        ]


class PermitRequest(models.Model):
    """That a permit is to be asked of the client: by whom, for whom, why; and the client's
    answer."""

    class Answer(models.TextChoices):
        GIVEN = "given", _("annettu")
        REFUSED = "refused", _("ei annettu")

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="permit_requests")
    unit = models.ForeignKey(Unit, models.RESTRICT)
    recipient = models.ForeignKey(Organization, models.RESTRICT)
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=20, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    permit = models.ForeignKey(Permit, models.RESTRICT, null=True)

    class Meta:
        indexes = [models.Index(fields=["client"], name="permit_request_by_client")]


class PermitRequestUnit(models.Model):
    """A unit whose data a permit request asks to open."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    request = models.ForeignKey(PermitRequest, models.RESTRICT, related_name="asked_units")
    client = models.ForeignKey(Client, models.RESTRICT)
    unit = models.ForeignKey(Unit, models.RESTRICT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "unit"], name="request_names_a_unit_once")
        ]
