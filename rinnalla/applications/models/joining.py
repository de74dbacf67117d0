"""Two applications for one client in one team, handled as one."""

from django.db import models
from django.db.models import Q

from rinnalla.applications.models.matter import Application, ApplicationPart
from rinnalla.organizations.models import Membership


class Joining(ApplicationPart):
    """That an application is handled together with the earlier one that it repeats.

    Both stay whole: each referrer goes on seeing the own one, and is not told of the other.
    """

    into = models.ForeignKey(Application, models.RESTRICT, related_name="joined")
    joined_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    joined_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(undone_at=None), name="joined_into_one"
            )
        ]
        indexes = [models.Index(fields=["into"], name="joined_by_the_earlier")]
