"""What the master says of a guardianship moves out of the row that a guardian reads."""

import django.db.models.deletion
from django.db import migrations, models

MOVE = """
insert into clients_guardiannote (client_id, unit_id, text)
select id, unit_id, guardian_note from clients_client where guardian_note <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial"), ("organizations", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="GuardianNote",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.RESTRICT,
                        primary_key=True,
                        serialize=False,
                        to="clients.client",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, to="organizations.unit"
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveField("client", "guardian_note"),
    ]
