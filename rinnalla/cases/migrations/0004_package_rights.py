"""Who is around a case reads its package, whoever keeps the case records and ends it."""

from django.db import migrations

from rinnalla.access.policies import BY_LAW, SELF, caused, client_table, shared

THING = f"{shared('case_id')} or {SELF} or {BY_LAW}"
CARRIER = caused("case_id", ["holder", "asked", "worker", "interim"])
HERE = "{t}.unit_id = (select unit from access.me)"
KEEPING = f"{HERE} and {caused('case_id', ['holder', 'worker', 'interim'])}"


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_service_package")]

    operations = [
        migrations.RunSQL(
            "alter table cases_servicepackage add constraint servicepackage_of_its_client"
            " foreign key (case_id, client_id) references cases_case (id, client_id)",
            "alter table cases_servicepackage drop constraint servicepackage_of_its_client",
        ),
        client_table(
            "cases_servicepackage", THING, insert=KEEPING, update=CARRIER, columns=["ended_at"]
        ),
    ]
