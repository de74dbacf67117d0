"""The note of a meeting, first as the client will see it; recalling it; a missed meeting."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rinnalla.access.audience import Kind
from rinnalla.lib.readability import judged
from rinnalla.meetings.access import has_own_page, point_for
from rinnalla.meetings.forms import AskForm, Deals, MissForm, NoteForm, QuestionForm, RecallForm
from rinnalla.meetings.forms.after import CLIENT, GUEST, ServiceForm, filled
from rinnalla.meetings.models import Meeting
from rinnalla.meetings.operations import answering, holding
from rinnalla.meetings.operations.holding import Deal
from rinnalla.meetings.operations.telling import agreed_letter
from rinnalla.meetings.operations.whole import time_now
from rinnalla.meetings.queries.meetings import Person, Shown, last_time, shown
from rinnalla.meetings.queries.opened import opened_by
from rinnalla.meetings.queries.usual_steps import services_with_steps, steps_of
from rinnalla.meetings.views.around import Table, table
from rinnalla.notifications.texts import words
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.saying import say

CHECK_AFTER = timedelta(days=30)


def note(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Who was there, what was said and agreed; then as the client will see it; then it is kept."""
    at = table(request, meeting_id)
    at.require_arranger()
    found = shown(at.meeting)
    act = request.POST.get("act")
    form, deals = _filled(at, found) if act == "fill" else _forms(at, found)
    if form.is_valid() and deals.is_valid():
        agreed = [deal for row in deals if (deal := row.deal)]
        if act == "save":
            if attempt(form, lambda: _save(at, form, agreed)):
                return _kept(at)
        elif act != "edit":
            lines = [(deal, judged(deal.words)) for deal in agreed]
            letter = agreed_letter(at.meeting, at.actor)
            text = words(letter.template, letter.language, letter.context) if letter else None
            context: dict[str, Any] = {"form": form, "deals": deals, "lines": lines, "text": text}
            return at.page("meeting-note", "meetings/note_preview.html", **context)
    form.readers = at.readers(Kind.NOTED)
    for row in deals:
        row.readers = form.readers.beside(Kind.MET)
    usual = ServiceForm(services=services_with_steps(at.actor.today))
    context = {"form": form, "deals": deals, "shown": found, "usual": usual}
    return at.page("meeting-note", "meetings/note.html", filled=act == "fill", **context)


def _kept(at: Table) -> HttpResponse:
    if has_own_page(at.meeting.client):
        say(at.request, _("Kirjattu. Asiakas näkee sovitut asiat omalla sivullaan."))
        return at.back()
    say(at.request, _("Kirjattu. Asiakkaalla ei ole omaa sivua: tulosta tämä hänelle."))
    return redirect("meeting-screen", at.meeting.public_id)


def _forms(at: Table, found: Shown) -> tuple[NoteForm, Any]:
    """The form and its rows as they were sent, or empty."""
    first = {"next_check": at.actor.today + CHECK_AFTER}
    data = posted(at.request)
    form = NoteForm(data, initial=first, people=_people(found), today=at.actor.today)
    return form, Deals(data, prefix="deal", form_kwargs=_row(found, at))


def _filled(at: Table, found: Shown) -> tuple[NoteForm, Any]:
    """The same, with the usual steps of a service after what was typed; nothing is judged yet."""
    typed, today = at.request.POST, at.actor.today
    steps = steps_of(typed.get("service", ""))
    begun = filled(typed, steps, str(at.actor.membership_id), today)
    form = NoteForm(initial=begun.note, people=_people(found), today=today)
    return form, Deals(initial=begun.deals, prefix="deal", form_kwargs=_row(found, at))


def _people(found: Shown) -> list[tuple[str, str]]:
    return [(str(one.row.pk), _name(one)) for one in found.people]


def _row(found: Shown, at: Table) -> dict[str, Any]:
    return {"owners": _owners(found, at), "today": at.actor.today}


def _save(at: Table, form: NoteForm, agreed: list[Deal]) -> None:
    holding.write_note(
        at.meeting, by=at.actor, minutes=form.minutes, absent=form.away, deals=agreed
    )


def _name(one: Person) -> str:
    return _("asiakas") if one.is_client else f"{one.name}, {one.where}"


def _owners(found: Shown, at: Table) -> list[tuple[str, str]]:
    """The writer, the client, those invited: whoever was in the room can promise something."""
    choices = [("", _("Valitse, kuka tekee")), (CLIENT, _("asiakas"))]
    for one in found.people:
        if one.row.membership_id:
            choices.append((str(one.row.membership_id), f"{one.name}, {one.where}"))
        elif not one.is_client:
            choices.append((f"{GUEST}{one.row.person}", one.row.person))
    if all(key != str(at.actor.membership_id) for key, _label in choices):
        choices.append((str(at.actor.membership_id), f"{at.actor.name}, {at.actor.title}"))
    return choices


def recall(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Takes a wrong note back; the page shows who has opened it."""
    at = table(request, meeting_id)
    at.require_arranger()
    standing = shown(at.meeting).note
    if standing is None:
        raise Http404
    form = RecallForm(posted(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: holding.recall_note(standing, by=at.actor, reason=reason)):
            say(request, _("Muistiinpano on peruttu. Kirjoita uusi, kun tiedät oikein."))
            return at.back()
    form.readers = at.readers(Kind.CONTENT)
    context: dict[str, Any] = {"form": form, "note": standing, "opened": opened_by(standing)}
    return at.page("recall-note", "meetings/recall.html", **context)


def miss(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Why, and what now; one button records it, the other also calls together anew."""
    at = table(request, meeting_id)
    at.require_arranger()
    anew = request.POST.get("act") == "anew"
    before = last_time(at.meeting)
    where = (
        {"place_kind": before.place_kind, "place": before.place, "link": before.link}
        if before
        else {}
    )
    form = MissForm(posted(request), initial=where, now=at.actor.now, anew=anew)
    if form.is_valid():
        made: list[Meeting | None] = []
        if attempt(form, lambda: made.append(_missed(at, form, anew=anew))):
            if not anew:
                say(request, _("Kirjattu."))
            elif at.meeting.invite_by == Meeting.Way.CALL:
                say(request, _("Kirjattu. Soita asiakkaalle ja kerro uusi aika."))
            else:
                say(request, _("Kirjattu. Uusi kutsu on lähetetty."))
            return redirect("meeting", (made[0] or at.meeting).public_id)
    form.readers = at.readers(Kind.MET)
    return at.page("miss-meeting", "meetings/miss.html", form=form, time=time_now(at.meeting))


def _missed(at: Table, form: MissForm, *, anew: bool) -> Meeting | None:
    data = form.cleaned_data
    slot = form.slot if anew else None
    reason, follow_up = data["reason"], data["follow_up"]
    return holding.miss(at.meeting, by=at.actor, reason=reason, follow_up=follow_up, slot=slot)


def ask(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Writes down what the client asks by telephone or in person."""
    at = table(request, meeting_id)
    at.require_arranger()
    form = AskForm(posted(request))
    if form.is_valid():
        words = form.cleaned_data["words"]
        if attempt(form, lambda: answering.record_question(at.meeting, by=at.actor, words=words)):
            say(request, _("Kysymys on kirjattu. Vastaa siihen viikon kuluessa."))
            return at.back()
    form.readers = at.readers(Kind.SAID)
    return at.page("record-unclear", "meetings/ask.html", form=form)


def question(request: HttpRequest, meeting_id: UUID, point_id: UUID) -> HttpResponse:
    """Answers what stayed unclear to the client, or takes the answer back."""
    at = table(request, meeting_id)
    at.require_arranger()
    point = point_for(at.actor, at.meeting, point_id)
    if request.method == "POST" and "peru" in request.GET:
        answering.take_answer_back(point, by=at.actor)
        say(request, _("Vastaus on peruttu. Kysymys odottaa vastausta."))
        return at.back()
    form = QuestionForm(posted(request))
    if form.is_valid():
        words = form.cleaned_data["words"]
        if attempt(form, lambda: answering.answer_question(point, by=at.actor, words=words)):
            undo = f"{request.path}?peru"
            say(request, _("Vastaus näkyy asiakkaalle hänen omalla sivullaan."), undo)
            return at.back()
    form.readers = at.readers(Kind.SAID)
    return at.page("answer-unclear", "meetings/question.html", form=form, point=point)
