"""Finding a person by exact identifier, and entering one whom the master does not know."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.access.law import OPENERS
from rinnalla.clients.forms import ClientForm, FindForm
from rinnalla.clients.models import Client
from rinnalla.clients.operations import enter_client as enter
from rinnalla.clients.operations import require_finder
from rinnalla.clients.queries import find_client as find
from rinnalla.ui.forms import attempt, posted


def find_client(request: HttpRequest) -> HttpResponse:
    """One answer to not found, not allowed and protected; an address never has what was typed."""
    actor = acting(request)
    form = FindForm(posted(request))
    sought = form.is_valid()
    if sought and (found := find(form.cleaned_data["q"])):
        return redirect("client", found.public_id)
    context = {"form": form, "not_found": sought, "may_open": actor.role in OPENERS}
    return render(request, "home/find.html", context)


def enter_client(request: HttpRequest) -> HttpResponse:
    """A new client; the answer is the same whether or not the master knows the code."""
    actor = acting(request)
    require_finder(actor)
    form = ClientForm(posted(request), initial={"language": "fi"})
    if form.is_valid():
        made: list[Client] = []
        if attempt(form, lambda: made.append(enter(form.person(), by=actor))):
            messages.success(request, _("Asiakas on lisätty."))
            return redirect("client", made[0].public_id)
    return render(request, "home/find_enter.html", {"form": form})
