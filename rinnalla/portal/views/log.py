"""Who has looked, and a question about it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rinnalla.access.portal_actor import PortalActor
from rinnalla.access.recording import record_read
from rinnalla.portal.access import for_clients
from rinnalla.portal.forms import InquiryForm
from rinnalla.portal.frame import portal_page
from rinnalla.portal.operations.asking import ask_about
from rinnalla.portal.queries.log import look_at, my_inquiries, my_log
from rinnalla.ui.forms import attempt, posted

PLACE = "portal-log"


@for_clients
def log(request: HttpRequest, actor: PortalActor) -> HttpResponse:
    """A month of looks, the newest day first; older ones by a link."""
    context = {
        "log": my_log(actor, _day(request.GET.get("asti", ""))),
        "inquiries": my_inquiries(actor),
    }
    record_read(PLACE, [actor.client_id], ["log"])
    return portal_page(request, actor, PLACE, context)


@for_clients
def ask(request: HttpRequest, actor: PortalActor, look_id: UUID) -> HttpResponse:
    """A question about one look, to somebody who must answer."""
    look = look_at(actor, look_id)
    if look is None:
        raise Http404
    form = InquiryForm(posted(request))
    if form.is_valid():
        words = form.cleaned_data["words"]
        if attempt(form, lambda: ask_about(look_id, words, by=actor)):
            messages.success(request, _("Kysymyksesi on lähetetty. Saat vastauksen tänne."))
            return redirect(PLACE)
    record_read("portal-ask", [actor.client_id], ["log"])
    return portal_page(request, actor, "portal-ask", {"look": look, "form": form}, PLACE)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
