"""Acts on a promised clock: it stands for a stated reason until a day, and goes on."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications import events
from rinnalla.applications.access import is_convener, is_referrer, require
from rinnalla.applications.models import Application, ClockPause
from rinnalla.applications.operations.matter import locked, note, recorded
from rinnalla.applications.queries.clocks import clocks
from rinnalla.lib.errors import RuleBroken


@transaction.atomic
def pause_clock(
    application: Application, *, by: Actor, reason: str, returns_on: date, words: str = ""
) -> ClockPause:
    """Stops the clock from today until the day of return; everybody who reads the matter sees why,
    the client too."""
    application = _handled(application, by)
    if returns_on <= by.today:
        raise RuleBroken(_("Valitse tuleva päivä, jona kello jatkuu."))
    if not clocks(application, (), by.today).running:
        raise RuleBroken(_("Kumpikaan kello ei käy, joten sitä ei voi pysäyttää."))
    pauses = ClockPause.objects.filter(application=application, ended_on=None)
    for before in pauses:
        if before.returns_on > by.today:
            raise RuleBroken(_("Kello seisoo jo. Anna sen ensin jatkua."))
        pauses.filter(pk=before.pk).update(ended_on=before.returns_on)
    made = ClockPause.objects.create(
        **recorded(application, by),
        reason=reason,
        words=words,
        began_on=by.today,
        returns_on=returns_on,
        paused_by_id=by.membership_id,
        paused_at=by.now,
    )
    note(application, events.CLOCK_PAUSED, by)
    return made


@transaction.atomic
def end_pause(application: Application, *, by: Actor) -> None:
    """The clock goes on from today."""
    application = _handled(application, by)
    rows = ClockPause.objects.filter(
        application=application, ended_on=None, returns_on__gt=by.today
    )
    if not rows.update(ended_on=by.today):
        raise RuleBroken(_("Kello käy jo."))
    note(application, events.CLOCK_WENT_ON, by)


def _handled(application: Application, by: Actor) -> Application:
    application = locked(application)
    require(is_convener(by, application) or is_referrer(by, application))
    return application
