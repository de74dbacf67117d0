"""A permit is put on the list of those to ask, handed over on paper, refused."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.clients.queries import client_for
from rinnalla.permits import operations
from rinnalla.permits.access import request_for
from rinnalla.permits.forms import AskForm, PaperForm
from rinnalla.permits.prefilling import prefilled
from rinnalla.permits.queries import request_line
from rinnalla.permits.views.around import confirm_page, form_page, way_back
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation


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
            return redirect(way_back(request, client))
    return form_page(request, actor, client, ("permits/ask.html", "ask-permit", form))


def hand_paper(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The client has the paper form: what is missing is a signature."""
    actor = acting(request)
    asked = request_for(actor, request_id)
    initial = {"on": asked.paper_given_on or actor.today}
    form = PaperForm(posted(request), initial=initial, today=actor.today)
    if form.is_valid():
        on = form.cleaned_data["on"]
        if attempt(form, lambda: operations.hand_paper(asked, by=actor, on=on)):
            told = _("Lomake on asiakkaalla. Allekirjoitus puuttuu vielä.")
            messages.success(request, told if on else _("Lomakkeen merkintä on poistettu."))
            return redirect(way_back(request, asked.client))
    page = ("permits/hand.html", "hand-paper", form)
    return form_page(request, actor, asked.client, page, line=request_line(asked))


def refuse_permit(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The client was asked and does not give the permit."""
    actor = acting(request)
    asked = request_for(actor, request_id)
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: operations.refuse_permit(asked, by=actor)):
        messages.success(request, _("Kirjattu: asiakas ei antanut lupaa."))
        return redirect(way_back(request, asked.client))
    confirm = Confirmation(
        title=_("Kirjaa, ettei asiakas anna lupaa"),
        effects=[
            _("%(who)s ei näe näitä tietoja: %(whose)s.")
            % {"who": asked.recipient.name, "whose": "; ".join(request_line(asked).whose)},
            _("Lupaa voi kysyä uudelleen, jos asiakas muuttaa mielensä."),
        ],
        act=_("Kirjaa: ei lupaa"),
        back_url=way_back(request, asked.client),
    )
    return confirm_page(request, actor, asked.client, ("refuse-permit", form, confirm))
