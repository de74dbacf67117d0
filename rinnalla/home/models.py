"""What people tell of the program itself."""

from django.conf import settings
from django.db import models

from rinnalla.lib.ids import uuid7


class Feedback(models.Model):
    """A word about accessibility or anything else; answered within 14 days when asked to."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    at = models.DateTimeField(auto_now_add=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )
    text = models.TextField()
    contact = models.CharField(max_length=254, blank=True)
