"""The county's people and parts: administrator's data, from files, without a client in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rinnalla.lib.ids import uuid7


class Setting(models.Model):
    """A county's choice (a word, a number of days) with the days between which it holds."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    key = models.CharField(max_length=60)
    value = models.TextField()
    begins = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "begins"], name="one_setting_value_a_day")
        ]


class CodeEntry(models.Model):
    """A code of a list of another system (service tasks, benefit kinds, outcomes, ways of
    visit)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code_list = models.CharField(max_length=40)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code_list", "code"], name="one_name_a_code")
        ]


class Organization(models.Model):
    """A controller: the county, an employment area, Kela."""

    class Kind(models.TextChoices):
        COUNTY = "county", _("hyvinvointialue")
        EMPLOYMENT_AUTHORITY = "employment_authority", _("työllisyysalue")
        KELA = "kela", _("Kela")
        OTHER = "other", _("muu organisaatio")

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    # The last resort of guarantee 1: an open membership, by a foreign key of the migration.
    manager = models.ForeignKey(
        "Membership", models.RESTRICT, null=True, related_name="+", db_constraint=False
    )

    def __str__(self) -> str:
        return self.name


class Register(models.Model):
    """A register of one controller; registers are separate even inside a county."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, models.RESTRICT)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "name"], name="one_register_a_name")
        ]


class Unit(models.Model):
    """A unit that records: it gives register, controller and service."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    organization = models.ForeignKey(Organization, models.RESTRICT)
    register = models.ForeignKey(Register, models.RESTRICT)
    sector = models.CharField(max_length=40)
    oid = models.CharField(max_length=100, blank=True)
    keeps_master = models.BooleanField(default=False)
    manager = models.ForeignKey(
        "Membership", models.RESTRICT, null=True, related_name="+", db_constraint=False
    )

    def __str__(self) -> str:
        return self.name


class WorkTask(models.Model):
    """Which units' records of the own register belong to somebody's work."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    units = models.ManyToManyField(Unit)


class Membership(models.Model):
    """A person in a unit, in one role: that as which one acts."""

    class Role(models.TextChoices):
        PRACTITIONER = "practitioner", _("ammattilainen")
        CONVENER = "convener", _("koollekutsuja")
        INTAKE = "intake", _("asiakasrekisterin hoitaja")
        UNIT_MANAGER = "unit_manager", _("esihenkilö")
        ADMINISTRATOR = "administrator", _("pääkäyttäjä")
        OFFICER = "officer", _("tietosuojavastaava")

    id = models.UUIDField(primary_key=True, default=uuid7)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.RESTRICT)
    role = models.CharField(max_length=30, choices=Role.choices)
    title = models.CharField(max_length=100)
    phone = models.CharField(max_length=30)
    # Where calls to meetings go; whoever has none sees them on the first page alone.
    email = models.EmailField(blank=True, db_default="")
    work_task = models.ForeignKey(WorkTask, models.RESTRICT, null=True)
    begins = models.DateField()
    planned_end = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_open = models.GeneratedField(
        # The stubs do not know that a Q is an expression.
        expression=Q(ended_at__isnull=True),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
    # An open membership keeps its account active, by a foreign key of the migration.
    needs_active_account = models.GeneratedField(
        expression=models.Case(
            models.When(ended_at__isnull=True, then=models.Value(True)),
            default=models.Value(None),
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "is_open"], name="membership_with_openness"),
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(ended_at=None),
                name="one_open_membership_a_role",
            ),
            models.CheckConstraint(condition=~Q(phone=""), name="a_member_can_be_reached"),
        ]


class Team(models.Model):
    """A standing group from several organizations with an area, a convener and its clocks."""

    class Kind(models.TextChoices):
        WORK_ABILITY = "work_ability", _("työkyvyn tuen tiimi")
        CENTRE = "centre", _("sote-keskuksen moniammatillinen tiimi")
        FAMILY = "family", _("perhekeskuksen Yhdessä aika")

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    area = models.CharField(max_length=200)
    convener = models.ForeignKey(
        Membership, models.RESTRICT, related_name="convened_teams", db_constraint=False
    )
    consultation_days = models.PositiveSmallIntegerField(default=14)
    meeting_days = models.PositiveSmallIntegerField(default=30)

    def __str__(self) -> str:
        return self.name


class TeamSeat(models.Model):
    """The place of an agency in a team: an organization and its units, a column of the grid."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    team = models.ForeignKey(Team, models.RESTRICT, related_name="seats")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    organization = models.ForeignKey(Organization, models.RESTRICT)
    units = models.ManyToManyField(Unit)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["team", "code"], name="one_seat_a_code")]


class TeamMember(models.Model):
    """A membership that fills a seat, from day to day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    seat = models.ForeignKey(TeamSeat, models.RESTRICT, related_name="members")
    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="team_places")
    begins = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "membership"],
                condition=Q(ended_at=None),
                name="one_open_place_in_a_seat",
            )
        ]


class TeamSession(models.Model):
    """A day and time when a team consults on paper."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    team = models.ForeignKey(Team, models.RESTRICT, related_name="sessions")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["team", "starts_at"], name="one_session_a_time")
        ]


class Municipality(models.Model):
    """A real municipality of the county's area (Statistics Finland's code)."""

    code = models.CharField(primary_key=True, max_length=3)
    name = models.CharField(max_length=100)
    name_sv = models.CharField(max_length=100)


class MunicipalityArea(models.Model):
    """Which team and employment area serve a municipality, from day to day: a proposal, no rule."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    municipality = models.ForeignKey(Municipality, models.RESTRICT, related_name="areas")
    team = models.ForeignKey(Team, models.RESTRICT)
    employment_unit = models.ForeignKey(Unit, models.RESTRICT)
    begins = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "team", "begins"], name="one_area_a_day"
            )
        ]
