"""The service catalogue, and what other systems tell of the services that a client has used."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rinnalla.clients.models import Client
from rinnalla.lib.ids import uuid7
from rinnalla.organizations.models import Organization, Unit


class CatalogueService(models.Model):
    """A service that can be recommended: who decides, what is needed, how long one waits.

    `conditions` says whom it fits and `used_when` which rows mean that it has been used; both are
    read by
    `services.fitting`, which tells their keys.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    name_sv = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    units = models.ManyToManyField(Unit)
    decided_by = models.ForeignKey(Organization, models.RESTRICT)
    needed = models.TextField(blank=True)
    waiting = models.CharField(max_length=100, blank=True)
    conditions = models.JSONField(default=dict)
    used_when = models.JSONField(default=dict)
    begins = models.DateField()
    ends = models.DateField(null=True)

    def __str__(self) -> str:
        """Its name in the reader's language, where the catalogue has one."""
        names = {"sv": self.name_sv, "en": self.name_en}
        return names.get(get_language() or "") or self.name


class StepTemplate(models.Model):
    """A step that a recommended service brings, with the role that owns it and days from the
    start."""

    class Owner(models.TextChoices):
        REFERRER = "referrer", _("lähettäjä")
        CONVENER = "convener", _("koollekutsuja")
        CLIENT = "client", _("asiakas")
        CONTACT = "contact", _("muu taho")

    id = models.UUIDField(primary_key=True, default=uuid7)
    service = models.ForeignKey(CatalogueService, models.RESTRICT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    owner = models.CharField(max_length=20, choices=Owner.choices)
    contact = models.CharField(max_length=200, blank=True)
    days = models.PositiveSmallIntegerField()
    # The same in plain words to the client, for what is agreed together.
    client_words = models.TextField(blank=True, db_default="")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["service", "position"], name="one_template_a_position")
        ]


class ImportedRecord(models.Model):
    """What every row from another system carries: whose it is, where it is from, as of which
    day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    client = models.ForeignKey(Client, models.RESTRICT)
    unit = models.ForeignKey(Unit, models.RESTRICT)
    source = models.CharField(max_length=30)
    source_key = models.CharField(max_length=64)
    fingerprint = models.BinaryField()
    known_on = models.DateField()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["source", "source_key"], name="one_%(class)s_a_key")
        ]
        indexes = [models.Index(fields=["client"], name="%(class)s_by_client")]


class Visit(ImportedRecord):
    """A visit in health care, with local day and clock time as the source gave them."""

    class State(models.TextChoices):
        HELD = "T", _("toteutunut")
        BOOKED = "V", _("varattu")
        CANCELLED = "P", _("peruttu")
        MISSED = "E", _("ei saapunut")

    day = models.DateField()
    clock_time = models.TimeField(null=True)
    profession = models.CharField(max_length=60, blank=True)
    way = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    state = models.CharField(max_length=1, choices=State.choices)
    hours = models.DecimalField(max_digits=11, decimal_places=2, null=True)
    fee = models.DecimalField(max_digits=11, decimal_places=2, null=True)
    note = models.TextField(blank=True)
    worker = models.CharField(max_length=200, blank=True)
    # A system that passes on another's visit says whose it is; null, so no other source clears it.
    home_source = models.CharField(max_length=30, null=True)  # noqa: DJ001
    home_key = models.CharField(max_length=64, null=True)  # noqa: DJ001
    # One visit told by two systems is one row: what the other told stays whole, to be let go again.
    second_source = models.CharField(max_length=30, null=True)  # noqa: DJ001
    second_key = models.CharField(max_length=64, null=True)  # noqa: DJ001
    second = models.JSONField(null=True)

    class Meta(ImportedRecord.Meta):
        constraints = [
            *ImportedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["second_source", "second_key"], name="joined_once"),
        ]
        indexes = [
            *ImportedRecord.Meta.indexes,
            models.Index(
                fields=["home_source", "home_key"],
                name="visit_of_another_system",
                condition=models.Q(home_key__isnull=False),
            ),
        ]


class ServiceUse(ImportedRecord):
    """A service relation of social welfare or employment services, or a period of health care."""

    class Kind(models.TextChoices):
        SOCIAL = "social", _("sosiaalihuolto")
        EMPLOYMENT = "employment", _("työllisyyspalvelut")
        HEALTH = "health", _("hoitojakso")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    service_task = models.CharField(max_length=10, blank=True)
    name = models.TextField()
    state = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    paid_days = models.IntegerField(null=True)
    measure = models.TextField(blank=True)
    measure_starts_on = models.DateField(null=True)
    measure_ends_on = models.DateField(null=True)
    goal = models.TextField(blank=True)
    note = models.TextField(blank=True)
    worker = models.CharField(max_length=200, blank=True)
    worker_phone = models.CharField(max_length=40, blank=True)


class Referral(ImportedRecord):
    """A referral or another request for a service, kept by the unit that it is sent to."""

    class State(models.TextChoices):
        DRAFT = "draft", _("luonnos")
        ACTIVE = "active", _("voimassa")
        HELD = "on-hold", _("tauolla")
        REVOKED = "revoked", _("peruttu")
        COMPLETED = "completed", _("käsitelty")

    name = models.TextField()
    state = models.CharField(max_length=20, choices=State.choices)
    intent = models.CharField(max_length=20)
    authored_on = models.DateField()


class Benefit(ImportedRecord):
    """A benefit decided by Kela, with paid days and its end."""

    kind = models.CharField(max_length=10)
    name = models.TextField(blank=True)
    state = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    paid_days = models.IntegerField(null=True)
    maximum_days = models.IntegerField(null=True)
    monthly_euro = models.DecimalField(max_digits=11, decimal_places=2, null=True)
    note = models.TextField(blank=True)
