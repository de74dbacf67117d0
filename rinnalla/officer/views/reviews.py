"""Openings by law to review, and clients' inquiries to answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rinnalla.access.acting import acting
from rinnalla.access.law import review_law_opening
from rinnalla.officer import reviews
from rinnalla.officer.access import require_officer
from rinnalla.officer.forms import InquiryAnswerForm, ReviewForm
from rinnalla.officer.wording import what
from rinnalla.ui.forms import attempt, posted


@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """Openings by law and in emergencies, those without a review first; no client is named."""
    actor = acting(request)
    require_officer(actor)
    return render(request, "officer/openings.html", {"openings": reviews.openings(actor)})


def opening(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """One opening, and its review by the officer, who cannot be the one who opened."""
    actor = acting(request)
    require_officer(actor)
    form = ReviewForm(posted(request))
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: review_law_opening(opening_id, by=actor, **data)):
            messages.success(request, _("Arvio on kirjattu."))
            return redirect("law-openings")
    shown = reviews.opening_of(opening_id)
    if shown is None:
        raise Http404
    return render(request, "officer/opening.html", {"shown": shown, "form": form})


@require_safe
def inquiries(request: HttpRequest) -> HttpResponse:
    """What clients ask about their log; nobody is named here."""
    actor = acting(request)
    require_officer(actor)
    context = {"inquiries": reviews.inquiries(), "today": actor.today}
    return render(request, "officer/inquiries.html", context)


def inquiry(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """One inquiry, the row that it is about, and the answer."""
    actor = acting(request)
    require_officer(actor)
    form = InquiryAnswerForm(posted(request))
    if form.is_valid():
        text = form.cleaned_data["text"]
        if attempt(form, lambda: reviews.answer_inquiry(inquiry_id, by=actor, text=text)):
            messages.success(request, _("Vastaus on lähetetty asiakkaalle."))
            return redirect("officer-inquiries")
    shown = reviews.inquiry_of(inquiry_id)
    if shown is None:
        raise Http404
    context = {"shown": shown, "form": form, "what": what(shown.kind)}
    return render(request, "officer/inquiry.html", context)
