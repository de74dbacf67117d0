"""What the client has allowed. A permit is one-directional, names units and recipients, and is
never edited."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rinnalla.access.models import Mandate
from rinnalla.access.queries import language
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
        PORTAL = "portal", _("omilla sivuilla")

    class Purpose(models.TextChoices):
        MATTER = "matter", _("Asian käsittely tiimissä")
        CONSULTATION = "consultation", _("Työkyvyn tuen tiimin paperikonsultaatio")
        TELLING = "telling", _("Suosituksen kertominen lähettäjälle")
        PLAN = "plan", _("Yhteinen suunnitelma")
        ASSESSMENT = "assessment", _("Palvelutarpeen arviointi")
        SERVICES = "services", _("Palvelujen yhteensovittaminen")
        OTHER = "other", _("Muu syy, kerro omin sanoin")

    class Ended(models.TextChoices):
        WITHDRAWN = "withdrawn", _("peruttu")
        CHANGED = "changed", _("muutettu")

    class InformedBy(models.TextChoices):
        SPOKEN = "spoken", _("suullisesti")
        PAPER = "paper", _("paperilla")
        PORTAL = "portal", _("omilla sivuilla")

    class Giver(models.TextChoices):
        CLIENT = "client", _("asiakas itse")
        GUARDIAN = "guardian", _("huoltaja tai edunvalvoja")

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="permits")
    unit = models.ForeignKey(Unit, models.RESTRICT)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    # A code, so that each reader reads it in their own language; words only add to it.
    purpose_code = models.CharField(max_length=30, choices=Purpose.choices, blank=True, default="")
    purpose = models.CharField(max_length=300, blank=True)
    begins = models.DateField()
    ends = models.DateField(null=True)
    form = models.CharField(max_length=20, choices=Form.choices)
    given_by = models.CharField(max_length=20, choices=Giver.choices, default=Giver.CLIENT)
    # By which a guardian gave it.
    mandate = models.ForeignKey(Mandate, models.RESTRICT, null=True, related_name="+")
    given_on = models.DateField()
    language = models.CharField(max_length=3, blank=True, default="")
    # Null when the client, or a guardian, recorded it.
    recorded_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    informed_on = models.DateField(null=True)
    informed_way = models.CharField(
        max_length=20, choices=InformedBy.choices, blank=True, default=""
    )
    informed_language = models.CharField(max_length=3, blank=True, default="")
    informed_by = models.CharField(max_length=200, blank=True, default="")
    leaflet = models.CharField(max_length=60, blank=True, default="")
    explained_by = models.CharField(max_length=200, blank=True, default="")
    helped_by = models.CharField(max_length=200, blank=True, default="")
    understanding = models.CharField(max_length=300, blank=True, default="")
    replaces = models.OneToOneField("self", models.RESTRICT, null=True, related_name="replaced_by")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")
    ended_as = models.CharField(max_length=20, choices=Ended.choices, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "client"], name="permit_with_its_client"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=models.F("begins")),
                name="permit_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["client"], name="permit_by_client"),
            models.Index(
                fields=["recorded_by", "ends"],
                condition=Q(withdrawn_at=None, ends__isnull=False),
                name="ending_permit_by_recorder",
            ),
        ]

    @property
    def language_words(self) -> str:
        """The language in which it was given, in the reader's words."""
        return language(self.language)

    @property
    def informed_language_words(self) -> str:
        """The language of the informing, in the reader's words."""
        return language(self.informed_language)

    @property
    def purpose_words(self) -> str:
        """The purpose in the reader's language, with what was added in the recorder's words."""
        named = self.purpose_code not in ("", self.Purpose.OTHER)
        parts = [self.get_purpose_code_display()] if named else []
        return ": ".join([*parts, self.purpose] if self.purpose else parts)


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
    # The paper form is with the client: only the signature is missing.
    paper_given_on = models.DateField(null=True)
    paper_given_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")

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


class RecipientNotice(models.Model):
    """A task to tell a recipient that a permit has ended: whose, by which day, and how it was done.

    It outlives the permit: its owner reads it, whatever the permit opened.
    """

    class Way(models.TextChoices):
        PHONE = "phone", _("puhelimitse")
        MESSAGE = "message", _("suojatulla viestillä")
        FACE = "face", _("kasvotusten")
        LETTER = "letter", _("kirjeellä")

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    client = models.ForeignKey(Client, models.RESTRICT)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    permit = models.ForeignKey(Permit, models.RESTRICT, related_name="notices")
    organization = models.ForeignKey(Organization, models.RESTRICT, null=True, related_name="+")
    recipient_unit = models.ForeignKey(Unit, models.RESTRICT, null=True, related_name="+")
    owner = models.ForeignKey(
        Membership, models.RESTRICT, related_name="recipient_notices", db_constraint=False
    )
    is_interim = models.BooleanField(default=False)
    due = models.DateField()
    made_at = models.DateTimeField()
    told_on = models.DateField(null=True)
    told_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")
    way = models.CharField(max_length=20, choices=Way.choices, blank=True, default="")
    # Until it is told, its owner is an open membership, by a foreign key of the migration.
    needs_open = models.GeneratedField(
        expression=models.Case(
            models.When(told_on__isnull=True, then=models.Value(True)),
            default=models.Value(None),
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organization=None, recipient_unit__isnull=False)
                | Q(organization__isnull=False, recipient_unit=None),
                name="notice_is_for_an_organization_or_a_unit",
            )
        ]
        indexes = [
            models.Index(fields=["client"], name="notice_by_client"),
            models.Index(
                fields=["owner", "due"], condition=Q(told_on=None), name="untold_notice_by_owner"
            ),
        ]

    @property
    def recipient(self) -> str:
        """The organization's or the unit's name."""
        party = self.organization or self.recipient_unit
        return party.name if party else ""
