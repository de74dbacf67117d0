"""The client's first page, for whom one acts, and help."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from rinnalla.access.middleware import ACTS_FOR
from rinnalla.access.portal_actor import PortalActor, SeatChoice, my_seats
from rinnalla.access.recording import record_read
from rinnalla.cases.queries.orientation import FOR_CLIENTS, role_text
from rinnalla.portal.access import for_clients
from rinnalla.portal.frame import portal_page
from rinnalla.portal.queries.home import front_page
from rinnalla.portal.queries.people import record_seats


@for_clients
def home(request: HttpRequest, actor: PortalActor) -> HttpResponse:
    """My person, the number, the next thing."""
    front = front_page(actor)
    first_name = actor.name.partition(" ")[0]
    record_read("portal-home", [actor.client_id], ["client", "matter", "steps"])
    return portal_page(request, actor, "portal-home", {"front": front, "first_name": first_name})


@for_clients
def worker_role(request: HttpRequest, actor: PortalActor) -> HttpResponse:
    """What a responsible worker does, in the county's words to its clients."""
    text = role_text(actor.today, FOR_CLIENTS)
    record_read("portal-worker-role", [actor.client_id], ["client"])
    return portal_page(request, actor, "portal-worker-role", {"text": text})


@for_clients
def seats(request: HttpRequest, actor: PortalActor) -> HttpResponse:
    """A guardian chooses for whom; whoever acts for nobody else goes on."""
    choices = my_seats()
    if request.method == "POST":
        _sit(request, choices, request.POST.get("seat", ""))
        return redirect("portal-home")
    if len(choices) < 2:
        return redirect("portal-home")
    record_seats()
    return portal_page(request, actor, "portal-seats", {"choices": choices})


@login_not_required
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Where help comes from at once; also for who is signed out."""
    return render(request, "portal/help.html")


def _sit(request: HttpRequest, choices: list[SeatChoice], chosen: str) -> None:
    """Only one of the seats that the database gave; the next request sits on it."""
    mandates = {str(one.mandate_id or ""): one for one in choices}
    if chosen not in mandates:
        raise Http404
    seat = mandates[chosen]
    request.session.pop(ACTS_FOR, None)
    if seat.mandate_id is not None:
        keys: list[UUID] = [seat.client_id, seat.mandate_id]
        request.session[ACTS_FOR] = [str(key) for key in keys]
