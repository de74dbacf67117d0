"""What a team does with a consultation without a name: places it, thinks, answers."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.applications.access import consultation_for, places_of, require
from rinnalla.applications.forms.anonymous import SessionForm, WordsForm
from rinnalla.applications.models import AnonymousConsultation
from rinnalla.applications.operations import anonymous as acts
from rinnalla.applications.queries.inbox import sessions_ahead
from rinnalla.applications.views.anonymous import anonymous_page
from rinnalla.ui import dates
from rinnalla.ui.forms import attempt
from rinnalla.ui.saying import say


@require_POST
def place(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Takes it in and puts it on an agenda."""
    actor, row = _convener(request, consultation_id)
    form = SessionForm(request.POST, sessions=sessions_ahead(row.team_id, actor.today))
    if form.is_valid():
        session = form.cleaned_data["session"]
        if attempt(form, lambda: acts.place_anonymous(row, by=actor, session=session)):
            undo = reverse("remove-anonymous", args=[consultation_id])
            when = {"day": dates.day_and_time(session.starts_at)}
            say(request, _("Nimetön kysymys on esityslistalla %(day)s.") % when, undo)
            return redirect("anonymous", consultation_id)
    return anonymous_page(request, actor, row, {"place": form, "form": form})


@require_POST
def remove(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    actor, row = _convener(request, consultation_id)
    acts.remove_anonymous(row, by=actor)
    say(request, _("Nimetön kysymys on pois esityslistalta."))
    return redirect("anonymous", consultation_id)


@require_POST
def save_view(request: HttpRequest, consultation_id: UUID, seat_id: UUID) -> HttpResponse:
    """Saves my view for a seat that I fill."""
    actor = acting(request)
    row = consultation_for(actor, consultation_id)
    seat = next((one for one in places_of(actor, row.team_id) if one.pk == seat_id), None)
    if seat is None:
        raise Http404
    form = WordsForm(request.POST, label=_("Näkemyksesi"), key=seat_id)
    if form.is_valid():
        text = form.cleaned_data["text"]
        if attempt(form, lambda: acts.save_anonymous_view(row, by=actor, seat=seat, text=text)):
            say(request, _("Näkemyksesi on tallessa."))
            return redirect("anonymous", consultation_id)
    return anonymous_page(
        request, actor, row, {"writing": [{"seat": seat, "form": form}], "form": form}
    )


@require_POST
def answer(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """The team's answer goes to the referrer."""
    actor, row = _convener(request, consultation_id)
    form = WordsForm(request.POST, label=_("Tiimin vastaus lähettäjälle"), key="answer")
    if form.is_valid():
        text = form.cleaned_data["text"]
        if attempt(form, lambda: acts.answer_anonymous(row, by=actor, text=text)):
            undo = reverse("recall-anonymous-answer", args=[consultation_id])
            say(request, _("Vastaus on lähettäjällä. Hän pitää nyt asiaa."), undo)
            return redirect("anonymous", consultation_id)
    return anonymous_page(request, actor, row, {"answering": form, "form": form})


@require_POST
def recall_answer(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    actor, row = _convener(request, consultation_id)
    acts.recall_answer(row, by=actor)
    say(request, _("Vastaus on peruttu. Kysymys on taas esityslistalla."))
    return redirect("anonymous", consultation_id)


def _convener(request: HttpRequest, consultation_id: UUID) -> tuple[Actor, AnonymousConsultation]:
    actor = acting(request)
    row = consultation_for(actor, consultation_id)
    require(acts.convenes(actor, row))
    return actor, row
