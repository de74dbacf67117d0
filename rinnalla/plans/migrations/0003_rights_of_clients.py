"""The client, and who opens by law, read steps and what was told of them."""

from django.db import migrations

from rinnalla.access.policies import READ, changed


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_rights"), ("access", "0009_rights_of_clients")]

    operations = [changed(table, read=READ) for table in ("plans_step", "plans_stepreport")]
