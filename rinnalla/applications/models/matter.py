"""The matter itself: who holds it, in which state; and what the referrer wrote of it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rinnalla.cases.models import Case
from rinnalla.clients.models import Client
from rinnalla.lib.ids import uuid7
from rinnalla.organizations.models import Membership, Team, Unit


class ApplicationPart(models.Model):
    """A row that belongs to one application, recorded by a unit about the application's client."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    application = models.ForeignKey("Application", models.RESTRICT, related_name="%(class)ss")
    client = models.ForeignKey(Client, models.RESTRICT, related_name="+")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")

    class Meta:
        abstract = True


class Application(models.Model):
    """A matter brought to a team. It always has a holder: an open membership, by foreign key."""

    class State(models.TextChoices):
        DRAFT = "draft", _("luonnos")
        SENT = "sent", _("lähetetty")
        RECEIVED = "received", _("käsittelyssä")
        RECOMMENDED = "recommended", _("suositus annettu")
        CALLED = "called", _("kutsutaan tapaamiseen")
        ACCEPTED = "accepted", _("lähettäjä vie eteenpäin")
        ENDED = "ended", _("päättynyt")
        DISCARDED = "discarded", _("poistettu")

    MOVES: dict[str, set[str]] = {
        "draft": {"sent", "discarded"},
        "sent": {"draft", "received", "sent"},
        "received": {"sent", "recommended", "called"},
        "recommended": {"accepted", "received"},
        "called": {"received"},
        "accepted": {"ended"},
        "ended": {"accepted"},
        "discarded": {"draft"},
    }

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="applications")
    unit = models.ForeignKey(Unit, models.RESTRICT)
    team = models.ForeignKey(Team, models.RESTRICT)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    referrer = models.ForeignKey(Membership, models.RESTRICT, related_name="sent_applications")
    holder = models.ForeignKey(
        Membership, models.RESTRICT, related_name="held_applications", db_constraint=False
    )
    holder_is_interim = models.BooleanField(default=False)
    # The case (yhteisasiakkuus) that the matter led to, of the same client (the migration's key).
    case = models.ForeignKey(Case, models.RESTRICT, null=True, related_name="applications")
    # The holder of a matter that is not over is an open membership (foreign key of the migration).
    needs_open_holder = models.GeneratedField(
        expression=models.Case(
            models.When(state__in=["ended", "discarded"], then=models.Value(None)),
            default=models.Value(True),
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    consulted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # What came of a call to a meeting, kept by triggers for all who read the matter: when the
    # meeting is, and when the promise was kept: it was held, or a worker was named without it.
    meets_at = models.DateTimeField(null=True, editable=False)
    met_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "discarded"]) | Q(sent_at__isnull=False),
                name="a_sent_application_has_its_time",
            )
        ]
        indexes = [
            models.Index(fields=["client"], name="application_by_client"),
            models.Index(fields=["referrer", "state"], name="application_by_referrer"),
            models.Index(fields=["team", "state"], name="application_by_team"),
            models.Index(fields=["holder", "state"], name="application_by_holder"),
        ]


class ApplicationText(models.Model):
    """What the referrer wrote with the client; `version` guards against silent overwriting."""

    class Given(models.TextChoices):
        NOT_ASKED = "", _("ei vielä kysytty")
        SPOKEN = "spoken", _("asiakas on suostunut suullisesti")
        SIGNED = "signed", _("asiakas on allekirjoittanut")

    application = models.OneToOneField(
        Application, models.RESTRICT, primary_key=True, related_name="text"
    )
    client = models.ForeignKey(Client, models.RESTRICT, related_name="+")
    unit = models.ForeignKey(Unit, models.RESTRICT)
    question = models.TextField(blank=True)
    wish = models.TextField(blank=True)
    situation = models.TextField(blank=True)
    tried = models.TextField(blank=True)
    involved = models.TextField(blank=True)
    reaching = models.TextField(blank=True)
    support_needed = models.TextField(blank=True)
    urgency = models.TextField(blank=True)
    agreed = models.CharField(max_length=20, choices=Given.choices, blank=True)
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)


class Holding(ApplicationPart):
    """Who held the matter, from when to when; `interim` when on top of their day for another."""

    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    is_interim = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(ended_at=None), name="one_holder_at_a_time"
            )
        ]


class InformationRequest(ApplicationPart):
    """A question back to the referrer; the clock stands still until it is answered."""

    question = models.TextField()
    asked_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at=None),
                name="one_open_question_an_application",
            )
        ]


class InformationAnswer(ApplicationPart):
    """The referrer's answer to a question, recorded by the referrer's unit."""

    request = models.OneToOneField(InformationRequest, models.RESTRICT, related_name="answer")
    text = models.TextField()
    answered_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    answered_at = models.DateTimeField()


class ClockPause(ApplicationPart):
    """Why a promised clock stands, in words for everybody whom it was promised to; it goes on from
    the day of return, or when somebody ends the pause before."""

    class Reason(models.TextChoices):
        WISH = "wish", _("asiakas toivoi lisäaikaa")
        UNREACHED = "unreached", _("asiakasta ei ole tavoitettu")
        CARE = "care", _("asiakas on hoidossa tai muualla")
        WAITS = "waits", _("odotetaan tietoa tai toista palvelua")
        OTHER = "other", _("muu syy")

    reason = models.CharField(max_length=20, choices=Reason.choices)
    words = models.TextField(blank=True)
    began_on = models.DateField()
    returns_on = models.DateField()
    paused_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    paused_at = models.DateTimeField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(returns_on__gt=models.F("began_on")), name="a_pause_has_a_day_of_return"
            ),
            models.CheckConstraint(
                condition=~Q(reason="other") | ~Q(words=""), name="another_reason_is_told_in_words"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(ended_on=None),
                name="one_pause_an_application",
            ),
        ]


class Forwarding(ApplicationPart):
    """A move to another team; everything goes along."""

    from_team = models.ForeignKey(Team, models.RESTRICT, related_name="+")
    to_team = models.ForeignKey(Team, models.RESTRICT, related_name="+")
    reason = models.TextField()
    forwarded_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    forwarded_at = models.DateTimeField()
