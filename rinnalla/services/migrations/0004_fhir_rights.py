"""Referrals are read by reach; a source may join two tellings of a visit, and take back an error."""

from django.db import migrations

from rinnalla.access.policies import REACH, client_owned, for_job, plain


class Migration(migrations.Migration):
    dependencies = [("services", "0003_fhir"), ("access", "0002_rights_below")]

    operations = [
        client_owned("services_referral", REACH, insert=None),
        for_job("rinnalla_import", "services_referral", "select, insert, update, delete"),
        plain("services_visit", imports="delete"),
        plain("services_serviceuse", imports="delete"),
    ]
