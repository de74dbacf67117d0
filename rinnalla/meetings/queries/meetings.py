"""One meeting as a page reads it, and those of a case or of the actor."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case as Case_
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.models import MyCircle
from rinnalla.cases.models import Case, CaseAnswer
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
    """A suggested time, and by name whom it suits, whom not, and who has yet to say."""

    row: SuggestedTime
    suits: list[str]
    not_suits: list[str]
    silent: list[str]
    client_says: str


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
    def where(self) -> MeetingTime | SuggestedTime | None:
        """The place of the time, or of those to choose from."""
        return self.time or (self.options[0].row if self.options else None)

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
    rows = (
        Participant.objects.filter(**of, ended_at=None)
        .select_related("membership__user", "membership__unit")
        .order_by("pk")
    )
    order = [Kind.CLIENT, Kind.GUEST, Kind.MEMBER]
    people = sorted(
        (_person(one, answers, times) for one in rows),
        key=lambda one: order.index(Kind(one.row.kind)),
    )
    return Shown(
        meeting,
        times,
        people,
        [_option(meeting, one, people, answers) for one in suggested],
        list(InvitingCall.objects.filter(**of).select_related("called_by__user").order_by("pk")),
        list(MeetingNote.objects.filter(**of).select_related("written_by__user").order_by("pk")),
        list(AgreedThing.objects.filter(**of).order_by("due", "pk")),
        list(
            UnclearPoint.objects.filter(**of)
            .select_related("answered_by__user")
            .order_by("asked_at")
        ),
    )


def _person(row: Participant, answers: list[Answer], times: list[MeetingTime]) -> Person:
    now = times[-1].pk if times else None
    said = [one for one in answers if one.participant_id == row.pk and now and one.time_id == now]
    return Person(row, said[-1] if said else None)


def _option(
    meeting: Meeting, row: SuggestedTime, people: list[Person], answers: list[Answer]
) -> Option:
    last = {one.participant_id: one.says for one in answers if one.suggestion_id == row.pk}
    by_name = [(one.name or _("asiakas"), last.get(one.row.pk)) for one in people]
    convener = meeting.convener_id
    silent = [one for one in people if one.row.pk not in last and one.row.membership_id != convener]
    return Option(
        row,
        [name for name, says in by_name if says == Answer.Says.YES],
        [name for name, says in by_name if says == Answer.Says.NO],
        [one.name or _("asiakas") for one in silent],
        next((last.get(one.row.pk, "") for one in people if one.is_client), ""),
    )


def client_words(meeting: Meeting) -> CaseAnswer | None:
    """What the client said last of the case, in own words."""
    said = CaseAnswer.objects.filter(case=meeting.case_id).exclude(words="")
    return said.order_by("pk").last()


def last_time(meeting: Meeting) -> MeetingTime | None:
    """The time that holds, or the last one."""
    return MeetingTime.objects.filter(meeting=meeting).order_by("sequence").last()


def calls_of(meeting: Meeting) -> list[InvitingCall]:
    """The calls to the client, the latest first."""
    rows = InvitingCall.objects.filter(meeting=meeting).select_related("called_by__user")
    return list(rows.order_by("-pk")[:ROWS])


@dataclass(frozen=True)
class Line:
    """A meeting in a list, as one statement reads it."""

    meeting: Meeting
    starts: datetime | None
    place: str

    @property
    def is_coming(self) -> bool:
        return self.meeting.state in Meeting.COMING

    @property
    def day(self) -> date | None:
        """The Helsinki day of the time that holds, or of the last one."""
        return helsinki_day(self.starts) if self.starts else None


@dataclass(frozen=True)
class Waiting(Line):
    """A meeting that asks something of the actor."""

    last_call: str
    called_at: datetime | None
    call_again_on: date | None
    set_at: datetime | None  # When the time that holds was set.
    was_told: bool  # The client has heard of the meeting by a call.
    client_says: str
    answer_by: date | None  # By when the client waits for an answer to what stayed unclear.
    point: UUID | None  # What stayed unclear, of that day.
    mine: bool  # The actor calls together for its case.
    invited: bool
    has_chosen: bool  # Of the suggested times.


def _of(name: str, rows: QuerySet[Any], order: str) -> Subquery:
    return Subquery(rows.order_by(order).values(name)[:1])


def _with_time(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    times = MeetingTime.objects.filter(meeting=OuterRef("pk"))
    return rows.annotate(
        starts=_of("starts", times, "-sequence"), place=_of("place", times, "-sequence")
    )


def meetings_of(case: Case) -> list[Line]:
    """The case's meetings: those to come first, then the latest."""
    rows = _with_time(Meeting.objects.filter(case=case)).order_by("-called_at")[:ROWS]
    lines = [Line(row, vars(row)["starts"], vars(row)["place"] or "") for row in rows]
    return sorted(lines, key=lambda line: not line.is_coming)


def my_meetings(actor: Actor) -> list[Waiting]:
    """Meetings for which the actor calls together or is invited, that still ask for something, in
    one statement."""
    arranged = MyCircle.objects.filter(cause__in=ARRANGERS, thing__isnull=False).values("thing")
    called = MyCircle.objects.filter(cause="meeting", thing__isnull=False).values("thing")
    of = {"meeting": OuterRef("pk")}
    calls = InvitingCall.objects.filter(**of)
    said = Answer.objects.filter(
        **of, participant__kind=Kind.CLIENT, time__isnull=False, time__ended_at=None
    )
    asked = UnclearPoint.objects.filter(**of, answered_at=None)
    own = Participant.objects.filter(**of, membership=actor.membership_id, ended_at=None)
    # A client who was called to a meeting is called again when it is cancelled.
    by_call = {"state": Meeting.State.CANCELLED, "invite_by": Meeting.Way.CALL, "was_told": True}
    to_be_told = Q(**by_call, starts__gt=actor.now)
    chosen = Answer.objects.filter(
        **of, participant__membership=actor.membership_id, suggestion__isnull=False
    )
    rows = (
        _with_time(Meeting.objects.filter(Q(case__in=arranged) | Q(pk__in=called)))
        .annotate(
            last_call=_of("outcome", calls, "-pk"),
            rung_at=_of("called_at", calls, "-pk"),
            call_again_on=_of("call_again_on", calls, "-pk"),
            set_at=_of("set_at", MeetingTime.objects.filter(**of), "-sequence"),
            was_told=Exists(calls.exclude(outcome=InvitingCall.Outcome.UNANSWERED)),
            client_says=_of("says", said, "-answered_at"),
            answer_by=_of("answer_by", asked, "answer_by"),
            point=_of("public_id", asked, "answer_by"),
            mine=Case_(When(case__in=arranged, then=True), default=False),
            invited=Exists(own),
            has_chosen=Exists(chosen),
        )
        .filter(Q(state__in=Meeting.COMING) | Q(answer_by__isnull=False) | to_be_told)
        .select_related("client")
    )
    return [_waiting(row) for row in rows.order_by("called_at")[:ROWS]]


def _waiting(row: Meeting) -> Waiting:
    read = vars(row)
    return Waiting(
        row,
        read["starts"],
        read["place"] or "",
        read["last_call"] or "",
        read["rung_at"],
        read["call_again_on"],
        read["set_at"],
        read["was_told"],
        read["client_says"] or "",
        read["answer_by"],
        read["point"],
        read["mine"],
        read["invited"],
        read["has_chosen"],
    )
