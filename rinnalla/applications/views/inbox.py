"""The convener's inbox: read on the right, decide in place, go on to the next."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.queries import age
from rinnalla.access.recording import record_read
from rinnalla.applications.access import application_for, is_convener, require
from rinnalla.applications.forms.reception import AskForm, ForwardForm, PlaceForm
from rinnalla.applications.models import Application
from rinnalla.applications.operations import reception, undoing
from rinnalla.applications.queries.anonymous import asked_of
from rinnalla.applications.queries.inbox import (
    BUCKETS,
    Entry,
    Inbox,
    Opened,
    convenes,
    entry_of,
    inbox_of,
    next_of,
    opened,
)
from rinnalla.applications.queries.readers import of_thing
from rinnalla.applications.views.drafts import confirm_page
from rinnalla.ui import dates
from rinnalla.ui.forms import attempt
from rinnalla.ui.frame import Confirmation
from rinnalla.ui.saying import say
from rinnalla.ui.templatetags.ui import grouped

Forms = dict[str, Any]


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What has come to my teams, and one of them opened."""
    return _page(request, acting(request), _chosen(request))


@require_POST
def take_in(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Takes the application in and opens the next one."""
    actor, application, following = _handled(request, application_id)
    reception.take_in(application, by=actor)
    undo = reverse("undo-take-in", args=[application_id])
    say(request, _("Otit hakemuksen käsittelyyn. Sinä pidät nyt asiaa."), undo)
    return redirect(following)


@require_POST
def undo_take_in(request: HttpRequest, application_id: UUID) -> HttpResponse:
    actor, application, _following = _handled(request, application_id)
    undoing.undo_taking_in(application, by=actor)
    say(request, _("Hakemus on taas uusi. Lähettäjä pitää asiaa."))
    return redirect(_address(request, application_id))


@require_POST
def ask_referrer(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Asks the referrer and opens the next one."""
    actor, application, following = _handled(request, application_id)
    form = AskForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: reception.ask(application, by=actor, question=form.cleaned_data["question"]),
    ):
        undo = reverse("withdraw-question", args=[application_id])
        say(request, _("Kysymys lähti lähettäjälle. Kello seisoo, kunnes hän vastaa."), undo)
        return redirect(following)
    return _page(request, actor, application_id, {"ask": form, "form": form})


@require_POST
def withdraw_question(request: HttpRequest, application_id: UUID) -> HttpResponse:
    actor, application, _following = _handled(request, application_id)
    undoing.withdraw_question(application, by=actor)
    say(request, _("Kysymys on peruttu. Kello käy taas."))
    return redirect(_address(request, application_id))


@require_POST
def place(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Puts the application on an agenda and opens the next one."""
    actor, application, following = _handled(request, application_id)
    pane = _pane(actor, application_id)
    form = PlaceForm(request.POST, opened=pane)
    if form.is_valid():
        session = form.cleaned_data["session"]
        placed: list[Any] = []
        if attempt(
            form,
            lambda: placed.append(reception.place(application, by=actor, session=session)),
        ):
            item = placed[0]
            undo = reverse("remove-from-agenda", args=[session.pk, item.number])
            when = {"day": dates.day_and_time(session.starts_at)}
            say(request, _("Hakemus on esityslistalla %(day)s.") % when, undo)
            return redirect(following)
    return _page(request, actor, application_id, {"place": form, "form": form})


def forward(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Forwards to another team, after saying what goes along and who holds it then."""
    actor, application, following = _handled(request, application_id)
    form = ForwardForm(request.POST or None, application=application)
    form.readers = of_thing(actor, application)
    if request.method == "POST" and form.is_valid():
        to, reason = form.cleaned_data["team"], form.cleaned_data["reason"]
        if attempt(form, lambda: reception.forward(application, by=actor, to=to, reason=reason)):
            say(request, _("Hakemus siirtyi: %(team)s.") % {"team": to.name})
            return redirect(following)
    page = ("forward-application", _effects(request, application))
    return confirm_page(request, actor, application, page, form)


def _handled(request: HttpRequest, application_id: UUID) -> tuple[Actor, Application, str]:
    actor = acting(request)
    application = application_for(actor, application_id)
    require(is_convener(actor, application))
    following = next_of(actor, _bucket(request), application_id)
    return actor, application, _address(request, following)


def _effects(request: HttpRequest, application: Application) -> Confirmation:
    referrer = application.referrer
    return Confirmation(
        title=_("Siirrä hakemus toiseen tiimiin"),
        effects=[
            _("Mukana menevät hakemus, kysymykset ja vastaukset sekä tiimin tekemät kirjaukset."),
            _("Uuden tiimin koollekutsuja näkee hakemuksen heti. Oma tiimisi ei enää näe sitä."),
            _("Siihen asti kun uusi tiimi ottaa asian käsittelyyn, sitä pitää %(name)s, %(phone)s.")
            % {"name": referrer.user.get_full_name(), "phone": grouped(referrer.phone)},
            _("Asiakkaan luvat eivät muutu. Uusi tiimi voi joutua kysymään lupia lisää."),
        ],
        act=_("Siirrä hakemus"),
        back_url=_address(request, application.public_id),
    )


def _page(
    request: HttpRequest, actor: Actor, chosen: UUID | None, forms: Forms | None = None
) -> HttpResponse:
    listed = inbox_of(actor, _bucket(request), _number(request.GET.get("sivu", "")))
    if listed.is_empty and not convenes(actor):
        raise Http404
    entry = _entry(actor, listed, chosen)
    pane = opened(actor, entry) if entry else None
    shown = {entry.application.client_id for entry in listed.entries}
    if pane:
        shown.add(pane.application.client_id)
    if shown:
        record_read("inbox", shown, ["application"])
    context = {"inbox": listed, "pane": pane, "today": actor.today, **(forms or {})}
    context["anonymous"] = asked_of(actor)
    if pane:
        context.setdefault("place", PlaceForm(opened=pane))
        context.setdefault("ask", AskForm()).readers = of_thing(actor, pane.application)
        context["age"] = age(pane.application.client.birth_date, actor.today)
        context["organization_id"] = actor.organization_id
    return render(request, "applications/inbox.html", context)


def _entry(actor: Actor, listed: Inbox, chosen: UUID | None) -> Entry | None:
    """What is opened: the chosen one, also when it is not on this page, else the first."""
    for entry in listed.entries:
        if chosen in (None, entry.application.public_id):
            return entry
    return entry_of(actor, chosen) if chosen else None


def _pane(actor: Actor, application_id: UUID) -> Opened:
    entry = entry_of(actor, application_id)
    if entry is None:
        raise Http404
    return opened(actor, entry)


def _bucket(request: HttpRequest) -> str:
    wanted = request.GET.get("tila", "")
    return wanted if wanted in BUCKETS else ""


def _chosen(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("hakemus", ""))
    except ValueError:
        return None


def _number(typed: str) -> int:
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 6 else 1


def _address(request: HttpRequest, application_id: UUID | None) -> str:
    query = {"tila": _bucket(request), "hakemus": str(application_id) if application_id else ""}
    kept = urlencode({key: value for key, value in query.items() if value})
    return f"{reverse('inbox')}?{kept}" if kept else reverse("inbox")
