"""Names in Finnish alphabetical order on every server, whatever its collations."""

from django.db import migrations

from rinnalla.lib.names import SORT_KEY_SQL


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_clock_and_append_only")]

    operations = [
        migrations.RunSQL(
            [
                SORT_KEY_SQL,
                "grant execute on function rinnalla.sort_key"
                " to rinnalla_app, rinnalla_import, rinnalla_worker",
            ],
            "drop function rinnalla.sort_key",
        )
    ]
