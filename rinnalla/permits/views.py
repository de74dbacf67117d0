"""A client's permits: read as sentences, recorded, asked, refused, withdrawn."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.bar import client_tabs, read_bar
from rinnalla.clients.models import Client
from rinnalla.clients.queries import client_for
from rinnalla.permits import operations
from rinnalla.permits.access import permit_for, request_for
from rinnalla.permits.forms import AskForm, PermitForm
from rinnalla.permits.models import PermitRequest
from rinnalla.permits.prefilling import asked_by, prefilled
from rinnalla.permits.queries import permit_line, permits_of, request_line
from rinnalla.permits.scans import without_scan
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation

KINDS = ["permits"]


def client_permits(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What the client has allowed, as far as it concerns the reader."""
    actor = acting(request)
    client = client_for(actor, client_id)
    permits = permits_of(client, actor.today)
    context = {
        "identity": read_bar(actor, client, "client-permits", KINDS),
        "tabs": client_tabs(client, "client-permits"),
        "client": client,
        "permits": permits,
        "unsigned": without_scan(client, [line.permit for line in permits.permits]),
    }
    return render(request, "permits/list.html", context)


def record_permit(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """A new permit; the query names what it is prefilled from."""
    actor = acting(request)
    client = client_for(actor, client_id)
    answers = asked_by(actor, client, request.GET.get("request", ""))
    form = PermitForm(posted(request), initial=prefilled(actor, request.GET, answers))
    if form.is_valid() and _record(request, client, form, answers):
        return redirect(_way_back(request, client))
    return _form_page(request, actor, client, ("permits/record.html", "record-permit", form))


def ask_permit(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Puts a permit on the list of those to be asked."""
    actor = acting(request)
    client = client_for(actor, client_id)
    form = AskForm(posted(request), initial=prefilled(actor, request.GET))
    if form.is_valid():
        wanted: dict[str, Any] = {
            name: form.cleaned_data[name] for name in ("units", "recipient", "reason")
        }
        if attempt(form, lambda: operations.ask_permit(client, by=actor, **wanted)):
            messages.success(request, _("Lupa on nyt kysyttävien listalla."))
            return redirect(_way_back(request, client))
    return _form_page(request, actor, client, ("permits/ask.html", "ask-permit", form))


def refuse_permit(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The client was asked and does not give the permit."""
    actor = acting(request)
    asked = request_for(actor, request_id)
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: operations.refuse_permit(asked, by=actor)):
        messages.success(request, _("Kirjattu: asiakas ei antanut lupaa."))
        return redirect(_way_back(request, asked.client))
    confirm = Confirmation(
        title=_("Kirjaa, ettei asiakas anna lupaa"),
        effects=[
            _("%(who)s ei näe näitä tietoja: %(whose)s.")
            % {"who": asked.recipient.name, "whose": "; ".join(request_line(asked).whose)},
            _("Lupaa voi kysyä uudelleen, jos asiakas muuttaa mielensä."),
        ],
        act=_("Kirjaa: ei lupaa"),
        back_url=_way_back(request, asked.client),
    )
    return _confirm_page(request, actor, asked.client, ("refuse-permit", form, confirm))


def withdraw_permit(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    """Shows what closes to whom, then closes it at once."""
    actor = acting(request)
    permit = permit_for(actor, permit_id)
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: operations.withdraw_permit(permit, by=actor)):
        messages.success(request, _("Lupa on peruttu. Tiedot sulkeutuivat heti."))
        return redirect(_way_back(request, permit.client))
    line = permit_line(permit, actor.today)
    confirm = Confirmation(
        title=_("Peru lupa"),
        effects=[
            *(
                _("%(who)s ei enää näe näitä tietoja: %(whose)s.")
                % {"who": who, "whose": "; ".join(line.whose)}
                for who in line.who
            ),
            _("Tiedot sulkeutuvat heti, myös kesken olevissa asioissa ja kokouksissa."),
            _("Peruttua lupaa ei voi palauttaa. Asiakas voi antaa uuden luvan."),
        ],
        act=_("Peru lupa"),
        back_url=_way_back(request, permit.client),
    )
    return _confirm_page(request, actor, permit.client, ("withdraw-permit", form, confirm))


def _record(
    request: HttpRequest, client: Client, form: PermitForm, answers: PermitRequest | None
) -> bool:
    actor = acting(request)
    made = []
    if not attempt(
        form,
        lambda: made.append(
            operations.record_permit(
                client, by=actor, scope=form.scope(), giving=form.giving(), answers=answers
            )
        ),
    ):
        return False
    messages.success(
        request,
        format_html(
            '{} <a href="{}">{}</a>',
            _("Lupa on kirjattu.")
            if made[0].begins > actor.today
            else _("Lupa on kirjattu. Se on voimassa heti."),
            reverse("withdraw-permit", args=[made[0].public_id]),
            _("Peru lupa"),
        ),
    )
    return True


def _form_page(
    request: HttpRequest, actor: Actor, client: Client, page: tuple[str, str, Form]
) -> HttpResponse:
    template, name, form = page
    context = {
        "identity": read_bar(actor, client, name, KINDS),
        "tabs": client_tabs(client, "client-permits"),
        "client": client,
        "form": form,
        "back_url": _way_back(request, client),
    }
    return render(request, template, context)


def _confirm_page(
    request: HttpRequest, actor: Actor, client: Client, page: tuple[str, Form, Confirmation]
) -> HttpResponse:
    name, form, confirm = page
    context = {
        "identity": read_bar(actor, client, name, KINDS),
        "form": form if form.errors else None,
        "confirm": confirm,
    }
    return render(request, "permits/confirm.html", context)


def _way_back(request: HttpRequest, client: Client) -> str:
    """Where the reader came from when the address names it, else the client's permits."""
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return reverse("client-permits", args=[client.public_id])
