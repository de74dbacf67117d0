"""One matter for whoever may see it, its receipt, and the answer to the team's question."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.bar import read_bar
from rinnalla.applications.access import (
    application_for,
    is_convener,
    is_referrer,
    require,
)
from rinnalla.applications.forms.drafts import AnswerForm
from rinnalla.applications.models import Application
from rinnalla.applications.operations import reception
from rinnalla.applications.queries.beginning import joint_of
from rinnalla.applications.queries.joining import also_mine
from rinnalla.applications.queries.matter import Matter, matter, text_of
from rinnalla.applications.queries.readers import of_part, of_text
from rinnalla.applications.queries.receipt import answer_by
from rinnalla.permits.queries import permits_of
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Identity

KINDS = ["application", "permits"]


def application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The matter: state, holder and clocks to all in its circle, the rest by what each may read."""
    actor = acting(request)
    found = application_for(actor, application_id)
    shown = matter(found, actor.today)
    context = {
        "identity": _bar(actor, found, "application"),
        "matter": shown,
        "application": found,
        "text": shown.text,
        "clocks": shown.clocks,
        "history": shown.history,
        "permits": permits_of(found.client, actor.today),
        "is_referrer": is_referrer(actor, found),
        "is_convener": is_convener(actor, found),
        "may_pause": is_convener(actor, found) or is_referrer(actor, found),
        "also_mine": also_mine(found, actor.membership_id),
        "joint": joint_of(found, actor),
    }
    return render(request, "applications/application.html", context)


def receipt_application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The client's receipt: whom to call, what happens next, and by which day."""
    actor = acting(request)
    found = application_for(actor, application_id)
    require(is_referrer(actor, found))
    if found.sent_at is None or found.state == Application.State.DRAFT:
        return redirect("edit-application", found.public_id)
    context = {
        "identity": _bar(actor, found, "receipt-application"),
        "application": found,
        "answer_by": answer_by(found),
        "readers": of_text(actor, found),
        "text": text_of(found),
        "permits": permits_of(found.client, actor.today),
    }
    return render(request, "applications/receipt.html", context)


def answer_application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The referrer's answer; the clock goes on."""
    actor = acting(request)
    found = application_for(actor, application_id)
    require(is_referrer(actor, found))
    form = AnswerForm(posted(request))
    form.readers = of_part(actor, found)
    sent = form.is_valid()
    if sent and attempt(form, lambda: reception.answer(found, by=actor, **form.cleaned_data)):
        messages.success(request, _("Vastaus on lähetetty tiimille. Kello jatkui."))
        return redirect("application", found.public_id)
    shown: Matter = matter(found, actor.today)
    context = {
        "identity": _bar(actor, found, "answer-application"),
        "matter": shown,
        "application": found,
        "form": form,
    }
    return render(request, "applications/answer.html", context)


def _bar(actor: Actor, found: Application, page: str) -> Identity:
    return read_bar(
        actor, found.client, page, KINDS, subject=("application", found.pk), holder=found.holder
    )
