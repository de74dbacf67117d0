"""Naming a responsible worker, and how the one who is asked answers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rinnalla.access.audience import Kind
from rinnalla.cases.access import asking_for, carries, named_with, require
from rinnalla.cases.forms import DeclineForm, NameForm, TellForm
from rinnalla.cases.models import Assignment
from rinnalla.cases.operations import naming
from rinnalla.cases.operations.naming import Choice
from rinnalla.cases.queries.people import people_to_ask
from rinnalla.cases.queries.standing import standing
from rinnalla.cases.queries.suggesting import Suggestion, suggest
from rinnalla.cases.views.around import Desk, desk
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation
from rinnalla.ui.saying import say


def name(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The suggested first, chosen already; one of two buttons carries the client's agreement."""
    at = desk(request, case_id)
    require(carries(at.actor, at.case))
    shown = standing(at.case, at.actor.today)
    suggested = suggest(shown, at.actor)
    choices = [(str(one.membership.pk), _label(one)) for one in suggested.people]
    form = NameForm(posted(request), suggested=choices, people=people_to_ask(at.actor))
    is_pair = any(not one.gives_way for one in shown.workers)
    if form.is_valid():
        agreed = request.POST.get("agreed") == "yes"
        choice = Choice(UUID(form.chosen), agreed, is_first_contact=not is_pair)
        made: list[Assignment] = []
        if attempt(
            form,
            lambda: made.extend(naming.name_worker(at.case, by=at.actor, choice=choice)),
            "other" if form.chooses_other else "person",
        ):
            return _asked(request, at, made[0])
    return at.page(
        "name-worker",
        "cases/name.html",
        form=form,
        shown=shown,
        suggested=suggested,
        is_pair=is_pair,
        along=[str(one.client) for one in named_with(at.case, shown.others)],
    )


def _label(one: Suggestion) -> str:
    """Who, why, and how much they have already."""
    member = one.membership
    where = f", {member.title}, {member.unit.name}"
    unread = [_("ei vielä lukenut tehtävän kuvausta")] if one.is_unread else []
    source = " · ".join([one.reason, *_load(one), *unread])
    form = '<strong>{}</strong>{} <span class="source">{}</span>'
    return format_html(form, member.user.get_full_name(), where, source)


def _load(one: Suggestion) -> list[str]:
    if one.cases is None:
        return []
    n = {"n": one.cases, "limit": one.limit}
    words = ngettext(
        "%(n)d vastuuasiakas, raja %(limit)d", "%(n)d vastuuasiakasta, raja %(limit)d", one.cases
    )
    return [words % n, *([_("raja täynnä")] if one.is_full else [])]


def _asked(request: HttpRequest, at: Desk, asked: Assignment) -> HttpResponse:
    if asked.membership_id == at.actor.membership_id:
        say(request, _("Olet nyt asiakkaan vastuutyöntekijä. Kerro se asiakkaalle."))
        return at.back()
    undo = reverse("take-asking-back", args=[at.case.public_id, asked.pk])
    who = asked.membership.user.get_full_name()
    say(
        request,
        _("Pyyntö lähti: %(who)s. Hoidat asiaa, kunnes hän vastaa.") % {"who": who},
        undo,
    )
    return at.back()


def answer(request: HttpRequest, case_id: UUID, assignment_id: UUID) -> HttpResponse:
    """The one who is asked accepts, or declines with a reason."""
    at = desk(request, case_id)
    asked = asking_for(at.actor, at.case, assignment_id)
    require(asked.membership_id == at.actor.membership_id and not asked.is_open)
    declines = request.POST.get("act") == "decline"
    form = DeclineForm(request.POST if declines else None)
    if request.method == "POST" and not declines:
        naming.accept(asked, by=at.actor)
        say(request, _("Olet nyt asiakkaan vastuutyöntekijä. Kerro se asiakkaalle."))
        return at.back()
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: naming.decline(asked, by=at.actor, reason=reason)):
            say(request, _("Vastaus on kirjattu. Pyytäjä näkee syyn ja nimeää toisen."))
            return redirect("home")
    form.readers = at.readers(Kind.CASE)
    shown = standing(at.case, at.actor.today)
    return at.page("answer-asking", "cases/asked.html", form=form, shown=shown, asked=asked)


@require_POST
def take_back(request: HttpRequest, case_id: UUID, assignment_id: UUID) -> HttpResponse:
    """Undoes a naming that nobody has answered."""
    at = desk(request, case_id)
    naming.take_asking_back(asking_for(at.actor, at.case, assignment_id), by=at.actor)
    say(request, _("Pyyntö on peruttu. Valitse toinen henkilö."))
    return redirect("name-worker", at.case.public_id)


def agreed(request: HttpRequest, case_id: UUID, assignment_id: UUID) -> HttpResponse:
    """The client's word on the worker, where it was still to be asked."""
    at = desk(request, case_id)
    require(carries(at.actor, at.case))
    found = asking_for(at.actor, at.case, assignment_id)
    who = found.membership.user.get_full_name()
    if request.method == "POST":
        naming.record_agreement(found, by=at.actor)
        say(request, _("Asiakkaan suostumus vastuutyöntekijään on kirjattu."))
        return at.back()
    confirm = Confirmation(
        title=_("Onko asiakas suostunut vastuutyöntekijään?"),
        effects=[
            _("Kirjataan, että asiakas hyväksyi tänään: %(who)s.") % {"who": who},
            _("Asiakas ei ole enää listalla Ilman vastuutyöntekijää."),
        ],
        act=_("Kirjaa suostumus"),
        back_url=at.url,
    )
    return at.confirm("record-agreement", confirm)


def told(request: HttpRequest, case_id: UUID, assignment_id: UUID) -> HttpResponse:
    """The worker's name, number and hours as the client is told them; then how and when."""
    at = desk(request, case_id)
    found = asking_for(at.actor, at.case, assignment_id)
    require(carries(at.actor, at.case) and found.is_open)
    form = TellForm(
        posted(request),
        initial={"on": found.told_on or at.actor.today},
        today=at.actor.today,
    )
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: naming.record_told(found, by=at.actor, **data)):
            say(request, _("Kirjattu: asiakas tietää, kuka on vastuutyöntekijä."))
            return at.back()
    shown = standing(at.case, at.actor.today)
    return at.page("told-client", "cases/told.html", form=form, shown=shown, worker=found)


def leave_pair(request: HttpRequest, case_id: UUID, assignment_id: UUID) -> HttpResponse:
    """One of a pair leaves; first what it changes."""
    at = desk(request, case_id)
    require(carries(at.actor, at.case))
    leaving = asking_for(at.actor, at.case, assignment_id)
    if request.method == "POST":
        naming.leave_pair(leaving, by=at.actor)
        say(request, _("Pari on muuttunut. Toinen vastuutyöntekijä jatkaa."))
        return redirect("my-cases")
    who = leaving.membership.user.get_full_name()
    confirm = Confirmation(
        title=_("Jättääkö %(who)s parin?") % {"who": who},
        effects=[
            _("Toinen vastuutyöntekijä on heti asiakkaan ensisijainen yhteyshenkilö."),
            _("%(who)s ei näe asiaa tämän jälkeen.") % {"who": who},
            _("Parin paikka jää avoimeksi. Uusi pari etsitään 30 päivän kuluessa."),
        ],
        act=_("Vahvista"),
        back_url=at.url,
    )
    return at.confirm("leave-pair", confirm)
