"""The consultation page of one case: few statements, whatever the client's rows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from rinnalla.access.actor import Actor
from rinnalla.applications.models import (
    AgendaItem,
    Application,
    ApplicationText,
    ClockPause,
    InformationRequest,
    Outcome,
)
from rinnalla.applications.queries.clocks import Clocks, clocks
from rinnalla.applications.queries.fit import services_on, unused_by_seat
from rinnalla.applications.queries.grid import Grid, Material, grid_of
from rinnalla.applications.queries.joining import Joined, joined_of
from rinnalla.applications.queries.records import records_of
from rinnalla.applications.queries.room import Member, Seat, members_of, own_seats, seats_of
from rinnalla.applications.queries.writings import VIEW, Writing, writings_of
from rinnalla.lib.prepared import Prepared
from rinnalla.organizations.models import TeamSession
from rinnalla.services.fitting import Facts


@dataclass(frozen=True, slots=True)
class Place:
    """A number on the agenda; `seen` when the reader may open it."""

    number: int
    handled: bool
    seen: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Where on the agenda the case is, and which cases the reader may go to from it."""

    of: int
    position: int
    previous: int | None
    following: int | None


@dataclass(frozen=True, slots=True)
class Own:
    """A column for which the reader writes: the view so far, and the additions to it."""

    seat: Seat
    view: Writing | None
    entries: list[Writing]


@dataclass(frozen=True)
class Case:
    """Everything on the page of a case."""

    item: AgendaItem
    text: ApplicationText | None
    clocks: Clocks
    places: Places
    grid: Grid
    own: list[Own]
    members: list[Member]
    question: InformationRequest | None
    outcome: Outcome | None
    convenes: bool
    joined: list[Joined]

    @property
    def application(self) -> Application:
        return self.item.application

    @property
    def here(self) -> list[Member]:
        return [m for m in once(self.members) if m.present]

    @property
    def may_be_here(self) -> list[Member]:
        """Those whom a permit reaches and who are not disqualified."""
        return [m for m in once(self.members) if m.reached and not m.disqualified]

    @property
    def out(self) -> list[Member]:
        """Those out of the room for this case because no permit reaches them."""
        return [m for m in once(self.members) if not (m.reached or m.disqualified)]

    @property
    def disqualified(self) -> list[Member]:
        return [m for m in once(self.members) if m.disqualified]

    @property
    def can_be_disqualified(self) -> list[Member]:
        return [m for m in once(self.members) if m.seat_id and not m.disqualified]

    @property
    def is_open(self) -> bool:
        """Still to be decided here: on the agenda, unhandled, and no question is open."""
        waits = self.application.state in (Application.State.SENT, Application.State.RECEIVED)
        return waits and self.item.handled_at is None and self.question is None


def once(members: list[Member]) -> list[Member]:
    """Each person once, though they may fill several seats."""
    return list({m.membership_id: m for m in members}.values())


_REQUESTS = Prepared(lambda key: InformationRequest.objects.filter(application=key), UUID)


_PAUSES = Prepared(lambda key: ClockPause.objects.filter(application=key), UUID)


def case_of(item: AgendaItem, session: TeamSession, actor: Actor) -> Case:
    """The case as this reader may read it."""
    application = item.application
    convenes = application.team.convener_id == actor.membership_id
    requests = _REQUESTS.rows(application.pk)
    seats = seats_of(application, actor)
    members = members_of(item, tells=convenes)
    joined = joined_of(application.pk)
    writings = writings_of(application.pk)
    # What was written for a joined application stays its own: shown here, edited nowhere.
    before = writings_of(*(j.application.pk for j in joined)) if joined else []
    return Case(
        item=item,
        text=getattr(application, "text", None),
        clocks=clocks(application, [*requests, *_PAUSES.rows(application.pk)], actor.today),
        places=places_of(session, item.number),
        grid=grid_of(_material(application, seats, [*before, *writings], actor.today)),
        own=_own(own_seats(seats, members, actor), writings, actor),
        members=members,
        question=next((r for r in requests if r.answered_at is None), None),
        outcome=_outcome(item) if item.handled_at else None,
        convenes=convenes,
        joined=joined,
    )


def _material(
    application: Application, seats: list[Seat], writings: list[Writing], today: date
) -> Material:
    records = records_of(application.client_id)
    facts = Facts(application.client.birth_date, today)
    unused = unused_by_seat(services_on(today), seats, records, facts)
    return Material(seats, records, [w for w in writings if w.text.strip()], unused, today)


def _own(seats: list[Seat], writings: list[Writing], actor: Actor) -> list[Own]:
    mine = [w for w in writings if w.membership_id == actor.membership_id]
    return [
        Own(
            seat,
            next((w for w in mine if w.seat_id == seat.id and w.row == VIEW), None),
            [w for w in mine if w.seat_id == seat.id and w.row != VIEW],
        )
        for seat in seats
    ]


def _outcome(item: AgendaItem) -> Outcome | None:
    outcomes = Outcome.objects.filter(item=item, recalled_at=None)
    return outcomes.select_related("service").order_by("-given_at").first()


_NUMBERS = """
select n.number, n.handled, i.id is not null
from applications.agenda_numbers(%(session)s) n
left join applications_agendaitem i
    on i.session_id = %(session)s and i.number = n.number and i.removed_at is null
order by n.number
"""


def numbers_of(session_id: UUID) -> list[Place]:
    """All numbers of the agenda, also those whose case the reader does not see."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, {"session": session_id})
        return [Place(*row) for row in cursor.fetchall()]


def places_of(session: TeamSession, number: int) -> Places:
    """The case's place among the numbers, and its neighbours that the reader may open."""
    numbers = numbers_of(session.pk)
    before = [p.number for p in numbers if p.seen and p.number < number]
    after = [p.number for p in numbers if p.seen and p.number > number]
    return Places(
        of=len(numbers),
        position=sum(p.number <= number for p in numbers),
        previous=before[-1] if before else None,
        following=after[0] if after else None,
    )


def next_open(session_id: UUID, number: int) -> int | None:
    """The next case that is not yet handled, from the number on and then from the beginning."""
    waiting = [p.number for p in numbers_of(session_id) if p.seen and not p.handled]
    later = [n for n in waiting if n > number]
    return next(iter(later or waiting), None)
