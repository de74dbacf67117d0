"""Rows of the first page about meetings: whom to call, what to write down, who waits."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.home.things import Thing, due
from rinnalla.lib.days import helsinki_day
from rinnalla.meetings.models import Answer, InvitingCall, Meeting
from rinnalla.meetings.queries.meetings import Line, my_meetings
from rinnalla.ui.dates import time, weekday_short

Outcome = InvitingCall.Outcome
DAY = timedelta(days=1)


def meeting_things(actor: Actor) -> list[Thing]:
    """What waits for the actor in the meetings that they call together or are invited to."""
    found = [thing for line in my_meetings(actor) for thing in _of(line, actor)]
    return sorted(found, key=lambda thing: not thing.urgent)


def _of(line: Line, actor: Actor) -> Iterator[Thing]:
    meeting = line.meeting
    if line.open_points and line.mine:
        yield _thing(line, _("Asiakas kysyy: mikä jäi epäselväksi"), _("Vastaa"), urgent=True)
    if meeting.state not in Meeting.COMING:
        return
    if line.time is None:
        if line.mine:
            yield _thing(line, _("Valitse tapaamiselle aika"), _("Avaa"))
    elif line.is_today_or_past(actor.now):
        if line.mine:
            late = helsinki_day(line.time.starts) < actor.today
            what = _("Tapahtuiko tapaaminen? Kirjaa, mitä sovittiin.")
            url = reverse("meeting-note", args=[meeting.public_id])
            when = due(actor, helsinki_day(line.time.starts))
            yield _thing(line, what, _("Kirjaa"), url=url, when=when, urgent=late)
    elif line.mine and line.client_says in (Answer.Says.NO, Answer.Says.MOVE):
        url = reverse("move-meeting", args=[meeting.public_id])
        yield _thing(line, _("Aika ei sovi asiakkaalle"), _("Siirrä"), url=url, urgent=True)
    elif line.mine and (call := _call_due(line, actor)):
        url = reverse("call-client", args=[meeting.public_id])
        yield _thing(line, call, _("Kirjaa puhelu"), url=url)
    elif helsinki_day(line.time.starts) == actor.today:
        yield _thing(line, _("Tapaaminen tänään"), _("Avaa"), urgent=True)
    elif line.invited and not line.mine:
        yield _thing(line, _("Sinut on kutsuttu tapaamiseen"), _("Avaa"))


def _call_due(line: Line, actor: Actor) -> str:
    """What the client is to be called about now: invited until there is an answer, called again on
    the agreed day, reminded on the day before."""
    meeting, last = line.meeting, line.last_call
    if last and last.outcome == Outcome.UNANSWERED:
        again = last.call_again_on
        return _("Soita asiakkaalle uudelleen") if again and again <= actor.today else ""
    if meeting.invite_by == Meeting.Way.CALL and last is None and not line.client_says:
        return _("Soita ja kutsu asiakas")
    by_call = meeting.remind_by == Meeting.Way.CALL and line.time is not None
    if by_call and line.time and helsinki_day(line.time.starts) - DAY <= actor.today:
        reminded = last and helsinki_day(last.called_at) >= helsinki_day(line.time.starts) - DAY
        return "" if reminded else _("Soita ja muistuta asiakasta")
    return ""


def _thing(
    line: Line, what: str, act: str, *, url: str = "", when: str = "", urgent: bool = False
) -> Thing:
    meeting, at = line.meeting, line.time
    usual = f"{weekday_short(at.starts)} {time(at.starts)}" if at else ""
    return Thing(
        client=meeting.client,
        what=what,
        detail=meeting.get_kind_display(),
        tag="late" if urgent else "calm",
        when=when or usual,
        act=act,
        url=url or reverse("meeting", args=[meeting.public_id]),
        kind="meeting",
        urgent=urgent,
    )
