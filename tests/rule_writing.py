"""Who may record and change which row: the second half of the rule of `rule.py`."""

from datetime import datetime

from tests.facts import TABLES, Member, Oneself, Row, Seat, Way, World
from tests.rule import (
    acts,
    at_work,
    circle,
    concerns,
    own,
    reads,
    withheld,
    within,
    works,
)
from tests.rule_ways import CARRIERS, during, ways_of_case, ways_of_matter, ways_of_meetings

# Who calls a meeting together: whoever keeps the case, and who covers for its worker.
ARRANGERS = {"holder", "worker", "interim", "cover"}
HANDLERS = {"referrer", "reception", "interim"}


def lasts(world: World, row: Row, t: datetime) -> bool:
    """Whether the account, the mandate or the withholding of the row has not ended."""
    return during(world.lasting.get(row.name), t)


def serves(world: World, seat: Seat, row: Row, t: datetime) -> bool:
    """Whether a client may write in the unit's name: it asked, it serves the client, or keeps."""
    ways = [way for way in world.ways if during(way.span, t)]
    ways += [way for matter in world.matters for way in ways_of_matter(world, matter, t)]
    for joint in world.joints:
        ways += [*ways_of_case(world, joint, t), *ways_of_meetings(world, joint, t)]
    there = {way.member for way in ways if way.client == row.client}
    serving = any(m.name in there and at_work(m, t) and m.unit == row.unit for m in world.members)
    asked = [r for r in world.rows if r.table == "permits_permitrequest" and r.unit == row.unit]
    return (
        row.unit == world.master
        or (serving and within(seat, row.unit))
        or any(r.client == row.client and reads(world, seat, r, t) for r in asked)
    )


def writes_own(world: World, seat: Seat, row: Row, t: datetime, verb: int) -> bool:
    permit, oneself = world.permits.get(row.permit), isinstance(seat, Oneself)
    mandate = "" if oneself else seat.name
    if isinstance(seat, Member) or row.client != seat.client or not acts(world, seat, t):
        return False
    if verb == 2 and not reads(world, seat, row, t):
        return False
    return {
        "giver": (row.author, row.other) == ("", mandate) and serves(world, seat, row, t),
        "recording": permit is not None
        and (permit.recorder, permit.recorded[0], permit.mandate) == ("", t, mandate)
        and (row.table != "permits_permitunit" or within(seat, row.unit)),
        "unwithdrawn": permit is not None and during(permit.recorded, t),
        "asked": True,
        "circle": row.table == "clients_clientlock",
        "keeper": oneself and lasts(world, row, t),
        "undenied": oneself and lasts(world, row, t),
    }.get(TABLES[row.table][verb], False)


def in_vain(world: World, row: Row, t: datetime) -> bool:
    """The one row of a client or a matter, recorded anew while the one there is is withheld."""
    key = {"clients_client": "client", "applications_applicationtext": "thing"}.get(row.table)
    return key is not None and any(
        other.table == row.table
        and getattr(other, key) == getattr(row, key)
        and withheld(world, other, t)
        for other in world.rows
    )


def around_case(ways: list[Way], row: Row, *, here: bool) -> dict[str, bool]:
    """Who carries a case, keeps it, calls together for it, or answers to a meeting."""
    causes = {way.cause for way in ways if way.thing == row.thing}
    called = any(way.thing == row.other for way in ways)
    return {
        "carrier": bool(causes & CARRIERS),
        "keeping case": here and bool(causes & CARRIERS - {"asked"}),
        "arranger": bool(causes & ARRANGERS),
        "arranging": here and bool(causes & ARRANGERS),
        "answering": here and (called or bool(causes & ARRANGERS)),
    }


def writes(world: World, seat: Seat, row: Row, t: datetime, verb: int) -> bool:
    """May the seat record such a row (verb 1), or change the one that is there (verb 2)?"""
    if not isinstance(seat, Member):
        return writes_own(world, seat, row, t, verb)
    ways = circle(world, seat, row.client, t)
    needed, here = TABLES[row.table][verb], row.unit == seat.unit
    mine = here and row.author == seat.name
    keeps = seat.unit.organization == world.master.organization
    causes = {way.cause for way in ways if way.thing == row.thing}
    permit = world.permits.get(row.permit)
    denied = any(m.name == row.name and during(m.denied, t) for m in world.mandates)
    if not ways or (verb == 2 and not reads(world, seat, row, t)):
        return False
    if all(way.cause == "law" for way in ways) and in_vain(world, row, t):
        return False
    return {
        "": False,
        **dict.fromkeys(("circle", "asked", "member"), True),
        "here": here,
        "author": mine,
        "giver": mine,
        "known": needed == "known" and (row.author == seat.name or works(world, seat, row, t)),
        "keeper": keeps and lasts(world, row, t),
        "keeping": keeps and mine,
        "undenied": keeps and not denied and lasts(world, row, t),
        "lifting": own(seat, row.unit) and lasts(world, row, t),
        "handler": bool(causes & HANDLERS),
        "handling": here and bool(causes & HANDLERS),
        **around_case(ways, row, here=here),
        "receiving": here and "reception" in causes,
        "reception": "reception" in causes,
        "writer": here and bool(causes & {"referrer", "interim"}),
        "master": row.unit == world.master,
        # A permit is recorded whole, at one instant, and never edited: it only ends, once.
        "recording": permit is not None
        and (permit.recorder, permit.recorded[0]) == (seat.name, t)
        and concerns(seat, permit),
        "unwithdrawn": permit is not None and during(permit.recorded, t),
    }[needed]
