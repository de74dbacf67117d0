"""The access rule said a second time: plain Python over a tiny world's facts, without SQL.

The policies are compared with it, row by row (`test_access_rule.py`, `bin/drill access`).
"""

from datetime import date, datetime

from tests.facts import (
    TABLES,
    Mandate,
    Member,
    Oneself,
    Permit,
    Row,
    Seat,
    Unit,
    Way,
    World,
)
from tests.rule_ways import (
    CARRIERS,
    day,
    during,
    ways_of_case,
    ways_of_matter,
    ways_of_meetings,
)


def at_work(member: Member, t: datetime) -> bool:
    return member.begins <= day(t) and (member.ended_at is None or t < member.ended_at)


def own(member: Member, unit: Unit) -> bool:
    """Recorded by the member's unit, or within the work task by one of the same register."""
    same_register = (
        unit.organization == member.unit.organization and unit.register == member.unit.register
    )
    return unit == member.unit or (unit in member.task and same_register)


def in_force(days: tuple[date, date | None], t: datetime) -> bool:
    """From the first Helsinki day through the last."""
    return days[0] <= day(t) and (days[1] is None or day(t) <= days[1])


def names(permit: Permit, member: Member) -> bool:
    return member.unit in permit.units or member.unit.organization in permit.organizations


def opened(world: World, member: Member, client: str, unit: Unit, t: datetime) -> bool:
    """A permit in force opens the unit's data to the member, and no denial shuts the member out."""
    found = [
        (p.denies, names(p, member) or (p.denies and not p.units | p.organizations))
        for p in world.permits.values()
        if p.client == client and unit in p.opened
        if during(p.recorded, t) and in_force(p.days, t)
    ]
    return (False, True) in found and (True, True) not in found


def content(world: World, member: Member, client: str, unit: Unit, t: datetime) -> bool:
    return own(member, unit) or opened(world, member, client, unit, t)


def circle(world: World, member: Member, client: str, t: datetime) -> list[Way]:
    """Why the member works with the client; a way may ask that a unit's data be readable."""
    if not at_work(member, t) or member.role == "officer":
        return []
    ways = [way for way in world.ways if during(way.span, t)]
    ways += [way for matter in world.matters for way in ways_of_matter(world, matter, t)]
    for joint in world.joints:
        ways += [*ways_of_case(world, joint, t), *ways_of_meetings(world, joint, t)]
    return [
        way
        for way in ways
        if (way.member, way.client) == (member.name, client)
        and (way.requires is None or content(world, member, client, way.requires, t))
    ]


def withheld(world: World, row: Row, t: datetime) -> bool:
    return any(one.row == row.name and during(one.span, t) for one in world.withheld)


def concerns(member: Member, permit: Permit) -> bool:
    """Recorded by the member's unit, about own data, or given to the member; in force or not."""
    given = names(permit, member) and not permit.denies
    return permit.unit == member.unit or given or any(own(member, unit) for unit in permit.opened)


def within(seat: Seat, unit: Unit) -> bool:
    return isinstance(seat, Oneself) or (
        isinstance(seat, Mandate) and seat.scope in ("all", unit.register)
    )


def acts(world: World, seat: Seat, t: datetime) -> bool:
    """Whether the client's account, or the guardian's within the mandate, may act."""
    if isinstance(seat, Oneself):
        return during(seat.span, t)
    if isinstance(seat, Member) or not during(seat.recorded, t) or during(seat.denied, t):
        return False
    others = [m for m in world.mandates if m.client == seat.client and during(m.recorded, t)]
    guardians = {mandate.guardian for mandate in others}
    hidden = guardians & world.protected  # Who hides is not told of to who does not.
    safe = not hidden or (seat.guardian in hidden and hidden != guardians)
    signed_in = any(a.client == seat.guardian and during(a.span, t) for a in world.accounts)
    return in_force(seat.days, t) and signed_in and safe and seat.client not in world.protected


def of_guardian(permit: Permit, seat: Seat, t: datetime) -> bool:
    """Given by the client or within this mandate, not by another guardian, and about its data."""
    if permit.mandate not in ("", seat.name):
        return False
    recording = (permit.recorder, permit.recorded[0], permit.mandate) == ("", t, seat.name)
    return recording or any(within(seat, unit) for unit in permit.opened)


def reads(world: World, seat: Seat, row: Row, t: datetime) -> bool:
    shown = not withheld(world, row, t)
    if not isinstance(seat, Member):
        return shown and reads_own(world, seat, row, t)
    causes = {way.cause for way in circle(world, seat, row.client, t)}
    law_alone, kind = causes == {"law"}, TABLES[row.table][0]
    hidden = kind == "address" and row.protected
    if not causes or (law_alone and (hidden or not shown)):
        return False
    contents = {"content", "thing", "part", "said", "address", "met", "noted", "task"}
    opens = kind in contents and not hidden
    return ("law" in causes and shown and opens) or works(world, seat, row, t)


def reads_own(world: World, seat: Seat, row: Row, t: datetime) -> bool:
    """What a client reads of oneself, and a guardian of the client."""
    permit, oneself = world.permits.get(row.permit), isinstance(seat, Oneself)
    if isinstance(seat, Member) or row.client != seat.client or not acts(world, seat, t):
        return False
    return {
        "": False,
        "all": True,
        "client": oneself,
        "address": oneself and not row.protected,
        "mandate": oneself or row.name == seat.name,
        "within": within(seat, row.unit),
        "asked": oneself or any(r.thing == row.name and within(seat, r.unit) for r in world.rows),
        "permit": oneself or (permit is not None and of_guardian(permit, seat, t)),
    }[TABLES[row.table][3]]


def kind_of(row: Row) -> str:
    return TABLES[row.table][0]


def works(world: World, member: Member, row: Row, t: datetime) -> bool:  # noqa: PLR0911, PLR0912
    """What work opens to the member of a client in the circle."""
    ways = circle(world, member, row.client, t)
    mine = own(member, row.unit)
    known = mine or opened(world, member, row.client, row.unit, t)
    match kind_of(row):
        case "" | "nobody":  # Only who asked without a name; nobody in these worlds did.
            return False
        case "circle":
            return True
        case "own":
            return mine
        case "opener":
            return row.author == member.name
        case "content" | "reach":
            return known
        case "address":  # Under turvakielto it is nobody else's, whatever was permitted.
            return row.unit == member.unit if row.protected else known
        case "task":  # Whoever does it or looks at it, whichever unit wrote it down.
            return known or row.author == member.name
        case "met":  # Around the case, or invited to the meeting.
            return mine or any(way.thing in (row.thing, row.other) for way in ways)
        case "thing" | "apart":
            return mine or any(way.thing == row.thing for way in ways)
        case "together":  # That two are handled as one is not told to either's referrer.
            causes = {way.cause for way in ways if way.thing == row.thing}
            return bool(causes & {"reception", "session"})
        case "said" | "noted":  # What the client said goes with a case to whoever carries it.
            carried = any(w.thing == row.thing and w.cause in CARRIERS for w in ways)
            called = kind_of(row) == "noted" and any(way.thing == row.other for way in ways)
            return known or carried or called
        case "part":  # Who holds a matter for another reads the other's unit's part of it.
            return known or any((w.thing, w.stands_for) == (row.thing, row.unit) for w in ways)
        case "permit":
            return concerns(member, world.permits[row.permit])
        case "pair":
            intake = (row.unit, "intake") == (member.unit, member.role)
            return intake and bool(circle(world, member, row.other, t))
    raise ValueError(row.table)
