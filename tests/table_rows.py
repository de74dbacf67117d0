"""Whole table rows from the few columns that matter: the catalogue says what else must be there."""

from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import psycopg
from psycopg.types.json import Jsonb

from tests.facts import Row, World

COLUMNS = """
select a.attname, format_type(a.atttypid, null), a.attnotnull, a.atttypmod
from pg_attribute a
where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
order by a.attnum
"""
KEY = """
select a.attname from pg_index i
join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
where i.indrelid = %s::regclass and i.indisprimary
"""
PLAIN: dict[str, Any] = {
    "date": "2026-01-07",
    "timestamp with time zone": "2026-01-07T12:00:00+02:00",
    "boolean": False,
    "jsonb": {},
    "numeric": 1,
    "smallint": 1,
    "integer": 1,
    "bigint": 1,
}


@cache
def key(name: str) -> str:
    """The id of what the facts call by a name."""
    return str(uuid5(NAMESPACE_OID, name))


def seat_of(row: Row, world: World) -> dict[str, Any]:
    """What the facts say about a row, as columns of its table."""
    values: dict[str, Any] = {"unit_id": key(row.unit.name), "client_id": key(row.client)}
    values |= {"id": key(row.name), "application_id": key(row.thing), "permit_id": key(row.permit)}
    values |= {"membership_id": key(row.author), "is_protected": row.protected}
    values |= {"request_id": key(row.thing), "meeting_id": key(row.other)}
    if row.author or row.table == "permits_permit":
        values["recorded_by_id"] = key(row.author) if row.author else None
    values |= {"into_id": key(row.thing), "case_id": key(row.thing), "joint": key(row.thing)}
    if row.table == "clients_client":
        values |= {"id": key(row.client), "is_protected": row.client in world.protected}
    if row.table in ("applications_application", "permits_permit"):
        values |= {"id": key(row.thing or row.permit), "referrer_id": key(row.author)}
        values |= {"state": "draft"}
    if row.table == "cases_case":
        values |= {"id": key(row.thing), "holder_id": key(row.author), "state": "proposed"}
    if row.table == "imports_doubtfulpair":
        pair = sorted([key(row.client), key(row.other)])
        values |= {"client_id": pair[0], "other_id": pair[1], "state": "open"}
    if row.table == "permits_permit":
        values["given_by"] = "guardian" if row.other else "client"
        values["mandate_id"] = key(row.other) if row.other else None
    values |= EXTRAS.get(row.table, {})
    return values | {MINDED.get(row.table, "minder"): key(row.author)}


# By whom a step, and what is of it, is minded.
MINDED = {"plans_step": "watcher_id", "meetings_appointment": "minder_id"}
EXTRAS: dict[str, dict[str, Any]] = {
    "applications_application": {"case_id": None},
    "cases_assignment": {"agreed_on": "2026-01-07", "ended_at": "2026-01-07T12:00Z"},
    "cases_teamplace": {"person": "", "ended_at": "2026-01-07T12:00Z"},
    "meetings_meeting": {"state": "planned"},
    "meetings_meetingtime": {"ends": "2026-01-07T13:00Z", "starts": "2026-01-07T12:00Z"},
    "meetings_suggestedtime": {"ends": "2026-01-07T13:00Z", "starts": "2026-01-07T12:00Z"},
    "meetings_participant": {"kind": "member", "person": "", "ended_at": "2026-01-07T12:00Z"},
    "meetings_answer": {"time_id": key("some time")},
    "meetings_unclearpoint": {"answer": ""},
    "applications_clockpause": {"returns_on": "2026-01-08", "ended_on": "2026-01-08"},
    "notifications_message": {"state": "queued"},
    "files_attachment": {"media_type": "application/pdf"},
    "permits_recipientnotice": {"organization_id": key("elsewhere"), "recipient_unit_id": None},
    "access_lawopening": {"opened_at": "2026-01-07T12:00Z", "ends_at": "2026-01-07T13:00Z"},
    "permits_permitrecipient": {"organization_id": key("elsewhere"), "unit_id": None},
}


class Tables:
    """Writes rows into tables through one prepared statement for each."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        self.known: dict[str, list[tuple[str, str, bool, int]]] = {}
        self.keys: dict[str, str] = {}

    def columns(self, table: str) -> list[tuple[str, str, bool, int]]:
        if table not in self.known:
            found = self.connection.execute(COLUMNS, [table]).fetchall()
            self.known[table] = found
            row = self.connection.execute(KEY, [table]).fetchone()
            self.keys[table] = row[0] if row else "id"
        return self.known[table]

    def key_column(self, table: str) -> str:
        self.columns(table)
        return self.keys[table]

    def put(self, table: str, *rows: dict[str, Any], role: str = "owner") -> None:
        """Inserts the rows, filled up with something wherever the table wants a value.

        Each role has statements of its own: a plan is made for one role.
        """
        if not rows:
            return
        names = ", ".join(f'"{column[0]}"' for column in self.columns(table))
        self.connection.execute(
            f"insert into {table} ({names}) select {names}"
            f" from jsonb_populate_recordset(null::{table}, %s) -- {role}",
            [Jsonb([self._filled(table, row) for row in rows])],
            prepare=True,
        )

    def change(self, table: str, *rows: dict[str, Any]) -> None:
        """Sets the named columns of the rows with these ids; all rows name the same columns."""
        if not rows:
            return
        names = [name for name in rows[0] if name != "id"]
        sets = ", ".join(f'"{name}" = r."{name}"' for name in names)
        self.connection.execute(
            f"update {table} t set {sets}"
            f" from jsonb_populate_recordset(null::{table}, %s) r where t.id = r.id",
            [Jsonb([_plain(row) for row in rows])],
            prepare=True,
        )

    def _filled(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        filled = {}
        for name, kind, needed, modifier in self.columns(table):
            if name in row:
                filled[name] = row[name]
            elif needed:
                seed = f"{table}.{name}.{row.get('id')}.{row.get('client_id')}"
                filled[name] = PLAIN.get(kind, _text(seed, kind, modifier))
        return _plain(filled)


def _text(seed: str, kind: str, modifier: int) -> str:
    made = key(seed)
    if kind == "uuid":
        return made
    if kind == "bytea":
        return "\\x" + made.replace("-", "")
    return made[: max(modifier - 4, 1) if modifier > 4 else 36]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat()
        if isinstance(value, date | datetime)
        else str(value)
        if isinstance(value, UUID)
        else value
        for name, value in row.items()
    }
