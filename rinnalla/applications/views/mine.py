"""The referrer's list, and the start page of a client."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rinnalla.access.acting import acting
from rinnalla.access.bar import client_tabs, read_bar
from rinnalla.access.law import OPENERS
from rinnalla.access.recording import record_read
from rinnalla.applications.queries.lines import ongoing, used
from rinnalla.applications.queries.mine import applications_of, my_applications
from rinnalla.applications.queries.records import Record, records_of
from rinnalla.cases.queries.standing import cases_of
from rinnalla.clients.queries import client_for, contact_of
from rinnalla.permits.queries import permits_of


def mine(request: HttpRequest) -> HttpResponse:
    """Drafts on top, then what was sent, a page at a time."""
    actor = acting(request)
    found = my_applications(actor, request.GET.get("sivu", "1"))
    if clients := found.clients:
        record_read("my-applications", clients, ["application"])
    return render(request, "applications/mine.html", {"mine": found, "page": found.page})


def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Where work with a client starts: what goes on, what is allowed, which services are known."""
    actor = acting(request)
    found = client_for(actor, client_id)
    records = records_of(found.pk)
    rows = [record for rows in records for record in rows]
    context = {
        "identity": read_bar(actor, found, "client", ["identity", "application", "services"]),
        "tabs": client_tabs(found, "client"),
        "client": found,
        "may_open": actor.role in OPENERS,
        "contact": contact_of(found),
        "cases": cases_of(found.pk),
        "lines": applications_of(found, actor.today),
        "permits": permits_of(found, actor.today),
        "ongoing": ongoing(rows, _unit, actor.today),
        "used": used(rows, _unit, actor.today)[:8],
    }
    return render(request, "applications/client.html", context)


def _unit(record: Record) -> str:
    return record.unit.code
