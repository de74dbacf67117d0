"""Acts of the officer's desk: ask, answer, close, take in a client's request for the log."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.clients.identifiers import hetu_digest
from rinnalla.lib.errors import RuleBroken
from rinnalla.lib.hetu import fault, parse
from rinnalla.officer.access import require_officer
from rinnalla.officer.events import QUESTION_ANSWERED, QUESTION_ASKED, QUESTION_CLOSED
from rinnalla.officer.models import Answer, Asking, Closing, Question
from rinnalla.officer.queries import log_lines
from rinnalla.officer.sweeping import answer_by
from rinnalla.organizations.models import Membership

# What is older than this is told only for a reason that the client states.
YEARS = 2


@dataclass(frozen=True)
class LogWish:
    """What a client asks of the log."""

    client: str
    received: date
    since: date
    until: date
    reason: str


@transaction.atomic
def ask(question: Question, *, by: Actor, to: Membership, words: str) -> Asking:
    """Asks the worker, or who leads the worker's unit; the answer has three working days."""
    require_officer(by)
    _require_open(question)
    if Asking.objects.filter(question=question, to=to).exists():
        raise RuleBroken(_("Tältä henkilöltä on jo kysytty. Odota vastausta tai kysy toiselta."))
    asking = Asking.objects.create(
        question=question,
        to=to,
        by_id=by.membership_id,
        words=words,
        asked_at=by.now,
        due=answer_by(by.today),
    )
    record(by, QUESTION_ASKED, ("question", question.pk), [], to=str(to.pk))
    return asking


@transaction.atomic
def answer(asking: Asking, *, by: Actor, text: str) -> None:
    """Answers in words, once."""
    _require_open(asking.question)
    if Answer.objects.filter(asking=asking).exists():
        raise RuleBroken(_("Olet jo vastannut tähän kysymykseen."))
    Answer.objects.create(asking=asking, by_id=by.membership_id, text=text, answered_at=by.now)
    record(by, QUESTION_ANSWERED, ("question", asking.question_id), [])


@transaction.atomic
def close(question: Question, *, by: Actor, outcome: str, words: str) -> None:
    """Closes the question, with what came of it in words."""
    require_officer(by)
    _require_open(question)
    Closing.objects.create(
        question=question, outcome=outcome, words=words, by_id=by.membership_id, closed_at=by.now
    )
    record(by, QUESTION_CLOSED, ("question", question.pk), [], outcome=outcome)


@transaction.atomic
def open_log_request(wish: LogWish, *, by: Actor) -> UUID:
    """Takes a request in; what is older than two years needs the client's reason."""
    require_officer(by)
    if wish.since > wish.until:
        raise RuleBroken(_("Jakson alku on lopun jälkeen. Tarkista päivät."))
    if wish.since < two_years_before(wish.received) and not wish.reason.strip():
        raise RuleBroken(_("Kahta vuotta vanhemmat tiedot vaativat syyn. Kirjoita asiakkaan syy."))
    digest = None if fault(wish.client) else hetu_digest(parse(wish.client))
    number = None if digest else wish.client.strip().upper()
    period = (wish.received, wish.since, wish.until, wish.reason.strip())
    with connection.cursor() as cursor:
        cursor.execute(
            "select officer.open_log_request(%s, %s, %s, %s, %s, %s)", [digest, number, *period]
        )
        found: UUID | None = cursor.fetchone()[0]
    if found is None:
        raise RuleBroken(_("Tunnuksella ei löydy asiakasta. Tarkista tunnus."))
    return found


def answer_log_request(request: UUID, *, by: Actor) -> None:
    """The document has been given to the client; how many rows it told of is kept."""
    require_officer(by)
    rows = sum(1 for _line in log_lines(request))
    with connection.cursor() as cursor:
        cursor.execute("select officer.answer_log_request(%s, %s)", [request, rows])


def two_years_before(day: date) -> date:
    """The same day two years earlier."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - YEARS, day=28 if leap else day.day)


def _require_open(question: Question) -> None:
    if Closing.objects.filter(question=question).exists():
        raise RuleBroken(_("Kysymys on jo suljettu."))
