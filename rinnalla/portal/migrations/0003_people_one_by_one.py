"""The few who have an own page are named one by one."""

from django.db import migrations

PEOPLE = """
create or replace function portal.people() returns table (key uuid, account uuid, name text, for_whom text)
language sql stable rows 20 security definer set search_path = public, pg_temp as $$
    with shown as materialized (
        select a.public_id, a.account_id, a.client_id from access_clientaccount a
        where a.ended_at is null
          and exists (select from pg_proc where proname = 'now'
                      and pronamespace = 'rinnalla'::regnamespace and prosrc like '%rinnalla.clock%')
    )
    select s.public_id, s.account_id,
           (select c.given_names || ' ' || c.family_name from clients_client c where c.id = s.client_id),
           coalesce((select string_agg((select o.given_names || ' ' || o.family_name
                                        from clients_client o where o.id = m.client), ', ')
                     from access.mandates_of(s.client_id) m), '')
    from shown s
    order by 3
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_rights")]

    operations = [migrations.RunSQL(PEOPLE, migrations.RunSQL.noop)]
