"""A busy week of one is no pattern: what is far beside the others is five times theirs."""

from django.db import migrations

RATES = """
-- Openings of four weeks beside those of the others in the same role who opened any: a question when
-- they are at least 20, and more than five times what is usual; once in four weeks.
create or replace function officer.raise_rates(p_day date, p_until timestamptz) returns integer
language sql volatile security definer set search_path = public, pg_temp as $$
    with counted as (
        select e.membership, m.role, count(distinct s.client) as n
        from journal_entry e join journal_entrysubject s on s.entry = e.id
        join organizations_membership m on m.id = e.membership
        where e.kind in ('client.found', 'law.opened')
          and e.at >= p_until - interval '28 days' and e.at < p_until
        group by e.membership, m.role
    ), beside as (
        select c.membership, c.n,
               (select percentile_disc(0.5) within group (order by o.n) from counted o
                where o.role = c.role and o.membership <> c.membership having count(*) >= 5) as usual
        from counted c where c.n >= 20
    ), raised as (
        insert into officer_question
            (id, public_id, membership_id, kind, day, openings, usual, raised_at)
        select rinnalla.uuid7(), gen_random_uuid(), b.membership, 'rate', p_day, b.n, b.usual, rinnalla.now()
        from beside b
        where b.n > 5 * b.usual and not exists (
            select from officer_question q where q.membership_id = b.membership and q.kind = 'rate'
            and q.day > p_day - 28)
        returning id
    )
    select count(*)::integer from raised
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("officer", "0003_inquiries")]

    operations = [migrations.RunSQL(RATES, migrations.RunSQL.noop)]
