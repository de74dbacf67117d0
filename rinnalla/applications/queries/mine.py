"""The referrer's applications: state, next thing, days, holder; unfinished ones first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications.models import (
    AgendaItem,
    Application,
    ApplicationText,
    ClockPause,
    InformationRequest,
    OutcomeStep,
)
from rinnalla.applications.queries.clocks import Clock, Stopping, clocks
from rinnalla.clients.models import Client
from rinnalla.lib.prepared import Prepared
from rinnalla.plans.models import Step
from rinnalla.ui import dates

State = Application.State
ROWS = 25


@dataclass(frozen=True)
class Line:
    """One matter; `next` says what is waited for, `mine` that it is the reader's turn."""

    application: Application
    question: str
    next: str
    mine: bool
    clock: Clock
    late: bool
    due: date | None = None


@dataclass(frozen=True)
class MyApplications:
    drafts: list[Line]
    page: "Page[Application]"
    lines: list[Line]

    @property
    def clients(self) -> list[UUID]:
        return [line.application.client_id for line in (*self.drafts, *self.lines)]


def my_applications(actor: Actor, number: str) -> MyApplications:
    """All drafts, and one page of the sent ones, newest first."""
    mine = _mine(actor)
    drafts = mine.filter(state=State.DRAFT).order_by("-text__updated_at")[:ROWS]
    sent = mine.exclude(state__in=[State.DRAFT, State.DISCARDED]).order_by("-sent_at", "pk")
    page = Paginator(sent, ROWS).get_page(number)
    return MyApplications(lines_of(drafts, actor.today), page, lines_of(page, actor.today))


def applications_of(client: Client, today: date) -> list[Line]:
    """The client's matters that the reader may see, newest first."""
    rows = _OF_CLIENT.rows(client.pk)
    if not rows:
        return []
    key = client.pk
    stops: list[Stopping] = [*_REQUESTS.rows(key), *_PAUSES.rows(key)]
    return _lines(rows, stops, _ITEMS.rows(key), _LINKS.rows(key), today)


def lines_of(applications: Iterable[Application], today: date) -> list[Line]:
    """Lines of the applications; five statements, whatever their number."""
    rows = list(applications)
    these = {"application__in": rows}
    requests = InformationRequest.objects.filter(**these)
    stops: list[Stopping] = [*requests, *ClockPause.objects.filter(**these)]
    return _lines(rows, stops, _items(**these), _links(**these), today)


def _lines(
    rows: list[Application],
    stopped_by: Iterable[Stopping],
    items: Iterable[AgendaItem],
    links: Iterable[OutcomeStep],
    today: date,
) -> list[Line]:
    stops: dict[UUID, list[Stopping]] = {}
    for one in stopped_by:
        stops.setdefault(one.application_id, []).append(one)
    placed = {item.application_id: item for item in items}
    steps: dict[UUID, Step] = {}
    for link in links:
        steps.setdefault(link.application_id, link.step)
    return [
        _line(row, stops.get(row.pk, []), placed.get(row.pk), steps.get(row.pk), today)
        for row in rows
    ]


def _items(**which: Any) -> "QuerySet[AgendaItem]":
    open_ones = AgendaItem.objects.filter(**which, removed_at=None, handled_at=None)
    return open_ones.select_related("session")


def _links(**which: Any) -> "QuerySet[OutcomeStep]":
    """The steps that are still to be taken, the next one first."""
    in_force = {"outcome__recalled_at": None, "step__state__in": Step.IN_FORCE}
    links = OutcomeStep.objects.filter(**which, **in_force)
    return links.select_related("step").order_by("step__due")


def _rows() -> "QuerySet[Application]":
    return Application.objects.select_related("client", "team", "holder__user", "text", "referrer")


def _mine(actor: Actor) -> "QuerySet[Application]":
    own = Q(referrer=actor.membership_id)
    interim = Q(holder=actor.membership_id, holder_is_interim=True)
    return _rows().filter(own | interim)


_OF_CLIENT = Prepared(
    lambda client: (
        _rows().filter(client=client).exclude(state=State.DISCARDED).order_by("-created_at")[:ROWS]
    ),
    UUID,
)
_REQUESTS = Prepared(lambda client: InformationRequest.objects.filter(client=client), UUID)
_PAUSES = Prepared(lambda client: ClockPause.objects.filter(client=client), UUID)
_ITEMS = Prepared(lambda client: _items(client=client), UUID)
_LINKS = Prepared(lambda client: _links(client=client), UUID)


def _line(
    row: Application,
    stops: list[Stopping],
    item: AgendaItem | None,
    step: Step | None,
    today: date,
) -> Line:
    clock = clocks(row, stops, today).consultation
    asked = any(isinstance(one, InformationRequest) and not one.answered_at for one in stops)
    following = step if row.state == State.ACCEPTED else None
    return Line(
        application=row,
        question=_question(row),
        next=_("Vastaa tiimin kysymykseen") if asked else _next(row, item, following),
        mine=asked or row.state in (State.DRAFT, State.RECOMMENDED, State.ACCEPTED),
        clock=clock,
        late=(clock.running and clock.late) or bool(following and following.due < today),
        due=following.due if following else None,
    )


def _question(row: Application) -> str:
    """The question, unless it is not written yet or no permit lets the reader read it."""
    text: ApplicationText | None = getattr(row, "text", None)
    if text is None:
        return _("Hakemus tiimille")
    return text.question or _("Kysymystä ei ole vielä kirjoitettu")


def _next(row: Application, item: AgendaItem | None, step: Step | None) -> str:
    if row.state == State.RECEIVED and item:
        return _("Tiimi käsittelee %(day)s") % {"day": dates.day(item.session.starts_at)}
    if step:
        return step.text
    sentences = {
        State.DRAFT: _("Kirjoita valmiiksi ja lähetä"),
        State.SENT: _("Koollekutsuja ottaa käsittelyyn"),
        State.RECEIVED: _("Koollekutsuja valitsee kokouksen"),
        State.RECOMMENDED: _("Vastaa suositukseen"),
        State.CALLED: _("Asiakas kutsutaan tapaamiseen"),
        State.ACCEPTED: _("Kirjaa, mitä asiasta seurasi"),
        State.ENDED: _("Asia on päättynyt"),
        State.DISCARDED: _("Luonnos on poistettu"),
    }
    return sentences[State(row.state)]
