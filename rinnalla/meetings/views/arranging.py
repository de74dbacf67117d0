"""Calling together with a preview of each outgoing text; moving, cancelling, reminders."""

from collections.abc import Iterable
from datetime import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rinnalla.access.audience import Kind
from rinnalla.cases.access import require
from rinnalla.cases.queries.people import people_to_ask
from rinnalla.cases.views.around import Desk, desk
from rinnalla.lib.days import HELSINKI, helsinki_day
from rinnalla.meetings.access import arranges, suggestion_for
from rinnalla.meetings.forms import CancelForm, MeetingForm, MoveForm, RemindForm
from rinnalla.meetings.models import Meeting, SuggestedTime
from rinnalla.meetings.operations import arranging
from rinnalla.meetings.operations.arranging import Calling
from rinnalla.meetings.operations.telling import ASKING, CHANNELS, FOLDER, language_of
from rinnalla.meetings.operations.whole import time_now
from rinnalla.meetings.queries.inviting import (
    Proposed,
    close_ones,
    members_of,
    proposed,
    usual_way,
    ways_of,
)
from rinnalla.meetings.queries.meetings import last_time
from rinnalla.meetings.views.around import Table, table
from rinnalla.notifications.texts import words
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.saying import say

Way = Meeting.Way
# Written beforehand, so that a day is all that has to be written of the time.
USUAL_HOUR = time(9)


def arrange(
    request: HttpRequest, case_id: UUID, others: Iterable[tuple[UUID, str]] = ()
) -> HttpResponse:
    """Purpose, time and people; then each outgoing text as it will be; then it is sent."""
    at = desk(request, case_id)
    require(arranges(at.actor, at.case.pk))
    found = proposed(at.case, at.actor, others)
    form = _form(at, found)
    if form.is_valid():
        act = request.POST.get("act")
        if act == "send":
            made: list[Meeting] = []
            calling = form.calling
            if attempt(
                form,
                lambda: made.append(arranging.arrange(at.case, by=at.actor, calling=calling)),
                "people" if "people" in form.fields else "other",
            ):
                return _called(request, made[0])
        elif act != "edit":
            return _preview(at, form)
    form.readers = at.readers(Kind.MET)
    out = [one for one in found if not one.is_reached]
    context: dict[str, Any] = {"form": form, "out": out, "close": close_ones(at.case)}
    return at.page("arrange-meeting", "meetings/arrange.html", **context)


def _form(at: Desk, found: list[Proposed]) -> MeetingForm:
    ways = ways_of(at.case.client)
    usual = usual_way(at.case.client, ways)
    choices = [(str(one.member.pk), _label(one)) for one in found]
    return MeetingForm(
        posted(at.request),
        initial={
            "people": [str(one.member.pk) for one in found if one.is_reached],
            "starts": USUAL_HOUR,
            "place": at.actor.unit_name,
            "invite_by": usual,
            "remind_by": usual,
            "interpreter": _("tulkki tarvitaan") if at.case.client.needs_interpreter else "",
        },
        now=at.actor.now,
        proposed=choices,
        people=people_to_ask(at.actor),
        ways=ways,
    )


def _label(one: Proposed) -> str:
    who = f"{one.member.user.get_full_name()}, {one.member.title}, {one.member.unit.name}"
    reason = one.reason if one.is_reached else _("lupa kysyttävä")
    return f"{who} ({reason})"


def _preview(at: Desk, form: MeetingForm) -> HttpResponse:
    """What is sent, to whom, in which words; nothing has been written yet."""
    calling = form.calling
    context: dict[str, Any] = {
        "form": form,
        "calling": calling,
        "slot": calling.slots[0],
        "kind": Meeting.Kind(calling.kind).label,
        "members": members_of(calling.members),
        "invite_by": Way(calling.telling.invite_by).label,
        "remind_by": Way(calling.telling.remind_by).label,
        "texts": _texts(at, calling),
    }
    return at.page("arrange-meeting", "meetings/preview.html", **context)


def _texts(at: Desk, calling: Calling) -> list[tuple[str, str, str]]:
    """For whom, subject and body of each text that goes out."""
    slot, language = calling.slots[0], language_of(at.case.client)
    facts: dict[str, object] = {"day": slot.starts, "time": slot.starts, "number": at.actor.phone}
    linked = facts | {"link": settings.PUBLIC_URL.rstrip("/") + "/…"}
    found = [
        (whom, *words(f"{FOLDER}{name}.txt", language, facts if way == Way.PRINT else linked))
        for whom, name, way in _to_client(calling)
    ]
    if not calling.is_poll and any(one.email for one in members_of(calling.members)):
        found.append((_("Työntekijöille"), *words(f"{FOLDER}staff.txt", "fi", linked)))
    if any(guest.email for guest in calling.guests):
        name = "poll" if calling.is_poll else "guest"
        found.append((_("Asiakkaan kutsutulle"), *words(f"{FOLDER}{name}.txt", "fi", linked)))
    return found


def _to_client(calling: Calling) -> list[tuple[str, str, str]]:
    """For what, by which text and way the client is written to."""
    way = calling.telling.invite_by
    if calling.is_poll:
        return [(_("Asiakkaalle"), "poll", way)] if way in ASKING else []
    texts = [
        (_("Asiakkaalle"), "invitation", way),
        (_("Muistutus"), "reminder", calling.telling.remind_by),
    ]
    return [one for one in texts if one[2] in CHANNELS]


def _called(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if meeting.state != Meeting.State.SEEKING:
        say(request, _("Kutsut on lähetetty. Voit siirtää tai perua tapaamisen tältä sivulta."))
    elif meeting.invite_by in {*ASKING, Way.PORTAL}:
        say(
            request,
            _("Kutsutut näkevät ajat ja vastaavat. Valitse aika, kun vastaukset ovat tulleet."),
        )
    else:
        say(
            request, _("Kutsutut näkevät ajat ja vastaavat. Kysy asiakkaalta, valitse sitten aika.")
        )
    return redirect("meeting", meeting.public_id)


def move(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Another time for the meeting, or the one chosen of those suggested."""
    at = table(request, meeting_id)
    at.require_arranger()
    form = MoveForm(posted(request), initial=_where_now(at), now=at.actor.now)
    if form.is_valid() and form.slot:
        slot = form.slot
        if attempt(form, lambda: arranging.move(at.meeting, by=at.actor, slot=slot), "on"):
            if at.meeting.invite_by == Way.CALL:
                say(request, _("Kutsutut saivat uuden ajan. Soita asiakkaalle ja kerro se."))
            else:
                say(request, _("Uusi aika on kerrottu. Vanhan ajan muistutukset eivät lähde."))
            return at.back()
    form.readers = at.readers(Kind.MET)
    return at.page("move-meeting", "meetings/move.html", form=form, time=time_now(at.meeting))


def _where_now(at: Table) -> dict[str, object]:
    """The place stays unless it is changed; a suggested time is chosen by its address."""
    chosen = _chosen(at)
    where = chosen or last_time(at.meeting)
    if where is None:
        return {"place": at.actor.unit_name}
    place = {"place_kind": where.place_kind, "place": where.place, "link": where.link}
    return place | ({"on": helsinki_day(chosen.starts), **_clocks(chosen)} if chosen else {})


def _chosen(at: Table) -> SuggestedTime | None:
    try:
        key = UUID(at.request.GET.get("aika", ""))
    except ValueError:
        return None
    return suggestion_for(at.actor, at.meeting, key)


def _clocks(chosen: SuggestedTime) -> dict[str, object]:
    return {
        "starts": chosen.starts.astimezone(HELSINKI).time(),
        "ends": chosen.ends.astimezone(HELSINKI).time(),
    }


def cancel(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Why; what it changes stands on the page."""
    at = table(request, meeting_id)
    at.require_arranger()
    form = CancelForm(posted(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: arranging.cancel(at.meeting, by=at.actor, reason=reason)):
            if at.meeting.invite_by == Way.CALL:
                say(request, _("Tapaaminen on peruttu. Soita asiakkaalle ja kerro siitä."))
            else:
                say(request, _("Tapaaminen on peruttu ja siitä on kerrottu."))
            return at.back()
    form.readers = at.readers(Kind.MET)
    return at.page("cancel-meeting", "meetings/cancel.html", form=form, time=time_now(at.meeting))


def reminders(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """How the client wishes to be reminded of this meeting."""
    at = table(request, meeting_id)
    at.require_arranger()
    meeting = at.meeting
    when = [
        name
        for name, is_on in (
            ("day", meeting.remind_day_before),
            ("hour", meeting.remind_hour_before),
        )
        if is_on
    ]
    initial = {"remind_by": meeting.remind_by, "remind_when": when}
    form = RemindForm(posted(request), initial=initial, ways=ways_of(meeting.client))
    if form.is_valid():
        wished = form.wished
        if attempt(form, lambda: arranging.change_telling(meeting, by=at.actor, wished=wished)):
            say(request, _("Muistutukset on muutettu asiakkaan toiveen mukaan."))
            return at.back()
    return at.page("meeting-reminders", "meetings/reminders.html", form=form)
