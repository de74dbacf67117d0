"""Meetings in the told world: called together by the convener for an agreed case."""

from datetime import date, datetime, timedelta
from typing import Any

from rinnalla.access.actor import Actor
from rinnalla.cases.models import Case
from rinnalla.demo.stage import moment
from rinnalla.meetings.models import Meeting, MeetingNote
from rinnalla.meetings.operations import arranging, holding
from rinnalla.meetings.operations.arranging import Calling, Slot
from rinnalla.meetings.operations.holding import Deal, Minutes
from rinnalla.notifications.models import Message
from tests.world import CONVENER, Who, World

# The world stands at Saturday 31.10.2026.
SOON = "2026-11-12 09.00"
LATER = "2026-11-13 09.00"
HELD = "2026-11-12 10.00"


def slot(when: str = SOON, **changes: Any) -> Slot:
    starts = moment(when)
    return Slot(starts, starts + timedelta(hours=1), **{"place": "Huone 1", **changes})


def called(world: World, case: Case, *members: Who, when: str = SOON, **changes: Any) -> Meeting:
    """Called together by the convener, who holds the case."""
    keys = [world.member(who).pk for who in members]
    with world.acting(CONVENER) as sirkka:
        calling = Calling("Sovitaan jatkosta.", [slot(when)], members=keys, **changes)
        return arranging.arrange(case, by=sirkka, calling=calling)


def minutes(**changes: Any) -> Minutes:
    given: dict[str, Any] = {"next_check": date(2026, 12, 12), "discussion": "Puhuttiin."}
    return Minutes("Haluan levätä.", MeetingNote.Outcome.GOES_ON, **(given | changes))


def held(world: World, meeting: Meeting, *deals: Deal) -> MeetingNote:
    """Recorded on its day by the convener."""
    world.freeze(HELD)
    with world.acting(CONVENER) as sirkka:
        return holding.write_note(meeting, by=sirkka, minutes=minutes(), deals=deals)


def deal(by: Actor, **changes: Any) -> Deal:
    given: dict[str, Any] = {"owner": by.membership_id}
    return Deal("Varaa ajan", "Aika varataan.", date(2026, 11, 20), **(given | changes))


def outbox(world: World, meeting: Meeting) -> list[Message]:
    """Every message of the meeting's client since it was called, the oldest first."""
    with world.owner():
        rows = Message.objects.filter(client=meeting.client_id, created_at__gte=meeting.called_at)
        return list(rows.order_by("pk"))


def sees(world: World, who: Who, meeting: Meeting) -> bool:
    with world.acting(who):
        return Meeting.objects.filter(pk=meeting.pk).exists()


def at(text: str) -> datetime:
    return moment(text)
