"""Rows of the first page about appointments: whom to call, who needs an escort, how it went."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.home.things import Thing, due
from rinnalla.lib.days import helsinki_day
from rinnalla.meetings.models import Answer, Appointment, Meeting
from rinnalla.meetings.operations.appointments import UNANSWERED
from rinnalla.meetings.queries.appointments import my_appointments
from rinnalla.ui.dates import time, weekday_short

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def appointment_things(actor: Actor) -> list[Thing]:
    """What waits for the actor in the appointments that they mind."""
    found = [thing for one in my_appointments(actor) if (thing := _of(one, actor))]
    return sorted(found, key=lambda thing: not thing.urgent)


def _of(one: Appointment, actor: Actor) -> Thing | None:
    """The one thing that is next; the morning after, whether it happened."""
    day = helsinki_day(one.starts)
    if day < actor.today:
        late = day < actor.today - DAY
        page = "appointment-outcome"
        what = _("Toteutuiko aika?")
        return _thing(one, what, _("Kirjaa"), page, due(actor, day + DAY), urgent=True, late=late)
    if one.says in (Answer.Says.NO, Answer.Says.MOVE):
        return _thing(one, _("Aika ei sovi asiakkaalle"), _("Siirrä"), "", urgent=True)
    if _call_is_due(one, day, actor):
        what = _("Soita ja varmista, että asiakas pääsee")
        return _thing(one, what, _("Kirjaa puhelu"), "call-about-appointment", urgent=True)
    if one.escort == Appointment.Escort.ASKED and day <= actor.today + WEEK:
        return _thing(one, _("Etsi asiakkaalle saattaja"), _("Kirjaa"), "escort", urgent=True)
    if day <= actor.today + WEEK:
        what = _("Asiakkaan aika tänään") if day == actor.today else _("Asiakkaan aika lähipäivinä")
        return _thing(one, what, _("Avaa"), "appointment")
    return None


def _call_is_due(one: Appointment, day: date, actor: Actor) -> bool:
    """Called again on the agreed day; confirmed from the day before, where that was agreed."""
    if one.says == UNANSWERED:
        return one.call_again_on is not None and one.call_again_on <= actor.today
    if not one.confirm_by_call and one.remind_by != Meeting.Way.CALL:
        return False
    heard = one.heard_by_id and one.said_at and helsinki_day(one.said_at) >= day - DAY
    return day - DAY <= actor.today and not heard


def _thing(  # noqa: PLR0913
    one: Appointment,
    what: str,
    act: str,
    page: str,
    when: str = "",
    *,
    urgent: bool = False,
    late: bool = False,
) -> Thing:
    """`page` empty: the form that moves it."""
    moving = reverse("set-appointment", args=[one.step.public_id]) if not page else ""
    return Thing(
        client=one.client,
        what=what,
        detail=one.service,
        tag="late" if late else "hold" if urgent else "calm",
        when=when or f"{weekday_short(one.starts)} {time(one.starts)}",
        act=act,
        url=moving or reverse(page, args=[one.public_id]),
        kind="appointment",
        urgent=urgent,
    )
