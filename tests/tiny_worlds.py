"""Random tiny worlds whose facts collide: nearly everything happens at a few instants.

Plain randomness misses the edges (a withdrawal's very second, a last day's midnight), so the
instants are few, lie around Helsinki midnights on the nights when the clocks change, and come with
their neighbours one microsecond off.
"""

from datetime import datetime, timedelta
from random import Random

from tests.dice import CLIENTS, LONG_AGO, MASTER, UNITS, Dice, dice
from tests.facts import (
    TABLES,
    Mandate,
    Matter,
    Member,
    Oneself,
    Permit,
    Row,
    Span,
    Team,
    Unit,
    Way,
    Withheld,
    World,
)
from tests.rule_ways import day
from tests.tiny_cases import any_case_row, gathering, is_of_case, joint, rows_of_case

# Two registers may bear one name; that of another controller is still another's.
ROLES = ["practitioner", "convener", "intake", "intake", "unit_manager"]
PER_CLIENT = {
    *("clients_clientcontact", "clients_clientaddress", "clients_clientlock"),
    "clients_guardiannote",
}
# Drawn apart, so that the worlds are otherwise what they were before there were these tables.
LATER = ("meetings_appointment", "applications_clockpause", "drafts_draft")
OF_FACTS = {
    "applications_application",
    "applications_agendaitem",
    "applications_disqualification",
    "applications_holding",
    "permits_permit",
    "permits_permitunit",
    "permits_permitrecipient",
    "permits_permitrequestunit",
    "access_clientaccount",
    "access_mandate",
    "access_withholding",
}


def tiny_world(seed: int) -> tuple[World, list[datetime]]:
    """Five members and an officer, five units, three clients, and the instants at which to look."""
    d = dice(seed)
    world = World(MASTER)
    world.members = [_member(d, f"m{n}", steady=n == 0) for n in range(5)]
    # The officer has no circle, though rows of it be there; nobody seats one in a team.
    officer = _member(d, "m5", steady=True)._replace(role="officer")
    world.ways = _ways(d, [*world.members, officer])
    for n in range(4):
        permit = _permit(d, f"p{n}", world.members[0].name)
        world.permits[permit.name] = permit
    teams = [_team(d, name, world.members) for name in ("t1", "t2")]
    world.matters = [_matter(d, f"a{n}", world.members, teams) for n in range(3)]
    world.members.append(officer)
    for n, matter in enumerate(world.matters[:2]):
        permit = _permit_for(d, f"p{n + 4}", matter, world.members)
        world.permits[permit.name] = permit
    for n, permit in enumerate(d.random.sample(list(world.permits.values()), 2)):
        denial = _denial_of(d, f"p{n + 6}", permit)
        world.permits[denial.name] = denial
    _add_clients(d, world)
    _give_by_guardians(d, world)
    world.rows = [*_rows_of_facts(d, world), *_other_rows(d, world)]
    _withhold(d, world)
    _add_cases(d, seed, world)
    _add_later(d, seed, world)
    return world, d.instants


def _add_cases(drawn: Dice, seed: int, world: World) -> None:
    """Two cases with a meeting, one of whose rows is now and then kept from its client."""
    d = Dice(Random(f"cases {seed}"), drawn.hot, drawn.instants)
    met = Dice(Random(f"meetings {seed}"), drawn.hot, drawn.instants)
    members = [member for member in world.members if member.role != "officer"]
    world.joints = [joint(d, f"j{n}", members) for n in range(2)]
    world.joints = [
        one._replace(meetings=[gathering(met, f"{one.name}m", members)]) for one in world.joints
    ]
    rows = [row for one in world.joints for row in rows_of_case(one)]
    if d.chance(0.5):
        kept = d.random.choice([row for row in rows if row.table != "cases_case"])
        one = Withheld("w9", kept.name, d.random.choice(UNITS), d.span(0.6, 0.3))
        world.withheld.append(one)
        rows.append(Row(one.name, "access_withholding", kept.client, one.unit))
    world.rows += rows


def _add_later(drawn: Dice, seed: int, world: World) -> None:
    """Appointments, pauses of clocks, watches of cases, one of which is now and then withheld."""
    d = Dice(Random(f"later {seed}"), drawn.hot, drawn.instants)
    rows = [any_row(d.random, world, table, client) for table in LATER for client in CLIENTS]
    rows += [
        Row(f"{one.name}watch", "plans_watch", one.client, one.unit, one.name, author=one.holder)
        for one in world.joints
    ]
    if d.chance(0.4):
        kept = d.random.choice(rows)
        one = Withheld("w10", kept.name, d.random.choice(UNITS), d.span(0.6, 0.3))
        world.withheld.append(one)
        rows.append(Row(one.name, "access_withholding", kept.client, one.unit))
    world.rows += rows


def _member(d: Dice, name: str, *, steady: bool) -> Member:
    unit = d.random.choice(UNITS)
    task = frozenset(u for u in UNITS if d.chance(0.35))
    if steady:
        return Member(name, unit, d.random.choice(ROLES), task, day(LONG_AGO))
    begins = d.day() if d.chance(0.2) else day(LONG_AGO)
    ended = d.at() if d.chance(0.35) else None
    return Member(name, unit, d.random.choice(ROLES), task, begins, ended)


def _ways(d: Dice, members: list[Member]) -> list[Way]:
    """The first member works with all and records the permits; the others with some."""
    ways = [Way(client, "m0", "own_worker", (LONG_AGO, None)) for client in CLIENTS]
    for member in members[1:]:
        for client in CLIENTS:
            for cause, share in (("own_worker", 0.2), ("found", 0.2), ("law", 0.12)):
                if d.chance(share):
                    limited = cause != "law" and d.chance(0.4)
                    unit = d.random.choice(UNITS) if limited else None
                    ways.append(Way(client, member.name, cause, d.span(), requires=unit))
    return ways


def _permit(d: Dice, name: str, recorder: str) -> Permit:
    opened = frozenset(d.random.sample(UNITS, d.random.choice([1, 1, 2])))
    given = d.random.choice(UNITS)
    organizations = frozenset([given.organization] if d.chance(0.6) else [])
    units = frozenset([d.random.choice(UNITS)] if not organizations or d.chance(0.3) else [])
    first = d.day() if d.chance(0.5) else day(LONG_AGO)
    last = d.day() if d.chance(0.6) else None
    days = (first, max(last, first) if last else None)
    client, unit = d.random.choice(CLIENTS), d.random.choice(UNITS)
    denies = d.chance(0.3)
    if denies and d.chance(0.4):
        organizations, units = frozenset(), frozenset()
    return Permit(
        name, client, unit, opened, organizations, units, days, d.span(),
        "" if d.chance(0.25) else recorder, denies,
    )  # fmt: skip


def _denial_of(d: Dice, name: str, permit: Permit) -> Permit:
    """What shuts out some of whom the permit lets in: all, the same, or one unit of theirs."""
    organizations, units = d.random.choice([
        (frozenset[str](), frozenset[Unit]()),
        (permit.organizations, permit.units),
        (frozenset[str](), frozenset([d.random.choice(UNITS)])),
    ])  # fmt: skip
    first = d.day() if d.chance(0.3) else day(LONG_AGO)
    days = (first, max(d.day(), first) if d.chance(0.4) else None)
    opened = permit.opened if d.chance(0.8) else frozenset([d.random.choice(UNITS)])
    return Permit(
        name, permit.client, d.random.choice(UNITS), opened, organizations, units, days,
        d.span(0.5, 0.5), "m0", denies=True,
    )  # fmt: skip


def _permit_for(d: Dice, name: str, matter: Matter, members: list[Member]) -> Permit:
    """What lets a team's members in: the referrer's data to organizations of some of them."""
    to = frozenset(member.unit.organization for member in d.random.sample(members, 2))
    days = (day(LONG_AGO), d.day() if d.chance(0.3) else None)
    unit, recorded = d.random.choice(UNITS), d.span(0.8, 0.3)
    return Permit(
        name, matter.client, unit, frozenset([matter.unit]), to, frozenset(), days, recorded, "m0"
    )


def _add_clients(d: Dice, world: World) -> None:
    """Clients' accounts, and guardians, who are clients too: two of one child, one often hidden."""
    world.accounts = [
        Oneself(f"s{client}", client, d.random.choice(UNITS), d.span(0.8, 0.3))
        for client in CLIENTS
        if d.chance(0.85)
    ]
    child, one, other = d.random.sample(CLIENTS, 3)
    for n, (client, guardian) in enumerate([(child, one), (child, other), (one, other)]):
        first = d.day() if d.chance(0.3) else day(LONG_AGO)
        last = max(d.day(), first) if d.chance(0.4) else None
        world.mandates.append(Mandate(
            f"g{n}", client, guardian, d.random.choice(UNITS),
            d.random.choice(["all", "health", "social"]), (first, last),
            d.span(0.7, 0.3), d.span(0.2, 0.6) if d.chance(0.4) else None,
        ))  # fmt: skip
    world.protected = set(d.random.choice(
        [[], [], [], [one], [one], [child], [one, other], [other]]
    ))  # fmt: skip


def _give_by_guardians(d: Dice, world: World) -> None:
    """Some permits are given within a mandate, on paper or by the guardian's own act."""
    for permit in list(world.permits.values()):
        own = [mandate.name for mandate in world.mandates if mandate.client == permit.client]
        if own and d.chance(0.4):
            given = permit._replace(mandate=d.random.choice(own))
            if d.chance(0.5):
                given = given._replace(recorder="", recorded=d.span(0.1, 0.3))
            world.permits[permit.name] = given


def _withhold(d: Dice, world: World) -> None:
    """Some rows are kept from their client; that itself is a row, too."""
    # A pair has two clients, and no client reads it; a client's one row is recorded anew in vain.
    apart = {*OF_FACTS, *PER_CLIENT, "imports_doubtfulpair"}
    kept = [row for row in world.rows if row.table not in apart]
    for n, row in enumerate(d.random.sample(kept, 8)):
        one = Withheld(f"w{n}", row.name, d.random.choice(UNITS), d.span(0.6, 0.3))
        world.withheld.append(one)
        world.rows.append(Row(one.name, "access_withholding", row.client, one.unit))


def _team(d: Dice, name: str, members: list[Member]) -> Team:
    names = [member.name for member in members]
    convener, *seated = d.random.sample(names, 4)
    if d.chance(0.3):
        seated.append(convener)
    return Team(name, convener, {m: d.at() if d.chance(0.4) else None for m in seated})


def _matter(d: Dice, name: str, members: list[Member], teams: list[Team]) -> Matter:
    referrer = d.random.choice(members)
    discarded = d.chance(0.15)
    sent = None if discarded else d.span(until=0.15)
    ended = _ending(d) if discarded or (d.chance(0.5) and sent and not sent[1]) else None
    if ended and sent and ended < sent[0]:
        sent = (LONG_AGO, None)
    first, second = d.random.sample(teams, 2)
    moved = d.at() if d.chance(0.3) else None
    moves: list[tuple[Team, Span]] = [(first, (LONG_AGO, moved))]
    moves += [(second, (moved, None))] if moved else []
    agenda = [(d.random.choice([first, first, second]), d.span()) for _ in "a" if d.chance(0.9)]
    out = [(d.random.choice(members).name, d.span(0.3)) for _ in "a" if d.chance(0.7)]
    interim = [
        (d.random.choice(members).name, d.span(), referrer.unit) for _ in "a" if d.chance(0.5)
    ]
    return Matter(
        name, d.random.choice(CLIENTS), referrer.unit, referrer.name, LONG_AGO, sent, ended,
        discarded, moves, agenda, out, interim,
    )  # fmt: skip


def _ending(d: Dice) -> datetime:
    """At an instant of the world, or so long before that the thirty days run out in it."""
    return d.at() - timedelta(d.random.choice([0, 30, 31, 31]))


def _rows_of_facts(d: Dice, world: World) -> list[Row]:
    rows = []
    for permit in world.permits.values():
        rows += [
            Row(f"{permit.name}{part}", f"permits_permit{part}", permit.client, permit.unit,
                permit=permit.name, author=permit.recorder, other=permit.mandate)
            for part in ("", "unit", "recipient")
        ]  # fmt: skip
    for account in world.accounts:
        rows.append(Row(account.name, "access_clientaccount", account.client, account.unit))
    for mandate in world.mandates:
        rows.append(Row(mandate.name, "access_mandate", mandate.client, mandate.unit))
    for matter in world.matters:
        made = [("application", "")]
        made += [("agendaitem", "i")] if matter.agenda else []
        made += [("disqualification", "d")] if matter.disqualified else []
        made += [("holding", "h")]
        rows += [
            Row(f"{matter.name}{mark}", f"applications_{part}", matter.client, matter.unit,
                thing=matter.name, author=matter.referrer)
            for part, mark in made
        ]  # fmt: skip
    return rows


def _other_rows(d: Dice, world: World) -> list[Row]:
    rows = []
    apart = {*OF_FACTS, *LATER, *filter(is_of_case, TABLES)}
    for table in sorted(TABLES.keys() - apart):
        if table == "clients_client":
            rows += [Row(client, table, client, d.random.choice(UNITS)) for client in CLIENTS]
        elif table in PER_CLIENT:
            rows += [any_row(d.random, world, table, client) for client in CLIENTS]
        else:
            rows.append(any_row(d.random, world, table, d.random.choice(CLIENTS)))
    for table in ("services_visit", "services_benefit", "clients_guardian", "applications_view"):
        rows += [any_row(d.random, world, table, client, mark="+") for client in CLIENTS]
    rows += [any_row(d.random, world, "permits_permitrequest", client, "+") for client in CLIENTS]
    rows += [
        Row(f"{row.name}u", "permits_permitrequestunit", row.client, d.random.choice(UNITS),
            thing=row.name)
        for row in rows
        if row.table == "permits_permitrequest"
    ]  # fmt: skip
    return sorted(rows)


def any_row(random: Random, world: World, table: str, client: str, mark: str = "") -> Row:
    """A row of the table about the client, as some unit might record it."""
    if is_of_case(table):
        return any_case_row(random, world, table)
    part = table.startswith("applications_")
    matter = random.choice(world.matters)
    author = random.choice(world.members)
    unit = author.unit if TABLES[table][1] == "author" else random.choice(UNITS)
    return Row(
        f"{table}-{client}{mark}",
        table,
        matter.client if part else client,
        unit,
        thing=matter.name if part else "",
        author=author.name,
        other=random.choice([c for c in CLIENTS if c != client]),
        protected=random.random() < 0.4,
    )
