"""What the database's functions must tell of who may read what, from the same rule as the rows.

They answer beside the policies (the grid's "permit to ask", who sees the shared screen, whom no
permit reaches), so a rule of their own would be a second one.
"""

from datetime import datetime
from itertools import product

from tests.dice import UNITS
from tests.facts import Matter, Member, Row, Unit, World
from tests.rule import at_work, circle, content
from tests.rule_ways import during

Told = dict[Row, bool]
NOWHERE = Unit("", "", "")


def tellings(world: World, matter: Matter, member: Member, t: datetime) -> dict[str, Told]:
    """By function: which member and unit it names to the one who asks about the matter."""
    ways = circle(world, member, matter.client, t)
    causes = {way.cause for way in ways if way.thing == matter.name}
    mine = {
        _row(matter, unit): bool(ways) and content(world, member, matter.client, unit, t)
        for unit in UNITS
    }
    audience = {
        _row(matter, unit, other): bool(causes)
        and _takes_part(world, matter, other, t)
        and content(world, other, matter.client, unit, t)
        for other, unit in product(world.members, UNITS)
    }
    unreached = {
        _row(matter, NOWHERE, other): "reception" in causes
        and _is_unreached(world, matter, other, t)
        for other in world.members
    }
    readers = {
        _row(matter, member.unit, other): bool(ways)
        and other.role != "officer"
        and at_work(other, t)
        and content(world, other, matter.client, member.unit, t)
        for other in world.members
    }
    return {"my_units": mine, "audience": audience, "unreached": unreached, "readers": readers}


def _row(matter: Matter, unit: Unit, member: Member | None = None) -> Row:
    return Row("told", "", matter.client, unit, matter.name, author=member.name if member else "")


def _takes_part(world: World, matter: Matter, member: Member, t: datetime) -> bool:
    return any(way.thing == matter.name for way in circle(world, member, matter.client, t))


def _is_unreached(world: World, matter: Matter, member: Member, t: datetime) -> bool:
    """Has a place in the team, and may not read what the referrer's unit wrote."""
    team = next((team for team, span in matter.teams if during(span, t)), None)
    if team is None or member.name == team.convener or member.name not in team.members:
        return False
    left = team.members[member.name]
    seated = at_work(member, t) and (left is None or t < left)
    return seated and not content(world, member, matter.client, matter.unit, t)
