"""Questions about openings: the desk, one question, asking, answering, closing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rinnalla.access.acting import acting
from rinnalla.lib.days import helsinki_day
from rinnalla.officer import operations, queries, reviews
from rinnalla.officer.access import asking_for, question_for, require_officer
from rinnalla.officer.forms import AnswerForm, AskForm, CloseForm, PeriodForm
from rinnalla.ui.forms import attempt, posted


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the officer; nobody's client is named here."""
    actor = acting(request)
    require_officer(actor)
    context = {
        "open": queries.open_questions(actor),
        "closed": queries.closed_questions(actor),
        "waiting": reviews.waiting(),
        "requests": [one for one in queries.log_requests() if one.answered_at is None],
    }
    return render(request, "officer/desk.html", context)


@require_safe
def reads(request: HttpRequest) -> HttpResponse:
    """How much was read on which ground, over a period."""
    actor = acting(request)
    require_officer(actor)
    usual = {"since": actor.today.replace(day=1), "until": actor.today}
    form = PeriodForm(request.GET if request.GET else None, initial=usual)
    period = form.cleaned_data if form.is_valid() else usual
    grounds = queries.reads_by_ground(**period) if not form.errors else []
    context = {"form": form, "grounds": grounds, **period}
    return render(request, "officer/reads.html", context)


@require_safe
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question with the openings that it is about, who was asked and what they say."""
    found = question_for(acting(request), question_id)
    context = {
        "question": found,
        "opened": queries.opened_clients(found),
        "askings": queries.askings_of(found),
    }
    return render(request, "officer/question.html", context)


def ask(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Asks the worker or the manager, who sees it among their own questions."""
    actor = acting(request)
    found = question_for(actor, question_id)
    form = AskForm(queries.whom_to_ask(found), posted(request))
    if form.is_valid():
        to, words = form.member, form.cleaned_data["words"]
        if attempt(form, lambda: operations.ask(found, by=actor, to=to, words=words)):
            messages.success(request, _("Kysymys on lähetetty. Vastausaika on kolme työpäivää."))
            return redirect("officer-question", found.public_id)
    return render(request, "officer/ask.html", {"question": found, "form": form})


def close(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Closes the question with an outcome and words."""
    actor = acting(request)
    found = question_for(actor, question_id)
    form = CloseForm(posted(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: operations.close(found, by=actor, **data)):
            messages.success(request, _("Kysymys on suljettu."))
            return redirect("officer-desk")
    return render(request, "officer/close.html", {"question": found, "form": form})


@require_safe
def my_questions(request: HttpRequest) -> HttpResponse:
    """What the officer asks me."""
    actor = acting(request)
    asked = queries.asked_of_me(actor)
    return render(request, "officer/mine.html", {"askings": asked, "today": actor.today})


def answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """The question as the one who is asked sees it, and the answer."""
    actor = acting(request)
    asking = asking_for(actor, question_id)
    form = AnswerForm(posted(request))
    if form.is_valid():
        text = form.cleaned_data["text"]
        if attempt(form, lambda: operations.answer(asking, by=actor, text=text)):
            messages.success(request, _("Kiitos. Vastauksesi on lähetetty."))
            return redirect("my-questions")
    is_own = asking.question.membership_id == actor.membership_id
    opened = queries.opened_clients(asking.question) if is_own else []
    days = sorted({helsinki_day(one.at) for one in opened})
    context = {"asking": asking, "form": form, "opened": opened, "days": days}
    return render(request, "officer/answer.html", context)
