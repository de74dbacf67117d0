"""A client's permits as sentences, as a table and on a timeline; one permit with its history."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.clients.queries import client_for
from rinnalla.permits.access import permit_for
from rinnalla.permits.queries import permits_of
from rinnalla.permits.queries.effect import told_of
from rinnalla.permits.queries.matrix import matrix_of
from rinnalla.permits.queries.timeline import notices_of, timeline_of
from rinnalla.permits.queries.versions import versions_of
from rinnalla.permits.scans import without_scan
from rinnalla.permits.views.around import around
from rinnalla.ui.frame import NavItem


def client_permits(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What the client has allowed, as far as it concerns the reader."""
    actor = acting(request)
    client = client_for(actor, client_id)
    shown = request.GET.get("nakyma", "")
    permits = permits_of(client, actor.today)
    context = around(actor, client, "client-permits") | {
        "permits": permits,
        "unsigned": without_scan(client, [line.permit for line in permits.permits]),
        "views": _views(request.path, shown),
        "matrix": matrix_of(permits.in_force) if shown == "taulukko" else None,
        "timeline": timeline_of(permits) if shown == "aikajana" else None,
        "notices": [notice for notice in notices_of(client) if not notice.told_on],
    }
    return render(request, "permits/list.html", context)


def permit_page(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    """One permit: how it was given, its versions, what it has handed out, who is to be told."""
    actor = acting(request)
    permit = permit_for(actor, permit_id)
    versions = versions_of(permits_of(permit.client, actor.today), permit)
    context = around(actor, permit.client, "permit") | {
        "line": versions.this,
        "versions": versions,
        "told": told_of(permit),
        "notices": [one for one in notices_of(permit.client) if one.permit_id == permit.pk],
        "back_url": reverse("client-permits", args=[permit.client.public_id]),
    }
    return render(request, "permits/permit.html", context)


def _views(path: str, shown: str) -> list[NavItem]:
    views = [
        ("", _("Lauseina")),
        ("taulukko", _("Taulukkona")),
        ("aikajana", _("Aikajanalla")),
    ]
    return [
        NavItem(label, f"{path}?nakyma={key}" if key else path, current=key == shown)
        for key, label in views
    ]
