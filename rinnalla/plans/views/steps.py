"""The steps that I own or watch, and telling how one goes."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.access.audience import Audience, Kind
from rinnalla.access.bar import read_bar
from rinnalla.access.recording import record_read
from rinnalla.plans.access import can_report, step_for
from rinnalla.plans.forms import ReportForm
from rinnalla.plans.models import Step
from rinnalla.plans.operations import steps as operations
from rinnalla.plans.queries import my_steps as steps_of_mine
from rinnalla.plans.queries import step_line
from rinnalla.ui.forms import attempt, posted


def my_steps(request: HttpRequest) -> HttpResponse:
    """By day, late ones first, each told of in its row."""
    actor = acting(request)
    lines = steps_of_mine(actor)
    if lines:
        record_read("my-steps", {line.step.client_id for line in lines}, ["steps"])
    context = {
        "late": [line for line in lines if line.days_late],
        "coming": [line for line in lines if not line.days_late],
    }
    return render(request, "plans/mine.html", context)


def report_step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """A step's own page, with what has been told of it and the form."""
    actor = acting(request)
    step = step_for(actor, step_id)
    if not can_report(actor, step):
        raise PermissionDenied
    form = ReportForm(posted(request), initial={"state": step.state, "due": step.due})
    form.readers = Audience(actor, step.client, Kind.CONTENT)
    if form.is_valid():
        told = form.cleaned_data
        if attempt(form, lambda: operations.report_step(step, by=actor, **told)):
            _say(request, step, told["state"])
            return redirect(_way_back(request))
    context = {
        "identity": read_bar(
            actor, step.client, "report-step", ["steps"], subject=("step", step.pk)
        ),
        "line": step_line(step, actor.today),
        "reports": step.reports.select_related("membership__user").order_by("-at"),
        "form": form,
        "back_url": _way_back(request),
    }
    return render(request, "plans/report.html", context)


def _say(request: HttpRequest, step: Step, state: str) -> None:
    messages.success(
        request,
        format_html(
            '{} <a href="{}">{}</a>',
            _("Kirjattu: %(state)s.") % {"state": Step.State(state).label},
            f"{reverse('report-step', args=[step.public_id])}?next={_way_back(request)}",
            _("Muuta"),
        ),
    )


def _way_back(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("my-steps")
