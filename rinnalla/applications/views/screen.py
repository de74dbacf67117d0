"""The shared screen of one case."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rinnalla.access.acting import acting
from rinnalla.access.recording import record_read, record_sharing
from rinnalla.applications.access import item_for, session_for
from rinnalla.applications.queries.case import places_of
from rinnalla.applications.queries.screen import picture_of, sight_of
from rinnalla.applications.views.case import KINDS


@require_GET
def screen(request: HttpRequest, session_id: UUID, number: int) -> HttpResponse:
    """What everyone present may read; asked again by itself, answers only what has changed."""
    actor = acting(request)
    session = session_for(actor, session_id)
    item = item_for(actor, session, number)
    sight = sight_of(item, actor)
    if request.GET.get("kuva") == sight.stamp:
        return HttpResponse(status=204)
    shown = [item.client_id] if sight.everyone_sees else []
    if shown:
        matter = ("application", item.application_id)
        record_read("screen", shown, KINDS, subject=matter)
        here = [member.membership_id for member in sight.here]
        record_sharing(item.client_id, here, sight.units, thing=matter, what="screen")
    context = {
        "picture": picture_of(item, sight, actor),
        "session": session,
        "item": item,
        "application": item.application,
        "places": places_of(session, number),
    }
    part = "kuva" in request.GET
    return render(
        request, "applications/_screen.html" if part else "applications/screen.html", context
    )
