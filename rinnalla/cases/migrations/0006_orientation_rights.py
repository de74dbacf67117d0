"""Everybody sees who is oriented, and confirms only for oneself."""

from django.db import migrations

from rinnalla.access.policies import plain

OWN_WORD = [
    "alter table cases_orientation enable row level security",
    "create policy shown on cases_orientation for select to rinnalla_app"
    " using ((select kind from access.me) = 'member')",
    "create policy recording on cases_orientation for insert to rinnalla_app"
    " with check (membership_id = (select membership from access.me)"
    " and read_at = rinnalla.now())",
]
NO_WORD = [
    "drop policy recording on cases_orientation",
    "drop policy shown on cases_orientation",
    "alter table cases_orientation disable row level security",
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_orientation")]

    operations = [
        migrations.RunSQL(OWN_WORD, NO_WORD),
        plain("cases_orientation", app="select, insert"),
    ]
