"""The convener's inbox: what has come to the actor's teams, and one of them opened."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications.models import (
    AgendaItem,
    Application,
    ApplicationText,
    ClockPause,
    InformationAnswer,
    InformationRequest,
    Joining,
)
from rinnalla.applications.queries.clocks import Clocks, Stopping, clocks
from rinnalla.applications.queries.joining import Joined, joined_of
from rinnalla.applications.queries.room import Seat, seats_of
from rinnalla.lib.days import start_of
from rinnalla.lib.ordering import alphabetical
from rinnalla.lib.prepared import Prepared
from rinnalla.organizations.models import Team, TeamSession

PAGE = 25
NEW, UNPLACED, ASKED, PLACED, GIVEN = "uudet", "ilman", "kysytyt", "listalla", "annetut"
BUCKETS = (NEW, UNPLACED, ASKED, PLACED, GIVEN)
State = Application.State


@dataclass(frozen=True, slots=True)
class Bucket:
    """A part of the inbox and how many are in it; the empty key is all still to be handled."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Entry:
    """A row of the inbox."""

    application: Application
    bucket: str
    clocks: Clocks
    question: InformationRequest | None
    item: AgendaItem | None


@dataclass(frozen=True)
class Inbox:
    buckets: list[Bucket]
    bucket: str
    entries: list[Entry]
    page: int
    has_more: bool

    @property
    def is_empty(self) -> bool:
        return not any(bucket.count for bucket in self.buckets)


def convenes(actor: Actor) -> bool:
    """Whether the actor convenes some team: nobody else has an inbox."""
    return Team.objects.filter(convener=actor.membership_id).exists()


def inbox_of(actor: Actor, bucket: str, page: int) -> Inbox:
    """A page of the inbox; `bucket` is one of BUCKETS or empty."""
    places = _places(actor)
    listed = [place for place in places if place.is_in(bucket)]
    first = (page - 1) * PAGE
    return Inbox(
        buckets=_buckets(Counter(place.bucket for place in places)),
        bucket=bucket,
        entries=_entries(listed[first : first + PAGE], actor.today),
        page=page,
        has_more=len(listed) > first + PAGE,
    )


def next_of(actor: Actor, bucket: str, public_id: UUID) -> UUID | None:
    """What is opened when this one has been handled: the one after it, else the first other one."""
    order = [place.public_id for place in _places(actor) if place.is_in(bucket)]
    after = order[order.index(public_id) + 1 :] if public_id in order else order
    return next(iter([*after, *(key for key in order if key != public_id)]), None)


class Place(NamedTuple):
    """Where in the inbox an application is."""

    id: UUID
    public_id: UUID
    bucket: str

    def is_in(self, bucket: str) -> bool:
        return self.bucket == bucket if bucket else self.bucket != GIVEN


# The buckets are asked by scalar subqueries: an `exists` may become one read of the whole table.
_PLACES = """
select a.id, a.public_id,
       case when a.state = 'sent' then 'uudet'
            when a.state <> 'received' then 'annetut'
            when (select true from applications_informationrequest r
                  where r.application_id = a.id and r.answered_at is null limit 1) then 'kysytyt'
            when (select true from applications_agendaitem i
                  where i.application_id = a.id and i.removed_at is null and i.handled_at is null
                  limit 1) then 'listalla'
            else 'ilman' end
from organizations_team t
join applications_application a on a.team_id = t.id
    and a.state in ('sent', 'received', 'recommended', 'called', 'accepted')
where t.convener_id = %s
  and (select true from applications_joining j
       join applications_application e on e.id = j.into_id and e.state in ('sent', 'received')
       where j.application_id = a.id and j.undone_at is null
         and a.state in ('sent', 'received') limit 1) is null
order by a.sent_at, a.id
"""


def _places(actor: Actor) -> list[Place]:
    """All that is open with the actor's teams, in the order of the inbox."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [actor.membership_id])
        places = [Place(*row) for row in cursor.fetchall()]
    return sorted(places, key=lambda place: BUCKETS.index(place.bucket))


# One statement for whatever page: as many keys as it has rows, the last one over again.
_KEYS = [UUID] * PAGE
_ROWS = Prepared(
    lambda *keys: Application.objects.filter(pk__in=keys).select_related(
        "client", "team", "unit__organization", "referrer__user", "holder__user"
    ),
    *_KEYS,
)
_REQUESTS = Prepared(lambda *keys: InformationRequest.objects.filter(application__in=keys), *_KEYS)
_PAUSES = Prepared(lambda *keys: ClockPause.objects.filter(application__in=keys), *_KEYS)
_ITEMS = Prepared(
    lambda *keys: (
        AgendaItem.objects.filter(application__in=keys, removed_at=None)
        .select_related("session")
        .order_by("placed_at")
    ),
    *_KEYS,
)


def _entries(places: list[Place], today: date) -> list[Entry]:
    """The rows of up to a page of applications, in their order; four statements."""
    if not places:
        return []
    keys = [place.id for place in places]
    keys += keys[-1:] * (PAGE - len(keys))
    rows = {row.pk: row for row in _ROWS.rows(*keys)}
    stops: dict[UUID, list[Stopping]] = {key: [] for key in rows}
    questions: dict[UUID, InformationRequest] = {}
    for request in _REQUESTS.rows(*keys):
        stops[request.application_id].append(request)
        if request.answered_at is None:
            questions[request.application_id] = request
    for pause in _PAUSES.rows(*keys):
        stops[pause.application_id].append(pause)
    items = {item.application_id: item for item in _ITEMS.rows(*keys)}
    return [
        Entry(
            application=rows[one.id],
            bucket=one.bucket,
            clocks=clocks(rows[one.id], stops[one.id], today),
            question=questions.get(one.id),
            item=items.get(one.id),
        )
        for one in places
    ]


def _buckets(counts: Mapping[str, int]) -> list[Bucket]:
    labels = {
        "": _("Käsiteltävät"),
        NEW: _("Uudet"),
        UNPLACED: _("Ilman kokousta"),
        ASKED: _("Odottaa vastausta"),
        PLACED: _("Esityslistalla"),
        GIVEN: _("Lähettäjällä"),
    }
    handled = sum(n for key, n in counts.items() if key != GIVEN)
    return [
        Bucket(key, label, counts.get(key, 0) if key else handled) for key, label in labels.items()
    ]


@dataclass(frozen=True)
class Opened:
    """The application in the reading pane; `text` is None where no permit reaches the reader."""

    entry: Entry
    text: ApplicationText | None
    answers: list[InformationAnswer]
    others: list[Application]
    joined: list[Joined]
    closed: list[Seat]
    unreached: list[Seat]
    sessions: list[TeamSession]

    @property
    def application(self) -> Application:
        return self.entry.application

    @property
    def title(self) -> str:
        return self.text.question if self.text and self.text.question else _("Hakemus tiimille")

    @property
    def can_join(self) -> list[Application]:
        """The other applications that wait like this one, and could be handled with it."""
        waiting = (State.SENT, State.RECEIVED)
        if self.application.state not in waiting:
            return []
        return [other for other in self.others if other.state in waiting]

    @property
    def can_be_placed(self) -> bool:
        """New, or taken in and nothing asked."""
        return self.entry.bucket in (NEW, UNPLACED, PLACED)


def entry_of(actor: Actor, public_id: UUID) -> Entry | None:
    """One application as a row, if it is in the actor's inbox."""
    found = [place for place in _places(actor) if place.public_id == public_id]
    return next(iter(_entries(found, actor.today)), None)


def opened(actor: Actor, entry: Entry) -> Opened:
    """The application as the reading pane shows it."""
    application = entry.application
    seats = seats_of(application, actor)
    out = _unreached_seats(application)
    return Opened(
        entry=entry,
        text=_TEXT.first(application.pk),
        answers=_ANSWERS.rows(application.pk),
        others=_OTHERS.rows(application.client_id, application.team_id, application.pk),
        joined=joined_of(application.pk),
        closed=[seat for seat in seats if seat.closed],
        unreached=[seat for seat in seats if seat.id in out],
        sessions=sessions_ahead(application.team_id, actor.today),
    )


def sessions_ahead(team_id: UUID, today: date) -> list[TeamSession]:
    """The team's next sessions, from today on."""
    ahead = TeamSession.objects.filter(team=team_id, starts_at__gte=start_of(today))
    return list(ahead.order_by("starts_at")[:8])


def other_teams(application: Application) -> QuerySet[Team]:
    """The teams to which the application could be forwarded."""
    others = Team.objects.exclude(pk=application.team_id)
    return others.select_related("convener__user").order_by(*alphabetical("name"))


_TEXT = Prepared(lambda key: ApplicationText.objects.filter(application=key), UUID)
_ANSWERS = Prepared(
    lambda key: (
        InformationAnswer.objects.filter(application=key)
        .select_related("request", "answered_by__user")
        .order_by("answered_at")
    ),
    UUID,
)
_OTHERS = Prepared(
    lambda client, team, this: (
        # Another team's matter is none of this one's: nothing tells that there is any.
        Application.objects.filter(client=client, team=team)
        .exclude(pk=this)
        .exclude(state__in=[State.DRAFT, State.DISCARDED])
        .exclude(pk__in=Joining.objects.filter(undone_at=None).values("application"))
        .select_related("referrer__user", "unit__organization")
        .order_by("-sent_at")[:5]
    ),
    UUID,
    UUID,
    UUID,
)


def _unreached_seats(application: Application) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("select seat from applications.unreached(%s)", [application.pk])
        return {row[0] for row in cursor.fetchall()}
