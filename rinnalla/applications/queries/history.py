"""What has happened to a matter, composed of the rows that the reader may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from rinnalla.applications.models import (
    AgendaItem,
    Application,
    ClockPause,
    Ending,
    Forwarding,
    InformationAnswer,
    InformationRequest,
    Outcome,
    OutcomeAnswer,
    Telling,
)
from rinnalla.organizations.models import Membership
from rinnalla.ui import dates


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, what, who, and in whose words."""

    at: datetime
    title: str
    who: str = ""
    detail: str = ""
    large: bool = False


@dataclass(frozen=True)
class Told:
    """Rows of a matter that its pages show by themselves, too: each kind is read once."""

    requests: list[InformationRequest]
    pauses: list[ClockPause]
    items: list[AgendaItem]
    outcomes: list[Outcome]


def told(application: Application) -> Told:
    """One statement for a kind of row, each in the order of time."""
    part = {"application": application}
    requests = InformationRequest.objects.filter(**part).select_related("asked_by__user")
    pauses = ClockPause.objects.filter(**part).select_related("paused_by__user")
    items = AgendaItem.objects.filter(**part).select_related("session", "placed_by__user")
    outcomes = Outcome.objects.filter(**part).select_related("service", "given_by__user")
    return Told(
        list(requests.order_by("asked_at")),
        list(pauses.order_by("paused_at")),
        list(items.order_by("placed_at")),
        list(outcomes.order_by("given_at")),
    )


def history(application: Application, rows: Told) -> list[Event]:
    """The matter's events, newest first; a row that the reader may not read leaves no trace."""
    events = [
        *_of_matter(application),
        *_of_questions(application, rows.requests),
        *_of_pauses(rows.pauses),
        *_of_team(application, rows.items),
        *_of_outcomes(application, rows.outcomes),
    ]
    return sorted(events, key=lambda event: event.at)[::-1]


def who(membership: Membership) -> str:
    """The person and their title, as pages name a professional."""
    return f"{membership.user.get_full_name()}, {membership.title}"


def _of_matter(application: Application) -> Iterable[Event]:
    if application.sent_at:
        yield Event(
            application.sent_at, _("Lähetetty tiimille"), who(application.referrer), large=True
        )
    if application.received_at:
        yield Event(application.received_at, _("Otettu käsittelyyn"))


def _of_questions(
    application: Application, requests: Iterable[InformationRequest]
) -> Iterable[Event]:
    for request in requests:
        title = _("Lähettäjältä kysyttiin, kello pysähtyi")
        yield Event(request.asked_at, title, who(request.asked_by), request.question)
    answers = InformationAnswer.objects.filter(application=application)
    for answer in answers.select_related("answered_by__user"):
        title = _("Lähettäjä vastasi, kello jatkui")
        yield Event(answer.answered_at, title, who(answer.answered_by), answer.text)


def _of_pauses(pauses: Iterable[ClockPause]) -> Iterable[Event]:
    for pause in pauses:
        day = dates.day(pause.ended_on or pause.returns_on)
        title = _("Kello pysäytettiin, jatkuu %(day)s") % {"day": day}
        detail = ": ".join(filter(None, (pause.get_reason_display(), pause.words)))
        yield Event(pause.paused_at, title, who(pause.paused_by), detail)


def _of_team(application: Application, items: Iterable[AgendaItem]) -> Iterable[Event]:
    moves = Forwarding.objects.filter(application=application)
    for move in moves.select_related("to_team", "forwarded_by__user"):
        title = _("Siirretty toiseen tiimiin: %(team)s") % {"team": move.to_team.name}
        yield Event(move.forwarded_at, title, who(move.forwarded_by), move.reason)
    for item in items:
        day = {"day": dates.day_and_time(item.session.starts_at)}
        yield Event(item.placed_at, _("Otettu esityslistalle: %(day)s") % day, who(item.placed_by))
        if item.removed_at:
            yield Event(item.removed_at, _("Poistettu esityslistalta: %(day)s") % day)
        elif item.handled_at:
            yield Event(item.handled_at, _("Käsitelty tiimissä"), large=True)


def _of_outcomes(application: Application, outcomes: Iterable[Outcome]) -> Iterable[Event]:
    for outcome in outcomes:
        yield Event(
            outcome.given_at, _outcome_title(outcome), who(outcome.given_by), outcome.reason, True
        )
        if outcome.recalled_at:
            yield Event(outcome.recalled_at, _("Tiimi perui tämän"))
    answers = OutcomeAnswer.objects.filter(application=application)
    for answer in answers.select_related("answered_by__user"):
        title = (
            _("Lähettäjä vie suosituksen eteenpäin")
            if answer.accepted
            else _("Lähettäjä palautti suosituksen tiimille")
        )
        yield Event(answer.answered_at, title, who(answer.answered_by), answer.reason)
    yield from _of_end(application)


def _of_end(application: Application) -> Iterable[Event]:
    tellings = Telling.objects.filter(application=application)
    for told in tellings.select_related("told_by__user"):
        title = _("Asiakkaalle kerrottiin %(how)s %(day)s") % {
            "how": told.get_how_display(),
            "day": dates.day(told.told_on),
        }
        yield Event(told.recorded_at, title, who(told.told_by), told.note)
    endings = Ending.objects.filter(application=application)
    for ending in endings.select_related("ended_by__user"):
        yield Event(
            ending.ended_at, _("Asia päättyi"), who(ending.ended_by), ending.what_came, True
        )
        if ending.undone_at:
            yield Event(ending.undone_at, _("Asia avattiin uudelleen"))


def _outcome_title(outcome: Outcome) -> str:
    if outcome.service:
        return _("Suositus: %(service)s") % {"service": outcome.service}
    return _("Asiakas kutsutaan tapaamiseen")
