"""A matter leads to a case of its own client; whoever handles the matter says to which."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("applications", "0010_case")]

    operations = [
        migrations.RunSQL(
            "alter table applications_application add constraint case_of_its_client"
            " foreign key (case_id, client_id) references cases_case (id, client_id)",
            "alter table applications_application drop constraint case_of_its_client",
        ),
        migrations.RunSQL(
            "grant update (case_id) on applications_application to rinnalla_app",
            "revoke update (case_id) on applications_application from rinnalla_app",
        ),
    ]
