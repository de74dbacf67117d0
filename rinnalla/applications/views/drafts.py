"""Writing an application with the client: begin, edit, leave, discard, send, take back."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.bar import client_tabs, read_bar
from rinnalla.applications.access import application_for, is_referrer, require
from rinnalla.applications.forms.drafts import BeginForm, DraftForm
from rinnalla.applications.models import Application, ApplicationText
from rinnalla.applications.operations import drafting
from rinnalla.applications.queries.drafts import Draft, draft_of, earlier_drafts, proposal_for
from rinnalla.applications.queries.readers import of_text
from rinnalla.applications.queries.wanted import permit_rows, team_of, viewers
from rinnalla.clients.queries import client_for
from rinnalla.lib.errors import RuleBroken
from rinnalla.permits.queries import Standing, permits_of
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation, Identity

KINDS = ["application", "permits"]
State = Application.State


def begin_application(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The team is proposed by the home municipality; the writer may choose another."""
    actor = acting(request)
    client = client_for(actor, client_id)
    proposal = proposal_for(client, actor)
    form = BeginForm(posted(request), initial={"team": proposal and proposal.team_id})
    if form.is_valid():
        application = drafting.begin(client, by=actor, team=form.cleaned_data["team"])
        return redirect("edit-application", application.public_id)
    context = {
        "identity": read_bar(actor, client, "begin-application", ["identity"]),
        "tabs": client_tabs(client, ""),
        "client": client,
        "proposal": proposal,
        "drafts": earlier_drafts(client, actor),
        "form": form,
    }
    return render(request, "applications/begin.html", context)


def edit_application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The form; its buttons say what comes after saving."""
    actor = acting(request)
    application = application_for(actor, application_id)
    require(is_referrer(actor, application))
    if application.state != State.DRAFT:
        return redirect("application", application.public_id)
    draft = draft_of(application, actor.today)
    form = DraftForm(posted(request), initial=draft.initial)
    saved = form.is_valid()
    if saved and attempt(form, lambda: _save(application, actor, form)):
        return redirect(_next_step(request, draft))
    return _edit_page(request, actor, draft, form)


@require_POST
def autosave_application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Saves what is written so far; a conflict is told, and nothing is overwritten."""
    actor = acting(request)
    application = application_for(actor, application_id)
    require(is_referrer(actor, application))
    form = DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"sentence": _("Tekstiä ei voitu tallentaa.")}, status=422)
    try:
        text = _save(application, actor, form)
    except RuleBroken as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=409)
    return JsonResponse({"version": text.version, "missing": drafting.missing(text)})


def send_application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Shows who will see it and who will not; then sends."""
    actor = acting(request)
    application = application_for(actor, application_id)
    require(is_referrer(actor, application))
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: drafting.send(application, by=actor)):
        _told_with_undo(
            request,
            _("Hakemus on lähetetty."),
            ("take-back-application", _("Ota takaisin")),
            application,
        )
        return redirect("receipt-application", application.public_id)
    team = team_of(application)
    known = permits_of(application.client, actor.today)
    rows = permit_rows(application, team, known)
    context = {
        "identity": _bar(actor, application, "send-application"),
        "application": application,
        "team": team,
        "viewers": viewers(application, team, known),
        "closed": [row for row in rows if row.wanted.seat_id and row.state != "given"],
        "readers": of_text(actor, application),
        "missing": drafting.missing(ApplicationText.objects.get(application=application)),
        "form": form,
    }
    return render(request, "applications/send.html", context)


def discard_application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Discards the draft; the message carries the undo."""
    actor = acting(request)
    application = application_for(actor, application_id)
    require(is_referrer(actor, application))
    if request.method == "POST":
        drafting.discard(application, by=actor)
        _told_with_undo(
            request,
            _("Luonnos on poistettu."),
            ("restore-application", _("Peru poisto")),
            application,
        )
        return redirect("my-applications")
    confirm = Confirmation(
        title=_("Poista luonnos"),
        effects=[_("Luonnos poistuu listoilta."), _("Sen voi palauttaa 30 päivän ajan.")],
        act=_("Poista luonnos"),
        back_url=reverse("edit-application", args=[application.public_id]),
    )
    return confirm_page(request, actor, application, ("discard-application", confirm))


def restore_application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Undoes a discard."""
    actor = acting(request)
    application = application_for(actor, application_id)
    require(is_referrer(actor, application))
    if request.method == "POST":
        drafting.restore(application, by=actor)
        messages.success(request, _("Luonnos on palautettu."))
        return redirect("edit-application", application.public_id)
    confirm = Confirmation(
        title=_("Palauta luonnos"),
        effects=[_("Luonnos palaa listallesi, ja voit jatkaa sitä.")],
        act=_("Palauta luonnos"),
        back_url=reverse("my-applications"),
    )
    return confirm_page(request, actor, application, ("restore-application", confirm))


def take_back_application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Takes a sent application back while nobody has taken it in."""
    actor = acting(request)
    application = application_for(actor, application_id)
    require(is_referrer(actor, application))
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: drafting.take_back(application, by=actor)):
        messages.success(request, _("Hakemus on taas luonnos. Tiimi ei enää näe sitä."))
        return redirect("edit-application", application.public_id)
    confirm = Confirmation(
        title=_("Ota hakemus takaisin"),
        effects=[
            _("Hakemus muuttuu luonnokseksi, jota voit muokata."),
            _("%(team)s ei enää näe sitä. Kello alkaa uudelleen, kun lähetät.")
            % {"team": application.team.name},
        ],
        act=_("Ota takaisin"),
        back_url=reverse("application", args=[application.public_id]),
    )
    return confirm_page(request, actor, application, ("take-back-application", confirm), form)


def confirm_page(
    request: HttpRequest,
    actor: Actor,
    application: Application,
    page: tuple[str, Confirmation],
    form: Form | None = None,
) -> HttpResponse:
    """A confirmation about one application, under its client's bar."""
    name, confirm = page
    shown = form if form and (form.fields or form.errors) else None
    context = {"identity": _bar(actor, application, name), "confirm": confirm, "form": shown}
    return render(request, "applications/confirm.html", context)


@transaction.atomic
def _save(application: Application, actor: Actor, form: DraftForm) -> ApplicationText:
    team = form.cleaned_data["team"]
    if team and team.pk != application.team_id:
        drafting.choose_team(application, by=actor, team=team)
    return drafting.save_text(
        application, by=actor, version=form.cleaned_data["version"], texts=form.texts()
    )


def _next_step(request: HttpRequest, draft: Draft) -> str:
    """Where the pressed button leads: a permit's form, the sending page, my list, or back here."""
    here = reverse("edit-application", args=[draft.application.public_id])
    then = request.POST.get("then", "")
    if then == "send":
        return reverse("send-application", args=[draft.application.public_id])
    if then == "leave":
        messages.success(request, _("Luonnos on tallessa. Voit jatkaa sitä täältä."))
        return reverse("my-applications")
    page, _sep, key = then.partition(" ")
    for row in draft.permits:
        if row.wanted.key == key and page in ("record-permit", "ask-permit"):
            return _permit_url(page, draft, row, here)
    messages.success(request, _("Tallennettu."))
    return here


def _permit_url(page: str, draft: Draft, row: Standing, here: str) -> str:
    wanted, asked = row.wanted, row.request
    query = QueryDict(mutable=True)
    query["next"] = f"{here}#luvat"
    if asked and page == "record-permit":
        query["request"] = str(asked.public_id)
    else:
        query["to"] = str(wanted.recipient.pk)
        if wanted.seat_id:
            query["seat"] = str(wanted.seat_id)
        else:
            query.setlist("unit", [str(unit.pk) for unit in wanted.units])
    url = reverse(page, args=[draft.application.client.public_id])
    return f"{url}?{query.urlencode()}"


def _edit_page(request: HttpRequest, actor: Actor, draft: Draft, form: DraftForm) -> HttpResponse:
    application = draft.application
    form.readers = of_text(actor, application)
    context = {
        "identity": _bar(actor, application, "edit-application"),
        "application": application,
        "draft": draft,
        "missing": drafting.missing(draft.text),
        "form": form,
    }
    return render(request, "applications/edit.html", context)


def _bar(actor: Actor, application: Application, page: str) -> Identity:
    return read_bar(actor, application.client, page, KINDS, subject=("application", application.pk))


def _told_with_undo(
    request: HttpRequest, sentence: str, undo: tuple[str, str], application: Application
) -> None:
    name, label = undo
    url = reverse(name, args=[application.public_id])
    messages.success(request, format_html('{} <a href="{}">{}</a>', sentence, url, label))
