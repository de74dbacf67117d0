"""How the consultation of a case ends, and its undoing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.audience import Kind
from rinnalla.access.bar import read_bar
from rinnalla.applications.access import (
    handled_item_for,
    item_for,
    outcome_for,
    require,
    session_for,
)
from rinnalla.applications.forms.outcome import (
    BackForm,
    BaseSteps,
    MeetingForm,
    ReasonForm,
    Steps,
    template_rows,
)
from rinnalla.applications.models import AgendaItem, Outcome
from rinnalla.applications.operations import outcome as acts
from rinnalla.applications.operations import undoing
from rinnalla.applications.queries.case import Case, case_of, next_open
from rinnalla.applications.queries.proposing import (
    network_for,
    owners_for,
    reaches_referrer,
    service_by_code,
    services_for,
)
from rinnalla.applications.queries.readers import of_part, of_thing
from rinnalla.applications.views.case import KINDS
from rinnalla.organizations.models import TeamSession
from rinnalla.services.models import CatalogueService
from rinnalla.ui.forms import attempt
from rinnalla.ui.saying import say


@dataclass(frozen=True)
class Desk:
    """The convener's place at one case."""

    actor: Actor
    session: TeamSession
    item: AgendaItem
    shown: Case

    def record(self, page: str) -> dict[str, Any]:
        """Leaves the row of the read; what every page of an outcome shows."""
        application = self.item.application
        subject = ("application", application.pk)
        holder = application.holder
        client = application.client
        return {
            "identity": read_bar(self.actor, client, page, KINDS, subject=subject, holder=holder),
            "session": self.session,
            "item": self.item,
            "application": application,
            "case": self.shown,
        }


def recommend(request: HttpRequest, session_id: UUID, number: int) -> HttpResponse:
    """First the service, unless the address names it; then its steps and why."""
    desk = _desk(request, session_id, number)
    code = request.GET.get("palvelu", "")
    service = service_by_code(code) if code else None
    if service is None:
        context = desk.record("recommend")
        context["services"] = services_for(desk.shown, desk.actor.today)
        return render(request, "applications/choose_service.html", context)
    return _recommend(request, desk, service)


def _recommend(request: HttpRequest, desk: Desk, service: CatalogueService) -> HttpResponse:
    services = services_for(desk.shown, desk.actor.today)
    form, steps = _recommendation(request, desk, service, services.why(service.code))
    if form.is_bound and _is_whole(form, steps):
        agreed = steps.agreed(desk.item.application)
        proposal = acts.Proposal(service, form.cleaned_data["reason"], agreed)
        given: list[Outcome] = []
        if _gives(form, desk, given, lambda: _give(desk, proposal)):
            say(request, _("Suositus on annettu lähettäjälle."), _recall_url(given[0]))
            return _onward(desk)
    form.readers = readers = of_part(desk.actor, desk.item.application)
    for row in steps.forms:
        row.readers = readers.beside(Kind.CONTENT)
    context = desk.record("recommend")
    reaches = reaches_referrer(desk.item.application, desk.actor)
    context |= {"form": form, "steps": steps, "service": service, "reaches": reaches}
    context["ask_url"] = _ask_referrers_permit(request, desk)
    return render(request, "applications/recommend.html", context)


def _recommendation(
    request: HttpRequest, desk: Desk, service: CatalogueService, why: str
) -> tuple[ReasonForm, BaseSteps]:
    today = desk.actor.today
    kwargs = {"owners": owners_for(desk.shown), "today": today}
    reason = {"reason": _("Ehdot täyttyvät: %(why)s.") % {"why": why} if why else ""}
    if request.method != "POST":
        due = {t.pk: today + timedelta(days=t.days) for t in service.steps.all()}
        steps = Steps(initial=template_rows(service, due), form_kwargs=kwargs)
        return ReasonForm(initial=reason), cast(BaseSteps, steps)
    data = request.POST.copy()
    if "add" in request.POST:
        typed = data.get("form-TOTAL_FORMS", "0")
        data["form-TOTAL_FORMS"] = str(int(typed) + 1 if typed.isdecimal() else 1)
        form = ReasonForm(initial={"reason": data.get("reason", "")})
    else:
        form = ReasonForm(data)
    return form, cast(BaseSteps, Steps(data, form_kwargs=kwargs))


def _is_whole(form: ReasonForm, steps: BaseSteps) -> bool:
    """Whether all is there; what is wrong with a folded step is told in the summary, too."""
    whole = form.is_valid() and steps.is_valid()
    for number, row in enumerate(steps.forms, 1):
        for errors in row.errors.values():
            said = {"n": number, "what": " ".join(map(str, errors))}
            form.add_error(None, _("Vaihe %(n)s: %(what)s") % said)
    return whole


def _give(desk: Desk, proposal: acts.Proposal) -> Outcome:
    return acts.recommend(desk.item.application, by=desk.actor, proposal=proposal)


def call_to_meeting(request: HttpRequest, session_id: UUID, number: int) -> HttpResponse:
    """Calls the client to a meeting, with the network that the consultation proposes."""
    desk = _desk(request, session_id, number)
    form = MeetingForm(request.POST or None, network=network_for(desk.shown))
    if request.method == "POST" and form.is_valid():
        reason, called = form.cleaned_data["reason"], form.called()
        given: list[Outcome] = []
        act: Callable[[], Outcome] = lambda: acts.call_to_meeting(  # noqa: E731
            desk.item.application, by=desk.actor, reason=reason, network=called
        )
        if _gives(form, desk, given, act):
            say(request, _("Asiakas kutsutaan tapaamiseen."), _recall_url(given[0]))
            return _onward(desk)
    form.readers = of_part(desk.actor, desk.item.application)
    context = desk.record("call-to-meeting") | {"form": form}
    return render(request, "applications/call_to_meeting.html", context)


def send_back(request: HttpRequest, session_id: UUID, number: int) -> HttpResponse:
    """Sends the case back with a question."""
    desk = _desk(request, session_id, number)
    form = BackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        question = form.cleaned_data["question"]
        application = desk.item.application
        if attempt(form, lambda: acts.send_back(application, by=desk.actor, question=question)):
            undo = reverse("undo-send-back", args=[session_id, desk.item.pk])
            say(request, _("Kysymys lähti lähettäjälle. Kello seisoo, kunnes hän vastaa."), undo)
            return _onward(desk)
    form.readers = of_thing(desk.actor, desk.item.application)
    context = desk.record("send-back") | {"form": form}
    return render(request, "applications/send_back.html", context)


@require_POST
def undo_send_back(request: HttpRequest, session_id: UUID, item_id: UUID) -> HttpResponse:
    """Takes the question back: the case stands on its agenda again."""
    actor = acting(request)
    session = session_for(actor, session_id)
    item = handled_item_for(actor, session, item_id)
    undoing.undo_sending_back(item, by=actor)
    say(request, _("Kysymys on peruttu. Asia on taas käsiteltävänä."))
    return redirect("case", session_id, item.number)


@require_POST
def recall(request: HttpRequest, outcome_id: UUID) -> HttpResponse:
    """Takes back what nobody has answered."""
    actor = acting(request)
    outcome = outcome_for(actor, outcome_id)
    acts.recall(outcome, by=actor)
    say(request, _("Ratkaisu on peruttu. Voit käsitellä asian uudelleen."))
    if outcome.item is None or outcome.item.removed_at:
        return redirect("inbox")
    return redirect("case", outcome.item.session_id, outcome.item.number)


def _desk(request: HttpRequest, session_id: UUID, number: int) -> Desk:
    actor = acting(request)
    session = session_for(actor, session_id)
    item = item_for(actor, session, number)
    require(session.team.convener_id == actor.membership_id)
    return Desk(actor, session, item, case_of(item, session, actor))


def _gives(form: Form, desk: Desk, given: list[Outcome], act: Callable[[], Outcome]) -> bool:
    return attempt(form, lambda: given.append(act()))


def _onward(desk: Desk) -> HttpResponse:
    """To the next case that is not handled, else to the agenda."""
    number = next_open(desk.session.pk, desk.item.number)
    if number is None:
        return redirect("agenda", desk.session.pk)
    return redirect("case", desk.session.pk, number)


def _recall_url(outcome: Outcome) -> str:
    return reverse("recall-outcome", args=[outcome.public_id])


def _ask_referrers_permit(request: HttpRequest, desk: Desk) -> str:
    application = desk.item.application
    query = {
        "unit": str(desk.actor.unit_id),
        "to": str(application.unit.organization_id),
        "reason": _("Suosituksen kertominen lähettäjälle"),
        "next": request.get_full_path(),
    }
    path = reverse("ask-permit", args=[application.client.public_id])
    return f"{path}?{urlencode(query)}"
