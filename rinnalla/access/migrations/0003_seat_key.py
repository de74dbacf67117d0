"""Gives the database the key by which it checks who is seated; `rinnalla seat_key` changes it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from rinnalla.access.seat_key import install


def put(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    install(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("access", "0002_rights_below")]

    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
