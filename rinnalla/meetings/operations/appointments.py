"""Acts on appointments at other services: set, moved, cancelled, spoken of, and how it went."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.cases.access import require
from rinnalla.lib.days import helsinki_day
from rinnalla.lib.errors import RuleBroken
from rinnalla.meetings import events
from rinnalla.meetings.links import APPOINTMENT, secret_of
from rinnalla.meetings.models import Appointment
from rinnalla.meetings.operations.telling import (
    CHANNELS,
    FOLDER,
    language_of,
    link_to,
    reminders,
)
from rinnalla.notifications.models import Message
from rinnalla.notifications.operations import Letter, Way, send
from rinnalla.plans.access import can_report
from rinnalla.plans.models import Step
from rinnalla.plans.operations.steps import report_step

Escort = Appointment.Escort
UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Reminding:
    """How and when the client is reminded of the appointment."""

    remind_by: str
    remind_day_before: bool = True
    remind_hour_before: bool = False


@dataclass(frozen=True)
class Visit:
    """Where the client goes and when, how that is reminded of, and who goes along."""

    service: str
    starts: datetime
    place: str
    reminding: Reminding
    confirm_by_call: bool = False
    escort: str = Escort.NONE
    escort_words: str = ""


@dataclass(frozen=True)
class Word:
    """What the client said of the time, and on which day to call again if nobody answered."""

    says: str
    words: str = ""
    call_again_on: date | None = None


@transaction.atomic
def set_appointment(step: Step, *, by: Actor, visit: Visit, reason: str = "") -> Appointment:
    """Books the time on the step; the one before ends with its reason, and its reminders die."""
    step = _in_force(step, by)
    if visit.starts <= by.now:
        raise RuleBroken(_("Aika on jo mennyt. Valitse tuleva aika."))
    _check_escort(visit.escort, visit.escort_words)
    before = Appointment.objects.filter(step=step, ended_at=None, happened="")
    if before.exists():
        if not reason.strip():
            raise RuleBroken(_("Kirjoita, miksi aika muuttuu."))
        before.update(ended_at=by.now, reason=reason)
    made = Appointment.objects.create(
        step=step,
        client_id=step.client_id,
        unit_id=by.unit_id,
        minder_id=step.minder,
        service=visit.service,
        starts=visit.starts,
        place=visit.place,
        remind_by=visit.reminding.remind_by,
        remind_day_before=visit.reminding.remind_day_before,
        remind_hour_before=visit.reminding.remind_hour_before,
        confirm_by_call=visit.confirm_by_call,
        escort=visit.escort,
        escort_words=visit.escort_words,
        set_by_id=by.membership_id,
        set_at=by.now,
    )
    day = helsinki_day(made.starts)
    if day > step.due:
        report_step(step, by=by, state=step.state, due=day)
    _remind(made, by)
    note(made, events.APPOINTMENT_SET, by)
    return made


def _remind(appointment: Appointment, by: Actor) -> None:
    """Puts the client's reminders into the outbox, each once: a day, a time, a number."""
    if appointment.remind_by not in CHANNELS:
        return
    client = appointment.step.client
    for name, due in reminders(appointment, appointment.starts, by.now):
        facts: dict[str, object] = {
            "day": appointment.starts,
            "time": appointment.starts,
            "number": by.phone,
        }
        # On paper nobody presses a link.
        if appointment.remind_by != Message.Channel.PRINT:
            secret = secret_of(appointment.public_id, appointment.pk, APPOINTMENT)
            facts["link"] = link_to(secret)
        letter = Letter(f"{FOLDER}appointment.txt", language_of(client), facts)
        once = f"appointment:{appointment.pk}:{name}"
        send(client, letter, Way(appointment.remind_by, due=due, once=once), by=by)


@transaction.atomic
def cancel_appointment(appointment: Appointment, *, by: Actor, reason: str) -> None:
    """Ends an appointment to come; no reminder of it goes any more, and the step stays."""
    appointment = to_come(appointment, by)
    Appointment.objects.filter(pk=appointment.pk).update(ended_at=by.now, reason=reason)
    note(appointment, events.APPOINTMENT_CANCELLED, by)


@transaction.atomic
def record_word(appointment: Appointment, *, by: Actor, word: Word) -> None:
    """What the client said on the telephone; who did not answer is called again on a day."""
    appointment = to_come(appointment, by)
    again = word.call_again_on if word.says == UNANSWERED else None
    if word.says == UNANSWERED and (again is None or again < by.today):
        raise RuleBroken(_("Valitse päivä, jona soitat uudelleen."))
    Appointment.objects.filter(pk=appointment.pk).update(
        says=word.says,
        words=word.words,
        said_at=by.now,
        heard_by=by.membership_id,
        call_again_on=again,
    )
    note(appointment, events.APPOINTMENT_ANSWERED, by, says=word.says)


@transaction.atomic
def arrange_escort(appointment: Appointment, *, by: Actor, escort: str, words: str) -> None:
    """Whether somebody goes along, and who."""
    appointment = to_come(appointment, by)
    _check_escort(escort, words)
    Appointment.objects.filter(pk=appointment.pk).update(escort=escort, escort_words=words)
    note(appointment, events.ESCORT_ARRANGED, by, escort=escort)


@transaction.atomic
def record_happened(
    appointment: Appointment, *, by: Actor, happened: str, words: str = "", is_done: bool = False
) -> None:
    """How it went, once its time has come: what did not happen says why, and the step goes on.

    `is_done` tells that the step is done with it. What was recorded wrong is recorded anew.
    """
    appointment = _minded(appointment, by)
    if appointment.ended_at or appointment.starts > by.now:
        raise RuleBroken(_("Aika ei ole vielä ollut, tai se on peruttu."))
    if happened == Appointment.Happened.NO and not words.strip():
        raise RuleBroken(_("Kerro, miksi aika ei toteutunut."))
    Appointment.objects.filter(pk=appointment.pk).update(happened=happened, happened_words=words)
    step, done = appointment.step, is_done and happened == Appointment.Happened.YES
    # What was recorded done by mistake goes on.
    state = Step.State.DONE if done else _going(step)
    report_step(step, by=by, state=state, text=words)
    note(appointment, events.APPOINTMENT_RECORDED, by, happened=happened)


def _going(step: Step) -> str:
    return step.state if step.state in Step.IN_FORCE else Step.State.STARTED


def to_come(appointment: Appointment, by: Actor) -> Appointment:
    """The appointment as it is now, held until the transaction ends, unless it is over."""
    found = _minded(appointment, by)
    if found.ended_at or found.happened:
        raise RuleBroken(_("Aika on jo ohi, siirretty tai peruttu. Lataa sivu uudelleen."))
    return found


def _minded(appointment: Appointment, by: Actor) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("step__client")
    found = rows.filter(pk=appointment.pk).first()
    if found is None:
        raise PermissionDenied
    require(can_report(by, found.step))
    return found


def _in_force(step: Step, by: Actor) -> Step:
    rows = Step.objects.select_for_update(of=("self",)).select_related("client")
    found = rows.filter(pk=step.pk).first()
    if found is None:
        raise PermissionDenied
    require(can_report(by, found))
    if found.state not in Step.IN_FORCE:
        raise RuleBroken(_("Asia on jo päättynyt. Sovi uusi asia ennen aikaa."))
    return found


def _check_escort(escort: str, words: str) -> None:
    if escort == Escort.FOUND and not words.strip():
        raise RuleBroken(_("Kirjoita, kuka lähtee mukaan."))


def note(appointment: Appointment, kind: str, by: Actor, **facts: object) -> None:
    """The journal row of an act on the appointment."""
    step = str(appointment.step_id)
    subject = ("appointment", appointment.pk)
    record(by, kind, subject, [appointment.client_id], step=step, **facts)
