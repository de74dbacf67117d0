"""What the members wrote for a case: their views, and what they added to their columns."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

VIEW = "view"


@dataclass(frozen=True, slots=True)
class Writing:
    """A view (its `row` is "view") or an addition to a row of the column."""

    id: UUID
    row: str
    seat_id: UUID
    unit_id: UUID
    membership_id: UUID
    text: str
    saved_at: datetime
    version: int
    first_name: str
    last_name: str
    title: str

    @property
    def author(self) -> str:
        return f"{self.first_name} {self.last_name}"


_WRITINGS = """
with writings as (
    select v.id, 'view' as row, v.seat_id, v.unit_id, v.membership_id, v.text, v.saved_at, v.version
    from applications_view v where v.application_id = any(%(applications)s)
    union all
    select e.id, e.row, e.seat_id, e.unit_id, e.membership_id, e.text, e.saved_at, 0
    from applications_columnentry e
    where e.application_id = any(%(applications)s) and e.removed_at is null
)
select w.*, a.first_name, a.last_name, m.title
from writings w
join organizations_membership m on m.id = w.membership_id
join accounts_user a on a.id = m.user_id
order by w.saved_at, w.id
"""


def writings_of(*applications: UUID) -> list[Writing]:
    """All that the reader may read, oldest first; an emptied view is none."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITINGS, {"applications": list(applications)})
        return [Writing(*row) for row in cursor.fetchall()]
