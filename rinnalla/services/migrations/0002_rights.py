"""What other systems told is read by reach; only the import writes it."""

from django.db import migrations

from rinnalla.access.policies import REACH, client_owned, for_job, plain

RECORDS = ("services_visit", "services_serviceuse", "services_benefit")
CATALOGUE = (
    "services_catalogueservice",
    "services_catalogueservice_units",
    "services_steptemplate",
)


class Migration(migrations.Migration):
    dependencies = [("services", "0001_initial"), ("access", "0002_rights_below")]

    operations = [
        *(plain(table, "select", "select, insert, update, delete") for table in CATALOGUE),
        *(client_owned(table, REACH, insert=None) for table in RECORDS),
        *(for_job("rinnalla_import", table, "select, insert, update") for table in RECORDS),
    ]
