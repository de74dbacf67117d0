"""The client's own meetings and appointments: when, with whom, what was agreed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rinnalla.access.portal_actor import PortalActor
from rinnalla.access.recording import record_read
from rinnalla.meetings.models import Answer
from rinnalla.meetings.queries.meetings import shown
from rinnalla.portal.access import for_clients, own_appointment, own_meeting
from rinnalla.portal.forms import UnclearForm
from rinnalla.portal.frame import portal_page
from rinnalla.portal.operations.meetings import (
    answer_appointment,
    answer_own,
    ask_unclear,
    choose_own,
)
from rinnalla.ui.saying import say

SAYS = set(Answer.Says.values)
SUITS = {"yes", "no"}


@for_clients
def meeting(request: HttpRequest, actor: PortalActor, meeting_id: UUID) -> HttpResponse:
    """One meeting; the buttons answer, the field asks."""
    found = shown(own_meeting(actor, meeting_id))
    time = found.time
    may_answer = found.meeting.state == "planned" and time is not None and time.starts > actor.now
    form = UnclearForm(request.POST if "words" in request.POST else None)
    if request.method == "POST" and "says" in request.POST and may_answer:
        if (says := request.POST["says"]) in SAYS:
            answer_own(found.meeting, by=actor, says=says)
            say(request, _("Kiitos. Vastauksesi on kirjattu."))
        return redirect("portal-meeting", meeting_id)
    chosen = request.POST.get("time")
    option = next((one for one in found.options if str(one.row.public_id) == chosen), None)
    if option and found.meeting.state == "seeking" and request.POST.get("says") in SUITS:
        choose_own(option.row, by=actor, says=request.POST["says"])
        say(request, _("Kiitos. Vastauksesi on kirjattu."))
        return redirect("portal-meeting", meeting_id)
    if form.is_valid() and found.meeting.state == "held":
        ask_unclear(found.meeting, by=actor, words=form.cleaned_data["words"])
        say(request, _("Kysymyksesi on lähetetty. Saat vastauksen tälle sivulle."))
        return redirect("portal-meeting", meeting_id)
    record_read("portal-meeting", [actor.client_id], ["meeting"], ("meeting", found.meeting.pk))
    client = next((one for one in found.people if one.is_client), None)
    context = {"shown": found, "form": form, "mine": client, "may_answer": may_answer}
    return portal_page(request, actor, "portal-meeting", context, under="portal-home")


@for_clients
def appointment(request: HttpRequest, actor: PortalActor, appointment_id: UUID) -> HttpResponse:
    """One appointment at a service; the buttons answer."""
    found = own_appointment(actor, appointment_id)
    is_open = not found.ended_at and not found.happened
    may_answer = is_open and found.starts > actor.now
    if request.method == "POST" and may_answer:
        if (says := request.POST.get("says", "")) in SAYS:
            answer_appointment(found, by=actor, says=says)
            say(request, _("Kiitos. Vastauksesi on kirjattu."))
        return redirect("portal-appointment", appointment_id)
    subject = ("appointment", found.pk)
    record_read("portal-appointment", [actor.client_id], ["steps"], subject)
    context = {"appointment": found, "may_answer": may_answer}
    return portal_page(request, actor, "portal-appointment", context, under="portal-home")
