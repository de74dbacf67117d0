"""The client, in parts that are read on different grounds: row security has no columns."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rinnalla.lib.ids import uuid7
from rinnalla.organizations.models import Municipality, Unit


class Client(models.Model):
    """Who the person is: what everybody in the client's circle sees.

    A client under a safety restriction (turvakielto) has no municipality here; it is with the
    address.
    """

    class Sex(models.TextChoices):
        MALE = "M", _("mies")
        FEMALE = "N", _("nainen")

    id = models.UUIDField(primary_key=True, default=uuid7)
    public_id = models.UUIDField(default=uuid4, unique=True)
    unit = models.ForeignKey(Unit, models.RESTRICT)
    # Unique where it is known, so empty is null.
    number = models.CharField(max_length=20, unique=True, null=True)  # noqa: DJ001
    family_name = models.CharField(max_length=200)
    given_names = models.CharField(max_length=200)
    sort_name = models.TextField()
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    mother_tongue = models.CharField(max_length=3, blank=True)
    contact_language = models.CharField(max_length=3, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    municipality = models.ForeignKey(Municipality, models.RESTRICT, null=True)
    is_protected = models.BooleanField(default=False)
    died_on = models.DateField(null=True)
    updated_on = models.DateField(null=True)
    fingerprint = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return f"{self.family_name} {self.given_names}"


class ClientIdentifier(models.Model):
    """A personal identity code, as a keyed hash to find by and a ciphertext to show; with history.

    What a referrer typed for a client not in the master never collides with the master: matching
    is later.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="identifiers")
    unit = models.ForeignKey(Unit, models.RESTRICT)
    digest = models.BinaryField()
    ciphertext = models.BinaryField()
    is_current = models.BooleanField(default=True)
    from_master = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=Q(from_master=True), name="one_client_an_identifier"
            ),
            models.UniqueConstraint(
                fields=["client"], condition=Q(is_current=True), name="one_current_identifier"
            ),
        ]


class ClientContact(models.Model):
    """How the client is reached, as the keeper of the master knows it."""

    client = models.OneToOneField(Client, models.RESTRICT, primary_key=True, related_name="contact")
    unit = models.ForeignKey(Unit, models.RESTRICT)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    way = models.CharField(max_length=60, blank=True)


class ClientAddress(models.Model):
    """Where the client lives: a table of its own, since a protected address is nobody else's."""

    client = models.OneToOneField(Client, models.RESTRICT, primary_key=True, related_name="address")
    unit = models.ForeignKey(Unit, models.RESTRICT)
    is_protected = models.BooleanField(default=False)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=100, blank=True)
    municipality_code = models.CharField(max_length=3, blank=True)


class Guardian(models.Model):
    """A guardian named in the master: a client too when the master knows the person."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    client = models.ForeignKey(Client, models.RESTRICT, related_name="guardians")
    unit = models.ForeignKey(Unit, models.RESTRICT)
    position = models.PositiveSmallIntegerField()
    digest = models.BinaryField()
    guardian = models.ForeignKey(Client, models.RESTRICT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "position"], name="one_guardian_a_position")
        ]


class GuardianNote(models.Model):
    """What the master says of a guardianship in words: for workers, not for the guardian."""

    client = models.OneToOneField(Client, models.RESTRICT, primary_key=True)
    unit = models.ForeignKey(Unit, models.RESTRICT)
    text = models.TextField()


class ClientLock(models.Model):
    """One row a client, locked by acts that must not interleave (a permit's end and a sharing)."""

    client = models.OneToOneField(Client, models.RESTRICT, primary_key=True)
