"""A worker opens the client's own page, with the client."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.bar import client_tabs, read_bar
from rinnalla.clients.models import Client
from rinnalla.clients.queries import client_for
from rinnalla.notifications.texts import words
from rinnalla.portal.access import keeps_clients, open_account
from rinnalla.portal.forms import EnrolForm
from rinnalla.portal.operations.enrolment import close_page, open_page, welcome
from rinnalla.portal.queries.entries import entries_of
from rinnalla.portal.queries.guardians import mandates_about
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation


def client_portal(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Whether the client has a page, and opening one."""
    actor = acting(request)
    client = client_for(actor, client_id)
    may_open = keeps_clients()
    form = EnrolForm(posted(request))
    if form.is_valid() and not may_open:
        raise PermissionDenied
    if form.is_valid():
        address = form.cleaned_data["address"]
        if attempt(form, lambda: open_page(client, address, by=actor)):
            _say(request, client)
            return redirect("client-portal", client.public_id)
    return _page(request, actor, client, {"form": form, "may_open": may_open})


def close_portal(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The page closes at once; first what that means."""
    actor = acting(request)
    client = client_for(actor, client_id)
    account = open_account(client)
    if account is None:
        raise Http404
    if not keeps_clients():
        raise PermissionDenied
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: close_page(account, by=actor)):
        messages.success(request, _("Asiakkaan oma sivu on suljettu."))
        return redirect("client-portal", client.public_id)
    confirm = Confirmation(
        title=_("Sulje asiakkaan oma sivu"),
        effects=[
            _("Asiakas ei pääse enää kirjautumaan. Avoin istunto päättyy heti."),
            _("Jos viesti sivun avaamisesta ei ole vielä lähtenyt, se ei lähde."),
            _("Annetut luvat jäävät voimaan. Sivun voi avata uudelleen asiakkaan kanssa."),
        ],
        act=_("Sulje sivu"),
        back_url=reverse("client-portal", args=[client.public_id]),
    )
    context = {
        "identity": read_bar(actor, client, "close-portal", ["client"]),
        "form": form if form.errors else None,
        "confirm": confirm,
    }
    return render(request, "portal/confirm_closing.html", context)


def _page(
    request: HttpRequest, actor: Actor, client: Client, context: dict[str, object]
) -> HttpResponse:
    letter = welcome(client)
    subject, body = words(letter.template, letter.language, letter.context)
    shown = {
        "identity": read_bar(actor, client, "client-portal", ["client", "mandates", "entries"]),
        "tabs": client_tabs(client, "client-portal"),
        "client": client,
        "account": open_account(client),
        "mandates": mandates_about(client.pk),
        "kept": entries_of(client.pk, kept=True),
        "letter": letter,
        "subject": subject,
        "body": body,
    }
    return render(request, "portal/client_portal.html", {**shown, **context})


def _say(request: HttpRequest, client: Client) -> None:
    messages.success(
        request,
        format_html(
            '{} <a href="{}">{}</a>',
            _("Asiakkaan oma sivu on auki. Viesti lähtee puolen minuutin kuluttua."),
            reverse("close-portal", args=[client.public_id]),
            _("Peru"),
        ),
    )
