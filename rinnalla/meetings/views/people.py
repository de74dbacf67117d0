"""Those invited: one more, one less, what each answers, and the calls to the client."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rinnalla.access.audience import Kind
from rinnalla.cases.access import require
from rinnalla.cases.queries.people import people_to_ask
from rinnalla.meetings.access import own_place, participant_for, suggestion_for
from rinnalla.meetings.forms import CallForm, InviteForm, ReplyForm
from rinnalla.meetings.models import Answer, InvitingCall, Meeting, Participant
from rinnalla.meetings.operations import answering, arranging
from rinnalla.meetings.operations.answering import Reply
from rinnalla.meetings.operations.telling import address_of
from rinnalla.meetings.operations.whole import time_now
from rinnalla.meetings.queries.meetings import calls_of, last_time
from rinnalla.meetings.views.around import table
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation
from rinnalla.ui.saying import say


def invite(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One more: a professional whom a permit reaches, or the client's own guest."""
    at = table(request, meeting_id)
    at.require_arranger()
    form = InviteForm(posted(request), people=people_to_ask(at.actor))
    if form.is_valid():
        member = UUID(form.cleaned_data["member"]) if form.cleaned_data["member"] else None
        guest = form.guest
        made: list[Participant] = []
        if attempt(
            form,
            lambda: made.append(
                arranging.invite(at.meeting, by=at.actor, member=member, guest=guest)
            ),
            "member" if member else "person",
        ):
            undo = reverse("uninvite", args=[at.meeting.public_id, made[0].public_id])
            say(request, _said(made[0]), undo)
            return at.back()
    form.readers = at.readers(Kind.MET)
    return at.page("invite-to-meeting", "meetings/invite.html", form=form)


def _said(invited: Participant) -> str:
    if address_of(invited):
        return _("Kutsu on lähetetty.")
    if invited.membership_id:
        return _("Kutsuttu näkee tapaamisen omassa päivässään. Viestiä ei lähde.")
    return _("Kutsuttu on lisätty. Viestiä ei lähde: kerro ajasta hänelle itse.")


def uninvite(request: HttpRequest, meeting_id: UUID, participant_id: UUID) -> HttpResponse:
    """Takes an invitation back; first what it closes."""
    at = table(request, meeting_id)
    at.require_arranger()
    found = participant_for(at.actor, at.meeting, participant_id)
    if request.method == "POST":
        arranging.uninvite(found, by=at.actor)
        say(request, _("Kutsu on peruttu."))
        return at.back()
    who = found.membership.user.get_full_name() if found.membership else found.person
    effects = [_("%(who)s ei ole enää kutsuttu, ja kutsu poistuu kalenterista.") % {"who": who}]
    if found.membership:
        effects.append(_("Hän ei näe tapaamista eikä asiakasta sen kautta heti tästä alkaen."))
    confirm = Confirmation(
        title=_("Perutaanko kutsu?"), effects=effects, act=_("Peru kutsu"), back_url=at.url
    )
    return at.confirm("uninvite", confirm)


def reply(request: HttpRequest, meeting_id: UUID, participant_id: UUID) -> HttpResponse:
    """One's own answer, or another's as told to whoever calls together."""
    at = table(request, meeting_id)
    found = participant_for(at.actor, at.meeting, participant_id)
    require(at.may_arrange or found.membership_id == at.actor.membership_id)
    form = ReplyForm(posted(request))
    if form.is_valid() and attempt(
        form, lambda: answering.answer(found, by=at.actor, reply=form.reply), "says"
    ):
        say(request, _("Vastaus on kirjattu."))
        return at.back()
    form.readers = at.readers(Kind.MET)
    context: dict[str, Any] = {"form": form, "person": found, "time": time_now(at.meeting)}
    return at.page("answer-meeting", "meetings/reply.html", **context)


@require_POST
def choose(request: HttpRequest, meeting_id: UUID, suggestion_id: UUID) -> HttpResponse:
    """Whether a suggested time suits the reader; pressing again changes it."""
    at = table(request, meeting_id)
    suggestion = suggestion_for(at.actor, at.meeting, suggestion_id)
    person = own_place(at.actor, at.meeting)
    says = Answer.Says.YES if request.POST.get("says") == "yes" else Answer.Says.NO
    answering.answer(person, by=at.actor, reply=Reply(says), suggestion=suggestion)
    say(request, _("Vastaus on kirjattu."))
    return at.back()


def call(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """A call to the client: inviting until the client has said something, reminding after it, and
    telling of what is cancelled."""
    at = table(request, meeting_id)
    at.require_arranger()
    calls = calls_of(at.meeting)
    has_invited = any(one.outcome != InvitingCall.Outcome.UNANSWERED for one in calls)
    purpose = InvitingCall.Purpose.REMIND if has_invited else InvitingCall.Purpose.INVITE
    if at.meeting.state == Meeting.State.CANCELLED:
        purpose = InvitingCall.Purpose.CANCEL
    form = CallForm(posted(request), purpose=purpose)
    if form.is_valid() and attempt(
        form,
        lambda: answering.record_call(at.meeting, by=at.actor, talk=form.talk),
        "call_again_on",
    ):
        say(request, _("Puhelu on kirjattu."))
        return at.back()
    form.readers = at.readers(Kind.SAID)
    context: dict[str, Any] = {"form": form, "calls": calls, "time": last_time(at.meeting)}
    return at.page("call-client", "meetings/call.html", **context)
