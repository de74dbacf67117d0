"""The client reads what was sent to the own page."""

from django.db import migrations

from rinnalla.access.policies import ONESELF, OWN, changed


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_rights"), ("access", "0009_rights_of_clients")]

    operations = [
        changed("notifications_message", read=f"{OWN} or ({{t}}.channel = 'portal' and {ONESELF})")
    ]
