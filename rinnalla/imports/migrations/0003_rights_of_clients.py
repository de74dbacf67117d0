"""A doubtful pair is shown to no client: it is about two people, and perhaps one of them another."""

from django.db import migrations

from rinnalla.access.policies import changed


class Migration(migrations.Migration):
    dependencies = [("imports", "0002_rights"), ("access", "0009_rights_of_clients")]

    operations = [changed("imports_doubtfulpair")]
