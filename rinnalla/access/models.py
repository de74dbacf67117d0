"""The circle and the openings as the actor sees them: views that the database owner keeps."""

from django.db import models


class MyCircle(models.Model):
    """A client whom the actor works with: where every list begins."""

    client = models.OneToOneField(
        "clients.Client",
        models.DO_NOTHING,
        primary_key=True,
        db_column="client",
        related_name="my_circle",
    )
    cause = models.TextField()
    thing = models.UUIDField(null=True)
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = 'access"."my_circle'
