"""A row of the first page, and how it tells its age."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rinnalla.access.actor import Actor
from rinnalla.clients.models import Client
from rinnalla.lib.days import days_between
from rinnalla.ui.dates import weekday_short

ROWS = 25


@dataclass(frozen=True)
class Thing:
    """A row of the first page: whose matter, what is next, and the act."""

    client: Client
    what: str
    detail: str
    tag: str
    when: str
    act: str
    url: str
    kind: str
    urgent: bool = False


def days(count: int) -> str:
    """A number of days with its unit."""
    return ngettext("%(n)d pv", "%(n)d pv", count) % {"n": count}


def age(actor: Actor, since: datetime | None) -> str:
    """How many days ago it was, or that it was today."""
    gone = days_between(since, actor.now) if since else 0
    return _("tänään") if gone <= 0 else days(gone)


def due(actor: Actor, day: date) -> str:
    """By which day it is to be done, or how much late it is."""
    late = (actor.today - day).days
    return _("myöhässä %(days)s") % {"days": days(late)} if late > 0 else weekday_short(day)
