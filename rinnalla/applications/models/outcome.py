"""What the consultation ended in, and what the referrer did with it."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from rinnalla.applications.models.consultation import AgendaItem
from rinnalla.applications.models.matter import ApplicationPart
from rinnalla.organizations.models import Membership
from rinnalla.plans.models import Step
from rinnalla.services.models import CatalogueService


class Outcome(ApplicationPart):
    """A recommendation to the referrer, or a call of the client to a meeting; never a decision."""

    class Kind(models.TextChoices):
        RECOMMENDATION = "recommendation", _("suositus")
        MEETING = "meeting", _("kutsu tapaamiseen")

    public_id = models.UUIDField(default=uuid4, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    item = models.ForeignKey(AgendaItem, models.RESTRICT, related_name="outcomes", null=True)
    service = models.ForeignKey(CatalogueService, models.RESTRICT, null=True)
    reason = models.TextField()
    network = models.JSONField(default=list)
    given_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    given_at = models.DateTimeField()
    recalled_at = models.DateTimeField(null=True)


class OutcomeStep(ApplicationPart):
    """That a step belongs to a recommendation."""

    outcome = models.ForeignKey(Outcome, models.RESTRICT, related_name="step_links")
    step = models.OneToOneField(Step, models.RESTRICT, related_name="outcome_link")


class OutcomeAnswer(ApplicationPart):
    """The referrer's answer to a recommendation: takes it on, or declines with a reason."""

    outcome = models.OneToOneField(Outcome, models.RESTRICT, related_name="answer")
    accepted = models.BooleanField()
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    answered_at = models.DateTimeField()


class Telling(ApplicationPart):
    """That the client was told of the recommendation: on which day, how, by whom."""

    class How(models.TextChoices):
        MEETING = "meeting", _("tavatessa")
        PHONE = "phone", _("puhelimessa")
        LETTER = "letter", _("kirjeellä")

    outcome = models.ForeignKey(Outcome, models.RESTRICT, related_name="tellings")
    how = models.CharField(max_length=20, choices=How.choices)
    told_on = models.DateField()
    note = models.TextField(blank=True)
    told_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField()


class Ending(ApplicationPart):
    """What came of the matter, in the referrer's words; may be undone."""

    what_came = models.TextField()
    ended_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    ended_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
