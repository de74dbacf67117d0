"""My permits: sentences with their last days; answering what is asked; withdrawing."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rinnalla.access.portal_actor import PortalActor
from rinnalla.access.recording import record_read
from rinnalla.organizations.queries import setting
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import refuse_permit, withdraw_permit
from rinnalla.permits.queries import permit_line, permits_of, request_line
from rinnalla.permits.queries.effect import effect_of, sights, told_of
from rinnalla.portal.access import for_clients, own_client, own_permit, own_request
from rinnalla.portal.forms import GiveForm
from rinnalla.portal.frame import portal_page
from rinnalla.portal.operations import permits as acts
from rinnalla.ui.forms import attempt, posted

KINDS = ["permits"]
PLACE = "portal-permits"


@for_clients
def permits(request: HttpRequest, actor: PortalActor) -> HttpResponse:
    """What I have allowed, what I am asked for, and what was before."""
    known = permits_of(own_client(actor), actor.today)
    record_read(PLACE, [actor.client_id], KINDS)
    return portal_page(request, actor, PLACE, {"permits": known, "may_give": acts.may_give(actor)})


@for_clients
def answer(request: HttpRequest, actor: PortalActor, request_id: UUID) -> HttpResponse:
    """What is asked, by whom and why; yes or no."""
    asked = own_request(actor, request_id)
    form = GiveForm(posted(request), initial={"ends": _proposed(actor)})
    if form.is_valid() and attempt(form, lambda: acts.give(asked, by=actor, **form.cleaned_data)):
        messages.success(request, _("Annoit luvan. Voit perua sen milloin vain."))
        return redirect(PLACE)
    record_read("portal-answer", [actor.client_id], KINDS, ("permit_request", asked.pk))
    context = {"line": request_line(asked), "form": form, "may_give": acts.may_give(actor)}
    return portal_page(request, actor, "portal-answer", context, PLACE)


@for_clients
def refuse(request: HttpRequest, actor: PortalActor, request_id: UUID) -> HttpResponse:
    """No is an answer; first what it means."""
    asked = own_request(actor, request_id)
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: refuse_permit(asked, by=actor)):
        messages.success(request, _("Vastasit ei. Kukaan ei saanut lupaa."))
        return redirect(PLACE)
    record_read("portal-refuse", [actor.client_id], KINDS, ("permit_request", asked.pk))
    context = {"line": request_line(asked), "form": form if form.errors else None}
    return portal_page(request, actor, "portal-refuse", context, PLACE)


@for_clients
def withdraw(request: HttpRequest, actor: PortalActor, permit_id: UUID) -> HttpResponse:
    """First what changes; then at once."""
    permit = own_permit(actor, permit_id)
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: withdraw_permit(permit, by=actor)):
        messages.success(request, _said(permit))
        return redirect(PLACE)
    record_read("portal-withdraw", [actor.client_id], KINDS, ("permit", permit.pk))
    context = {
        "line": permit_line(permit, actor.today),
        "closes": sights(pair for pair in effect_of(permit) if pair.closes),
        "disclosed": told_of(permit).disclosed[:10],
        "form": form if form.errors else None,
    }
    return portal_page(request, actor, "portal-withdraw", context, PLACE)


def _said(permit: Permit) -> str:
    if permit.kind == Permit.Kind.DENIAL:
        return _("Peruit kiellon.")
    return _("Peruit luvan. Tiedot ovat nyt kiinni. Kerromme tästä niille, jotka saivat tietoja.")


def _proposed(actor: PortalActor) -> date:
    """The county's usual length of a permit, from today."""
    months = int(setting("permit_months", actor.today, "12"))
    year, month = divmod(actor.today.month - 1 + months, 12)
    day = min(actor.today.day, 28)
    return date(actor.today.year + year, month + 1, day)
