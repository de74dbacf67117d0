"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rinnalla.access.recording import record_read
from rinnalla.home.queries import my_day


def home(request: HttpRequest) -> HttpResponse:
    """Each role's own first page; one who has not chosen a role chooses first."""
    actor = getattr(request, "actor", None)
    if getattr(request, "portal_actor", None):
        return redirect("portal-home")
    if actor is None:
        return redirect("choose-role")
    day = my_day(actor)
    if day.clients:
        record_read("home", {client.pk for client in day.clients}, ["client", "next"])
    return render(request, "home/day.html", {"day": day})
