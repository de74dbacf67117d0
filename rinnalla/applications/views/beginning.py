"""A case begins from a matter, or the matter goes to the case that the client has."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.audience import Audience, Kind
from rinnalla.access.bar import read_bar
from rinnalla.applications.access import application_for, may_begin_case, require
from rinnalla.applications.models import Application
from rinnalla.applications.operations import beginning
from rinnalla.applications.queries.beginning import joint_of, reason_given
from rinnalla.applications.queries.matter import text_of
from rinnalla.cases.access import case_for
from rinnalla.cases.forms import ProposeForm
from rinnalla.cases.models import Case
from rinnalla.cases.operations.proposing import Told
from rinnalla.cases.queries.standing import cases_of
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.saying import say


def begin_case(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Why wider cooperation, with the team's reason there already; or the case that there is."""
    actor = acting(request)
    found = application_for(actor, application_id)
    require(may_begin_case(actor, found))
    known = {"on": actor.today, "reason": reason_given(found)}
    form = ProposeForm(posted(request), initial=known, today=actor.today)
    if form.is_valid():
        made: list[Case] = []
        if attempt(form, lambda: made.extend(_begin(found, actor, form))):
            say(request, _("Ehdotus on kirjattu. Kirjaa seuraavaksi asiakkaan vastaus."))
            return redirect("answer-case", made[0].public_id)
    form.readers = Audience(actor, found.client, Kind.SAID)
    subject = ("application", found.pk)
    kinds = ["application", "case"]
    context = {
        "identity": read_bar(
            actor, found.client, "begin-case", kinds, subject=subject, holder=found.holder
        ),
        "application": found,
        "text": text_of(found),
        "joint": joint_of(found, actor),
        "open_case": next(
            (one for one in cases_of(found.client_id) if one.state in Case.OPEN), None
        ),
        "form": form,
    }
    return render(request, "applications/begin_case.html", context)


def _begin(found: Application, actor: Actor, form: ProposeForm) -> list[Case]:
    data = form.cleaned_data
    told = Told(data["reason"], data["way"], data["on"])
    return beginning.begin_case(found, by=actor, told=told, others=data["others"])


@require_POST
def link_case(request: HttpRequest, application_id: UUID, case_id: UUID) -> HttpResponse:
    """Takes the matter to the case that the client has, or takes that back; the page before says
    what it changes."""
    actor = acting(request)
    found = application_for(actor, application_id)
    require(may_begin_case(actor, found))
    case = case_for(actor, case_id)
    if "pura" in request.GET:
        beginning.unlink_from_case(found, case, by=actor)
        say(request, _("Asiaa ei ole enää liitetty yhteisasiakkuuteen."))
    else:
        beginning.link_to_case(found, case, by=actor)
        say(request, _("Asia on liitetty asiakkaan yhteisasiakkuuteen."), f"{request.path}?pura")
    return redirect("application", found.public_id)
