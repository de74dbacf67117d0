"""Questions about how clients' data was opened: asked, answered, closed; never a client's name.

Whose data a question is about lies in a table that only the owner's functions reach.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rinnalla.lib.ids import uuid7
from rinnalla.organizations.models import Membership


class Question(models.Model):
    """An unusual pattern of one membership, found at the end of a working day."""

    class Kind(models.TextChoices):
        UNEXPLAINED = "unexplained", _("avaaminen ilman ajanvarausta, tehtävää tai ehdotusta")
        SAME_NAME = "same_name", _("avaajalla ja asiakkaalla on sama sukunimi")
        RATE = "rate", _("avaamisia on paljon enemmän kuin muilla samassa työssä")

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    day = models.DateField()
    openings = models.PositiveIntegerField()
    # Of a rate: what is usual among the others of the same role.
    usual = models.PositiveIntegerField(null=True)
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "kind", "day"], name="one_question_a_day_and_kind"
            )
        ]


class Asking(models.Model):
    """That the officer asked somebody in words; the newest one of a question stands."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    question = models.ForeignKey(Question, models.RESTRICT, related_name="askings")
    to = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    due = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "to"], name="asked_once_of_each")
        ]


class Answer(models.Model):
    """What the one who was asked says."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    asking = models.OneToOneField(Asking, models.RESTRICT)
    by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    text = models.TextField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="an_answer_has_words")]


class Closing(models.Model):
    """How the officer closed a question."""

    class Outcome(models.TextChoices):
        EXPLAINED = "explained", _("Avaamiselle oli työn peruste")
        GUIDED = "guided", _("Työntekijää on ohjattu")
        FURTHER = "further", _("Asia selvitetään muualla")

    id = models.UUIDField(primary_key=True, default=uuid7)
    question = models.OneToOneField(Question, models.RESTRICT)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    words = models.TextField()
    by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    closed_at = models.DateTimeField()
