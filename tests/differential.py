"""Compares the database with the rule: who reads each row, who may record and change one, when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import NamedTuple
from uuid import UUID

from psycopg import errors

from tests.dice import CLIENTS
from tests.facts import TABLES, Mandate, Member, Oneself, Permit, Row, Seat, World
from tests.moments import moments
from tests.replaying import Replay, identity
from tests.rule import circle, reads
from tests.rule_writing import writes
from tests.table_rows import seat_of
from tests.telling import tellings
from tests.tiny_worlds import any_row, tiny_world

VERBS = ("read", "record", "change")
HOLDINGS = ("applications_holding", "cases_caseholding")
WRITTEN_BY_CLIENTS = ("permits_permit", "permits_permitunit", "permits_permitrecipient")


class Difference(NamedTuple):
    """A case in which the database and the rule say different things."""

    seed: int
    member: Seat
    row: Row
    verb: str
    at: datetime
    rule_allows: bool

    def __str__(self) -> str:
        said = "allows" if self.rule_allows else "refuses"
        other = "refuses" if self.rule_allows else "allows"
        return (
            f"seed {self.seed}, {self.at.isoformat()}: the rule {said}, the database {other}:"
            f" {self.verb} {self.row} by {self.member}"
        )


class Found(Exception):
    """The first difference, where one is enough."""


@dataclass
class Tally:
    """What was compared."""

    worlds: int = 0
    cases: int = 0
    allowed: int = 0
    differences: list[Difference] = field(default_factory=list)
    first_is_enough: bool = False

    def add(self, difference: Difference, database_allows: bool) -> None:
        self.cases += 1
        self.allowed += difference.rule_allows
        self.compare(difference, database_allows)

    def compare(self, difference: Difference, database_allows: bool) -> None:
        if difference.rule_allows != database_allows:
            self.differences.append(difference)
            if self.first_is_enough:
                raise Found

    @property
    def allow_share(self) -> float:
        return self.allowed / max(self.cases, 1)


def compare_world(replay: Replay, seed: int, tally: Tally, world: World | None = None) -> None:
    """Tells one world act after act, and compares every cell at each of its instants."""
    made, instants = tiny_world(seed)
    world = world or made
    random = Random(seed)
    tally.worlds += 1
    with replay.undone():
        replay.begin(world)
        for t in sorted(moments(world) | set(instants)):
            replay.go_to(world, t)
            if t in instants:
                _compare_instant(replay, (seed, world, t), tally, random)


def _compare_instant(
    replay: Replay, where: tuple[int, World, datetime], tally: Tally, random: Random
) -> None:
    seed, world, t = where
    there = replay.there()
    rows = {identity(row, replay.tables.key_column(row.table)): row for row in world.rows}
    with replay.as_application():
        at_work: list[Seat] = []
        for member in _looking(world, random):
            seen = set()
            if replay.seat(member):
                at_work.append(member)
                seen = replay.seen()
            for known, row in rows.items():
                if known in there:
                    allows = reads(world, member, row, t)
                    tally.add(Difference(seed, member, row, "read", t, allows), known in seen)
        # After all looks: a savepoint that is undone makes the server plan the look anew.
        for member in at_work:
            replay.seat(member)
            if world.matters and isinstance(member, Member):
                compare_told(replay, (seed, world, t), member, (tally, random))
            _probe(replay, (seed, world, t), member, (tally, random, rows))


def _looking(world: World, random: Random) -> list[Seat]:
    """Some of the seats, so that the cases come from many worlds."""
    clients: list[Seat] = [*world.accounts, *world.mandates]
    return [*random.sample(world.members, 3), *random.sample(clients, 2)]


def compare_told(
    replay: Replay,
    where: tuple[int, World, datetime],
    member: Member,
    means: tuple[Tally, Random],
) -> None:
    """What the functions tell of who may read what: the grid, the shared screen, the inbox."""
    seed, world, t = where
    tally, random = means
    things = {
        way.thing for matter in world.matters for way in circle(world, member, matter.client, t)
    }
    own = [matter for matter in world.matters if matter.name in things]
    matter = random.choice(own or world.matters)
    found = replay.told(world, matter)
    for name, may in tellings(world, matter, member, t).items():
        for row, allows in may.items():
            known = (name, row.author, row.unit.name)
            tally.compare(Difference(seed, member, row, name, t, allows), known in found)


def _probe(
    replay: Replay,
    where: tuple[int, World, datetime],
    member: Seat,
    means: tuple[Tally, Random, dict[tuple[str, UUID], Row]],
) -> None:
    """Tries to record some rows and to change some that are there."""
    seed, world, t = where
    tally, random, rows = means
    for _ in range(3):
        row = _wanted_row(random, world, member, t)
        allows = writes(world, member, row, t, 1)
        tally.add(
            Difference(seed, member, row, "record", t, allows), _can_record(replay, world, row, t)
        )
    changeable = [known for known, row in rows.items() if TABLES[row.table][2]]
    for known in random.sample(changeable, 2):
        row = rows[known]
        if row.permit and world.permits[row.permit].recorded[0] > t:
            continue
        allows = writes(world, member, row, t, 2)
        tally.add(
            Difference(seed, member, row, "change", t, allows), _can_change(replay, row, known)
        )


def _wanted_row(random: Random, world: World, member: Seat, t: datetime) -> Row:
    """A row that somebody tries to record: mostly nearly right."""
    table = random.choice([name for name in TABLES if TABLES[name][1]])
    row = any_row(random, world, table, random.choice(CLIENTS))._replace(name="wanted")
    if not isinstance(member, Member):
        row = _wanted_by_client(random, row, member)
    elif random.random() < 0.8:
        row = row._replace(unit=member.unit)
    if random.random() < 0.7:
        row = row._replace(author=member.name if isinstance(member, Member) else "")
    table = row.table
    if table == "permits_permit":
        mandate = member.name if isinstance(member, Mandate) and random.random() < 0.8 else ""
        return row._replace(permit="wanted", other=mandate)
    if table in ("permits_permitunit", "permits_permitrecipient") and world.permits:
        permit = random.choice(_being_recorded(world, member, t) or list(world.permits.values()))
        return row._replace(permit=permit.name, client=permit.client)
    if table in ("clients_client", "clients_clientidentifier") and random.random() < 0.5:
        row = row._replace(unit=world.master)
    return row


def _being_recorded(world: World, member: Seat, t: datetime) -> list[Permit]:
    """What a guardian gives within the own mandate at this very instant."""
    own = [p for p in world.permits.values() if p.mandate and p.mandate == member.name]
    return [permit for permit in own if permit.recorded[0] == t and not permit.recorder]


def _wanted_by_client(random: Random, row: Row, seat: Oneself | Mandate) -> Row:
    """Clients record permits, mostly: what else they try is refused."""
    if random.random() < 0.6:
        row = row._replace(table=random.choice(WRITTEN_BY_CLIENTS))
    return row._replace(client=seat.client) if random.random() < 0.8 else row


def _can_record(replay: Replay, world: World, row: Row, t: datetime) -> bool:
    # Who holds something is recorded as it happens.
    now = {"began_at": t} if row.table in HOLDINGS else {}
    try:
        with replay.undone():
            replay.tables.put(row.table, seat_of(row, world) | now, role="app")
    except errors.InsufficientPrivilege:
        return False
    except errors.UniqueViolation:
        # The policy is asked before the index.
        return True
    return True


def _can_change(replay: Replay, row: Row, known: tuple[str, UUID]) -> bool:
    column = replay.changeable(row.table)
    pk = replay.tables.key_column(row.table)
    try:
        with replay.undone():
            found = replay.run(
                f'update {row.table} set "{column}" = "{column}" where {pk} = %s returning true',
                known[1],
            )
    except errors.InsufficientPrivilege:
        return False
    return bool(found)


def compare(replay: Replay, seeds: Iterable[int], cases: int) -> Tally:
    """Worlds until there are so many cases."""
    tally = Tally()
    for seed in seeds:
        compare_world(replay, seed, tally)
        if tally.cases >= cases:
            break
    return tally


def finding_seed(
    replay: Replay, fault: Callable[[Replay], None], seeds: Iterable[int]
) -> int | None:
    """The first world in which the comparison finds a fault that is put into the policies."""
    seed = None
    try:
        with replay.undone():
            fault(replay)
            for seed in seeds:
                compare_world(replay, seed, Tally(first_is_enough=True))
    except Found:
        return seed
    return None


def smallest(replay: Replay, difference: Difference) -> World:
    """The world of the difference without anything that it does without."""
    world, _ = tiny_world(difference.seed)
    shrunk = True
    while shrunk:
        shrunk = False
        for smaller in _smaller(world, difference):
            tally = Tally()
            compare_world(replay, difference.seed, tally, smaller)
            if any(_same(found, difference) for found in tally.differences):
                world, shrunk = smaller, True
                break
    return world


def _same(one: Difference, other: Difference) -> bool:
    return (one.member, one.row, one.verb) == (other.member, other.row, other.verb)


def _smaller(world: World, difference: Difference) -> Iterable[World]:
    row = difference.row
    for way in world.ways[1:]:
        if way.member != world.members[0].name:
            yield replace(world, ways=[w for w in world.ways if w != way])
    for name in world.permits:
        if name != row.permit:
            permits = {n: p for n, p in world.permits.items() if n != name}
            rows = [r for r in world.rows if r.permit != name]
            yield replace(world, permits=permits, rows=rows)
    for matter in world.matters:
        if matter.name != row.thing and len(world.matters) > 1:
            matters = [m for m in world.matters if m != matter]
            rows = [r for r in world.rows if r.thing != matter.name]
            yield replace(world, matters=matters, rows=rows)
    for joint in world.joints:
        if joint.name != row.thing and len(world.joints) > 1:
            joints = [j for j in world.joints if j != joint]
            rows = [r for r in world.rows if r.thing != joint.name]
            yield replace(world, joints=joints, rows=rows)
    if difference.verb == "read" and len(world.rows) > 40:
        yield replace(world, rows=[r for r in world.rows if r == row])


def story(world: World) -> str:
    """The facts of a world, one to a line; its rows say nothing that the difference does not."""
    facts: list[object] = [*world.members, *world.ways, *world.permits.values(), *world.matters]
    facts += world.joints
    facts += [*world.accounts, *world.mandates, world.protected, *world.withheld]
    return "\n".join(f"  {fact}" for fact in facts)
