"""In the meeting and after it: who came, what was said and agreed, or why it was missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.cases.access import require
from rinnalla.cases.models import Case
from rinnalla.lib.days import helsinki_day
from rinnalla.lib.errors import RuleBroken
from rinnalla.meetings import events
from rinnalla.meetings.access import unreached
from rinnalla.meetings.models import AgreedThing, Meeting, MeetingNote, Participant
from rinnalla.meetings.operations.arranging import Slot, again
from rinnalla.meetings.operations.telling import tell_agreed
from rinnalla.meetings.operations.whole import (
    changed,
    coming,
    follow,
    locked,
    note,
    parts,
    time_now,
)
from rinnalla.organizations.models import Membership
from rinnalla.plans.operations.steps import Agreed, agree_step

Presence = Participant.Presence


@dataclass(frozen=True)
class Deal:
    """One agreed thing: the professional's sentence and the client's, by whom, by when.

    The owner is a membership, the client, or a guest by name; the writer looks at what is not a
    professional's.
    """

    text: str
    words: str
    due: date
    owner: UUID | None = None
    by_client: bool = False
    contact: str = ""


@dataclass(frozen=True)
class Minutes:
    """What was said, the client's view first, and what comes of it."""

    client_view: str
    outcome: str
    next_check: date
    discussion: str = ""
    outcome_words: str = ""


@transaction.atomic
def write_note(
    meeting: Meeting,
    *,
    by: Actor,
    minutes: Minutes,
    absent: Sequence[UUID] = (),
    deals: Sequence[Deal] = (),
) -> MeetingNote:
    """Records a meeting that is being held, or has been: who was there, what was said and agreed.

    The agreed things become steps at once, and the client is told the same day.
    """
    meeting = _held(locked(meeting, by), by)
    if minutes.next_check < by.today:
        raise RuleBroken(_("Seuraavan tarkistuksen päivä ei voi olla menneisyydessä."))
    made = MeetingNote.objects.create(
        **parts(meeting, by),
        client_view=minutes.client_view,
        discussion=minutes.discussion,
        outcome=minutes.outcome,
        outcome_words=minutes.outcome_words,
        next_check=minutes.next_check,
        written_by_id=by.membership_id,
        written_at=by.now,
    )
    people = Participant.objects.filter(meeting=meeting, ended_at=None)
    people.filter(pk__in=absent).update(presence=Presence.ABSENT)
    people.exclude(pk__in=absent).update(presence=Presence.PRESENT)
    for deal in deals:
        _agree(meeting, by, deal)
    if meeting.state != Meeting.State.HELD:
        Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.HELD, ended_at=by.now)
    follow(meeting)
    note(meeting, events.MEETING_HELD, by, outcome=minutes.outcome, agreed=len(deals))
    tell_agreed(meeting, made, by)
    return made


@transaction.atomic
def recall_note(found: MeetingNote, *, by: Actor, reason: str) -> None:
    """Takes back a wrong note: nobody but the unit that wrote it reads it any more, and the meeting
    says that one was taken back."""
    meeting = locked(found.meeting, by)
    require(found.unit_id == by.unit_id)
    rows = MeetingNote.objects.filter(pk=found.pk, recalled_at=None)
    if not rows.update(recalled_at=by.now, recall_reason=reason):
        raise RuleBroken(_("Muistiinpano on jo peruttu. Lataa sivu uudelleen."))
    Meeting.objects.filter(pk=meeting.pk).update(note_recalled_at=by.now)
    note(meeting, events.NOTE_RECALLED, by, note=str(found.pk))


@transaction.atomic
def miss(
    meeting: Meeting, *, by: Actor, reason: str, follow_up: str = "", slot: Slot | None = None
) -> Meeting | None:
    """Records why a meeting was missed and what is done about it; with a slot, calls the same
    people together anew."""
    meeting = coming(meeting, by)
    time = time_now(meeting)
    if time is None or helsinki_day(time.starts) > by.today:
        raise RuleBroken(_("Tapaamisen päivä ei ole vielä tullut. Siirrä tai peru se."))
    Meeting.objects.filter(pk=meeting.pk).update(
        state=Meeting.State.MISSED, ended_at=by.now, reason=reason, follow_up=follow_up
    )
    note(meeting, events.MEETING_MISSED, by)
    return again(meeting, by, slot) if slot else None


def _held(meeting: Meeting, by: Actor) -> Meeting:
    """A meeting of today or before, without a note that stands."""
    if meeting.state == Meeting.State.HELD:
        if MeetingNote.objects.filter(meeting=meeting, recalled_at=None).exists():
            raise RuleBroken(_("Tapaamisesta on jo muistiinpano. Lataa sivu uudelleen."))
        return meeting
    time = time_now(meeting)
    if meeting.state != Meeting.State.PLANNED or time is None:
        raise RuleBroken(changed(meeting))
    if helsinki_day(time.starts) > by.today:
        raise RuleBroken(_("Tapaamisen päivä ei ole vielä tullut. Siirrä se, jos se pidettiin jo."))
    return meeting


def _agree(meeting: Meeting, by: Actor, deal: Deal) -> None:
    """A step with its owner and day, and the row of the minutes that says it in both ways."""
    who = _("asiakas") if deal.by_client else deal.contact
    if deal.owner:
        case = Case.objects.get(pk=meeting.case_id)
        member = Membership.objects.select_related("user").get(pk=deal.owner)
        who = f"{member.user.get_full_name()}, {member.title}"
        if unreached(case, [deal.owner]):
            name = {"name": member.user.get_full_name()}
            raise RuleBroken(_("Asiakkaan lupa ei ulotu tekijään: %(name)s.") % name)
    step = agree_step(
        meeting.client,
        by=by,
        agreed=Agreed(
            deal.text,
            deal.due,
            owner=deal.owner,
            by_client=deal.by_client,
            contact=deal.contact,
            watcher=None if deal.owner else by.membership_id,
        ),
    )
    AgreedThing.objects.create(
        **parts(meeting, by),
        text=deal.text,
        words=deal.words,
        who=who,
        due=deal.due,
        step=step,
        agreed_at=by.now,
    )
