"""A client's request for the log: taken in, looked at, answered as a document."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rinnalla.access.acting import acting
from rinnalla.officer import operations, queries
from rinnalla.officer.access import require_officer
from rinnalla.officer.documents import log_document
from rinnalla.officer.forms import OFFICER, LogRequestForm
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.readers import Told

TAKER = gettext_lazy("Asiakas, jolle annat lokin, ja kenelle asiakas sen näyttää")


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """The requests, unanswered first; nobody is named here."""
    require_officer(acting(request))
    return render(request, "officer/requests.html", {"requests": queries.log_requests()})


def take_in(request: HttpRequest) -> HttpResponse:
    """A new request, by the client's whole code or number."""
    actor = acting(request)
    require_officer(actor)
    today = actor.today
    usual = {"received": today, "until": today, "since": operations.two_years_before(today)}
    form = LogRequestForm(posted(request), initial=usual)
    if form.is_valid():
        wish, made = operations.LogWish(**form.cleaned_data), list[UUID]()
        if attempt(form, lambda: made.append(operations.open_log_request(wish, by=actor))):
            return redirect("log-request", made[0])
    return render(request, "officer/take_in.html", {"form": form})


@require_safe
def log_request(request: HttpRequest, log_request_id: UUID) -> HttpResponse:
    """One request, and the button that makes its document."""
    require_officer(acting(request))
    context = {"wish": _found(log_request_id), "readers": Told((str(TAKER), str(OFFICER)))}
    return render(request, "officer/request.html", context)


@require_safe
def document(request: HttpRequest, log_request_id: UUID) -> HttpResponse:
    """The log of this client as a document, to be given to the client."""
    actor = acting(request)
    require_officer(actor)
    wish = _found(log_request_id)
    made = log_document(wish, actor, get_language() or "fi")
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="loki.pdf"'
    return answer


@require_POST
def answer(request: HttpRequest, log_request_id: UUID) -> HttpResponse:
    """The document has been given to the client."""
    actor = acting(request)
    require_officer(actor)
    operations.answer_log_request(_found(log_request_id).public_id, by=actor)
    messages.success(request, _("Pyyntö on merkitty vastatuksi."))
    return redirect("log-requests")


def _found(public_id: UUID) -> queries.LogRequest:
    found = queries.log_request_for(public_id)
    if found is None:
        raise Http404
    return found
