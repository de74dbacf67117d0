"""Clients who may be one person: both side by side, for the intake to decide."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rinnalla.access.acting import acting
from rinnalla.access.recording import record_read
from rinnalla.imports.access import pair_for, require_intake
from rinnalla.imports.operations import decide_pair, reopen_pair
from rinnalla.imports.queries import clients_of, decided_pairs, open_pairs_page
from rinnalla.ui.forms import attempt


def pairs(request: HttpRequest) -> HttpResponse:
    """The pairs that wait, and the newest decisions."""
    require_intake(acting(request))
    page, waiting = open_pairs_page(request.GET.get("sivu", "1"))
    decided = decided_pairs()
    if shown := clients_of([*waiting, *decided]):
        record_read("doubtful-pairs", shown, ["identity", "contact"])
    context = {"page": page, "pairs": waiting, "decided": decided}
    return render(request, "imports/pairs.html", context)


@require_POST
def decide(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Records whether the two are one person."""
    actor = acting(request)
    pair = pair_for(actor, pair_id)
    answer = request.POST.get("answer", "")
    done = _("Päätös on kirjattu. Voit perua sen sivun alaosasta.")
    return _answered(request, lambda: decide_pair(pair, by=actor, answer=answer), done)


@require_POST
def reopen(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Takes the decision back."""
    actor = acting(request)
    pair = pair_for(actor, pair_id)
    done = _("Päätös on peruttu. Pari odottaa taas ratkaisua.")
    return _answered(request, lambda: reopen_pair(pair, by=actor), done)


def _answered(request: HttpRequest, act: Callable[[], None], done: str) -> HttpResponse:
    """Back to the list, with what came of the act: a refusal stands there beside the pairs."""
    form = Form({})
    if attempt(form, act):
        messages.success(request, done)
    for refusal in form.non_field_errors():
        messages.error(request, str(refusal))
    return redirect("doubtful-pairs")
