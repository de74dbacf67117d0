"""The two clocks promised to the client: calendar days, without the days of a pause."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from rinnalla.applications.models import Application, ClockPause, InformationRequest
from rinnalla.lib.days import helsinki_day

# What stops a clock.
Stopping = InformationRequest | ClockPause


@dataclass(frozen=True)
class Stop:
    """Days that do not count: from one day until another, why, and when it is known to go on."""

    since: date
    until: date | None
    why: str
    returns_on: date | None = None
    words: str = ""

    def holds(self, today: date) -> bool:
        return self.since <= today and (self.until is None or today < self.until)


@dataclass(frozen=True)
class Clock:
    """Days gone of the target; `running` from its start to its end, `stop` while it stands."""

    days: int
    target: int
    started: bool
    running: bool
    stop: Stop | None = None

    @property
    def paused(self) -> bool:
        return self.stop is not None

    @property
    def late(self) -> bool:
        return self.started and self.days > self.target

    @property
    def soon_late(self) -> bool:
        """Three quarters of the target are gone: late is seen before it is late."""
        return self.running and not self.late and self.days * 4 >= self.target * 3


@dataclass(frozen=True)
class Clocks:
    """Both clocks; when the meeting is, and when the second promise was kept, once that is so."""

    consultation: Clock
    meeting: Clock
    meets_at: datetime | None = None
    met_at: datetime | None = None

    @property
    def stop(self) -> Stop | None:
        """Why the one that would go on stands now."""
        return self.consultation.stop or self.meeting.stop

    @property
    def running(self) -> bool:
        """Whether there is a clock that a pause would stop."""
        return self.consultation.running or self.meeting.running


def clocks(
    application: Application,
    stopped_by: Iterable[Stopping],
    today: date,
) -> Clocks:
    """From sending to the consultation, and from a call to the meeting that is held, or to whoever
    is named without one (the database keeps those instants for all who read the matter)."""
    asked, stops = [], []
    for one in stopped_by:
        if isinstance(one, ClockPause):
            stops.append(_of_pause(one))
        else:
            asked.append(_of_request(one))
    called = application.state == Application.State.CALLED
    return Clocks(
        consultation=_clock(
            application.sent_at if application.state != Application.State.DRAFT else None,
            application.consulted_at or application.ended_at,
            application.team.consultation_days,
            [*asked, *stops],
            today,
        ),
        meeting=_clock(
            application.consulted_at if called else None,
            application.met_at,
            application.team.meeting_days,
            stops,
            today,
        ),
        meets_at=application.meets_at if called and not application.met_at else None,
        met_at=application.met_at if called else None,
    )


def _of_request(one: InformationRequest) -> Stop:
    until = helsinki_day(one.answered_at) if one.answered_at else None
    return Stop(helsinki_day(one.asked_at), until, _("lähettäjältä on kysytty lisää"))


def _of_pause(one: ClockPause) -> Stop:
    """A pause that nobody ends is over on the day of return."""
    until = min(one.ended_on, one.returns_on) if one.ended_on else one.returns_on
    why = f"{one.get_reason_display()}: {one.words}" if one.words else one.get_reason_display()
    return Stop(one.began_on, until, why, one.returns_on, one.words)


def _clock(
    begin: datetime | None,
    end: datetime | None,
    target: int,
    stops: list[Stop],
    today: date,
) -> Clock:
    if begin is None:
        return Clock(0, target, started=False, running=False)
    first, last = helsinki_day(begin), helsinki_day(end) if end else today
    stood = _days_of(stops, first, last)
    now = next((stop for stop in stops if end is None and stop.holds(today)), None)
    return Clock(
        max(0, (last - first).days - stood), target, started=True, running=end is None, stop=now
    )


def _days_of(stops: list[Stop], first: date, last: date) -> int:
    """How many days they stood between the two; days of which two tell count once."""
    days: set[int] = set()
    for stop in stops:
        begin, end = max(stop.since, first), min(stop.until or last, last)
        days |= set(range(begin.toordinal(), end.toordinal()))
    return len(days)
