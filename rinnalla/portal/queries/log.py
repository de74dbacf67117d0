"""Who has looked, in plain words: day, person, place, why."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rinnalla.access.models import Inquiry
from rinnalla.access.portal_actor import PortalActor

# How far back one page goes.
SPAN = timedelta(days=30)
# What the law lets one see without stating a reason.
YEARS = timedelta(days=2 * 365)


@dataclass(frozen=True)
class Look:
    """What one person did with my data on one day."""

    day: date
    entry: UUID
    what: str
    name: str
    title: str
    where: str
    bases: str

    @property
    def who(self) -> str:
        """The person; a guardian has no name in the log."""
        return self.name or _("Huoltajasi tai edunvalvojasi")

    @property
    def did(self) -> str:
        """What was done, in a word or two."""
        words = {
            "read": _("katsoi tietojasi"),
            "client.found": _("etsi sinut tunnuksella"),
            "law.opened": _("avasi tietosi lain perusteella"),
            "disclosed": _("antoi tietojasi eteenpäin"),
        }
        return words.get(self.what, self.what)

    @property
    def why(self) -> str:
        """The reason, in a sentence; the strongest of those that held."""
        words = {
            "law": _("Syy: laki antoi oikeuden."),
            "own": _("Syy: hän hoitaa asiaasi."),
            "shared": _("Syy: hän on mukana asiassasi."),
            "permit": _("Syy: annoit luvan."),
            "found": _("Syy: hän etsi sinua."),
            "self": _("Syy: hän hoitaa asioita puolestasi."),
        }
        held = self.bases.split(",")
        return next((words[one] for one in words if one in held), "")


@dataclass(frozen=True)
class Log:
    """One page of the log, from a day to a day, the newest day first."""

    first: date
    last: date
    days: list[tuple[date, list[Look]]]
    earlier: date | None


def my_log(actor: PortalActor, last: date | None = None) -> Log:
    """The looks of a month that ends on the day."""
    to = min(last or actor.today, actor.today)
    first = to - SPAN
    with connection.cursor() as cursor:
        cursor.execute(
            "select day, entry, what, name, title, place, bases from portal.my_log(%s, %s)",
            [first, to],
        )
        looks = [Look(*row) for row in cursor.fetchall()]
    before = first - timedelta(days=1)
    days = [(day, list(rows)) for day, rows in groupby(looks, key=lambda look: look.day)]
    return Log(first, to, days, before if before > actor.today - YEARS else None)


def look_at(actor: PortalActor, entry: UUID) -> Look | None:
    """The look that an entry of the log tells of, if it is in the client's log."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select day, entry, what, name, title, place, bases from portal.my_log(%s, %s)"
            " where entry = %s",
            [actor.today - YEARS, actor.today, entry],
        )
        row = cursor.fetchone()
    return Look(*row) if row else None


def my_inquiries(actor: PortalActor) -> list[Inquiry]:
    """What the client has asked of the log, the newest first."""
    return list(Inquiry.objects.filter(client=actor.client_id).order_by("-asked_at")[:50])
