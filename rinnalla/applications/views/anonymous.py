"""Asking a team about somebody who is not named: the referrer's pages, and what all share."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.recording import record_read
from rinnalla.applications.access import consultation_for, require
from rinnalla.applications.forms.anonymous import AskedForm, PersonForm, SessionForm, WordsForm
from rinnalla.applications.models import AnonymousConsultation
from rinnalla.applications.operations import anonymous as acts
from rinnalla.applications.queries.anonymous import (
    Consultation,
    answer_day,
    consultation_of,
    my_consultations,
)
from rinnalla.clients.queries import find_client
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation
from rinnalla.ui.saying import say

State = AnonymousConsultation.State


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What I have asked without a name."""
    rows = my_consultations(acting(request))
    return render(request, "applications/anonymous_list.html", {"rows": rows})


def begin(request: HttpRequest) -> HttpResponse:
    """Begins one."""
    actor = acting(request)
    form = AskedForm(posted(request))
    made: list[AnonymousConsultation] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(acts.begin_anonymous(by=actor, asked=form.asked()))
    ):
        return redirect("send-anonymous", made[0].public_id)
    context = {"form": form, "back_url": reverse("my-anonymous")}
    return render(request, "applications/anonymous_edit.html", context)


def edit(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Changes a draft."""
    actor, row = _asker(request, consultation_id)
    if row.state != State.DRAFT:
        return redirect("anonymous", consultation_id)
    first = {"team": row.team_id, **{name: getattr(row, name) for name in acts.TEXTS}}
    form = AskedForm(posted(request), initial=first)
    if form.is_valid() and attempt(
        form, lambda: acts.edit_anonymous(row, by=actor, asked=form.asked())
    ):
        return redirect("send-anonymous", consultation_id)
    context = {"form": form, "back_url": reverse("anonymous", args=[consultation_id])}
    return render(request, "applications/anonymous_edit.html", context)


def send(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """What the team will see, and what may tell of whom it is; then sends."""
    actor, row = _asker(request, consultation_id)
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: acts.send_anonymous(row, by=actor)):
        undo = reverse("take-back-anonymous", args=[consultation_id])
        say(request, _("Kysymys on lähetetty tiimille ilman nimeä."), undo)
        return redirect("anonymous", consultation_id)
    effects = [
        *consultation_of(row, actor).hints,
        _("Tiimin koollekutsuja näkee tekstin heti, jäsenet kun se on esityslistalla."),
        _("Kukaan muu ei näe, kenestä kysyt. Tiimi näkee, että kysyjä olet sinä."),
    ]
    title = _("Lähetä nimetön kysymys: %(team)s") % {"team": row.team.name}
    back = reverse("edit-anonymous", args=[consultation_id])
    act, on = _("Lähetä ilman nimeä"), _("Muokkaa tekstiä")
    confirm = Confirmation(title=title, effects=effects, act=act, back_url=back, back=on)
    return _confirm(request, confirm, form)


@require_POST
def take_back(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    actor, row = _asker(request, consultation_id)
    acts.take_back_anonymous(row, by=actor)
    say(request, _("Kysymys on taas luonnos. Tiimi ei näe sitä."))
    return redirect("anonymous", consultation_id)


@require_GET
def anonymous(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """One consultation, as I may read it."""
    actor = acting(request)
    return anonymous_page(request, actor, consultation_for(actor, consultation_id))


@require_POST
def name_person(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Remembers of whom it is, for me alone."""
    actor, row = _asker(request, consultation_id)
    form = PersonForm(request.POST)
    if form.is_valid():
        client = find_client(form.cleaned_data["typed"])
        if client is None:
            form.add_error("typed", _("Tällä tunnuksella ei löytynyt ketään."))
        elif attempt(form, lambda: acts.name_person(row, by=actor, client=client)):
            say(request, _("Vain sinä näet, kenestä on kyse."))
            return redirect("anonymous", consultation_id)
    return anonymous_page(request, actor, row, {"naming": form, "form": form})


def make_application(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """The client has decided: makes it an application."""
    actor, row = _asker(request, consultation_id)
    form = Form(posted(request))
    made: list[Any] = []
    if form.is_valid() and attempt(form, lambda: made.append(acts.make_application(row, by=actor))):
        say(request, _("Hakemus on luonnos. Täydennä se asiakkaan kanssa ja kirjaa luvat."))
        return redirect("edit-application", made[0].public_id)
    effects = [
        _("Asiakas on päättänyt, että asia viedään tiimiin hänen nimellään."),
        _("Teksti ja tiimin vastaus kopioidaan hakemuksen luonnokseen. Voit muokata niitä."),
        _("Nimetön konsultaatio jää ennalleen. Tiimi ei saa tietää, että ne ovat samasta asiasta."),
    ]
    title, act = _("Tee hakemus asiakkaan nimellä"), _("Tee hakemus")
    back = reverse("anonymous", args=[consultation_id])
    return _confirm(request, Confirmation(title, effects, act, back), form)


def close(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Ends it, or discards the draft."""
    actor, row = _asker(request, consultation_id)
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: acts.close_anonymous(row, by=actor)):
        undo = reverse("reopen-anonymous", args=[consultation_id])
        say(request, _("Nimetön konsultaatio on päättynyt."), undo)
        return redirect("my-anonymous")
    effects = [_("Asia poistuu avoimista. Voit avata sen uudelleen.")]
    title, act = _("Päätä nimetön konsultaatio"), _("Päätä")
    back = reverse("anonymous", args=[consultation_id])
    return _confirm(request, Confirmation(title, effects, act, back), form)


@require_POST
def reopen(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    actor, row = _asker(request, consultation_id)
    acts.reopen_anonymous(row, by=actor)
    say(request, _("Nimetön konsultaatio on taas auki."))
    return redirect("anonymous", consultation_id)


def anonymous_page(
    request: HttpRequest,
    actor: Actor,
    row: AnonymousConsultation,
    forms: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page; `forms` are those that came back with errors."""
    shown = consultation_of(row, actor)
    if shown.person:
        clients, subject = [shown.person.client_id], ("anonymous_consultation", row.pk)
        record_read("anonymous", clients, ["identity"], subject=subject)
    context = {
        "consultation": row,
        "shown": shown,
        "answer_by": answer_day(row),
        "asks": acts.asks(actor, row),
        "is_referrer": row.referrer_id == actor.membership_id,
        "convenes": acts.convenes(actor, row),
        "naming": PersonForm(),
        "place": SessionForm(sessions=shown.sessions),
        "answering": WordsForm(label=_("Tiimin vastaus lähettäjälle"), key="answer"),
        "writing": _writing(shown, actor),
        **(forms or {}),
    }
    return render(request, "applications/anonymous.html", context)


def _writing(shown: Consultation, actor: Actor) -> list[dict[str, Any]]:
    """A form for each seat that the reader fills, with the view so far."""
    mine = {v.seat_id: v.text for v in shown.views if v.membership_id == actor.membership_id}
    return [
        {
            "seat": seat,
            "form": WordsForm(label=_("Näkemyksesi"), text=mine.get(seat.pk, ""), key=seat.pk),
        }
        for seat in shown.seats
    ]


def _asker(request: HttpRequest, consultation_id: UUID) -> tuple[Actor, AnonymousConsultation]:
    actor = acting(request)
    row = consultation_for(actor, consultation_id)
    require(acts.asks(actor, row))
    return actor, row


def _confirm(request: HttpRequest, confirm: Confirmation, form: Form) -> HttpResponse:
    shown = form if form.errors else None
    return render(request, "ui/confirm.html", {"confirm": confirm, "form": shown})
