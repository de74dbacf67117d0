"""The shared screen: one case, only what everyone marked present may read, and the opener, too."""

import hashlib
from dataclasses import dataclass, replace
from uuid import UUID

from rinnalla.access.actor import Actor
from rinnalla.applications.access import audience
from rinnalla.applications.models import AgendaItem, ApplicationText
from rinnalla.applications.queries.case import once
from rinnalla.applications.queries.fit import services_on, unused_by_seat
from rinnalla.applications.queries.grid import Grid, Material, grid_of
from rinnalla.applications.queries.records import records_of
from rinnalla.applications.queries.room import Member, Seat, members_of, seats_of
from rinnalla.applications.queries.writings import Writing, writings_of
from rinnalla.services.fitting import Facts


@dataclass(frozen=True)
class Sight:
    """Who is here, and the units that all may read; `stamp` changes when the picture would."""

    here: list[Member]
    seats: list[Seat]
    units: frozenset[UUID]
    everyone_sees: bool
    writings: list[Writing]
    stamp: str


@dataclass(frozen=True)
class Picture:
    """What is shown; without a grid when nobody is here or somebody may not see the case."""

    item: AgendaItem
    sight: Sight
    text: ApplicationText | None
    grid: Grid | None


def sight_of(item: AgendaItem, actor: Actor) -> Sight:
    """The intersection of what those marked present may read, within the reader's own sight."""
    application = item.application
    here = [m for m in once(members_of(item, tells=False)) if m.present]
    readable = audience(application)
    seats = seats_of(application, actor)
    own = {unit.id for seat in seats for unit in seat.readable} | readable.get(
        actor.membership_id, set()
    )
    units = frozenset(own.intersection(*(readable.get(m.membership_id, set()) for m in here)))
    writings = [w for w in writings_of(application.pk) if w.unit_id in units]
    everyone_sees = bool(here) and all(m.membership_id in readable for m in here)
    stamp = _stamp(here, units, writings, item)
    return Sight(here, [_narrowed(s, units) for s in seats], units, everyone_sees, writings, stamp)


def picture_of(item: AgendaItem, sight: Sight, actor: Actor) -> Picture:
    """The case as the screen shows it to everybody in the room."""
    application = item.application
    if not sight.everyone_sees:
        return Picture(item, sight, None, None)
    records = records_of(application.client_id).only(set(sight.units))
    facts = Facts(application.client.birth_date, actor.today)
    unused = unused_by_seat(services_on(actor.today), sight.seats, records, facts)
    written = [w for w in sight.writings if w.text.strip()]
    material = Material(sight.seats, records, written, unused, actor.today)
    text = getattr(application, "text", None) if application.unit_id in sight.units else None
    return Picture(item, sight, text, grid_of(material))


def _narrowed(seat: Seat, units: frozenset[UUID]) -> Seat:
    kept = [replace(unit, readable=unit.id in units) for unit in seat.units]
    return replace(seat, units=kept)


def _stamp(
    here: list[Member], units: frozenset[UUID], writings: list[Writing], item: AgendaItem
) -> str:
    parts = [
        *sorted(str(m.membership_id) for m in here),
        *sorted(map(str, units)),
        *(f"{w.id}{w.saved_at.isoformat()}" for w in writings),
        str(item.handled_at),
    ]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
