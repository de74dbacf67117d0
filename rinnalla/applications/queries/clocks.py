"""The two clocks promised to the client: calendar days, without the days of a pause."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from rinnalla.applications.models import Application, InformationRequest
from rinnalla.lib.days import helsinki_day


@dataclass(frozen=True)
class Clock:
    """Days gone of the target; `running` from its start to its end, `paused` while a question is
    open."""

    days: int
    target: int
    started: bool
    running: bool
    paused: bool = False

    @property
    def late(self) -> bool:
        return self.started and self.days > self.target

    @property
    def soon_late(self) -> bool:
        """Three quarters of the target are gone: late is seen before it is late."""
        return self.running and not self.late and self.days * 4 >= self.target * 3


@dataclass(frozen=True)
class Clocks:
    consultation: Clock
    meeting: Clock


def clocks(application: Application, requests: Iterable[InformationRequest], today: date) -> Clocks:
    """From sending to the consultation, and from a call to the meeting (which a later act ends)."""
    pauses = [
        (helsinki_day(r.asked_at), helsinki_day(r.answered_at) if r.answered_at else None)
        for r in requests
    ]
    called = application.state == Application.State.CALLED
    return Clocks(
        consultation=_clock(
            application.sent_at if application.state != Application.State.DRAFT else None,
            application.consulted_at or application.ended_at,
            application.team.consultation_days,
            pauses,
            today,
        ),
        meeting=_clock(
            application.consulted_at if called else None,
            None,
            application.team.meeting_days,
            [],
            today,
        ),
    )


def _clock(
    begin: datetime | None,
    end: datetime | None,
    target: int,
    pauses: list[tuple[date, date | None]],
    today: date,
) -> Clock:
    if begin is None:
        return Clock(0, target, started=False, running=False)
    first, last = helsinki_day(begin), helsinki_day(end) if end else today
    stood = sum(
        max(0, (min(until or last, last) - max(since, first)).days) for since, until in pauses
    )
    paused = end is None and any(until is None for _since, until in pauses)
    return Clock(
        max(0, (last - first).days - stood),
        target,
        started=True,
        running=end is None,
        paused=paused,
    )
