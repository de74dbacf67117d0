"""One meeting as a page reads it, and those of a case or of the actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q

from rinnalla.access.actor import Actor
from rinnalla.access.models import MyCircle
from rinnalla.cases.models import Case
from rinnalla.lib.days import helsinki_day
from rinnalla.meetings.access import ARRANGERS
from rinnalla.meetings.models import (
    AgreedThing,
    Answer,
    InvitingCall,
    Meeting,
    MeetingNote,
    MeetingTime,
    Participant,
    SuggestedTime,
    UnclearPoint,
)

ROWS = 50
Kind = Participant.Kind


@dataclass(frozen=True)
class Person:
    """Somebody invited, with the last answer to the time that holds."""

    row: Participant
    answer: Answer | None
    choices: Sequence[str]  # To each suggested time, in their order: what was said, or "".

    @property
    def name(self) -> str:
        """The name; of the client none, the page has it."""
        if self.row.membership:
            return str(self.row.membership.user.get_full_name())
        return self.row.person

    @property
    def where(self) -> str:
        """Title and unit of a professional, the role of a guest."""
        if self.row.membership:
            return f"{self.row.membership.title}, {self.row.membership.unit.name}"
        return self.row.role

    @property
    def is_client(self) -> bool:
        return self.row.kind == Kind.CLIENT


@dataclass(frozen=True)
class Option:
    """A suggested time and how many it suits."""

    row: SuggestedTime
    suits: int
    not_suits: int


@dataclass(frozen=True)
class Shown:
    """All of one meeting that the reader may read."""

    meeting: Meeting
    times: list[MeetingTime]
    people: list[Person]
    options: list[Option]
    calls: list[InvitingCall]
    notes: list[MeetingNote]
    agreed: list[AgreedThing]
    points: list[UnclearPoint]

    @property
    def time(self) -> MeetingTime | None:
        """The time that holds; of a cancelled meeting the last one."""
        return self.times[-1] if self.times else None

    @property
    def day(self) -> date | None:
        """The Helsinki day of the time that holds."""
        return helsinki_day(self.time.starts) if self.time else None

    @property
    def moved(self) -> list[MeetingTime]:
        """The times before, the latest first."""
        return self.times[-2::-1]

    @property
    def note(self) -> MeetingNote | None:
        """What was said, unless it was recalled."""
        return next((one for one in self.notes if one.recalled_at is None), None)

    @property
    def recalled(self) -> list[MeetingNote]:
        """Recalled notes, of which only the unit that wrote them knows more."""
        return [one for one in self.notes if one.recalled_at]

    @property
    def is_coming(self) -> bool:
        return self.meeting.state in Meeting.COMING

    def invited(self, actor: Actor) -> Person | None:
        """The actor's own place."""
        me = actor.membership_id
        return next((one for one in self.people if one.row.membership_id == me), None)


def shown(meeting: Meeting) -> Shown:
    """The meeting in a fixed number of statements."""
    of = {"meeting": meeting}
    times = list(MeetingTime.objects.filter(**of).order_by("sequence"))
    suggested = list(SuggestedTime.objects.filter(**of).order_by("starts"))
    answers = list(Answer.objects.filter(**of).order_by("answered_at", "pk"))
    people = (
        Participant.objects.filter(**of, ended_at=None)
        .select_related("membership__user", "membership__unit")
        .order_by("pk")
    )
    order = [Kind.CLIENT, Kind.GUEST, Kind.MEMBER]
    return Shown(
        meeting,
        times,
        sorted(
            (_person(one, answers, times, suggested) for one in people),
            key=lambda one: order.index(Kind(one.row.kind)),
        ),
        [_option(one, answers) for one in suggested],
        list(InvitingCall.objects.filter(**of).select_related("called_by__user").order_by("pk")),
        list(MeetingNote.objects.filter(**of).select_related("written_by__user").order_by("pk")),
        list(AgreedThing.objects.filter(**of).order_by("due", "pk")),
        list(
            UnclearPoint.objects.filter(**of)
            .select_related("answered_by__user")
            .order_by("asked_at")
        ),
    )


def _person(
    row: Participant,
    answers: list[Answer],
    times: list[MeetingTime],
    suggested: list[SuggestedTime],
) -> Person:
    own = [one for one in answers if one.participant_id == row.pk]
    now = times[-1].pk if times else None
    said = [one for one in own if one.time_id == now] if now else []
    choices = {one.suggestion_id: one.says for one in own if one.suggestion_id}
    return Person(row, said[-1] if said else None, [choices.get(t.pk, "") for t in suggested])


def _option(row: SuggestedTime, answers: list[Answer]) -> Option:
    last = {one.participant_id: one.says for one in answers if one.suggestion_id == row.pk}
    said = list(last.values())
    return Option(row, said.count(Answer.Says.YES), said.count(Answer.Says.NO))


@dataclass(frozen=True)
class Line:
    """A meeting in a list."""

    meeting: Meeting
    time: MeetingTime | None
    last_call: InvitingCall | None
    client_says: str
    open_points: int
    has_note: bool
    mine: bool  # Called together by the actor, or by whoever keeps the case with the actor.
    invited: bool

    def is_today_or_past(self, now: datetime) -> bool:
        """Whether it has begun."""
        return self.time is not None and self.time.starts <= now


def meetings_of(case: Case) -> list[Meeting]:
    """The case's meetings with their times, the next one first, then the latest."""
    times = MeetingTime.objects.order_by("sequence")
    rows = Meeting.objects.filter(case=case).prefetch_related(Prefetch("meetingtimes", times))
    return list(rows.order_by("-called_at")[:ROWS])


def last_time(meeting: Meeting) -> MeetingTime | None:
    """The time that holds, or the last one, of a meeting read with its times."""
    times = list(meeting.meetingtimes.all())
    return times[-1] if times else None


def my_meetings(actor: Actor) -> list[Line]:
    """Meetings for which the actor calls together or is invited, that still ask for something."""
    arranged = MyCircle.objects.filter(cause__in=ARRANGERS).values_list("thing", flat=True)
    called = MyCircle.objects.filter(cause="meeting").values_list("thing", flat=True)
    cases, things = {key for key in arranged if key}, {key for key in called if key}
    rows = (
        Meeting.objects.filter(Q(case__in=cases) | Q(pk__in=things))
        .filter(
            Q(state__in=Meeting.COMING)
            | Q(unclearpoints__answered_at=None, unclearpoints__isnull=False)
        )
        .distinct()
        .select_related("client")
        .prefetch_related(
            Prefetch("meetingtimes", MeetingTime.objects.order_by("sequence")),
            Prefetch("invitingcalls", InvitingCall.objects.order_by("pk")),
            Prefetch("answers", Answer.objects.order_by("answered_at", "pk")),
            Prefetch("participants", Participant.objects.filter(ended_at=None)),
            "unclearpoints",
        )
    )
    return [_line(row, actor, cases) for row in rows.order_by("called_at")[:ROWS]]


def _line(row: Meeting, actor: Actor, cases: set[UUID]) -> Line:
    calls = list(row.invitingcalls.all())
    time = last_time(row)
    people = list(row.participants.all())
    client = next((one.pk for one in people if one.kind == Kind.CLIENT), None)
    said = [
        one.says
        for one in row.answers.all()
        if one.participant_id == client and time and one.time_id == time.pk
    ]
    return Line(
        row,
        time,
        calls[-1] if calls else None,
        said[-1] if said else "",
        sum(one.answered_at is None for one in row.unclearpoints.all()),
        row.state == Meeting.State.HELD,
        row.case_id in cases,
        any(one.membership_id == actor.membership_id for one in people),
    )
