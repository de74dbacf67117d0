"""The client's log is the portal's; one function tells it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0013_law_and_officer")]

    operations = [migrations.RunSQL("drop function access.my_log", migrations.RunSQL.noop)]
