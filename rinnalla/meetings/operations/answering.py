"""What those invited answer, the calls to the client, and what stayed unclear afterwards."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.cases.access import require
from rinnalla.lib.errors import RuleBroken
from rinnalla.meetings import events
from rinnalla.meetings.access import arranges
from rinnalla.meetings.models import (
    Answer,
    InvitingCall,
    Meeting,
    Participant,
    SuggestedTime,
    UnclearPoint,
)
from rinnalla.meetings.operations.whole import changed, coming, locked, note, parts, time_now

# In so many days the client gets an answer, also when it was asked on the own page.
ANSWERED_IN = timedelta(days=7)


@dataclass(frozen=True)
class Reply:
    """What somebody says to a time, with the reason in words."""

    says: str
    words: str = ""


@dataclass(frozen=True)
class Talk:
    """A call to the client: what for, how it ended, what was said, when to call again."""

    purpose: str
    outcome: str
    words: str = ""
    call_again_on: date | None = None


@transaction.atomic
def answer(
    participant: Participant,
    *,
    by: Actor,
    reply: Reply,
    suggestion: SuggestedTime | None = None,
) -> Answer:
    """Says whether the time, or a suggested one, suits: one's own word, or recorded for another by
    whoever calls together."""
    meeting = participant.meeting
    require(participant.membership_id == by.membership_id or arranges(by, meeting.case_id))
    if meeting.state not in Meeting.COMING:
        raise RuleBroken(_("Tapaaminen on jo ohi tai peruttu."))
    time = None if suggestion else time_now(meeting)
    if time is None and suggestion is None:
        raise RuleBroken(_("Aikaa ei ole vielä valittu."))
    made = Answer.objects.create(
        **parts(meeting, by),
        participant=participant,
        time=time,
        suggestion=suggestion,
        says=reply.says,
        words=reply.words,
        answered_at=by.now,
        recorded_by_id=by.membership_id,
    )
    note(meeting, events.MEETING_ANSWERED, by, participant=str(participant.pk), says=reply.says)
    return made


@transaction.atomic
def record_call(meeting: Meeting, *, by: Actor, talk: Talk) -> InvitingCall:
    """A call to the client with its outcome; who did not answer is called again on a day."""
    if talk.purpose == InvitingCall.Purpose.CANCEL:
        meeting = locked(meeting, by)
        if meeting.state != Meeting.State.CANCELLED:
            raise RuleBroken(changed(meeting))
    else:
        meeting = coming(meeting, by)
    again = talk.call_again_on
    if talk.outcome == InvitingCall.Outcome.UNANSWERED and (again is None or again < by.today):
        raise RuleBroken(_("Valitse päivä, jona soitat uudelleen."))
    made = InvitingCall.objects.create(
        **parts(meeting, by),
        purpose=talk.purpose,
        outcome=talk.outcome,
        words=talk.words,
        call_again_on=again if talk.outcome == InvitingCall.Outcome.UNANSWERED else None,
        called_by_id=by.membership_id,
        called_at=by.now,
    )
    says = _SAYS.get(talk.outcome)
    if says and time_now(meeting) is not None:
        client = Participant.objects.get(meeting=meeting, kind=Participant.Kind.CLIENT)
        answer(client, by=by, reply=Reply(says, talk.words))
    note(meeting, events.CLIENT_CALLED, by, outcome=talk.outcome)
    return made


_SAYS: dict[str, str] = {
    InvitingCall.Outcome.COMES: Answer.Says.YES,
    InvitingCall.Outcome.MOVE: Answer.Says.MOVE,
    InvitingCall.Outcome.NO: Answer.Says.NO,
}


@transaction.atomic
def record_question(meeting: Meeting, *, by: Actor, words: str) -> UnclearPoint:
    """Writes down what stayed unclear to a client who asks by telephone or in person."""
    meeting = locked(meeting, by)
    if meeting.state != Meeting.State.HELD:
        raise RuleBroken(_("Tapaamista ei ole vielä pidetty."))
    made = UnclearPoint.objects.create(
        **parts(meeting, by), words=words, asked_at=by.now, answer_by=by.today + ANSWERED_IN
    )
    note(meeting, events.QUESTION_ASKED, by, question=str(made.pk))
    return made


@transaction.atomic
def answer_question(point: UnclearPoint, *, by: Actor, words: str) -> None:
    """Answers what stayed unclear to the client, who reads it on the own page."""
    meeting = locked(point.meeting, by)
    rows = UnclearPoint.objects.filter(pk=point.pk, answered_at=None)
    if not rows.update(answer=words, answered_at=by.now, answered_by=by.membership_id):
        raise RuleBroken(_("Kysymykseen on jo vastattu. Lataa sivu uudelleen."))
    note(meeting, events.QUESTION_ANSWERED, by, question=str(point.pk))


@transaction.atomic
def take_answer_back(point: UnclearPoint, *, by: Actor) -> None:
    """The question waits again: the answer was not meant to go, or was wrong."""
    meeting = locked(point.meeting, by)
    rows = UnclearPoint.objects.filter(pk=point.pk, answered_at__isnull=False)
    if not rows.update(answer="", answered_at=None, answered_by=None):
        raise RuleBroken(_("Kysymykseen ei ole vastattu. Lataa sivu uudelleen."))
    note(meeting, events.ANSWER_TAKEN_BACK, by, question=str(point.pk))
