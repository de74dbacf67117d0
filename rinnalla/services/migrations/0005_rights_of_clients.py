"""The client, and who opens by law, read what other systems told."""

from django.db import migrations

from rinnalla.access.policies import READ, changed

RECORDS = ("services_visit", "services_serviceuse", "services_benefit", "services_referral")


class Migration(migrations.Migration):
    dependencies = [("services", "0004_fhir_rights"), ("access", "0009_rights_of_clients")]

    operations = [changed(table, read=READ) for table in RECORDS]
