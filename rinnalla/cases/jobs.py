"""What the worker counts: how many clients each member answers for."""

from django.db import connection, transaction
from procrastinate.contrib.django import app

COUNT = """
insert into cases_load (membership_id, cases, counted_at)
select a.membership_id, count(*), rinnalla.now() from cases_assignment a
join cases_case c on c.id = a.case_id and c.state = 'active'
where a.is_open group by a.membership_id
on conflict (membership_id) do update set cases = excluded.cases, counted_at = excluded.counted_at
"""
GONE = """
delete from cases_load l where not exists (
    select from cases_assignment a join cases_case c on c.id = a.case_id and c.state = 'active'
    where a.is_open and a.membership_id = l.membership_id)
"""


@app.periodic(cron="*/10 * * * *")
@app.task
def count_loads(timestamp: int) -> None:
    """The figure beside each name on the page of naming; no list of clients."""
    keep_loads()


@transaction.atomic
def keep_loads() -> None:
    """Counts anew, as the worker's database role."""
    with connection.cursor() as cursor:
        cursor.execute(GONE)
        cursor.execute(COUNT)
