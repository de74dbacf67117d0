"""Opening a client by law or in an emergency, and ending it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.bar import client_tabs, read_bar
from rinnalla.access.law import (
    OPENERS,
    Opened,
    client_of,
    close_law_opening,
    open_by_law,
    own_opening,
)
from rinnalla.clients.models import Client
from rinnalla.clients.queries import client_for
from rinnalla.home.law_forms import LawForm, NamedLawForm
from rinnalla.ui.forms import attempt, posted


def open_named(request: HttpRequest) -> HttpResponse:
    """Somebody outside one's circle, by the whole code or number; not found says nothing else."""
    actor = _opener(request)
    form = NamedLawForm(posted(request))
    opened = _open(form, actor) if form.is_valid() else None
    if opened:
        return _to_client(opened)
    if form.is_valid():
        form.add_error("q", _("Tunnuksella ei löytynyt asiakasta. Tarkista tunnus."))
    return render(request, "home/open_named.html", {"form": form})


def open_client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """A client with whom one works: what the permits do not open."""
    actor = _opener(request)
    client = client_for(actor, client_id)
    form = LawForm(posted(request))
    if form.is_valid() and (opened := _open(form, actor, client)):
        return _to_client(opened)
    context = {
        "identity": read_bar(actor, client, "open-by-law", ["client"]),
        "tabs": client_tabs(client, "client"),
        "client": client,
        "form": form,
    }
    return render(request, "home/open_client.html", context)


@require_POST
def close(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """Before the hour is over; what was opened is closed on the next read."""
    actor = acting(request)
    close_law_opening(own_opening(actor, opening_id), by=actor)
    messages.success(request, _("Avaus on päättynyt. Asiakkaan tiedot ovat taas kiinni."))
    return redirect("home")


def _opener(request: HttpRequest) -> Actor:
    actor = acting(request)
    if actor.role not in OPENERS:
        raise PermissionDenied
    return actor


def _open(form: LawForm, actor: Actor, client: Client | None = None) -> Opened | None:
    made: list[Opened | None] = []
    attempt(
        form, lambda: made.append(open_by_law(form.named(client), by=actor, ground=form.ground))
    )
    return made[0] if made else None


def _to_client(opened: Opened) -> HttpResponse:
    return redirect("client", client_of(opened).public_id)
