"""One case of a paper consultation: the grid, one's own view and column, and who is in the room."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.audience import Audience
from rinnalla.access.bar import read_bar
from rinnalla.applications.access import (
    entry_for,
    is_convener,
    item_for,
    require,
    seat_for,
    session_for,
)
from rinnalla.applications.forms.case import EntryForm, ViewForm
from rinnalla.applications.models import AgendaItem, ColumnEntry
from rinnalla.applications.operations import consultation
from rinnalla.applications.queries.beginning import joint_of
from rinnalla.applications.queries.case import Case, Own, case_of
from rinnalla.applications.queries.readers import of_part
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import TeamSeat, TeamSession
from rinnalla.ui.forms import attempt
from rinnalla.ui.saying import say

KINDS = ["application", "visits", "services", "benefits", "views"]
# Versions of the views that this session's open pages have saved themselves.
WINDOWS = "view_windows"


@require_GET
def case(request: HttpRequest, session_id: UUID, number: int) -> HttpResponse:
    """The case as I may read it."""
    actor = acting(request)
    session = session_for(actor, session_id)
    return case_page(request, actor, session, item_for(actor, session, number))


@require_POST
def save_view(request: HttpRequest, session_id: UUID, number: int, seat_id: UUID) -> HttpResponse:
    """Saves my view; a page that saves by itself gets an empty answer."""
    actor, session, item = _fetched(request, session_id, number)
    seat = seat_for(actor, session, seat_id)
    form = ViewForm(request.POST, seat_id=seat_id)
    saved = form.is_valid() and attempt(form, lambda: _save_view(request, item, seat, form))
    if "itsestaan" in request.GET:
        return HttpResponse(status=204 if saved else 422)
    if not saved:
        return case_page(request, actor, session, item, {seat_id: {"view": form, "form": form}})
    say(request, _("Näkemyksesi on tallessa."))
    return redirect("case", session_id, number)


def _save_view(request: HttpRequest, item: AgendaItem, seat: TeamSeat, form: ViewForm) -> None:
    window = form.cleaned_data["window"]
    windows: dict[str, int] = request.session.get(WINDOWS, {})
    view = consultation.save_view(
        item.application,
        by=acting(request),
        seat=seat,
        text=form.cleaned_data["text"],
        version=max(form.cleaned_data["version"], windows.get(window, 0)),
    )
    kept = list({**windows, window: view.version}.items())[-20:]
    request.session[WINDOWS] = dict(kept)


@require_POST
def add_entry(request: HttpRequest, session_id: UUID, number: int, seat_id: UUID) -> HttpResponse:
    """Adds to my column."""
    actor, session, item = _fetched(request, session_id, number)
    seat = seat_for(actor, session, seat_id)
    form = EntryForm(request.POST, seat_id=seat_id)
    made: list[ColumnEntry] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            consultation.add_entry(item.application, by=actor, seat=seat, **form.cleaned_data)
        ),
    ):
        undo = reverse("remove-entry", args=[session_id, number, made[0].pk])
        say(request, _("Lisätty omaan sarakkeeseesi."), undo)
        return redirect("case", session_id, number)
    return case_page(request, actor, session, item, {seat_id: {"entry": form, "form": form}})


@require_POST
def remove_entry(
    request: HttpRequest, session_id: UUID, number: int, entry_id: UUID
) -> HttpResponse:
    """Removes my own addition."""
    actor, _session, item = _fetched(request, session_id, number)
    consultation.remove_entry(entry_for(actor, item, entry_id), by=actor)
    say(request, _("Merkintäsi on poistettu sarakkeesta. Voit lisätä sen uudelleen."))
    return redirect("case", session_id, number)


@require_POST
def mark_presence(request: HttpRequest, session_id: UUID, number: int) -> HttpResponse:
    """Records who is in the room for this case: the ticks as they stand, or everyone who may be."""
    actor, session, item = _fetched(request, session_id, number)
    shown = case_of(item, session, actor)
    require(shown.convenes)
    wanted = set(request.POST.getlist("present"))
    for member in shown.may_be_here:
        here = "everyone" in request.POST or str(member.membership_id) in wanted
        if here and not member.present:
            consultation.mark_present(item, by=actor, membership=member.membership_id)
    for member in shown.here:
        if "everyone" not in request.POST and str(member.membership_id) not in wanted:
            consultation.mark_absent(item, by=actor, membership=member.membership_id)
    say(request, _("Läsnäolijat on kirjattu tälle asialle."))
    return redirect(f"{reverse('case', args=[session_id, number])}#lasna")


@require_POST
def disqualify(request: HttpRequest, session_id: UUID, number: int) -> HttpResponse:
    """Takes a member off this case."""
    actor, _session, item = _fetched(request, session_id, number)
    require(is_convener(actor, item.application))
    member = _membership(request)
    consultation.disqualify(item, by=actor, membership=member)
    undo = f"{reverse('requalify', args=[session_id, number])}?member={member}"
    say(request, _("Jäsen on esteellinen. Hän ei enää näe tätä asiaa."), undo)
    return redirect(f"{reverse('case', args=[session_id, number])}#lasna")


@require_POST
def requalify(request: HttpRequest, session_id: UUID, number: int) -> HttpResponse:
    """Undoes it."""
    actor, _session, item = _fetched(request, session_id, number)
    require(is_convener(actor, item.application))
    consultation.requalify(item, by=actor, membership=_membership(request))
    say(request, _("Jäsen käsittelee taas tätä asiaa."))
    return redirect(f"{reverse('case', args=[session_id, number])}#lasna")


def case_page(
    request: HttpRequest,
    actor: Actor,
    session: TeamSession,
    item: AgendaItem,
    forms: dict[UUID, dict[str, Any]] | None = None,
) -> HttpResponse:
    """The page; `forms` are those that came back with errors, by seat."""
    shown = case_of(item, session, actor)
    application = item.application
    subject = ("application", application.pk)
    bar = read_bar(
        actor, application.client, "case", KINDS, subject=subject, holder=application.holder
    )
    given = forms or {}
    readers = of_part(actor, application)
    context = {
        "identity": bar,
        "case": shown,
        "session": session,
        "item": item,
        "application": application,
        "ask_url": _ask_url(shown, actor),
        "reason": shown.text.question[:200] if shown.text else "",
        "joint": joint_of(application, actor) if shown.outcome else None,
        "can_recommend": shown.convenes and shown.is_open,
        "writing": [_writing(own, given.get(own.seat.id, {}), readers) for own in shown.own],
        "form": next((kept["form"] for kept in given.values()), None),
    }
    return render(request, "applications/case.html", context)


def _writing(own: Own, given: dict[str, Any], readers: Audience) -> dict[str, Any]:
    view = given.get("view") or ViewForm(
        seat_id=own.seat.id, view=own.view, window=uuid4().hex[:12]
    )
    entry = given.get("entry") or EntryForm(seat_id=own.seat.id)
    view.readers = entry.readers = readers
    return {
        "own": own,
        "view": view,
        "entry": entry,
        "entry_has_errors": "entry" in given,
    }


def _ask_url(shown: Case, actor: Actor) -> str:
    client = shown.application.client
    return f"{reverse('ask-permit', args=[client.public_id])}?to={actor.organization_id}"


def _fetched(
    request: HttpRequest, session_id: UUID, number: int
) -> tuple[Actor, TeamSession, AgendaItem]:
    actor = acting(request)
    session = session_for(actor, session_id)
    return actor, session, item_for(actor, session, number)


def _membership(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("member") or request.GET.get("member", ""))
    except ValueError:
        raise RuleBroken(_("Valitse jäsen.")) from None
