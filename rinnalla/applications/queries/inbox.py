"""The convener's inbox: what has come to the actor's teams, and one of them opened."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import (
    Case,
    Count,
    Exists,
    OuterRef,
    Prefetch,
    QuerySet,
    Value,
    When,
    prefetch_related_objects,
)
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications.models import (
    AgendaItem,
    Application,
    ApplicationText,
    InformationAnswer,
    InformationRequest,
)
from rinnalla.applications.queries.clocks import Clocks, clocks
from rinnalla.applications.queries.room import Seat, seats_of
from rinnalla.lib.days import start_of
from rinnalla.lib.ordering import alphabetical
from rinnalla.lib.prepared import Prepared
from rinnalla.organizations.models import Team, TeamSession

PAGE = 25
NEW, UNPLACED, ASKED, PLACED, GIVEN = "uudet", "ilman", "kysytyt", "listalla", "annetut"
BUCKETS = (NEW, UNPLACED, ASKED, PLACED, GIVEN)
State = Application.State
_GIVEN_STATES = [State.RECOMMENDED, State.CALLED, State.ACCEPTED]
_OPEN_STATES = [State.SENT, State.RECEIVED, *_GIVEN_STATES]


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
    rows = _listed(bucket, page).rows(actor.membership_id)
    prefetch_related_objects(rows, *_PARTS)
    return Inbox(
        buckets=_buckets(dict(_COUNTS.tuples(actor.membership_id))),
        bucket=bucket,
        entries=[_entry(row, row.bucket, actor.today) for row in rows[:PAGE]],
        page=page,
        has_more=len(rows) > PAGE,
    )


def next_of(actor: Actor, bucket: str, public_id: UUID) -> UUID | None:
    """What is opened when this one has been handled: the one after it, else the first other one."""
    order = list(_of(actor.membership_id, bucket).values_list("public_id", flat=True))
    after = order[order.index(public_id) + 1 :] if public_id in order else order
    return next(iter([*after, *(key for key in order if key != public_id)]), None)


def _all(convener: UUID) -> QuerySet[Any]:
    part = {"application": OuterRef("pk")}
    asked = InformationRequest.objects.filter(**part, answered_at=None)
    place = AgendaItem.objects.filter(**part, removed_at=None, handled_at=None)
    mine = Application.objects.filter(team__convener=convener, state__in=_OPEN_STATES)
    return mine.annotate(
        bucket=Case(
            When(state=State.SENT, then=Value(NEW)),
            When(state__in=_GIVEN_STATES, then=Value(GIVEN)),
            When(Exists(asked), then=Value(ASKED)),
            When(Exists(place), then=Value(PLACED)),
            default=Value(UNPLACED),
        ),
    )


def _of(convener: UUID, bucket: str) -> QuerySet[Any]:
    rows = _all(convener)
    rows = rows.filter(bucket=bucket) if bucket else rows.exclude(bucket=GIVEN)
    rank = Case(*(When(bucket=key, then=Value(n)) for n, key in enumerate(BUCKETS)))
    return rows.order_by(rank, "sent_at", "pk")


def _shown(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With what a row shows of other tables."""
    return rows.select_related(
        "client", "team", "unit__organization", "referrer__user", "holder__user"
    )


@lru_cache(maxsize=64)
def _listed(bucket: str, page: int) -> "Prepared[Any]":
    first = (page - 1) * PAGE
    return Prepared(lambda convener: _shown(_of(convener, bucket))[first : first + PAGE + 1], UUID)


_ONE: "Prepared[Any]" = Prepared(
    lambda convener, key: _shown(_all(convener).filter(public_id=key)), UUID, UUID
)
_COUNTS: "Prepared[Any]" = Prepared(
    lambda convener: (
        _all(convener)
        .values_list("bucket")
        .annotate(n=Count("pk"))
        .order_by()
        .values_list("bucket", "n")
    ),
    UUID,
)
_PARTS = (
    "informationrequests",
    Prefetch(
        "agendaitems",
        AgendaItem.objects.filter(removed_at=None).select_related("session"),
    ),
)


def _buckets(counts: dict[str, int]) -> list[Bucket]:
    labels = {
        "": _("Käsiteltävät"),
        NEW: _("Uudet"),
        UNPLACED: _("Ilman kokousta"),
        ASKED: _("Odottaa vastausta"),
        PLACED: _("Esityslistalla"),
        GIVEN: _("Lähettäjällä"),
    }
    counts = counts | {"": sum(n for key, n in counts.items() if key != GIVEN)}
    return [Bucket(key, label, counts.get(key, 0)) for key, label in labels.items()]


def _entry(row: Application, bucket: str, today: date) -> Entry:
    requests = list(row.informationrequests.all())
    items = sorted(row.agendaitems.all(), key=lambda item: item.placed_at)
    return Entry(
        application=row,
        bucket=bucket,
        clocks=clocks(row, requests, today),
        question=next((r for r in requests if r.answered_at is None), None),
        item=items[-1] if items else None,
    )


@dataclass(frozen=True)
class Opened:
    """The application in the reading pane; `text` is None where no permit reaches the reader."""

    entry: Entry
    text: ApplicationText | None
    answers: list[InformationAnswer]
    others: list[Application]
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
    def can_be_placed(self) -> bool:
        """New, or taken in and nothing asked."""
        return self.entry.bucket in (NEW, UNPLACED, PLACED)


def entry_of(actor: Actor, public_id: UUID) -> Entry | None:
    """One application as a row, if it is in the actor's inbox."""
    rows = _ONE.rows(actor.membership_id, public_id)
    prefetch_related_objects(rows, *_PARTS)
    return next((_entry(row, row.bucket, actor.today) for row in rows), None)


def opened(actor: Actor, entry: Entry) -> Opened:
    """The application as the reading pane shows it."""
    application = entry.application
    seats = seats_of(application, actor)
    out = _unreached_seats(application)
    return Opened(
        entry=entry,
        text=_TEXT.first(application.pk),
        answers=_ANSWERS.rows(application.pk),
        others=_OTHERS.rows(application.client_id, application.pk),
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
    lambda client, this: (
        Application.objects.filter(client=client)
        .exclude(pk=this)
        .exclude(state__in=[State.DRAFT, State.DISCARDED])
        .order_by("-sent_at")[:5]
    ),
    UUID,
    UUID,
)


def _unreached_seats(application: Application) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("select seat from applications.unreached(%s)", [application.pk])
        return {row[0] for row in cursor.fetchall()}
