"""Who is called to a meeting, or has a task agreed in one, works with the client by a sharing."""

from django.db import migrations

# Both functions that say why somebody sees a client name the causes that are a sharing.
SHARED = "('reception', 'session')"
AND_MEETINGS = "('reception', 'session', 'meeting', 'task')"
EXCHANGE = """
do $do$
declare
    one regprocedure;
begin
    foreach one in array array['access.my_bases(uuid)'::regprocedure,
                               'access.record_read(text, text, uuid, uuid[], text[])'::regprocedure]
    loop
        execute replace(pg_get_functiondef(one), $q$%s$q$, $q$%s$q$);
    end loop;
end $do$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0017_guardian_note")]

    operations = [
        migrations.RunSQL(EXCHANGE % (SHARED, AND_MEETINGS), EXCHANGE % (AND_MEETINGS, SHARED))
    ]
