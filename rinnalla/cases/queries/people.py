"""Whom one can ask: open memberships that work with clients."""

from dataclasses import dataclass
from uuid import UUID

from rinnalla.access.actor import Actor
from rinnalla.cases.access import ROLES
from rinnalla.lib.ordering import alphabetical
from rinnalla.organizations.models import Membership


@dataclass(frozen=True)
class Person:
    """A membership as a choice of a form."""

    key: UUID
    label: str


def people_to_ask(actor: Actor) -> list[Person]:
    """Everybody who could be named, by name."""
    rows = Membership.objects.filter(is_open=True, role__in=ROLES, begins__lte=actor.today)
    ordered = rows.select_related("user", "unit").order_by(
        *alphabetical("user__last_name", "user__first_name", "unit__name")
    )
    return [
        Person(row.pk, f"{row.user.last_name} {row.user.first_name}, {row.title}, {row.unit.name}")
        for row in ordered
    ]
