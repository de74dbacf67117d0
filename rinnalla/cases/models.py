"""Cases (yhteisasiakkuus): who holds one, what the client answered, who is the responsible worker.

A case of several clients is a row for each of them, with one `joint` key: every client has the
guarantee of their own, and is read by those who may read that client.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rinnalla.clients.models import Client
from rinnalla.lib.ids import uuid7
from rinnalla.organizations.models import Membership, Unit


class CasePart(models.Model):
    """A row that belongs to one client's case, recorded by a unit."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey("cases.Case", models.RESTRICT, related_name="%(class)ss")
    client = models.ForeignKey(Client, models.RESTRICT, related_name="+")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")

    class Meta:
        abstract = True


class Case(models.Model):
    """One client's case: held by an open membership until it is active, then never without an open
    responsible worker (foreign keys of the migration)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("ehdotettu")
        AGREED = "agreed", _("asiakas on suostunut")
        ACTIVE = "active", _("vastuutyöntekijä nimetty")
        DECLINED = "declined", _("asiakas ei halua")
        CLOSED = "closed", _("päättynyt")

    # Before naming one person holds the matter.
    HELD = (State.PROPOSED, State.AGREED)
    OPEN = (*HELD, State.ACTIVE)

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    joint = models.UUIDField()
    client = models.ForeignKey(Client, models.RESTRICT, related_name="cases")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, default=State.PROPOSED)
    holder = models.ForeignKey(
        Membership, models.RESTRICT, related_name="held_cases", db_constraint=False
    )
    holder_is_interim = models.BooleanField(default=False)
    worker = models.ForeignKey(
        "Assignment", models.RESTRICT, null=True, related_name="+", db_constraint=False
    )
    proposed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    named_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # A place of a pair that stands open: by this day another is asked.
    pair_open_by = models.DateField(null=True)
    needs_open_holder = models.GeneratedField(
        expression=models.Case(
            models.When(state__in=["proposed", "agreed"], then=models.Value(True)),
            default=models.Value(None),
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
    needs_worker = models.GeneratedField(
        expression=models.Case(
            models.When(state="active", then=models.Value(True)),
            default=models.Value(None),
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="active") | Q(worker__isnull=False),
                name="an_active_case_has_a_responsible_worker",
            ),
            models.CheckConstraint(
                condition=Q(named_at=None, state__in=["proposed", "agreed", "declined"])
                | Q(named_at__isnull=False, state__in=["active", "closed"]),
                name="a_case_is_active_by_naming",
            ),
        ]
        indexes = [
            models.Index(fields=["client"], name="case_by_client"),
            models.Index(fields=["holder", "state"], name="case_by_holder"),
            models.Index(fields=["joint"], name="case_by_joint"),
        ]


class CaseHolding(CasePart):
    """Who held the case before its worker, from when to when; interim when for another."""

    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    is_interim = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_holder_of_a_case"
            )
        ]


class Proposal(CasePart):
    """That wider cooperation was proposed to the client: why, and how it was explained."""

    class Way(models.TextChoices):
        MEETING = "meeting", _("tapaamisessa")
        PHONE = "phone", _("puhelimessa")
        VIDEO = "video", _("etäyhteydellä")

    reason = models.TextField()
    way = models.CharField(max_length=20, choices=Way.choices)
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField()


class CaseAnswer(CasePart):
    """What the client answered, in the client's own words, and whom the client wishes for."""

    class Answer(models.TextChoices):
        YES = "yes", _("haluaa")
        THINKING = "thinking", _("miettii vielä")
        NO = "no", _("ei halua")

    answer = models.CharField(max_length=20, choices=Answer.choices)
    words = models.TextField(blank=True)
    wish = models.TextField(blank=True)
    answered_on = models.DateField()
    # While the client thinks, somebody asks again on this day.
    ask_again_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer="thinking") | Q(ask_again_on__isnull=False),
                name="who_thinks_is_asked_again",
            ),
        ]


class Assignment(CasePart):
    """A responsible worker of the case: asked, then accepted or declined, then ended.

    Who names oneself accepts at once. Until the client's word is recorded, somebody has a day by
    which it is asked.
    """

    class Way(models.TextChoices):
        MEETING = "meeting", _("tapaamisessa")
        PHONE = "phone", _("puhelimessa")
        LETTER = "letter", _("kirjeellä")
        PORTAL = "portal", _("omalla sivulla")

    membership = models.ForeignKey(
        Membership, models.RESTRICT, related_name="assignments", db_constraint=False
    )
    is_first_contact = models.BooleanField(default=True)
    is_interim = models.BooleanField(default=False)
    asked_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    agreed_on = models.DateField(null=True)
    agree_by = models.DateField(null=True)
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.TextField(blank=True)
    # When and how the client was told of the name, the number and the hours.
    told_on = models.DateField(null=True)
    told_way = models.CharField(max_length=20, choices=Way.choices, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    is_open = models.GeneratedField(
        # The stubs do not know that a Q is an expression.
        expression=Q(accepted_at__isnull=False, ended_at__isnull=True),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
    # Who is asked or works is an open membership.
    needs_open_membership = models.GeneratedField(
        expression=models.Case(
            models.When(declined_at=None, ended_at=None, then=models.Value(True)),
            default=models.Value(None),
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["id", "case", "is_open"], name="assignment_with_openness"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(is_first_contact=True, accepted_at__isnull=False, ended_at=None),
                name="one_first_contact_a_case",
            ),
            models.UniqueConstraint(
                fields=["case", "membership"],
                condition=Q(declined_at=None, ended_at=None),
                name="nobody_is_asked_twice",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None),
                name="accepted_or_declined",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=False) | Q(agree_by__isnull=False),
                name="agreed_with_the_client_or_by_a_day",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None) | ~Q(decline_reason=""),
                name="who_declines_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["case"], name="assignment_by_case"),
            models.Index(
                fields=["membership"],
                condition=Q(ended_at=None, declined_at=None),
                name="assignment_by_member",
            ),
        ]

    @property
    def gives_way(self) -> bool:
        """A stand-in, and one whom the client has not agreed on, give way to who accepts next."""
        return self.is_interim or self.agreed_on is None


class TeamPlace(CasePart):
    """A place in the own team (oma tiimi): a professional, or somebody close, with a role."""

    membership = models.ForeignKey(
        Membership, models.RESTRICT, null=True, related_name="+", db_constraint=False
    )
    person = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200)
    added_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    needs_open_membership = models.GeneratedField(
        expression=models.Case(
            models.When(ended_at=None, then=models.Value(True)), default=models.Value(None)
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(membership__isnull=False, person="")
                | (Q(membership=None) & ~Q(person="")),
                name="a_professional_or_a_named_person",
            ),
            models.UniqueConstraint(
                fields=["case", "membership"],
                condition=Q(ended_at=None),
                name="one_place_in_the_own_team",
            ),
        ]


class Cover(CasePart):
    """Who answers while a responsible worker is away, from a day through a day."""

    assignment = models.ForeignKey(Assignment, models.RESTRICT, related_name="covers")
    membership = models.ForeignKey(
        Membership, models.RESTRICT, related_name="+", db_constraint=False
    )
    begins = models.DateField()
    ends = models.DateField()
    recorded_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    needs_open_membership = models.GeneratedField(
        expression=models.Case(
            models.When(ended_at=None, then=models.Value(True)), default=models.Value(None)
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("begins")), name="an_absence_ends_after_it_begins"
            )
        ]


class ContactWay(CasePart):
    """How the client reaches the worker in matters that are not urgent, as agreed with the client.

    A change is a new row; the one before ends.
    """

    phone = models.CharField(max_length=40)
    ways = models.TextField(blank=True)
    hours = models.CharField(max_length=200)
    agreed_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_way_of_contact_a_case"
            )
        ]


class ServicePackage(CasePart):
    """Services for a fixed time (määräaikainen palvelukokonaisuus), as talked through with the
    client: what they are, when they end, and when that is looked at together before.

    A change is a new row; the one before ends.
    """

    public_id = models.UUIDField(default=uuid4, unique=True)
    text = models.TextField()
    begins = models.DateField()
    ends = models.DateField()
    check_on = models.DateField()
    talked_on = models.DateField()
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # While it is in force its end is watched (foreign keys of the plans' migration).
    in_force = models.GeneratedField(
        expression=models.Case(
            models.When(ended_at=None, then=models.Value(True)), default=models.Value(None)
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_package_a_case"
            ),
            models.CheckConstraint(
                condition=Q(ends__gte=F("begins")), name="a_package_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(check_on__lte=F("ends")), name="a_package_is_looked_at_before_it_ends"
            ),
        ]


class Load(models.Model):
    """How many cases a membership is responsible for: a figure that a job keeps, no list."""

    membership = models.OneToOneField(
        Membership, models.RESTRICT, primary_key=True, related_name="load"
    )
    cases = models.PositiveIntegerField()
    counted_at = models.DateTimeField()


class Orientation(models.Model):
    """That somebody has read what a responsible worker does (perehdytys), in the words that hold
    from the day of `version`."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    version = models.DateField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "version"], name="read_once_a_version")
        ]
