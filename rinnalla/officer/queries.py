"""Reads made for the officer's pages; those that name a client leave their own journal row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Prefetch

from rinnalla.access.actor import Actor
from rinnalla.lib.days import end_of, start_of
from rinnalla.officer.models import Asking, Question
from rinnalla.officer.sweeping import review_by
from rinnalla.officer.wording import ground
from rinnalla.organizations.models import Membership, Unit

ROWS = 200
LINES_AT_ONCE = 200


@dataclass(frozen=True)
class Line:
    """A question in a list: whom it is about, where it stands, by when it is due."""

    question: Question
    asking: Asking | None
    today: date

    @property
    def due(self) -> date:
        if self.asking and not self.is_answered:
            return self.asking.due
        return review_by(self.question.day)

    @property
    def is_answered(self) -> bool:
        return self.asking is not None and hasattr(self.asking, "answer")

    @property
    def is_late(self) -> bool:
        return self.today > self.due


@dataclass(frozen=True)
class Opened:
    """One opening that a question is about."""

    client: UUID
    name: str
    number: str
    at: datetime
    way: str
    same_name: bool


@dataclass(frozen=True)
class Ground:
    """How much was read on one ground."""

    basis: str
    reads: int
    people: int
    clients: int

    @property
    def words(self) -> str:
        return ground(self.basis)


@dataclass(frozen=True)
class LogRequest:
    """A client's request for the log; `name` only where it is opened."""

    public_id: UUID
    received: date
    since: date
    until: date
    answered_at: datetime | None
    rows: int | None
    reason: str = ""
    name: str = ""
    number: str = ""


@dataclass(frozen=True)
class LogLine:
    """One row of a client's log."""

    at: datetime
    key: UUID
    kind: str
    basis: str
    person: str
    title: str
    unit: str
    organization: str
    process: str


def open_questions(actor: Actor) -> list[Line]:
    """What waits on the officer's desk, the oldest first."""
    rows = _questions().filter(closing=None).order_by("day", "pk")
    return [_line(question, actor) for question in rows[:ROWS]]


def closed_questions(actor: Actor) -> list[Line]:
    """The newest that were closed."""
    rows = _questions().exclude(closing=None).order_by("-closing__closed_at", "pk")
    return [_line(question, actor) for question in rows[:20]]


def asked_of_me(actor: Actor) -> list[Asking]:
    """What the actor was asked, unanswered first."""
    rows = Asking.objects.filter(to=actor.membership_id).select_related(
        "question__membership__user", "answer", "question__closing"
    )
    return list(rows.order_by("answer__answered_at", "due", "pk")[:ROWS])


def askings_of(question: Question) -> list[Asking]:
    """Who was asked, and what they answered."""
    rows = question.askings.select_related("to__user", "to__unit", "by__user", "answer__by__user")
    return list(rows.order_by("asked_at"))


def opened_clients(question: Question) -> list[Opened]:
    """Whose data was opened; the database leaves the row of this read."""
    return [Opened(*row) for row in _rows("officer.question_clients(%s)", question.pk)]


def whom_to_ask(question: Question) -> list[Membership]:
    """The worker, and who leads the worker's unit."""
    unit = Unit.objects.select_related("organization").get(pk=question.membership.unit_id)
    manager = unit.manager_id or unit.organization.manager_id
    keys = [key for key in (question.membership_id, manager) if key]
    rows = Membership.objects.filter(pk__in=keys, is_open=True).select_related("user")
    return sorted(rows, key=lambda member: member.pk != question.membership_id)


def reads_by_ground(since: date, until: date) -> list[Ground]:
    """Reads of a period by what let the readers see; the look is itself in the journal."""
    period = (start_of(since), end_of(until))
    return [Ground(*row) for row in _rows("officer.reads_by_ground(%s, %s)", *period)]


def log_requests() -> list[LogRequest]:
    """The requests on the desk, unanswered first, without names."""
    return [LogRequest(*row) for row in _rows("officer.log_requests()")]


def log_request_for(public_id: UUID) -> LogRequest | None:
    """One request with its client; the database leaves the row of this read."""
    for received, since, until, reason, answered, rows, name, number in _rows(
        "officer.log_request_of(%s)", public_id
    ):
        return LogRequest(public_id, received, since, until, answered, rows, reason, name, number)
    return None


def log_lines(public_id: UUID) -> Iterator[LogLine]:
    """The client's log, newest first, a page at a time: it stops when the access is withdrawn."""
    last: Sequence[object] = (None, None)
    while True:
        page = _rows("officer.log_lines(%s, %s, %s, %s)", public_id, *last, LINES_AT_ONCE)
        yield from (LogLine(*row) for row in page)
        if len(page) < LINES_AT_ONCE:
            return
        last = page[-1][:2]


def _questions() -> models.QuerySet[Question]:
    newest = Asking.objects.select_related("to__user", "answer").order_by("-asked_at")
    return Question.objects.select_related(
        "membership__user", "membership__unit", "closing"
    ).prefetch_related(Prefetch("askings", newest, to_attr="asked"))


def _line(question: Question, actor: Actor) -> Line:
    asked: list[Asking] = getattr(question, "asked", [])
    return Line(question, asked[0] if asked else None, actor.today)


def _rows(function: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {function}", values)
        return list(cursor.fetchall())
