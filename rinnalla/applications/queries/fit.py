"""Catalogue services not yet used that fit the client, told only from what the reader may read."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from rinnalla.applications.queries.records import Records
from rinnalla.applications.queries.room import Seat
from rinnalla.services.fitting import Facts, unused


@dataclass(frozen=True, slots=True)
class Service:
    """A catalogue service as the grid and the recommendation need it."""

    code: str
    name: str
    decided_by: str
    units: frozenset[UUID]
    conditions: Any
    used_when: Any

    @property
    def why(self) -> str:
        """Whom it fits, in the catalogue's words."""
        return str(self.conditions.get("in_words", ""))


_SERVICES = """
select s.code, s.name, s.name_sv, s.name_en, o.name, array_agg(u.unit_id),
       s.conditions::text, s.used_when::text
from services_catalogueservice s
join organizations_organization o on o.id = s.decided_by_id
left join services_catalogueservice_units u on u.catalogueservice_id = s.id
where s.begins <= %(day)s and (s.ends is null or s.ends >= %(day)s)
group by s.id, o.name
order by s.name, o.name
"""


def services_on(day: date) -> list[Service]:
    """The services that the catalogue has on the day, by name."""
    language = get_language()
    with connection.cursor() as cursor:
        cursor.execute(_SERVICES, {"day": day})
        rows = cursor.fetchall()
    return [
        Service(
            code,
            {"sv": name_sv, "en": name_en}.get(language or "") or name,
            decided_by,
            frozenset(units),
            json.loads(conditions),
            json.loads(used_when),
        )
        for code, name, name_sv, name_en, decided_by, units, conditions, used_when in rows
    ]


def unused_by_seat(
    services: Iterable[Service], seats: Iterable[Seat], records: Records, facts: Facts
) -> dict[UUID, list[Service]]:
    """For each column that the reader may read whole: what fits and is not known to be used."""
    open_seats = {s.id: {u.id for u in s.units} for s in seats if not s.closed}
    theirs = frozenset().union(*open_seats.values())
    candidates = [service for service in services if service.units & theirs]
    found = unused(candidates, facts, records.visits, records.uses, records.benefits)
    return {
        seat: [service for service in found if service.units & units]
        for seat, units in open_seats.items()
    }
