"""What a client and a guardian read of the tables below `access`, and of its own three."""

from django.db import migrations

from rinnalla.access.policies import (
    BY_LAW,
    MEMBER,
    NOT_GUARDIAN,
    ONESELF,
    OWN,
    REACH,
    changed,
    client_table,
    for_job,
)

MASTER = "{t}.unit_id = (select u.id from organizations_unit u where u.keeps_master limit 1)"
# A protected address: the recording unit alone, and not on a way that the law alone opened; not in
# the client's own view either, for whoever has the client's telephone would read it.
ADDRESS = (
    "case when {t}.is_protected then {t}.unit_id = (select unit from access.me)"
    " and (select true from access.my_circle c"
    " where c.client = {t}.client_id and not c.narrow limit 1)"
    f" else {REACH} or {ONESELF} or {BY_LAW} end"
)
CONTACT = f"{REACH} or {ONESELF}"
MY_MANDATE = "{t}.id = (select mandate from access.me)"
KEEPER = "(select access.keeps_clients())"


class Migration(migrations.Migration):
    dependencies = [("access", "0008_client_seat")]

    operations = [
        changed("clients_client", insert=f"{{t}}.number is null and {MEMBER} and {MASTER}"),
        changed(
            "clients_clientidentifier",
            read=NOT_GUARDIAN,
            insert=f"not {{t}}.from_master and {MEMBER} and {MASTER}",
        ),
        changed("clients_clientcontact", read=CONTACT),
        changed("clients_clientaddress", read=ADDRESS),
        changed("clients_guardian", read=OWN),
        changed("clients_clientlock"),
        client_table(
            "access_clientaccount",
            CONTACT,
            insert=None,
            update=f"{KEEPER} or {ONESELF}",
            still="{t}.ended_at is null",
            columns=["ended_at"],
        ),
        client_table(
            "access_mandate",
            f"{NOT_GUARDIAN} or {MY_MANDATE}",
            insert=f"{KEEPER} and {{t}}.unit_id = (select unit from access.me)"
            " and {t}.recorded_by_id = (select membership from access.me)",
            # Only the client lifts what was denied.
            update=f"{KEEPER} or {ONESELF}",
            still=f"{{t}}.ended_at is null and ({{t}}.denied_at is null or {ONESELF})",
            columns=["ended_at", "denied_at"],
        ),
        client_table(
            "access_withholding",
            OWN,
            insert=None,
            update=OWN,
            still="{t}.lifted_at is null",
            columns=["lifted_at", "lifted_by_id"],
        ),
        for_job("rinnalla_worker", "access_clientaccount", "select, update"),
        for_job("rinnalla_worker", "access_mandate", "select, update"),
    ]
