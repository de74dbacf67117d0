"""Calling together: who, why, when and where; moving, cancelling, inviting one more."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record_sharing
from rinnalla.cases.access import require
from rinnalla.cases.models import Case
from rinnalla.lib.errors import RuleBroken
from rinnalla.meetings import events
from rinnalla.meetings.access import arranges, unreached
from rinnalla.meetings.models import Meeting, MeetingTime, Participant, Place, SuggestedTime
from rinnalla.meetings.operations import telling
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

Way = Meeting.Way


@dataclass(frozen=True)
class Slot:
    """From when to when, and where."""

    starts: datetime
    ends: datetime
    place_kind: str = Place.ROOM
    place: str = ""
    link: str = ""


@dataclass(frozen=True)
class Guest:
    """Somebody whom the client brings: a relative, a therapist, an expert by experience."""

    person: str
    role: str = ""
    email: str = ""


@dataclass(frozen=True)
class Telling:
    """How the client is invited and reminded."""

    invite_by: str = Way.CALL
    remind_by: str = Way.NONE
    day_before: bool = True
    hour_before: bool = False


@dataclass(frozen=True)
class Calling:
    """What one meeting is called together for; several slots are a poll."""

    purpose: str
    slots: Sequence[Slot]
    kind: str = Meeting.Kind.CLIENT
    questions: str = ""
    members: Sequence[UUID] = ()
    guests: Sequence[Guest] = ()
    interpreter: str = ""
    needs_break: bool = False
    needs_quiet: bool = False
    place_may_be_told: bool = False
    telling: Telling = field(default_factory=Telling)

    @property
    def is_poll(self) -> bool:
        return len(self.slots) > 1


@transaction.atomic
def arrange(case: Case, *, by: Actor, calling: Calling) -> Meeting:
    """Calls a meeting together: at one time, or with times from which those invited choose."""
    case = _open(case, by)
    _check_slots(calling.slots, by.now)
    _check_members(case, calling.members)
    meeting = _made(case, by, calling)
    _add_people(meeting, by, calling)
    if meeting.state == Meeting.State.SEEKING:
        SuggestedTime.objects.bulk_create(
            SuggestedTime(**parts(meeting, by), **asdict(slot), suggested_at=by.now)
            for slot in calling.slots
        )
        follow(meeting)
        telling.ask_times(meeting, by)
    else:
        _set_time(meeting, by, calling.slots[0], sequence=0)
        follow(meeting)
        telling.tell_all(meeting, by)
    note(meeting, events.MEETING_CALLED, by, form=meeting.kind)
    _record_sharing(meeting, by, calling.members)
    return meeting


@transaction.atomic
def move(meeting: Meeting, *, by: Actor, slot: Slot) -> MeetingTime:
    """Sets another time, or the first one of a poll; what was to be told of the old one is not."""
    meeting = coming(meeting, by)
    _check_slots([slot], by.now)
    before = MeetingTime.objects.filter(meeting=meeting).order_by("sequence").last()
    MeetingTime.objects.filter(meeting=meeting, ended_at=None).update(ended_at=by.now)
    made = _set_time(meeting, by, slot, sequence=before.sequence + 1 if before else 0)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.PLANNED)
    follow(meeting)
    telling.tell_all(meeting, by, moved=before is not None)
    note(meeting, events.MEETING_MOVED, by, time=str(made.pk))
    return made


@transaction.atomic
def cancel(meeting: Meeting, *, by: Actor, reason: str) -> None:
    """Cancels; those invited are told, lose what the invitation opened, and get no reminder."""
    meeting = coming(meeting, by)
    telling.tell_cancelled(meeting, by)
    MeetingTime.objects.filter(meeting=meeting, ended_at=None).update(ended_at=by.now)
    Meeting.objects.filter(pk=meeting.pk).update(
        state=Meeting.State.CANCELLED, ended_at=by.now, reason=reason
    )
    follow(meeting)
    note(meeting, events.MEETING_CANCELLED, by)


@transaction.atomic
def invite(meeting: Meeting, *, by: Actor, member: UUID | None, guest: Guest | None) -> Participant:
    """Invites one more: a professional whom a permit reaches, or a guest of the client's own."""
    meeting = coming(meeting, by)
    case = Case.objects.select_related("unit").get(pk=meeting.case_id)
    if member:
        _check_members(case, [member])
        if Participant.objects.filter(meeting=meeting, membership=member, ended_at=None).exists():
            raise RuleBroken(_("Hänet on jo kutsuttu."))
        made = _member(meeting, by, member)
    elif guest:
        made = _guest(meeting, by, guest)
    else:
        raise RuleBroken(_("Valitse, kenet kutsut."))
    made.save(force_insert=True)
    follow(meeting)
    if (time := time_now(meeting)) is not None:
        telling.tell_person(made, time, by)
    elif guest:
        telling.ask_person(meeting, made, by)
    note(meeting, events.MEETING_INVITED, by, participant=str(made.pk))
    _record_sharing(meeting, by, [member] if member else [])
    return made


@transaction.atomic
def uninvite(participant: Participant, *, by: Actor) -> None:
    """Somebody is not invited any more: what it opened is closed at once."""
    meeting = coming(participant.meeting, by)
    if participant.kind == Participant.Kind.CLIENT:
        raise RuleBroken(_("Tapaaminen on asiakkaan. Peru koko tapaaminen, jos hän ei tule."))
    if (time := time_now(meeting)) is not None:
        telling.tell_cancelled_person(participant, time, by)
    rows = Participant.objects.filter(pk=participant.pk, ended_at=None)
    if not rows.update(ended_at=by.now):
        raise RuleBroken(changed(meeting))
    follow(meeting)
    note(meeting, events.MEETING_UNINVITED, by, participant=str(participant.pk))


@transaction.atomic
def change_telling(meeting: Meeting, *, by: Actor, wished: Telling) -> None:
    """Reminds the client in another way, as the client wishes; what was to come is taken back."""
    meeting = coming(meeting, by)
    meeting.remind_by = wished.remind_by
    meeting.remind_day_before = wished.day_before
    meeting.remind_hour_before = wished.hour_before
    meeting.save(update_fields=["remind_by", "remind_day_before", "remind_hour_before"])
    if (time := time_now(meeting)) is not None:
        telling.remind_client(meeting, time, by)


def again(meeting: Meeting, by: Actor, slot: Slot) -> Meeting:
    """The same people and purpose at another time, after one that was missed."""
    meeting = locked(meeting, by)
    people = list(Participant.objects.filter(meeting=meeting, ended_at=None))
    calling = Calling(
        purpose=meeting.purpose,
        slots=[slot],
        kind=meeting.kind,
        questions=meeting.questions,
        members=[one.membership_id for one in people if one.membership_id],
        guests=[Guest(one.person, one.role, one.email) for one in people if one.person],
        interpreter=meeting.interpreter,
        needs_break=meeting.needs_break,
        needs_quiet=meeting.needs_quiet,
        place_may_be_told=meeting.place_may_be_told,
        telling=Telling(
            meeting.invite_by,
            meeting.remind_by,
            meeting.remind_day_before,
            meeting.remind_hour_before,
        ),
    )
    return arrange(Case.objects.get(pk=meeting.case_id), by=by, calling=calling)


def _open(case: Case, by: Actor) -> Case:
    """The case, for whoever calls together for it; never after the client's "no"."""
    require(arranges(by, case.pk))
    rows = Case.objects.select_related("client", "unit")
    found = rows.filter(pk=case.pk).first()
    if found is None or found.state not in Case.OPEN:
        raise RuleBroken(_("Asiakas ei halua yhteistä työtä, tai se on päättynyt. Älä kutsu."))
    return found


def _check_slots(slots: Sequence[Slot], now: datetime) -> None:
    for slot in slots:
        if slot.starts <= now:
            raise RuleBroken(_("Aika on jo mennyt. Valitse tuleva aika."))
        if slot.ends <= slot.starts:
            raise RuleBroken(_("Tapaaminen ei voi päättyä ennen kuin se alkaa."))


def _check_members(case: Case, members: Sequence[UUID]) -> None:
    """Everybody invited is at work, and something of the client may be told to them."""
    rows = Membership.objects.select_related("user", "unit__organization").in_bulk(list(members))
    for member in rows.values():
        if not member.is_open:
            name = {"name": member.user.get_full_name()}
            raise RuleBroken(_("%(name)s ei ole enää tässä tehtävässä. Valitse toinen.") % name)
    for key in unreached(case, members) if members else ():
        member = rows[key]
        raise RuleBroken(
            _(
                "Asiakkaan lupa ei ulotu kutsuttuun: %(name)s, %(where)s. Pyydä asiakkaalta ensin"
                " lupa kertoa hänelle asiasta."
            )
            % {"name": member.user.get_full_name(), "where": member.unit.organization.name}
        )


def _made(case: Case, by: Actor, calling: Calling) -> Meeting:
    return Meeting.objects.create(
        case=case,
        client_id=case.client_id,
        unit_id=by.unit_id,
        kind=calling.kind,
        state=Meeting.State.SEEKING if calling.is_poll else Meeting.State.PLANNED,
        purpose=calling.purpose,
        questions=calling.questions,
        interpreter=calling.interpreter,
        needs_break=calling.needs_break,
        needs_quiet=calling.needs_quiet,
        place_may_be_told=calling.place_may_be_told,
        invite_by=calling.telling.invite_by,
        remind_by=calling.telling.remind_by,
        remind_day_before=calling.telling.day_before,
        remind_hour_before=calling.telling.hour_before,
        convener_id=by.membership_id,
        called_at=by.now,
    )


def _add_people(meeting: Meeting, by: Actor, calling: Calling) -> None:
    client = Participant(**parts(meeting, by), kind=Participant.Kind.CLIENT, invited_at=by.now)
    members = dict.fromkeys([by.membership_id, *calling.members])
    Participant.objects.bulk_create(
        [
            client,
            *(_member(meeting, by, member) for member in members),
            *(_guest(meeting, by, guest) for guest in calling.guests),
        ]
    )


def _member(meeting: Meeting, by: Actor, membership: UUID) -> Participant:
    kind = Participant.Kind.MEMBER
    return Participant(**parts(meeting, by), kind=kind, membership_id=membership, invited_at=by.now)


def _guest(meeting: Meeting, by: Actor, guest: Guest) -> Participant:
    return Participant(
        **parts(meeting, by),
        kind=Participant.Kind.GUEST,
        person=guest.person,
        role=guest.role,
        email=guest.email,
        invited_at=by.now,
    )


def _set_time(meeting: Meeting, by: Actor, slot: Slot, *, sequence: int) -> MeetingTime:
    return MeetingTime.objects.create(
        **parts(meeting, by),
        **asdict(slot),
        sequence=sequence,
        set_by_id=by.membership_id,
        set_at=by.now,
    )


def _record_sharing(meeting: Meeting, by: Actor, members: Sequence[UUID]) -> None:
    """To those outside the county it is handed out by the permit that opens the case."""
    others = [member for member in members if member != by.membership_id]
    if others:
        thing = ("meeting", meeting.pk)
        record_sharing(meeting.client_id, others, [meeting.unit_id], thing=thing, what="meeting")
