"""The rows of other systems that the reader may read, in one statement and one shape."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection


class Coded(NamedTuple):
    """A unit as `services.fitting` asks of it."""

    id: UUID
    code: str


class Record(NamedTuple):
    """A visit, a service relation, a benefit or a referral; `source` tells which."""

    source: str
    unit: Coded
    kind: str
    name: str
    state: str
    starts_on: date
    ends_on: date | None
    paid_days: int | None
    maximum_days: int | None
    detail: str
    measure: str
    measure_starts_on: date | None
    measure_ends_on: date | None
    worker: str
    worker_phone: str
    known_on: date
    system: str = ""
    second: str = ""

    @property
    def profession(self) -> str:
        return self.name

    @property
    def day(self) -> date:
        return self.starts_on


class Records(NamedTuple):
    visits: list[Record]
    uses: list[Record]
    benefits: list[Record]
    referrals: list[Record]

    def only(self, units: set[UUID]) -> "Records":
        """Those recorded by the units."""
        kept = ([r for r in rows if r.unit.id in units] for rows in self)
        return Records(*kept)


_RECORDS = """
select 'visit', r.unit_id, u.code, '', r.profession, r.state, r.day, null::date, null::integer,
       null::integer, r.reason, '', null::date, null::date, r.worker, '', r.known_on,
       r.source, coalesce(r.second_source, '')
from services_visit r join organizations_unit u on u.id = r.unit_id where r.client_id = %(client)s
union all
select 'use', r.unit_id, u.code, r.kind, r.name, r.state, r.starts_on, r.ends_on, r.paid_days,
       null, r.goal, r.measure,
       r.measure_starts_on, r.measure_ends_on, r.worker, r.worker_phone, r.known_on,
       r.source, ''
from services_serviceuse r join organizations_unit u on u.id = r.unit_id
where r.client_id = %(client)s
union all
select 'benefit', r.unit_id, u.code, r.kind, r.name, r.state, r.starts_on, r.ends_on, r.paid_days,
       r.maximum_days, '', '', null, null, '', '', r.known_on, r.source, ''
from services_benefit r join organizations_unit u on u.id = r.unit_id where r.client_id = %(client)s
union all
select 'referral', r.unit_id, u.code, '', r.name, r.state, r.authored_on, null, null, null, '', '',
       null, null, '', '', r.known_on, r.source, ''
from services_referral r join organizations_unit u on u.id = r.unit_id
where r.client_id = %(client)s
order by 7
"""


def records_of(client_id: UUID) -> Records:
    """Everything told of the client that PostgreSQL lets this reader read, oldest first."""
    found: dict[str, list[Record]] = {"visit": [], "use": [], "benefit": [], "referral": []}
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS, {"client": client_id})
        for source, unit_id, code, *rest in cursor.fetchall():
            found[source].append(Record(source, Coded(unit_id, code), *rest))
    return Records(*found.values())
