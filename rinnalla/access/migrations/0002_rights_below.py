"""Policies and rights of the tables below `access`: clients, organizations, accounts, third parties."""

from django.db import migrations

from rinnalla.access.policies import IDENTITY, OWN, REACH, client_owned, for_job, plain

MASTER = "{t}.unit_id = (select u.id from organizations_unit u where u.keeps_master limit 1)"

ORGANIZATIONS = [
    "organizations_setting",
    "organizations_codeentry",
    "organizations_organization",
    "organizations_register",
    "organizations_unit",
    "organizations_worktask",
    "organizations_worktask_units",
    "organizations_membership",
    "organizations_team",
    "organizations_teamseat",
    "organizations_teamseat_units",
    "organizations_teammember",
    "organizations_teamsession",
    "organizations_municipality",
    "organizations_municipalityarea",
]
CLIENTS = [
    "clients_client",
    "clients_clientidentifier",
    "clients_clientcontact",
    "clients_clientaddress",
    "clients_guardian",
    "clients_clientlock",
]


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_seat"),
        ("accounts", "0001_initial"),
        ("sessions", "0001_initial"),
        ("axes", "0010_accessattemptexpiration"),
    ]

    operations = [
        *(
            plain(table, "select", "select, insert, update, delete", "select")
            for table in ORGANIZATIONS
        ),
        migrations.RunSQL(
            "grant update (ended_at) on organizations_membership to rinnalla_worker;"
            "grant update (ended_at) on organizations_teammember to rinnalla_worker;"
            "grant update (manager_id) on organizations_unit to rinnalla_worker;"
            "grant update (convener_id) on organizations_team to rinnalla_worker;"
            "grant update (is_active) on accounts_user to rinnalla_worker;"
            "grant update (password, last_login) on accounts_user to rinnalla_app;",
            migrations.RunSQL.noop,
        ),
        plain("accounts_user", "select", "select, insert, update", "select"),
        *(
            plain(table, "select, insert, update, delete", "", "select, delete")
            for table in (
                "axes_accessattempt",
                "axes_accessattemptexpiration",
                "axes_accesslog",
                "axes_accessfailurelog",
            )
        ),
        migrations.RunSQL(
            "grant usage on all sequences in schema public to rinnalla_app",
            migrations.RunSQL.noop,
        ),
        plain("django_migrations", "select", "select", "select"),
        plain("django_session", "select, insert, update, delete", "", "select, delete"),
        client_owned(
            # A number is the master's: who could choose one would learn which are taken.
            "clients_client",
            IDENTITY,
            insert=f"{{t}}.number is null and {MASTER}",
        ),
        client_owned(
            "clients_clientidentifier",
            IDENTITY,
            insert=f"not {{t}}.from_master and {MASTER}",
        ),
        client_owned("clients_clientcontact", REACH),
        client_owned(
            "clients_clientaddress",
            f"case when {{t}}.is_protected then {{t}}.unit_id = (select unit from access.me)"
            f" else {REACH} end",
        ),
        client_owned("clients_guardian", OWN, insert=None),
        client_owned(
            "clients_clientlock",
            IDENTITY,
            insert=IDENTITY,
            update=IDENTITY,
            columns=["client_id"],
        ),
        *(for_job("rinnalla_import", table, "select, insert, update") for table in CLIENTS),
        *(for_job("rinnalla_worker", table, "select") for table in CLIENTS),
        migrations.RunSQL(
            "grant delete on clients_guardian to rinnalla_import", migrations.RunSQL.noop
        ),
    ]
