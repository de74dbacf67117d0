"""The paper consultation: a place on an agenda, who was there, what each agency adds and thinks."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rinnalla.applications.models.matter import ApplicationPart
from rinnalla.organizations.models import Membership, TeamSeat, TeamSession


class AgendaItem(ApplicationPart):
    """An application's number on a session's agenda."""

    session = models.ForeignKey(TeamSession, models.RESTRICT, related_name="items")
    number = models.PositiveSmallIntegerField()
    placed_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    placed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"],
                condition=Q(removed_at=None),
                name="one_case_a_number",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(removed_at=None, handled_at=None),
                name="one_open_place_on_an_agenda",
            ),
        ]


class Presence(ApplicationPart):
    """That somebody was present for this case: a disclosure."""

    item = models.ForeignKey(AgendaItem, models.RESTRICT, related_name="presences")
    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    marked_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    marked_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "membership"],
                condition=Q(removed_at=None),
                name="present_once_for_a_case",
            )
        ]


class Disqualification(ApplicationPart):
    """A member who may not take part in this case (esteellinen)."""

    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    recorded_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "membership"],
                condition=Q(removed_at=None),
                name="disqualified_once_from_a_case",
            )
        ]


class View(ApplicationPart):
    """A member's view (näkemys) on the case, for the seat that the member fills."""

    seat = models.ForeignKey(TeamSeat, models.RESTRICT, related_name="+")
    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    text = models.TextField()
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "seat", "membership"], name="one_view_a_member"
            )
        ]


class ColumnEntry(ApplicationPart):
    """What an agency's member adds to its column of the grid, from its own system."""

    class Row(models.TextChoices):
        USED = "used", _("käytetty")
        ONGOING = "ongoing", _("menossa")
        MEASURE = "measure", _("tehdyt toimenpiteet")
        WORKER = "worker", _("oma työntekijä")

    seat = models.ForeignKey(TeamSeat, models.RESTRICT, related_name="+")
    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    row = models.CharField(max_length=20, choices=Row.choices)
    text = models.TextField()
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
