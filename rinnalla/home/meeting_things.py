"""Rows of the first page about meetings: whom to call, what to write down, who waits."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.home.things import Thing, age, due
from rinnalla.lib.days import helsinki_day
from rinnalla.meetings.models import Answer, InvitingCall, Meeting
from rinnalla.meetings.queries.meetings import Waiting, my_meetings
from rinnalla.ui.dates import time, weekday_short

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def meeting_things(actor: Actor) -> list[Thing]:
    """What waits for the actor in the meetings that they call together or are invited to."""
    found = [thing for line in my_meetings(actor) for thing in _of(line, actor)]
    return sorted(found, key=lambda thing: not thing.urgent)


def _of(line: Waiting, actor: Actor) -> Iterator[Thing]:
    if line.answer_by and line.mine:
        what = _("Asiakas kysyy: mikä jäi epäselväksi")
        late = line.answer_by < actor.today
        when = due(actor, line.answer_by)
        yield _thing(
            line, what, _("Vastaa"), page="answer-unclear", when=when, urgent=True, late=late
        )
    if line.mine and _is_to_be_told(line, actor):
        what = _("Soita ja kerro, että tapaaminen on peruttu")
        yield _thing(line, what, _("Kirjaa puhelu"), page="call-client", urgent=True)
    if line.is_coming:
        yield from _of_coming(line, actor)


def _of_coming(line: Waiting, actor: Actor) -> Iterator[Thing]:
    if line.starts is None or line.day is None:
        if line.has_chosen and not line.mine:
            return
        what = _("Valitse tapaamiselle aika") if line.mine else _("Vastaa, mikä aika sopii")
        act = _("Valitse") if line.mine else _("Vastaa")
        yield _thing(line, what, act, when=age(actor, line.meeting.called_at))
    elif line.starts <= actor.now and line.mine:
        what = _("Tapahtuiko tapaaminen? Kirjaa, mitä sovittiin.")
        late = line.day < actor.today
        when = due(actor, line.day)
        yield _thing(
            line, what, _("Kirjaa"), page="meeting-note", when=when, urgent=late, late=late
        )
    elif line.mine and line.client_says in (Answer.Says.NO, Answer.Says.MOVE):
        what = _("Aika ei sovi asiakkaalle")
        yield _thing(line, what, _("Siirrä"), page="move-meeting", urgent=True)
    elif line.mine and (call := _call_due(line, line.day, actor)):
        yield _thing(line, call, _("Kirjaa puhelu"), page="call-client")
    else:
        yield from _coming(line, line.day, actor)


def _coming(line: Waiting, day: date, actor: Actor) -> Iterator[Thing]:
    """Nothing is to be done but to come."""
    if day == actor.today:
        yield _thing(line, _("Tapaaminen tänään"), _("Avaa"), urgent=True)
    elif line.invited and not line.mine and day > actor.today:
        yield _thing(line, _("Sinut on kutsuttu tapaamiseen"), _("Avaa"))
    elif actor.today < day <= actor.today + WEEK:
        yield _thing(line, _("Tapaaminen lähipäivinä"), _("Avaa"))


def _call_due(line: Waiting, day: date, actor: Actor) -> str:
    """What the client is to be called about now: invited until there is an answer, called again on
    the agreed day, told of a time that was moved, reminded from the day before."""
    meeting, again = line.meeting, line.call_again_on
    is_of_this_time = line.called_at and line.set_at and line.called_at >= line.set_at
    if meeting.invite_by == Meeting.Way.CALL and line.called_at and not is_of_this_time:
        return "" if line.client_says else _("Soita ja kerro uusi aika")
    if line.last_call == InvitingCall.Outcome.UNANSWERED:
        return _("Soita asiakkaalle uudelleen") if again and again <= actor.today else ""
    if meeting.invite_by == Meeting.Way.CALL and not line.last_call and not line.client_says:
        return _("Soita ja kutsu asiakas")
    if meeting.remind_by == Meeting.Way.CALL and day - DAY <= actor.today:
        reminded = line.called_at and helsinki_day(line.called_at) >= day - DAY
        return "" if reminded else _("Soita ja muistuta asiakasta")
    return ""


def _is_to_be_told(line: Waiting, actor: Actor) -> bool:
    """The client has heard of a meeting by a call, but not yet that it is cancelled."""
    ended, again = line.meeting.ended_at, line.call_again_on
    if line.meeting.state != Meeting.State.CANCELLED or not line.was_told or ended is None:
        return False
    if line.called_at and line.called_at >= ended:
        return bool(again and again <= actor.today)
    return True


def _thing(  # noqa: PLR0913
    line: Waiting,
    what: str,
    act: str,
    *,
    page: str = "meeting",
    when: str = "",
    urgent: bool = False,
    late: bool = False,
) -> Thing:
    keys = [line.meeting.public_id, *([line.point] if page == "answer-unclear" else [])]
    usual = f"{weekday_short(line.starts)} {time(line.starts)}" if line.starts else ""
    return Thing(
        client=line.meeting.client,
        what=what,
        detail=line.meeting.get_kind_display(),
        tag="late" if late else "hold" if urgent else "calm",
        when=when or usual,
        act=act,
        url=reverse(page, args=keys),
        kind="meeting",
        urgent=urgent,
    )
