"""Runs and rejections hold no client; doubtful pairs are read by the intake of the master's keeper."""

from django.db import migrations

from rinnalla.access.policies import client_owned, for_job, plain

INTAKE = (
    "{t}.unit_id = (select unit from access.me where role = 'intake')"
    " and (select true from access.my_circle c where c.client = {t}.other_id limit 1)"
)


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial"), ("access", "0002_rights_below")]

    operations = [
        plain("imports_importrun", "select", "select, insert"),
        plain("imports_rejection", "select", "select, insert"),
        client_owned(
            "imports_doubtfulpair",
            INTAKE,
            insert=None,
            update=INTAKE,
            columns=("state", "decided_by_id", "decided_at"),
        ),
        for_job("rinnalla_import", "imports_doubtfulpair", "select, insert, delete"),
    ]
