"""Keeping a record from its client's view, on a ground of law, and showing it again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rinnalla.access.acting import acting
from rinnalla.access.bar import client_tabs, read_bar
from rinnalla.access.operations import show_again, withhold
from rinnalla.clients.queries import client_for
from rinnalla.portal.access import withholding_for
from rinnalla.portal.forms import WithholdForm
from rinnalla.portal.queries.entries import entries_of
from rinnalla.ui.forms import attempt, posted


def withhold_entries(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The own unit's records, of which some are to be kept from the client's view."""
    actor = acting(request)
    client = client_for(actor, client_id)
    entries = entries_of(client.pk, kept=False)
    form = WithholdForm(entries, posted(request), initial={"third_person": True})
    if form.is_valid():
        data = form.cleaned_data
        facts = {key: data[key] for key in ("ground", "third_person", "words")}
        if attempt(form, lambda: withhold(form.chosen, by=actor, **facts)):
            messages.success(request, _("Kirjaus ei näy enää asiakkaalle."))
            return redirect("client-portal", client.public_id)
    context = {
        "identity": read_bar(actor, client, "withhold-entries", ["client", "entries"]),
        "tabs": client_tabs(client, "client-portal"),
        "client": client,
        "form": form,
        "entries": entries,
    }
    return render(request, "portal/withhold_entries.html", context)


@require_POST
def show_entry(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The client sees the record again."""
    actor = acting(request)
    client = client_for(actor, client_id)
    show_again(withholding_for(client, request.POST.get("withholding", "")), by=actor)
    messages.success(request, _("Kirjaus näkyy taas asiakkaalle."))
    return redirect("client-portal", client.public_id)
