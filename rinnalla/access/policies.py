"""Row-level security for migrations: each client-owned table gets its policies and rights by one
call.

Two policies a table, as the spike of the access rule found best: a restrictive one (reach: the
client is in the actor's circle) and a permissive one (what of it), its terms from cheap to dear.
Every question about the circle is a scalar subquery with `limit 1` over an owner's view, which the
planner never hashes. Whoever reaches a client by a narrow way only (by law, as oneself, by a
mandate) does not meet a row that is withheld; these few clients are an array made once a statement.

`{t}` is the table, `{k}` its key. A new table calls `client_table`; `client_owned` is what the
first migrations called.
"""

from collections.abc import Iterable
from typing import Any

from django.db import migrations

# The keys of tables that have another than `id`.
KEYS = {
    "clients_clientcontact": "client_id",
    "clients_clientaddress": "client_id",
    "clients_clientlock": "client_id",
    "clients_guardiannote": "client_id",
    "applications_applicationtext": "application_id",
    "files_attachmentcontent": "attachment_id",
    "applications_consultedperson": "consultation_id",
}

# What of a client in the circle is readable.
IDENTITY = "true"
OWN = (
    "({t}.unit_id = (select unit from access.me)"
    " or {t}.unit_id = any ((select units from access.me)::uuid[]))"
)
OPENED = (
    "(select true from access.my_opening o"
    " where o.client = {t}.client_id and o.unit = {t}.unit_id limit 1)"
)
REACH = f"{OWN} or {OPENED}"
MEMBER = "(select kind from access.me) = 'member'"
NOT_GUARDIAN = "(select kind from access.me) <> 'guardian'"
SHOWN = "access.is_withheld('{t}', {t}.{k}) is not true"
BY_LAW = (
    "({t}.client_id = any ((select array_agg(n.client) from access.my_narrow n"
    f" where n.cause = 'law')::uuid[]) and {SHOWN})"
)
# The client alone, and the client or a guardian within the units of the mandate.
ONESELF = "(select kind from access.me) = 'client'"
SELF = f"({ONESELF} or {{t}}.unit_id = any ((select within from access.me)::uuid[]))"
# The contents of a client: own, permit, self, law.
READ = f"{REACH} or {SELF} or {BY_LAW}"


def shared(thing: str) -> str:
    """Recorded by the actor's own unit, or belonging to a thing that is in the actor's circle."""
    return (
        f"{OWN} or (select true from access.my_circle c"
        f" where c.client = {{t}}.client_id and c.thing = {{t}}.{thing} limit 1)"
    )


def caused(thing: str, causes: Iterable[str]) -> str:
    """The thing is in the actor's circle by one of the causes."""
    names = ", ".join(f"'{cause}'" for cause in causes)
    return (
        "(select true from access.my_circle c where c.client = {t}.client_id"
        f" and c.thing = {{t}}.{thing} and c.cause in ({names}) limit 1)"
    )


def standing_in(thing: str) -> str:
    """The actor holds the thing for somebody of the unit that recorded the row."""
    return (
        "(select true from access.my_circle c where c.client = {t}.client_id"
        f" and c.thing = {{t}}.{thing} and c.stands_for = {{t}}.unit_id limit 1)"
    )


def said_of(table: str, condition: str) -> str:
    """The condition with the table's name and key in it."""
    return condition.format(t=table, k=KEYS.get(table, "id"))


def reach(table: str) -> str:
    """The restrictive condition: in the circle, and not withheld where the way is narrow."""
    client = "id" if table == "clients_client" else "client_id"
    return (
        f"(select true from access.my_circle c where c.client = {table}.{client}"
        " and not c.narrow limit 1)"
        f" or ({table}.{client} = any"
        " ((select array_agg(n.client) from access.my_narrow n)::uuid[])"
        f" and {said_of(table, SHOWN)})"
    )


def client_table(
    table: str,
    read: str,
    *,
    insert: str | None = "{t}.unit_id = (select unit from access.me)",
    update: str | None = None,
    still: str = "true",
    columns: Iterable[str] = (),
) -> migrations.RunSQL:
    """Policies and rights of a client-owned table for the application.

    `read`, `insert`, `update` are conditions over `{t}` and `{k}`; without `update`, no column may
    be changed; `columns` are those that may, while the row as it stands is `still` so.
    """
    statements: list[str | tuple[str, Any]] = [
        f"alter table {table} enable row level security",
        f"create policy reach on {table} as restrictive to rinnalla_app using ({reach(table)})",
        f"create policy basis on {table} for select to rinnalla_app using ({said_of(table, read)})",
        f"grant select on {table} to rinnalla_app",
    ]
    if insert is not None:
        statements += [
            f"create policy recording on {table} for insert to rinnalla_app"
            f" with check ({said_of(table, insert)})",
            f"grant insert on {table} to rinnalla_app",
        ]
    if update is not None:
        condition = said_of(table, update)
        statements += [
            f"create policy changing on {table} for update to rinnalla_app"
            f" using (({said_of(table, still)}) and ({condition})) with check ({condition})",
            f"grant update ({', '.join(columns)}) on {table} to rinnalla_app",
        ]
    return migrations.RunSQL(statements, _undo(table))


def changed(
    table: str,
    *,
    read: str | None = None,
    insert: str | None = None,
    update: str | None = None,
    still: str = "true",
) -> migrations.RunSQL:
    """Other conditions for a table that has its policies; its reach is made new in any case."""
    statements: list[str | tuple[str, Any]] = [
        f"alter policy reach on {table} using ({reach(table)})"
    ]
    if read is not None:
        statements.append(f"alter policy basis on {table} using ({said_of(table, read)})")
    if insert is not None:
        statements.append(
            f"alter policy recording on {table} with check ({said_of(table, insert)})"
        )
    if update is not None:
        condition = said_of(table, update)
        statements.append(
            f"alter policy changing on {table} using"
            f" (({said_of(table, still)}) and ({condition})) with check ({condition})"
        )
    return migrations.RunSQL(statements, migrations.RunSQL.noop)


def client_owned(
    table: str,
    read: str,
    *,
    insert: str | None = "{t}.unit_id = (select unit from access.me)",
    update: str | None = None,
    still: str = "true",
    columns: Iterable[str] = (),
) -> migrations.RunSQL:
    """As `client_table`, before there were narrow ways; such a table is later `changed`."""
    client = "id" if table == "clients_client" else "client_id"
    reach = f"(select true from access.my_circle c where c.client = {table}.{client} limit 1)"
    statements: list[str | tuple[str, Any]] = [
        f"alter table {table} enable row level security",
        f"create policy reach on {table} as restrictive to rinnalla_app using ({reach})",
        f"create policy basis on {table} for select to rinnalla_app using ({read.format(t=table)})",
        f"grant select on {table} to rinnalla_app",
    ]
    if insert is not None:
        statements += [
            f"create policy recording on {table} for insert to rinnalla_app"
            f" with check ({insert.format(t=table)})",
            f"grant insert on {table} to rinnalla_app",
        ]
    if update is not None:
        condition = update.format(t=table)
        statements += [
            f"create policy changing on {table} for update to rinnalla_app"
            f" using (({still.format(t=table)}) and ({condition})) with check ({condition})",
            f"grant update ({', '.join(columns)}) on {table} to rinnalla_app",
        ]
    return migrations.RunSQL(statements, _undo(table))


def for_job(role: str, table: str, rights: str) -> migrations.RunSQL:
    """A job's own login role reads and writes the whole table, within the rights that it needs."""
    return migrations.RunSQL(
        [
            f"create policy {role} on {table} to {role} using (true) with check (true)",
            f"grant {rights} on {table} to {role}",
        ],
        [f"revoke all on {table} from {role}", f"drop policy {role} on {table}"],
    )


def plain(table: str, app: str = "", imports: str = "", worker: str = "") -> migrations.RunSQL:
    """Rights on a table without clients; nothing is granted that is not named."""
    roles = {"rinnalla_app": app, "rinnalla_import": imports, "rinnalla_worker": worker}
    return migrations.RunSQL(
        [f"grant {rights} on {table} to {role}" for role, rights in roles.items() if rights],
        [f"revoke all on {table} from {', '.join(roles)}"],
    )


def _undo(table: str) -> list[str | tuple[str, Any]]:
    policies = ("reach", "basis", "recording", "changing")
    return [
        *(f"drop policy if exists {policy} on {table}" for policy in policies),
        f"revoke all on {table} from rinnalla_app",
        f"alter table {table} disable row level security",
    ]
