"""The team's sessions, and the agenda of one."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rinnalla.access.acting import acting
from rinnalla.access.recording import record_read
from rinnalla.applications.access import item_for, removed_item_for, session_for
from rinnalla.applications.operations import reception, undoing
from rinnalla.applications.queries.agenda import agenda_of, has_team, sessions_of
from rinnalla.applications.queries.anonymous import on_agenda
from rinnalla.lib.days import start_of
from rinnalla.ui.saying import say


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """My teams' sessions, ahead and past."""
    actor = acting(request)
    if not has_team(actor):
        raise Http404
    today = start_of(actor.today)
    rows = sessions_of(actor, today)
    context = {
        "ahead": [row for row in rows if row.starts_at >= today],
        "past": [row for row in reversed(rows) if row.starts_at < today],
    }
    return render(request, "applications/sessions.html", context)


@require_GET
def agenda(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The cases of a date; a number without a client where no permit reaches the reader."""
    actor = acting(request)
    session = session_for(actor, session_id)
    rows = agenda_of(session, actor)
    shown = {row.item.client_id for row in rows if row.item}
    if shown:
        record_read("agenda", shown, ["application"], subject=("session", session.pk))
    context = {
        "session": session,
        "rows": rows,
        "anonymous": on_agenda(session),
        "convenes": session.team.convener_id == actor.membership_id,
        "first": next((row for row in rows if row.item and not row.item.handled_at), None),
    }
    return render(request, "applications/agenda.html", context)


@require_POST
def remove(request: HttpRequest, session_id: UUID, number: int) -> HttpResponse:
    """Takes a case off the agenda."""
    actor = acting(request)
    item = item_for(actor, session_for(actor, session_id), number)
    reception.remove(item, by=actor)
    undo = reverse("put-back-on-agenda", args=[session_id, item.pk])
    say(request, _("Asia %(number)s on pois esityslistalta.") % {"number": number}, undo)
    return redirect("agenda", session_id)


@require_POST
def put_back(request: HttpRequest, session_id: UUID, item_id: UUID) -> HttpResponse:
    """Undoes the removal."""
    actor = acting(request)
    item = removed_item_for(actor, session_for(actor, session_id), item_id)
    undoing.put_back(item, by=actor)
    say(request, _("Asia %(number)s on taas esityslistalla.") % {"number": item.number})
    return redirect("agenda", session_id)
