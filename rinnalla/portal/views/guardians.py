"""Who acts for a client: recorded and ended by a worker, denied and let again by the client."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.access.bar import client_tabs, read_bar
from rinnalla.access.models import Mandate
from rinnalla.access.operations import (
    MandateTerms,
    deny_mandate,
    end_mandate,
    lift_denial,
    record_mandate,
)
from rinnalla.access.portal_actor import PortalActor
from rinnalla.access.recording import record_read
from rinnalla.clients.operations import require_finder
from rinnalla.clients.queries import client_for, find_client
from rinnalla.portal.access import for_clients, keeps_clients, mandate_for, own_mandate
from rinnalla.portal.forms import MandateForm
from rinnalla.portal.frame import portal_page
from rinnalla.portal.queries.guardians import mandates_about
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation


def record(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """A guardian who has a client's number: for whom, in what, from when to when."""
    actor = acting(request)
    client = client_for(actor, client_id)
    require_finder(actor)
    if not keeps_clients():
        raise PermissionDenied
    form = MandateForm(posted(request), initial={"begins": actor.today})
    if form.is_valid():
        data = form.cleaned_data
        guardian = find_client(data["guardian"])
        if guardian is None:
            form.add_error("guardian", _("Tunnuksella ei löytynyt henkilöä. Tarkista tunnus."))
        elif guardian == client:
            form.add_error("guardian", _("Kukaan ei voi olla oma huoltajansa."))
        else:
            terms = MandateTerms(guardian, data["scope"], data["begins"], data["ends"])
            if attempt(form, lambda: record_mandate(client, by=actor, terms=terms)):
                messages.success(request, _("Valtuus on kirjattu."))
                return redirect("client-portal", client.public_id)
    context = {
        "identity": read_bar(actor, client, "record-mandate", ["client"]),
        "tabs": client_tabs(client, "client-portal"),
        "client": client,
        "form": form,
    }
    return render(request, "portal/record_mandate.html", context)


def end(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """The mandate opens nothing from the next read on; first what that means."""
    return _close(
        request,
        mandate_id,
        "end-mandate",
        Confirmation(
            title=_("Päätä valtuus"),
            effects=[
                _("Valtuutettu ei näe enää asiakkaan tietoja eikä voi asioida hänen puolestaan."),
                _("Valtuuden aikana annetut luvat jäävät voimaan, kunnes ne perutaan."),
                _("Uuden valtuuden voi kirjata milloin vain."),
            ],
            act=_("Päätä valtuus"),
            back_url="",
        ),
    )


def deny(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """The client, a minor too, does not want the guardian to see; only the client lifts it."""
    return _close(
        request,
        mandate_id,
        "deny-mandate",
        Confirmation(
            title=_("Asiakas kieltää valtuutetun"),
            effects=[
                _("Valtuutettu ei näe enää asiakkaan tietoja eikä voi asioida hänen puolestaan."),
                _("Valtuutetulle ei kerrota syytä."),
                _("Vain asiakas itse voi perua kiellon omalla sivullaan."),
            ],
            act=_("Kirjaa kielto"),
            back_url="",
        ),
    )


@for_clients
def own(request: HttpRequest, actor: PortalActor) -> HttpResponse:
    """Who acts for me; I may deny each, and let them again."""
    if request.method == "POST":
        return _decide(request, actor)
    record_read("portal-guardians", [actor.client_id], ["mandates"])
    context = {"mandates": mandates_about(actor.client_id)}
    return portal_page(request, actor, "portal-guardians", context, under="portal-permits")


def _decide(request: HttpRequest, actor: PortalActor) -> HttpResponse:
    mandate = own_mandate(actor, request.POST.get("mandate", ""))
    form = Form(request.POST)
    act = lift_denial if mandate.denied_at else deny_mandate
    if attempt(form, lambda: act(mandate, by=actor)):
        said = _("Hän saa taas hoitaa asioitasi.") if mandate.denied_at else _("Hän ei enää näe.")
        messages.success(request, said)
    else:
        messages.error(request, str(form.non_field_errors()[0]))
    return redirect("portal-guardians")


def _close(
    request: HttpRequest, mandate_id: UUID, name: str, confirm: Confirmation
) -> HttpResponse:
    actor = acting(request)
    mandate: Mandate = mandate_for(mandate_id)
    if not keeps_clients():
        raise PermissionDenied
    act = end_mandate if name == "end-mandate" else deny_mandate
    if name == "deny-mandate" and mandate.denied_at:
        raise Http404
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: act(mandate, by=actor)):
        messages.success(request, _("Valtuus ei avaa enää mitään."))
        return redirect("client-portal", mandate.client.public_id)
    back = reverse("client-portal", args=[mandate.client.public_id])
    context = {
        "identity": read_bar(actor, mandate.client, name, ["client", "mandates"]),
        "form": form if form.errors else None,
        "confirm": Confirmation(confirm.title, confirm.effects, confirm.act, back),
    }
    return render(request, "portal/confirm_closing.html", context)
