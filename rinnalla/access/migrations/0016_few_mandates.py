"""Somebody has few mandates: told so, the planner looks clients up one by one."""

from django.db import migrations

SEATS = """
alter function access.mandates_of(uuid) rows 2;
create or replace function access.my_seats()
returns table (client uuid, mandate uuid, kind text, name text)
language sql stable rows 3 security definer set search_path = public, pg_temp as $$
    with own as (
        select a.client_id from access.me
        join access_clientaccount a on a.account_id = me.account and a.ended_at is null
        where me.kind <> 'member'
    ), seats as (
        select own.client_id as client, null::uuid as mandate, 'client' as kind from own
        union all
        select m.client, m.mandate, 'guardian' from own
        cross join lateral access.mandates_of(own.client_id) m
    )
    select s.client, s.mandate, s.kind,
           (select (c.given_names || ' ' || c.family_name)::text from clients_client c
            where c.id = s.client)
    from seats s
    order by s.kind, 4
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0015_audience")]

    operations = [migrations.RunSQL(SEATS, migrations.RunSQL.noop)]
