"""The worker keeps its queue of jobs; nobody else does."""

from django.db import migrations

GRANT = """
do $$
declare name text;
begin
    for name in select quote_ident(tablename) from pg_tables
                where schemaname = 'public' and tablename like 'procrastinate\\_%' loop
        execute 'grant select, insert, update, delete on ' || name || ' to rinnalla_worker';
    end loop;
    for name in select quote_ident(sequencename) from pg_sequences
                where schemaname = 'public' and sequencename like 'procrastinate\\_%' loop
        execute 'grant usage, select on ' || name || ' to rinnalla_worker';
    end loop;
end $$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("applications", "0002_rights"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [migrations.RunSQL(GRANT, migrations.RunSQL.noop)]
