"""The role of a responsible worker: what it is, and who has read that."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.cases.access import ROLES
from rinnalla.cases.operations.orientation import confirm_reading
from rinnalla.cases.queries.orientation import read_at, readers, role_text, sees_readers
from rinnalla.ui.saying import say


def role(request: HttpRequest) -> HttpResponse:
    """The county's words; who can be named confirms to have read them."""
    actor = acting(request)
    may_confirm = actor.role in ROLES
    if request.method == "POST":
        if not may_confirm:
            raise PermissionDenied
        confirm_reading(by=actor)
        say(request, _("Kirjattu: olet lukenut tehtävän kuvauksen."))
        return redirect("worker-role")
    text = role_text(actor.today)
    context = {
        "text": text,
        "read_at": read_at(actor, text) if text else None,
        "may_confirm": may_confirm,
        "sees_readers": sees_readers(actor),
    }
    return render(request, "cases/role.html", context)


def role_readers(request: HttpRequest) -> HttpResponse:
    """Who of one's units, or of the county, has read the words in force."""
    actor = acting(request)
    if not sees_readers(actor):
        raise PermissionDenied
    text = role_text(actor.today)
    rows = list(readers(actor, text)) if text else []
    return render(request, "cases/role_readers.html", {"text": text, "rows": rows})
