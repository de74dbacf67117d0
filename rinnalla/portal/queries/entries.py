"""What the reader's own unit recorded of a client: shown to the client, or kept from view."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection

ROWS = 100


class Entry(NamedTuple):
    """One record; `withholding` is the key of what keeps it from view, with its ground."""

    table: str
    thing: UUID
    kind: str
    text: str
    day: date
    unit: str
    withholding: UUID | None
    ground: str

    @property
    def key(self) -> str:
        return f"{self.table}:{self.thing}"


# Only what the reader may withhold: of the own unit, or of one within the own work task.
_ENTRIES = """
with me as (select unit, units from access.me), rows (tbl, id, kind, text, day, unit_id) as (
  select 'services_visit', r.id, 'visit', concat_ws(', ', nullif(r.profession, ''),
         nullif(r.reason, '')), r.day, r.unit_id
  from services_visit r where r.client_id = %(client)s
  union all
  select 'services_serviceuse', r.id, 'use', r.name, r.starts_on, r.unit_id
  from services_serviceuse r where r.client_id = %(client)s
  union all
  select 'services_benefit', r.id, 'benefit', r.name, r.starts_on, r.unit_id
  from services_benefit r where r.client_id = %(client)s
  union all
  select 'services_referral', r.id, 'referral', r.name, r.authored_on, r.unit_id
  from services_referral r where r.client_id = %(client)s
  union all
  select 'plans_step', r.id, 'step', r.text, r.due, r.unit_id
  from plans_step r where r.client_id = %(client)s
  union all
  select 'files_attachment', r.id, 'attachment', r.name,
         (r.added_at at time zone 'Europe/Helsinki')::date, r.unit_id
  from files_attachment r where r.client_id = %(client)s and r.removed_at is null
)
select rows.tbl, rows.id, rows.kind, rows.text, rows.day, u.name, w.id, coalesce(g.name, '')
from rows
join organizations_unit u on u.id = rows.unit_id, me,
lateral (select max(x.id::text)::uuid as id, max(x.ground) as ground from access_withholding x
         where x.client_id = %(client)s and x."table" = rows.tbl and x.thing = rows.id
           and x.lifted_at is null) w
left join organizations_codeentry g on g.code_list = 'salausperuste' and g.code = w.ground
where (rows.unit_id = me.unit or rows.unit_id = any (me.units)) and (w.id is not null) = %(kept)s
order by rows.day desc, rows.id
limit %(rows)s
"""


def entries_of(client: UUID, *, kept: bool) -> list[Entry]:
    """The newest records that are kept from the client's view, or that are not."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, {"client": client, "kept": kept, "rows": ROWS})
        return [Entry(*row) for row in cursor.fetchall()]
