"""Who reads what the master says of a guardianship: its own register's workers alone."""

from django.db import migrations

from rinnalla.access.policies import OWN, client_table, for_job


class Migration(migrations.Migration):
    dependencies = [("access", "0016_few_mandates"), ("clients", "0002_guardian_note")]

    operations = [
        client_table("clients_guardiannote", OWN, insert=None),
        for_job("rinnalla_import", "clients_guardiannote", "select, insert, delete"),
    ]
