"""The room of a case: seats with what their reader may read, members with who may be there."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from rinnalla.access.actor import Actor
from rinnalla.applications.models import AgendaItem, Application
from rinnalla.lib.names import sort_key
from rinnalla.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class SeatUnit:
    """A unit of a seat, whether the reader may read it, and when a permit for it was last asked."""

    id: UUID
    code: str
    name: str
    readable: bool
    asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Seat:
    """The place of an agency in the team: a column."""

    id: UUID
    name: str
    organization_id: UUID
    is_kela: bool
    units: list[SeatUnit] = field(default_factory=list)

    @property
    def readable(self) -> list[SeatUnit]:
        return [unit for unit in self.units if unit.readable]

    @property
    def closed(self) -> list[SeatUnit]:
        return [unit for unit in self.units if not unit.readable]


# What was asked is found by its client first, and once: by unit there are many.
_SEATS = """
with asked as materialized (
    select ru.unit_id, max(r.asked_at) as asked_at
    from permits_permitrequest r
    join permits_permitrequestunit ru on ru.request_id = r.id and ru.client_id = r.client_id
    where r.client_id = %(client)s and r.answer = '' and r.recipient_id = %(organization)s
    group by ru.unit_id
), mine as materialized (
    select unit from applications.my_units(%(application)s)
)
select s.id, s.name, o.id, o.kind, u.id, u.code, u.name,
       exists (select from mine where mine.unit = u.id),
       (select asked.asked_at from asked where asked.unit_id = u.id)
from organizations_teamseat s
join organizations_organization o on o.id = s.organization_id
join organizations_teamseat_units su on su.teamseat_id = s.id
join organizations_unit u on u.id = su.unit_id
where s.team_id = %(team)s
order by s.position, u.code
"""


def seats_of(application: Application, actor: Actor) -> list[Seat]:
    """The team's seats in order, with their units as this reader may read them of this client."""
    parameters = {
        "application": application.pk,
        "client": application.client_id,
        "organization": actor.organization_id,
        "team": application.team_id,
    }
    seats: dict[UUID, Seat] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SEATS, parameters)
        for seat, name, organization, kind, *unit in cursor.fetchall():
            if seat not in seats:
                seats[seat] = Seat(seat, name, organization, kind == Organization.Kind.KELA)
            seats[seat].units.append(SeatUnit(*unit))
    return list(seats.values())


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the team at a case; `reached` is told to the convener only."""

    seat_id: UUID | None
    membership_id: UUID
    first_name: str
    last_name: str
    title: str
    unit_id: UUID
    present: bool
    disqualified: bool
    reached: bool

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


_MEMBERS = """
with places as (
    select tm.seat_id, tm.membership_id
    from organizations_teammember tm join organizations_teamseat s on s.id = tm.seat_id
    where s.team_id = %(team)s and tm.ended_at is null
    union all
    select null, t.convener_id from organizations_team t where t.id = %(team)s
)
select p.seat_id, m.id, a.first_name, a.last_name, m.title, m.unit_id,
       exists (select from applications_presence x
               where x.item_id = %(item)s and x.membership_id = m.id and x.removed_at is null),
       exists (select from applications_disqualification d
               where d.application_id = %(application)s and d.membership_id = m.id
                 and d.removed_at is null),
       %(tells)s and m.id in (select membership from applications.audience(%(application)s))
from places p
join organizations_membership m on m.id = p.membership_id and m.is_open
join accounts_user a on a.id = m.user_id
"""


def members_of(item: AgendaItem, *, tells: bool) -> list[Member]:
    """The members and the convener (without a seat); whom a permit reaches only when `tells`."""
    parameters: dict[str, UUID | bool] = {
        "team": item.application.team_id,
        "item": item.pk,
        "application": item.application_id,
        "tells": tells,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, parameters)
        members = [Member(*row) for row in cursor.fetchall()]
    return sorted(members, key=lambda m: sort_key(f"{m.last_name} {m.first_name}"))


def own_seats(seats: list[Seat], members: list[Member], actor: Actor) -> list[Seat]:
    """The seats for which the actor writes: those filled; for the convener the own unit's."""
    mine = {m.seat_id for m in members if m.membership_id == actor.membership_id}
    if None in mine:
        with_my_unit = (s.id for s in seats if any(u.id == actor.unit_id for u in s.units))
        mine.update(with_my_unit)
    return [seat for seat in seats if seat.id in mine]
