"""Proposing a case, and recording what the client answered."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rinnalla.access.acting import acting
from rinnalla.access.audience import Audience, Kind
from rinnalla.access.bar import client_tabs, read_bar
from rinnalla.cases.access import holds, require
from rinnalla.cases.forms import AnswerForm, ProposeForm
from rinnalla.cases.models import Case, CaseAnswer
from rinnalla.cases.operations import proposing
from rinnalla.cases.operations.proposing import Said, Told
from rinnalla.cases.queries.standing import cases_of, standing
from rinnalla.cases.views.around import desk
from rinnalla.clients.queries import client_for
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.saying import say


def propose(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Why wider cooperation; from then on the writer holds the case until its worker is named."""
    actor = acting(request)
    client = client_for(actor, client_id)
    form = ProposeForm(posted(request), initial={"on": actor.today}, today=actor.today)
    if form.is_valid():
        data = form.cleaned_data
        told = Told(data["reason"], data["way"], data["on"])
        others = [one for one in data["others"] if one != client]
        made: list[Case] = []
        if attempt(
            form, lambda: made.extend(proposing.propose([client, *others], by=actor, told=told))
        ):
            say(request, _("Ehdotus on kirjattu. Kirjaa seuraavaksi asiakkaan vastaus."))
            return redirect("answer-case", made[0].public_id)
    form.readers = Audience(actor, client, Kind.SAID)
    context = {
        "identity": read_bar(actor, client, "propose-case", ["case"]),
        "tabs": client_tabs(client, "client"),
        "client": client,
        "open_case": next((one for one in cases_of(client.pk) if one.state in Case.OPEN), None),
        "form": form,
    }
    return render(request, "cases/propose.html", context)


def answer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The client's answer in own words; a "no" ends the case."""
    at = desk(request, case_id)
    require(holds(at.actor, at.case))
    form = AnswerForm(posted(request), initial={"on": at.actor.today}, today=at.actor.today)
    if form.is_valid():
        said = Said(**form.cleaned_data)
        if attempt(form, lambda: proposing.record_answer(at.case, by=at.actor, said=said)):
            return _onward(request, at.case, said.answer)
    form.readers = at.readers(Kind.SAID)
    shown = standing(at.case, at.actor.today)
    return at.page("answer-case", "cases/answer.html", form=form, shown=shown)


def _onward(request: HttpRequest, case: Case, answer: str) -> HttpResponse:
    match answer:
        case CaseAnswer.Answer.YES:
            say(request, _("Asiakkaan vastaus on kirjattu. Nimeä seuraavaksi vastuutyöntekijä."))
            return redirect("name-worker", case.public_id)
        case CaseAnswer.Answer.NO:
            undo = reverse("undo-answer", args=[case.public_id])
            say(request, _("Asiakas ei halua yhteistä työtä. Asia päättyi."), undo)
            return redirect("home")
    say(request, _("Asiakkaan vastaus on kirjattu. Kysyt uudelleen sovittuna päivänä."))
    return redirect("joint-case", case.public_id)


@require_POST
def undo_answer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Takes back a "no" that was recorded by mistake."""
    at = desk(request, case_id)
    proposing.take_answer_back(at.case, by=at.actor)
    say(request, _("Vastaus on peruttu. Kirjaa asiakkaan vastaus uudelleen."))
    return redirect("answer-case", at.case.public_id)
