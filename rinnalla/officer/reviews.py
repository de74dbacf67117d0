"""Openings by law to review, and inquiries to answer: what waits on the desk beside questions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.law import law_grounds
from rinnalla.access.models import LawOpening
from rinnalla.lib.days import helsinki_day
from rinnalla.lib.errors import RuleBroken
from rinnalla.lib.working_days import working_day_after
from rinnalla.officer.access import require_officer

REVIEW_DAYS = 3
LOOKED_BACK = timedelta(days=90)


@dataclass(frozen=True)
class Waiting:
    """How much waits beside the questions."""

    openings: int
    inquiries: int


@dataclass(frozen=True)
class Opening:
    """An opening by law in the list: who, why, when, and whether somebody has reviewed it."""

    key: UUID
    worker: str
    title: str
    unit: str
    ground: str
    opened_at: datetime
    verdict: str
    today: date

    @property
    def due(self) -> date:
        return working_day_after(helsinki_day(self.opened_at), REVIEW_DAYS)

    @property
    def is_late(self) -> bool:
        return not self.verdict and self.today > self.due

    @property
    def verdict_words(self) -> str:
        return str(LawOpening.Verdict(self.verdict).label) if self.verdict else ""


@dataclass(frozen=True)
class Reviewed:
    """One opening on the desk, with its client."""

    client: str
    ground: str
    words: str
    opened_at: datetime
    ended_at: datetime
    reads: int


@dataclass(frozen=True)
class InquiryLine:
    """A client's inquiry in the list, without a name."""

    public_id: UUID
    asked_at: datetime
    due: date
    answered_at: datetime | None
    unit: str


@dataclass(frozen=True)
class AskedByClient:
    """One inquiry, with its client and the row of the log that it is about."""

    name: str
    words: str
    asked_at: datetime
    due: date
    answer: str
    answered_at: datetime | None
    unit: str
    at: datetime | None
    kind: str
    person: str
    title: str


def waiting() -> Waiting:
    """What waits beside the questions, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute("select openings, inquiries from officer.waiting()")
        return Waiting(*cursor.fetchone())


def openings(actor: Actor) -> list[Opening]:
    """The openings of the last ninety days, those without a review first."""
    names = _grounds()
    with connection.cursor() as cursor:
        cursor.execute(
            "select opening, worker, title, unit, ground, opened_at, verdict"
            " from access.officer_law_openings(%s, %s)",
            [actor.now - LOOKED_BACK, actor.now + timedelta(seconds=1)],
        )
        rows = cursor.fetchall()
    found = [
        Opening(key, worker, title, unit, names.get(ground, ground), at, verdict, actor.today)
        for key, worker, title, unit, ground, at, verdict in rows
    ]
    return sorted(found, key=lambda one: (one.verdict != "", one.opened_at))


def opening_of(key: UUID) -> Reviewed | None:
    """One opening with its client's name; the database leaves the row of this read."""
    names = _grounds()
    with connection.cursor() as cursor:
        cursor.execute(
            "select client_name, ground, words, opened_at, coalesce(closed_at, ends_at), reads"
            " from access.officer_law_opening(%s)",
            [key],
        )
        row = cursor.fetchone()
    return Reviewed(row[0], names.get(row[1], row[1]), *row[2:]) if row else None


def inquiries() -> list[InquiryLine]:
    """What clients ask, unanswered first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from officer.inquiries()")
        return [InquiryLine(*row) for row in cursor.fetchall()]


def inquiry_of(public_id: UUID) -> AskedByClient | None:
    """One inquiry; the database leaves the row of this read."""
    with connection.cursor() as cursor:
        cursor.execute("select * from officer.inquiry_of(%s)", [public_id])
        row = cursor.fetchone()
    return AskedByClient(*row) if row else None


@transaction.atomic
def answer_inquiry(public_id: UUID, *, by: Actor, text: str) -> None:
    """Answers a client in words, once."""
    require_officer(by)
    with connection.cursor() as cursor:
        cursor.execute("select officer.answer_inquiry(%s, %s)", [public_id, text])
        if not cursor.fetchone()[0]:
            raise RuleBroken(_("Tiedusteluun on jo vastattu."))


def _grounds() -> dict[str, str]:
    emergency = {LawOpening.EMERGENCY: _("Hätätilanne")}
    return emergency | {ground.code: ground.name for ground in law_grounds()}
