"""Whoever does an agreed thing, or looks at it, reads it, whichever unit wrote it down."""

from django.db import migrations

from rinnalla.access.policies import READ, changed

OWNERS = (
    "{t}.owner_id = (select membership from access.me)"
    " or {t}.watcher_id = (select membership from access.me)"
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_rights_of_clients")]

    operations = [changed("plans_step", read=f"{READ} or {OWNERS}")]
