"""A step in force is owned and watched by open memberships; it is read by reach, changed by its people."""

from django.db import migrations

from rinnalla.access.policies import REACH, client_owned, for_job

OPEN = """
alter table plans_step add constraint step_owner_is_open
    foreign key (owner_id, needs_open) references organizations_membership (id, is_open)
    deferrable initially deferred;
alter table plans_step add constraint step_watcher_is_open
    foreign key (watcher_id, needs_open) references organizations_membership (id, is_open)
    deferrable initially deferred;
"""
UNDO = """
alter table plans_step drop constraint step_owner_is_open;
alter table plans_step drop constraint step_watcher_is_open;
"""
ITS_PEOPLE = (
    "({t}.owner_id = (select membership from access.me)"
    " or {t}.watcher_id = (select membership from access.me)"
    f" or {REACH})"
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("access", "0002_rights_below")]

    operations = [
        migrations.RunSQL(OPEN, UNDO),
        client_owned("plans_step", REACH, update=ITS_PEOPLE, columns=["state", "due"]),
        client_owned("plans_stepreport", REACH),
        for_job("rinnalla_worker", "plans_step", "select, update"),
    ]
