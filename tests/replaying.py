"""Replays a tiny world in the database, act after act, and asks at each instant who sees what."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from rinnalla.access.actor import moment, proof
from rinnalla.access.portal_actor import client_proof
from rinnalla.journal.clock import install_demonstration_clock
from tests.dice import CLIENTS, LONG_AGO, UNITS
from tests.facts import TABLES, Matter, Member, Oneself, Permit, Row, Seat, Way, World
from tests.replaying_cases import change_case, change_meetings, put_former
from tests.rule_ways import during
from tests.table_rows import Tables, key, seat_of

SIT = "select unit from access.sit(%s, %s, %s, %s)"
SIT_CLIENT = "select client from access.sit_client(%s, %s, %s, %s, %s)"
SECTORS = {"health": "terveys", "social": "sosiaali", "clients": "muu"}

TOLD = """
select 'my_units', null::uuid, unit from applications.my_units(%(matter)s)
union all
select 'audience', membership, unit from applications.audience(%(matter)s)
union all
select 'unreached', membership, null from applications.unreached(%(matter)s)
union all
select 'readers', om.id, me.unit
from access.me cross join lateral access.audience(%(client)s, me.unit) a
join organizations_membership om
    on om.unit_id = a.unit_id and om.work_task_id is not distinct from a.task_id
    and om.is_open and om.begins <= rinnalla.today()
"""
LATER = LONG_AGO + timedelta(1)
CHANGEABLE = """
select attname from pg_attribute
where attrelid = %s::regclass and attnum > 0 and not attisdropped
  and has_column_privilege('rinnalla_app', attrelid, attnum, 'update') limit 1
"""


class Replay:
    """One connection of the server's administrator, who takes the application's role to look."""

    def __init__(self, admin_url: str) -> None:
        # As the program does: a statement that is planned anew costs more compiled than run.
        self.connection = psycopg.connect(admin_url, options="-c jit=off")
        self.tables = Tables(self.connection)
        self.changeables: dict[str, str] = {}
        install_demonstration_clock(self.connection.cursor())
        self.connection.commit()
        self.pid = self.connection.info.backend_pid
        self.look = " union all ".join(
            f"select '{table}', {self.tables.key_column(table)} from {table}" for table in TABLES
        )
        self.connection.commit()

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever is done inside leaves no trace."""
        with self.connection.transaction(force_rollback=True):
            yield

    @contextmanager
    def as_application(self) -> Iterator[None]:
        self.run("set session authorization rinnalla_app")
        try:
            yield
        finally:
            self.run("set session authorization default")

    def run(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(statement, values, prepare=True)
        return cursor.fetchall() if cursor.description else []

    def seat(self, seat: Seat) -> bool:
        """Somebody sits down; not, when the membership, account or mandate is not open."""
        at = moment()
        if isinstance(seat, Member):
            ids = UUID(key(seat.name)), UUID(key(f"user {seat.name}"))
            return bool(self.run(SIT, *ids, at, proof(*ids, self.pid, at)))
        person = seat.client if isinstance(seat, Oneself) else seat.guardian
        client, user = UUID(key(seat.client)), UUID(key(f"user {person}"))
        mandate = None if isinstance(seat, Oneself) else UUID(key(seat.name))
        proven = client_proof(client, user, mandate, self.pid, at)
        return bool(self.run(SIT_CLIENT, client, user, mandate, at, proven))

    def changeable(self, table: str) -> str:
        """A column of the table that the application may change."""
        if table not in self.changeables:
            self.changeables[table] = self.run(CHANGEABLE, table)[0][0]
        return self.changeables[table]

    def seen(self) -> set[tuple[str, UUID]]:
        """Every client-owned row that the seated member finds."""
        return {(table, found) for table, found in self.run(self.look)}

    def told(self, world: World, matter: Matter) -> set[tuple[str, str, str]]:
        """What the functions tell the seated member of a matter: function, member, unit."""
        names = [member.name for member in world.members] + [unit.name for unit in UNITS]
        name_of = {UUID(key(name)): name for name in names} | {None: ""}
        cursor = self.connection.execute(
            TOLD,
            {"matter": UUID(key(matter.name)), "client": UUID(key(matter.client))},
            prepare=True,
        )
        return {(name, name_of[member], name_of[unit]) for name, member, unit in cursor}

    def there(self) -> set[tuple[str, UUID]]:
        """Every client-owned row; a statement of its own, for a plan is made for one role."""
        return {(table, found) for table, found in self.run(f"{self.look} -- all")}

    # The world as it is at the beginning; keys to tables of which the facts tell nothing are open.

    def begin(self, world: World) -> None:
        self.run("set session_replication_role = replica")
        self.run("update rinnalla.clock set frozen = %s, shift = interval '0'", LONG_AGO)
        self._put_parties(world)
        late = {"permits_permit", "permits_permitunit", "permits_permitrecipient"}
        late |= {"access_clientaccount", "access_mandate", "access_withholding"}
        for table in TABLES:
            if table not in late:
                rows = [seat_of(row, world) for row in world.rows if row.table == table]
                self.tables.put(table, *map(_with_place, rows))
        held = [seat_of(row, world) for row in world.rows if row.table == "applications_holding"]
        self.tables.put("applications_holding", *(
            row | {"id": key(f"{matter.name}k"), "ended_at": LONG_AGO, "began_at": LATER}
            for row in held
            for matter in world.matters
            if row["id"] == key(f"{matter.name}h")
        ))  # fmt: skip
        put_former(self.tables, world.joints)
        self.tables.put("access.circle", *(_way(way) for way in world.ways if _is_planned(way)))

    def _put_parties(self, world: World) -> None:
        put = self.tables.put
        organizations = {unit.organization for unit in UNITS}
        registers = {(unit.organization, unit.register) for unit in UNITS}
        put("organizations_organization", *({"id": key(name)} for name in organizations))
        put(
            "organizations_register",
            *({"id": key(f"{o}/{r}"), "organization_id": key(o)} for o, r in registers),
        )
        put("organizations_unit", *(
            {
                "id": key(u.name),
                "organization_id": key(u.organization),
                "register_id": key(f"{u.organization}/{u.register}"),
                "keeps_master": u == world.master,
                "sector": SECTORS[u.register],
            }
            for u in UNITS
        ))  # fmt: skip
        self._put_accounts(world)
        put("organizations_worktask", *({"id": key(f"task {m.name}")} for m in world.members))
        tasks = [(member.name, unit.name) for member in world.members for unit in member.task]
        put("organizations_worktask_units", *(
            {"id": n, "worktask_id": key(f"task {member}"), "unit_id": key(unit)}
            for n, (member, unit) in enumerate(sorted(tasks))
        ))  # fmt: skip
        put("organizations_membership", *(
            {
                "id": key(m.name),
                "user_id": key(f"user {m.name}"),
                "unit_id": key(m.unit.name),
                "work_task_id": key(f"task {m.name}"),
                "role": m.role,
                "begins": m.begins,
            }
            for m in world.members
        ))  # fmt: skip
        self._put_teams(world)

    def _put_accounts(self, world: World) -> None:
        names = [*(member.name for member in world.members), *CLIENTS]
        self.tables.put(
            "accounts_user",
            *({"id": key(f"user {name}"), "is_active": True} for name in names),
        )

    def _put_teams(self, world: World) -> None:
        teams = {team.name: team for matter in world.matters for team, _ in matter.teams}
        teams |= {team.name: team for matter in world.matters for team, _ in matter.agenda}
        put = self.tables.put
        put("organizations_team", *(
            {"id": key(t.name), "convener_id": key(t.convener)} for t in teams.values()
        ))  # fmt: skip
        put("organizations_teamseat", *(
            {"id": key(f"seat {name}"), "team_id": key(name)} for name in teams
        ))  # fmt: skip
        put("organizations_teamsession", *(
            {"id": key(f"session {name}"), "team_id": key(name)} for name in teams
        ))  # fmt: skip
        self.places = {
            (team.name, member): left
            for team in teams.values()
            for member, left in team.members.items()
        }
        put("organizations_teammember", *(
            {
                "id": key(f"place {team} {member}"),
                "seat_id": key(f"seat {team}"),
                "membership_id": key(member),
            }
            for team, member in self.places
        ))  # fmt: skip

    # What happens at an instant.

    def go_to(self, world: World, t: datetime) -> None:
        """The clock stands at the instant, and what the facts tell of it has been done."""
        self.run("update rinnalla.clock set frozen = %s", t)
        for member in world.members:
            if member.ended_at == t:
                self.tables.change(
                    "organizations_membership", {"id": key(member.name), "ended_at": t}
                )
                self.run("select access.leave(%s)", UUID(key(member.name)))
        self.tables.change("organizations_teammember", *(
            {"id": key(f"place {team} {member}"), "ended_at": left}
            for (team, member), left in self.places.items()
            if left == t
        ))  # fmt: skip
        for matter in world.matters:
            self._change_matter(matter, t)
        for joint in world.joints:
            change_case(self.tables, joint, t)
            self.run("select cases.follow(%s)", UUID(key(joint.name)))
            change_meetings(self.tables, joint, t)
            for meeting in joint.meetings:
                self.run("select meetings.follow(%s)", UUID(key(meeting.name)))
        acted = [way for way in world.ways if not _is_planned(way)]
        self.tables.put("access.circle", *(_way(way) for way in acted if way.span[0] == t))
        for way in acted:
            if way.span[1] == t:
                self.run("delete from access.circle where id = %s", UUID(_way(way)["id"]))
        self._change_clients(world, t)
        for permit in world.permits.values():
            if t in permit.recorded:
                self._change_permit(world, permit, t)

    def _change_clients(self, world: World, t: datetime) -> None:
        """Accounts, mandates and withholdings begin and end; a denial comes and goes."""
        rows = {row.name: row for row in world.rows}
        gone = {one.name for one in world.withheld if one.row not in rows}
        for name, span in [pair for pair in world.lasting.items() if pair[0] not in gone]:
            if t == span[0]:
                table = rows[name].table
                facts = seat_of(rows[name], world) | {"unit_id": key(rows[name].unit.name)}
                self.tables.put(table, facts | self._beginning(world, name, t))
            if t == span[1]:
                ended = "lifted_at" if name[0] == "w" else "ended_at"
                self.tables.change(rows[name].table, {"id": key(name), ended: t})
        self.tables.change("access_mandate", *(
            {"id": key(m.name), "denied_at": t if during(m.denied, t) else None}
            for m in world.mandates
            if t in (m.denied or ()) or t == m.recorded[0]
        ))  # fmt: skip

    def _beginning(self, world: World, name: str, t: datetime) -> dict[str, Any]:
        for account in world.accounts:
            if account.name == name:
                return {"account_id": key(f"user {account.client}"), "enrolled_at": t}
        for m in world.mandates:
            if m.name == name:
                days = {"begins": m.days[0], "ends": m.days[1]}
                return {"guardian_id": key(m.guardian), "scope": m.scope} | days
        one = next(one for one in world.withheld if one.name == name)
        kept = next(row for row in world.rows if row.name == one.row)
        table, thing = identity(kept, self.tables.key_column(kept.table))
        return {"table": table, "thing": thing}

    def _change_matter(self, matter: Matter, t: datetime) -> None:
        team = next(team for team, span in matter.teams if during(span, t))
        over = matter.ended is not None and matter.ended <= t
        stand_in = next((m for m, span, _ in matter.interim if during(span, t)), None)
        self.tables.change("applications_application", {
            "id": key(matter.name),
            "team_id": key(team.name),
            "sent_at": LONG_AGO if matter.sent else None,
            "ended_at": matter.ended if over else None,
            "state": _state(matter, t, over),
            "holder_id": key(stand_in or matter.referrer),
            "holder_is_interim": stand_in is not None,
        })  # fmt: skip
        self._change_holdings(matter, stand_in)
        self.tables.change("applications_agendaitem", *(
            {
                "id": key(f"{matter.name}i"),
                "session_id": key(f"session {place.name}"),
                "removed_at": None if during(span, t) else LONG_AGO,
            }
            for place, span in matter.agenda
        ))  # fmt: skip
        self.tables.change("applications_disqualification", *(
            {
                "id": key(f"{matter.name}d"),
                "membership_id": key(member),
                "removed_at": None if during(span, t) else LONG_AGO,
            }
            for member, span in matter.disqualified
        ))  # fmt: skip
        self.run("select applications.follow(%s)", UUID(key(matter.name)))

    def _change_holdings(self, matter: Matter, stand_in: str | None) -> None:
        """The referrer holds the matter, or, as the closing job says, another for them."""
        holdings: list[tuple[str, str, bool]] = [
            (f"{matter.name}h", matter.referrer, stand_in is None),
            (f"{matter.name}k", stand_in or matter.referrer, stand_in is not None),
        ]
        for name, member, is_open in sorted(holdings, key=lambda one: one[2]):
            self.tables.change("applications_holding", {
                "id": key(name),
                "membership_id": key(member),
                "is_interim": name.endswith("k"),
                "ended_at": None if is_open else LONG_AGO,
            })  # fmt: skip

    def _change_permit(self, world: World, permit: Permit, t: datetime) -> None:
        if permit.recorded[0] == t:
            self._put_permit(world, permit)
        else:
            self.tables.change("permits_permit", {"id": key(permit.name), "withdrawn_at": t})
        # What a client recorded is followed by whoever comes first: it is by the rows alone.
        assert self.seat(world.members[0])
        self.run("select permits.follow(%s)", UUID(key(permit.name)))
        self.run("select access.stand()")

    def _put_permit(self, world: World, permit: Permit) -> None:
        whole, part, recipient = (
            next(row for row in world.rows if row.name == f"{permit.name}{mark}")
            for mark in ("", "unit", "recipient")
        )
        self.tables.put("permits_permit", seat_of(whole, world) | {
            "begins": permit.days[0], "ends": permit.days[1], "recorded_at": permit.recorded[0],
            "kind": "denial" if permit.denies else "consent",
        })  # fmt: skip
        self.tables.put("permits_permitunit", *(
            seat_of(part, world) | {"id": key(f"{part.name}{n or ''}"), "unit_id": key(unit.name)}
            for n, unit in enumerate(sorted(permit.opened))
        ))  # fmt: skip
        given = [("organization_id", name) for name in sorted(permit.organizations)]
        given += [("unit_id", unit.name) for unit in sorted(permit.units)]
        none = {"organization_id": None, "unit_id": None}
        self.tables.put("permits_permitrecipient", *(
            seat_of(recipient, world)
            | none
            | {"id": key(f"{recipient.name}{n or ''}"), column: key(name)}
            for n, (column, name) in enumerate(given)
        ))  # fmt: skip


def identity(row: Row, column: str) -> tuple[str, UUID]:
    """The row as `Replay.seen` names it."""
    name = {"client_id": row.client, "application_id": row.thing}.get(column, row.name)
    if row.table == "clients_client":
        name = row.client
    if row.table in ("applications_application", "permits_permit", "cases_case"):
        name = row.thing or row.permit
    return row.table, UUID(key(name))


def _is_planned(way: Way) -> bool:
    """Half of the ways stand in the circle with their days, half come and go by an act."""
    return (len(way.client) + len(way.cause) + ord(way.member[-1]) + ord(way.client[-1])) % 2 == 0


def _way(way: Way) -> dict[str, Any]:
    planned = _is_planned(way)
    return {
        "id": key(f"way {way.member} {way.client} {way.cause}"),
        "client": key(way.client),
        "membership": key(way.member),
        "cause": way.cause,
        "requires": key(way.requires.name) if way.requires else None,
        "begins": way.span[0] if planned else LONG_AGO,
        "ends": way.span[1] if planned else None,
    }


def _state(matter: Matter, t: datetime, over: bool) -> str:
    if over:
        return "discarded" if matter.discarded else "ended"
    return "received" if during(matter.sent, t) else "draft"


def _with_place(row: dict[str, Any]) -> dict[str, Any]:
    """Every agenda item and every guardian has a number of its own."""
    return row | dict.fromkeys(("number", "position"), int(row["id"][:3], 16))
