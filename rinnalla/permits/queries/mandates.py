"""Who may give a permit for the client: the mandates in force, and what they cover."""

from datetime import date

from django.db.models import Q

from rinnalla.access.models import Mandate
from rinnalla.clients.models import Client
from rinnalla.organizations.models import Unit

# The sector of the units that a mandate's scope covers.
SECTORS = {Mandate.Scope.HEALTH: "terveys", Mandate.Scope.SOCIAL: "sosiaali"}


def mandates_of(client: Client, today: date) -> list[Mandate]:
    """The guardians' mandates in force that the reader may see."""
    rows = Mandate.objects.filter(client=client, ended_at=None, denied_at=None, begins__lte=today)
    in_force = rows.filter(Q(ends=None) | Q(ends__gte=today))
    return list(in_force.order_by("recorded_at"))


def covers(mandate: Mandate, unit: Unit) -> bool:
    """Whether the guardian may decide on the unit's data."""
    return mandate.scope == Mandate.Scope.ALL or unit.sector == SECTORS[mandate.scope]  # type: ignore[index]
