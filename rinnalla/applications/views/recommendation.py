"""A recommendation as the referrer takes it on: accept, decline, tell, end, open again."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.bar import read_bar
from rinnalla.applications.access import (
    application_for,
    is_referrer,
    outcome_for,
    require,
)
from rinnalla.applications.forms.recommendation import DeclineForm, EndForm, TellForm
from rinnalla.applications.models import Outcome
from rinnalla.applications.operations import outcome as acts
from rinnalla.applications.queries.beginning import joint_of
from rinnalla.applications.queries.readers import of_part
from rinnalla.applications.queries.recommendation import recommendation
from rinnalla.applications.queries.steps import open_steps_of
from rinnalla.applications.views.drafts import confirm_page
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation


def outcome(request: HttpRequest, outcome_id: UUID) -> HttpResponse:
    """The recommendation; the referrer's acts are there for the referrer only."""
    actor = acting(request)
    found = outcome_for(actor, outcome_id)
    return _page(request, actor, found, TellForm(initial={"told_on": actor.today}))


def accept_outcome(request: HttpRequest, outcome_id: UUID) -> HttpResponse:
    """The referrer takes the recommendation on."""
    actor = acting(request)
    found = outcome_for(actor, outcome_id)
    require(is_referrer(actor, found.application))
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: acts.accept(found, by=actor)):
        messages.success(request, _("Otit suosituksen hoidettavaksi. Kerro siitä asiakkaalle."))
        return redirect("outcome", found.public_id)
    confirm = Confirmation(
        title=_("Vie suositus eteenpäin"),
        effects=[
            _("Sinä pidät asiaa tästä lähtien, ja nimesi näkyy kaikille osallisille."),
            _("Kerrot suosituksesta asiakkaalle ja autat häntä hakemaan palvelua."),
            _("Tiimi näkee, miten vaiheet etenevät."),
        ],
        act=_("Vien eteenpäin"),
        back_url=_url(found),
    )
    return confirm_page(request, actor, found.application, ("accept-outcome", confirm), form)


def decline_outcome(request: HttpRequest, outcome_id: UUID) -> HttpResponse:
    """Back to the convener with a reason."""
    actor = acting(request)
    found = outcome_for(actor, outcome_id)
    require(is_referrer(actor, found.application))
    form = DeclineForm(posted(request))
    form.readers = of_part(actor, found.application)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: acts.decline(found, by=actor, reason=reason)):
            messages.success(request, _("Suositus on palautettu koollekutsujalle."))
            return redirect("application", found.application.public_id)
    convener = found.application.team.convener
    confirm = Confirmation(
        title=_("Palauta suositus tiimille"),
        effects=[
            _("Asia palaa koollekutsujalle: %(name)s.") % {"name": convener.user.get_full_name()},
            _("Suosituksen vaiheet päättyvät."),
            _("Tiimi näkee syyn, jonka kirjoitat."),
        ],
        act=_("Palauta tiimille"),
        back_url=_url(found),
    )
    return confirm_page(request, actor, found.application, ("decline-outcome", confirm), form)


def tell_client(request: HttpRequest, outcome_id: UUID) -> HttpResponse:
    """Records when and how the client was told."""
    actor = acting(request)
    found = outcome_for(actor, outcome_id)
    require(is_referrer(actor, found.application))
    form = TellForm(posted(request), initial={"told_on": actor.today})
    if form.is_valid():
        told = form.cleaned_data
        if attempt(form, lambda: acts.tell_client(found, by=actor, **told)):
            messages.success(request, _("Kirjattu: asiakas tietää suosituksesta."))
            return redirect("outcome", found.public_id)
    return _page(request, actor, found, form)


def end_application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Lists the loose ends, then ends the matter with what came of it."""
    actor = acting(request)
    found = application_for(actor, application_id)
    require(is_referrer(actor, found))
    form = EndForm(posted(request))
    form.readers = of_part(actor, found)
    if form.is_valid():
        came = form.cleaned_data["what_came"]
        if attempt(form, lambda: acts.end(found, by=actor, what_came=came)):
            undo = reverse("reopen-application", args=[found.public_id])
            messages.success(
                request,
                format_html(
                    '{} <a href="{}">{}</a>', _("Asia on päättynyt."), undo, _("Avaa uudelleen")
                ),
            )
            return redirect("application", found.public_id)
    steps = open_steps_of(found)
    confirm = Confirmation(
        title=_("Päätä asia"),
        effects=[
            *(
                _("Vaihe jää tekemättä: %(step)s (%(owner)s).")
                % {"step": line.step.text, "owner": line.owner}
                for line in steps
            ),
            _("Tiimi näkee, mitä asiasta seurasi. Asia poistuu listoilta 30 päivän päästä."),
        ],
        act=_("Päätä asia"),
        back_url=reverse("application", args=[found.public_id]),
    )
    return confirm_page(request, actor, found, ("end-application", confirm), form)


def reopen_application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Undoes an ending."""
    actor = acting(request)
    found = application_for(actor, application_id)
    require(is_referrer(actor, found))
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: acts.reopen(found, by=actor)):
        messages.success(request, _("Asia on taas auki, ja sinä pidät sitä."))
        return redirect("application", found.public_id)
    confirm = Confirmation(
        title=_("Avaa asia uudelleen"),
        effects=[_("Asia on taas auki, ja sinä pidät sitä.")],
        act=_("Avaa uudelleen"),
        back_url=reverse("application", args=[found.public_id]),
    )
    return confirm_page(request, actor, found, ("reopen-application", confirm), form)


def _page(request: HttpRequest, actor: Actor, found: Outcome, form: TellForm) -> HttpResponse:
    application = found.application
    form.readers = of_part(actor, application)
    context = {
        "identity": read_bar(
            actor,
            found.client,
            "outcome",
            ["outcome", "steps"],
            subject=("outcome", found.pk),
            holder=application.holder,
        ),
        "recommendation": recommendation(found, actor.today),
        "outcome": found,
        "application": application,
        "is_referrer": is_referrer(actor, application),
        "actor": actor,
        "joint": joint_of(application, actor),
        "form": form,
    }
    return render(request, "applications/outcome.html", context)


def _url(found: Outcome) -> str:
    return reverse("outcome", args=[found.public_id])
