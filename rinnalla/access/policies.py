"""Row-level security for migrations: each client-owned table gets its policies and rights by one
call.

Two policies a table, as the spike of the access rule found best: a restrictive one (reach: the
client is in the
actor's circle) and a permissive one (what of it), its terms from cheap to dear. Every question
about the circle is
a scalar subquery with `limit 1` over an owner's view, which the planner never hashes.
"""

from collections.abc import Iterable
from typing import Any

from django.db import migrations

# What of a client in the circle is readable; {t} is the table.
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


def client_owned(
    table: str,
    read: str,
    *,
    insert: str | None = "{t}.unit_id = (select unit from access.me)",
    update: str | None = None,
    still: str = "true",
    columns: Iterable[str] = (),
) -> migrations.RunSQL:
    """Policies and rights of a client-owned table for the application.

    `read`, `insert`, `update` are conditions over `{t}`; without `update`, no column may be
    changed; `columns` are those that may, while the row as it stands is `still` so. The client's
    own table has its key in `id`, all others in `client_id`.
    """
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
