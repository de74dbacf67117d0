"""What somebody has written on a form and not yet sent, so that no text is lost."""

from django.db import models

from rinnalla.clients.models import Client
from rinnalla.lib.ids import uuid7
from rinnalla.organizations.models import Membership, Unit


class Draft(models.Model):
    """The fields of one page's form as they were typed last (`a=1&b=2`); nobody but the writer
    reads them. Sent or thrown away, the row stays and is empty."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="+")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    membership = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    page = models.CharField(max_length=300)
    content = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "page"], name="one_draft_a_page")
        ]
