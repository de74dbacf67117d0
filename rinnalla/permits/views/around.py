"""What the pages of permits have around them: the bar, the tabs, the way back."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from rinnalla.access.actor import Actor
from rinnalla.access.audience import Audience, Kind
from rinnalla.access.bar import client_tabs, read_bar
from rinnalla.clients.models import Client
from rinnalla.ui.forms import ReadForm
from rinnalla.ui.frame import Confirmation

KINDS = ["permits"]
# Whose texts are not a permit's own.
READ_AS = {"ask-permit": Kind.REQUEST, "record-denial": Kind.DENIAL}


def around(actor: Actor, client: Client, page: str) -> dict[str, Any]:
    """The context that every page of a client's permits has; records that it is read."""
    return {
        "identity": read_bar(actor, client, page, KINDS),
        "tabs": client_tabs(client, "client-permits"),
        "client": client,
    }


def form_page(
    request: HttpRequest, actor: Actor, client: Client, page: tuple[str, str, Form], **more: Any
) -> HttpResponse:
    """A page with one form: its template, its name in the journal, the form."""
    template, name, form = page
    if isinstance(form, ReadForm):
        form.readers = Audience(actor, client, READ_AS.get(name, Kind.PERMIT))
    context = around(actor, client, name) | {"form": form, "back_url": way_back(request, client)}
    return render(request, template, context | more)


def confirm_page(
    request: HttpRequest, actor: Actor, client: Client, page: tuple[str, Form, Confirmation]
) -> HttpResponse:
    """What will happen, before it does."""
    name, form, confirm = page
    shown = {"form": form if form.errors else None, "confirm": confirm}
    return render(request, "permits/confirm.html", around(actor, client, name) | shown)


def way_back(request: HttpRequest, client: Client) -> str:
    """Where the reader came from when the address names it, else the client's permits."""
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return reverse("client-permits", args=[client.public_id])
