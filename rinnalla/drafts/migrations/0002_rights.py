"""A draft is its writer's alone, while they work with the client; the worker clears old ones."""

from django.db import migrations

from rinnalla.access.policies import client_table, for_job

WRITER = "{t}.membership_id = (select membership from access.me)"
OWN = f"{{t}}.unit_id = (select unit from access.me) and {WRITER}"


class Migration(migrations.Migration):
    dependencies = [("drafts", "0001_initial"), ("access", "0018_called_together")]

    operations = [
        client_table(
            "drafts_draft", WRITER, insert=OWN, update=OWN, columns=["content", "saved_at"]
        ),
        for_job("rinnalla_worker", "drafts_draft", "select, update"),
    ]
