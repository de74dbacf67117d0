"""Who is called to a meeting, or has a task agreed in one, works with the client by a sharing."""

from django.db import migrations

BASES = """
create or replace function access.my_bases(p_client uuid)
returns table (bases text[], cause text, since timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select array_remove(array[
               case when bool_or(not c.narrow and c.cause not in (%(shared)s))
                    then 'own' end,
               case when bool_or(c.cause in (%(shared)s)) then 'shared' end,
               case when exists (select from access.my_opening o where o.client = p_client)
                    then 'permit' end,
               case when bool_or(c.cause = 'law') then 'law' end,
               case when bool_or(c.cause in ('self', 'mandate')) then 'self' end], null),
           (array_agg(c.cause order by c.cause = 'found', c.begins))[1],
           (array_agg(c.begins order by c.cause = 'found', c.begins))[1]
    from access.my_circle c where c.client = p_client
    having count(*) > 0
$$;
"""
BEFORE = "'reception', 'session'"


class Migration(migrations.Migration):
    dependencies = [("access", "0017_guardian_note")]

    operations = [
        migrations.RunSQL(
            BASES % {"shared": f"{BEFORE}, 'meeting', 'task'"}, BASES % {"shared": BEFORE}
        )
    ]
