"""The access rule said a second time: plain Python over a tiny world's facts, without SQL.

The policies are compared with it, row by row (`test_access_rule.py`, `bin/drill access`).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.facts import TABLES, Matter, Member, Permit, Row, Span, Unit, Way, World

HANDLERS = {"referrer", "reception", "interim"}


def day(t: datetime) -> date:
    return t.astimezone(ZoneInfo("Europe/Helsinki")).date()


def during(span: Span | None, t: datetime) -> bool:
    return span is not None and span[0] <= t and (span[1] is None or t < span[1])


def at_work(member: Member, t: datetime) -> bool:
    return member.begins <= day(t) and (member.ended_at is None or t < member.ended_at)


def own(member: Member, unit: Unit) -> bool:
    """Recorded by the member's unit, or within the work task by one of the same register."""
    same_register = (
        unit.organization == member.unit.organization and unit.register == member.unit.register
    )
    return unit == member.unit or (unit in member.task and same_register)


def opened_by(permit: Permit, member: Member, t: datetime) -> bool:
    """In force, from its first Helsinki day through its last, and given to the member."""
    first, last = permit.days
    in_force = during(permit.recorded, t) and first <= day(t) and (last is None or day(t) <= last)
    return in_force and (
        member.unit in permit.units or member.unit.organization in permit.organizations
    )


def opened(world: World, member: Member, client: str, unit: Unit, t: datetime) -> bool:
    permits = (p for p in world.permits.values() if p.client == client and unit in p.opened)
    return any(opened_by(permit, member, t) for permit in permits)


def content(world: World, member: Member, client: str, unit: Unit, t: datetime) -> bool:
    return own(member, unit) or opened(world, member, client, unit, t)


def ways_of_matter(world: World, matter: Matter, t: datetime) -> Iterator[Way]:
    """Who works with the client because of it; once ended, through the thirtieth day after."""
    over = matter.ended is not None and t >= matter.ended
    if t < matter.begun or (over and matter.ended and day(t) > day(matter.ended) + timedelta(30)):
        return

    def way(
        member: str, cause: str, requires: Unit | None = None, stands_for: Unit | None = None
    ) -> Way:
        return Way(matter.client, member, cause, (t, None), matter.name, requires, stands_for)

    yield way(matter.referrer, "referrer")
    for member, span, unit in matter.interim:
        if during(span, t):
            yield way(member, "interim", stands_for=unit)
    team = next((team for team, span in matter.teams if during(span, t)), None)
    if team is None or not during(matter.sent, t) or (over and matter.discarded):
        return
    yield way(team.convener, "reception")
    on_agenda = any(place == team and during(span, t) for place, span in matter.agenda)
    out = {member for member, span in matter.disqualified if during(span, t)}
    for member, left in team.members.items() if on_agenda else ():
        if member not in out | {team.convener} and (left is None or t < left):
            yield way(member, "session", requires=matter.unit)


def circle(world: World, member: Member, client: str, t: datetime) -> list[Way]:
    """Why the member works with the client; a way may ask that a unit's data be readable."""
    if not at_work(member, t):
        return []
    ways = [way for way in world.ways if during(way.span, t)]
    ways += [way for matter in world.matters for way in ways_of_matter(world, matter, t)]
    return [
        way
        for way in ways
        if (way.member, way.client) == (member.name, client)
        and (way.requires is None or content(world, member, client, way.requires, t))
    ]


def concerns(member: Member, permit: Permit) -> bool:
    """Recorded by the member's unit, about own data, or given to the member; in force or not."""
    given = member.unit in permit.units or member.unit.organization in permit.organizations
    return permit.unit == member.unit or given or any(own(member, unit) for unit in permit.opened)


def reads(world: World, member: Member, row: Row, t: datetime) -> bool:  # noqa: PLR0911
    ways = circle(world, member, row.client, t)
    if not ways:
        return False
    mine = own(member, row.unit)
    known = mine or opened(world, member, row.client, row.unit, t)
    match TABLES[row.table][0]:
        case "circle":
            return True
        case "own":
            return mine
        case "content":
            return known
        case "address":  # Under turvakielto it is nobody else's, whatever was permitted.
            return row.unit == member.unit if row.protected else known
        case "thing":
            return mine or any(way.thing == row.thing for way in ways)
        case "part":  # Who holds a matter for another reads the other's unit's part of it.
            return known or any((w.thing, w.stands_for) == (row.thing, row.unit) for w in ways)
        case "permit":
            return concerns(member, world.permits[row.permit])
        case "pair":
            intake = (row.unit, "intake") == (member.unit, member.role)
            return intake and bool(circle(world, member, row.other, t))
    raise ValueError(row.table)


def writes(world: World, member: Member, row: Row, t: datetime, verb: int) -> bool:
    """May the member record such a row (verb 1), or change the one that is there (verb 2)?"""
    ways = circle(world, member, row.client, t)
    needed, here = TABLES[row.table][verb], row.unit == member.unit
    mine = here and row.author == member.name
    causes = {way.cause for way in ways if way.thing == row.thing}
    permit = world.permits.get(row.permit)
    if not ways or (verb == 2 and not reads(world, member, row, t)):
        return False
    return {
        "": False,
        "circle": True,
        "here": here,
        "author": mine,
        "handler": bool(causes & HANDLERS),
        "handling": here and bool(causes & HANDLERS),
        "writer": here and bool(causes & {"referrer", "interim"}),
        "master": row.unit == world.master,
        # A permit is recorded whole, at one instant, and never edited: it only ends, once.
        "recording": permit is not None
        and (permit.recorder, permit.recorded[0]) == (member.name, t)
        and concerns(member, permit),
        "unwithdrawn": permit is not None and during(permit.recorded, t),
    }[needed]
