"""My own denial, and my permit changed: first what it changes, then at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rinnalla.access.portal_actor import PortalActor
from rinnalla.access.recording import record_read
from rinnalla.lib.errors import RuleBroken
from rinnalla.permits.models import Permit
from rinnalla.permits.queries import permit_line
from rinnalla.permits.queries.effect import shut_by, sights
from rinnalla.portal.access import for_clients, own_client, own_permit
from rinnalla.portal.frame import portal_page
from rinnalla.portal.operations import permits as acts
from rinnalla.portal.operations.permits import Will
from rinnalla.portal.queries.wills import as_it_is, difference, mandate_of, named_units
from rinnalla.portal.will_forms import OwnChangeForm, OwnDenialForm, OwnWillForm
from rinnalla.ui.forms import attempt, posted

KINDS = ["permits"]
PLACE = "portal-permits"


@for_clients
def deny(request: HttpRequest, actor: PortalActor) -> HttpResponse:
    """Whose data, from whom; what it closes is shown before it is done."""
    client = own_client(actor)
    form = OwnDenialForm(posted(request), mandate=mandate_of(actor), today=actor.today)
    shown: dict[str, Any] = {}
    if form.is_valid():
        will = _will(form)
        if form.is_confirmed:
            if attempt(form, lambda: acts.deny(client, by=actor, will=will)):
                messages.success(request, _("Kielto on voimassa. Tiedot ovat nyt kiinni."))
                return redirect(PLACE)
        else:
            closes = shut_by(client, will.units, will.organizations, [])
            shown = {"confirmed": form.chosen, "closes": sights(closes)}
    record_read("portal-deny", [actor.client_id], KINDS)
    return portal_page(request, actor, "portal-deny", {"form": form, **shown}, PLACE)


@for_clients
def change(request: HttpRequest, actor: PortalActor, permit_id: UUID) -> HttpResponse:
    """The permit as it is, to be made otherwise; a denial is withdrawn and made anew instead."""
    permit = own_permit(actor, permit_id)
    if permit.begins > actor.today:
        raise Http404
    if permit.kind == Permit.Kind.DENIAL:
        raise RuleBroken(_("Kieltoa ei muuteta. Peru se ja tee uusi."))
    form = OwnChangeForm(
        posted(request),
        initial=as_it_is(permit),
        mandate=mandate_of(actor),
        today=actor.today,
        recipient_units=named_units(permit),
    )
    shown: dict[str, Any] = {}
    if form.is_valid():
        will = _will(form)
        if form.is_confirmed:
            if attempt(form, lambda: acts.change(permit, by=actor, will=will)):
                messages.success(request, _("Muutit luvan. Uusi lupa on voimassa nyt."))
                return redirect(PLACE)
        else:
            changes = difference(permit, actor.today, will.units, will.organizations)
            shown = {"confirmed": form.chosen} | changes
    record_read("portal-change", [actor.client_id], KINDS, ("permit", permit.pk))
    context = {
        "form": form,
        "line": permit_line(permit, actor.today),
        "may_give": acts.may_give(actor),
        **shown,
    }
    return portal_page(request, actor, "portal-change", context, PLACE)


def _will(form: OwnWillForm) -> Will:
    data = form.cleaned_data
    return Will(data["units"], list(data["organizations"]), data["ends"])
