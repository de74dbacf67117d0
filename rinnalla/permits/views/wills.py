"""A permit is recorded, changed into a new version, renewed, withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.clients.models import Client
from rinnalla.clients.queries import client_for
from rinnalla.lib.errors import RuleBroken
from rinnalla.permits import operations
from rinnalla.permits.access import permit_for
from rinnalla.permits.forms import DenialForm, PermitForm
from rinnalla.permits.models import Permit, PermitRequest
from rinnalla.permits.prefilling import asked_by, of_permit, prefilled, told_before
from rinnalla.permits.queries import permit_line, permits_of
from rinnalla.permits.queries.effect import effect_of, shut_by, sights, told_of
from rinnalla.permits.queries.mandates import mandates_of
from rinnalla.permits.views.around import around, form_page, way_back
from rinnalla.ui.forms import attempt, posted


def record_permit(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """A new permit; the query names what it is prefilled from."""
    actor = acting(request)
    client = client_for(actor, client_id)
    answers = asked_by(actor, client, request.GET.get("request", ""))
    known = permits_of(client, actor.today)
    initial = told_before(client, known.permits) | prefilled(actor, request.GET, answers)
    form = PermitForm(
        posted(request),
        initial=initial,
        known=known,
        mandates=mandates_of(client, actor.today),
        today=actor.today,
    )
    if form.is_valid() and _record(request, client, form, answers):
        return redirect(way_back(request, client))
    return form_page(request, actor, client, ("permits/record.html", "record-permit", form))


def change_permit(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    """A new version, prefilled from the old one; as a renewal it goes on from today."""
    actor = acting(request)
    permit = permit_for(actor, permit_id)
    if permit.kind == Permit.Kind.DENIAL:
        raise RuleBroken(_("Kieltoa ei muuteta. Päätä se ja kirjaa uusi."))
    renew = "jatka" in request.GET
    known = permits_of(permit.client, actor.today)
    initial = of_permit(actor, permit_line(permit, actor.today), renew=renew)
    form = PermitForm(
        posted(request),
        initial=initial,
        known=known,
        mandates=mandates_of(permit.client, actor.today),
        today=actor.today,
        changes=True,
    )
    if form.is_valid() and _change(request, permit, form):
        return redirect(way_back(request, permit.client))
    page = ("permits/record.html", "change-permit", form)
    return form_page(request, actor, permit.client, page, changes=permit, renew=renew)


def record_denial(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What the client denies: first what it closes, then at once."""
    actor = acting(request)
    client = client_for(actor, client_id)
    initial = {"given_on": actor.today, "given_by": Permit.Giver.CLIENT}
    mandates = mandates_of(client, actor.today)
    form = DenialForm(posted(request), initial=initial, mandates=mandates, today=actor.today)
    shown: dict[str, object] = {}
    if form.is_valid() and form.is_confirmed:
        if _deny(request, client, form):
            return redirect(way_back(request, client))
    elif form.is_valid():
        scope = form.scope()
        parts = (scope.units, scope.organizations, scope.recipient_units)
        shown = {"confirmed": form.chosen, "closes": sights(shut_by(client, *parts))}
    page = ("permits/deny.html", "record-denial", form)
    return form_page(request, actor, client, page, **shown)


def withdraw_permit(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    """Shows what closes to whom and what was handed out, then closes it at once."""
    actor = acting(request)
    permit = permit_for(actor, permit_id)
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: operations.withdraw_permit(permit, by=actor)):
        ended = permit.kind == Permit.Kind.DENIAL
        closed = _("Lupa on peruttu. Tiedot sulkeutuivat heti.")
        messages.success(request, _("Kielto on päätetty.") if ended else closed)
        return redirect(way_back(request, permit.client))
    effect = effect_of(permit)
    context = around(actor, permit.client, "withdraw-permit") | {
        "form": form,
        "line": permit_line(permit, actor.today),
        "closes": sights(pair for pair in effect if pair.closes),
        "stays": sights(pair for pair in effect if not pair.closes),
        "disclosed": told_of(permit).disclosed,
        "back_url": way_back(request, permit.client),
    }
    return render(request, "permits/withdraw.html", context)


def _record(
    request: HttpRequest, client: Client, form: PermitForm, answers: PermitRequest | None
) -> bool:
    actor = acting(request)
    scope, giving = form.scope(), form.giving()
    made: list[Permit] = []

    def act() -> None:
        record = operations.record_permit
        made.append(record(client, by=actor, scope=scope, giving=giving, answers=answers))
        if form.cleaned_data["both_ways"]:
            made.append(record(client, by=actor, scope=scope.turned, giving=giving))

    if not attempt(form, act):
        return False
    if len(made) > 1:
        told = _("Kaksi lupaa on kirjattu, yksi kumpaankin suuntaan.")
    elif made[0].begins > actor.today:
        told = _("Lupa on kirjattu.")
    else:
        told = _("Lupa on kirjattu. Se on voimassa heti.")
    _tell_with_link(request, told, "withdraw-permit", made[0], _("Peru lupa"))
    return True


def _deny(request: HttpRequest, client: Client, form: DenialForm) -> bool:
    actor, scope, giving = acting(request), form.scope(), form.giving()
    made: list[Permit] = []

    def act() -> None:
        made.append(operations.record_permit(client, by=actor, scope=scope, giving=giving))

    if not attempt(form, act):
        return False
    told = _("Kielto on kirjattu. Tiedot sulkeutuivat heti.")
    _tell_with_link(request, told, "withdraw-permit", made[0], _("Päätä kielto"))
    return True


def _change(request: HttpRequest, permit: Permit, form: PermitForm) -> bool:
    actor = acting(request)
    made: list[Permit] = []
    scope, giving = form.scope(), form.giving()

    def act() -> None:
        made.append(operations.change_permit(permit, by=actor, scope=scope, giving=giving))

    if not attempt(form, act):
        return False
    told = _("Lupa on muutettu. Vanha päättyi ja uusi alkoi samalla hetkellä.")
    _tell_with_link(request, told, "permit", made[0], _("Avaa lupa"))
    return True


def _tell_with_link(
    request: HttpRequest, words: str, name: str, permit: Permit, label: str
) -> None:
    url = reverse(name, args=[permit.public_id])
    messages.success(request, format_html('{} <a href="{}">{}</a>', words, url, label))
