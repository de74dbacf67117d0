"""Catalogue services not yet used that fit the client, told only from what the reader may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.utils.translation import get_language

from rinnalla.applications.queries.records import Records
from rinnalla.applications.queries.room import Seat
from rinnalla.services.fitting import Facts, unused
from rinnalla.services.models import CatalogueService


@dataclass(frozen=True, slots=True)
class Service:
    """A catalogue service as the grid and the recommendation need it."""

    code: str
    name: str
    units: frozenset[UUID]
    conditions: Any
    used_when: Any

    @property
    def why(self) -> str:
        """Whom it fits, in the catalogue's words."""
        return str(self.conditions.get("in_words", ""))


def services_on(day: date) -> list[Service]:
    """The services that the catalogue has on the day, by name."""
    language = get_language()
    localized = f"name_{language}" if language in ("sv", "en") else "name"
    rows = (
        CatalogueService.objects.filter(Q(ends=None) | Q(ends__gte=day), begins__lte=day)
        .annotate(unit_ids=ArrayAgg("units"))
        .order_by("name")
        .values_list("code", "name", localized, "unit_ids", "conditions", "used_when")
    )
    return [
        Service(code, its_name or name, frozenset(units), conditions, used_when)
        for code, name, its_name, units, conditions, used_when in rows
    ]


def unused_by_seat(
    services: Iterable[Service], seats: Iterable[Seat], records: Records, facts: Facts
) -> dict[UUID, list[Service]]:
    """For each column that the reader may read whole: what fits and is not known to be used."""
    open_seats = {s.id: {u.id for u in s.units} for s in seats if not s.closed}
    theirs = frozenset().union(*open_seats.values())
    candidates = [service for service in services if service.units & theirs]
    found = unused(candidates, facts, *records)
    return {
        seat: [service for service in found if service.units & units]
        for seat, units in open_seats.items()
    }
