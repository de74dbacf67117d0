"""Appointments at other services: set on a step, called about, cancelled, recorded afterwards."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.audience import Audience, Kind
from rinnalla.access.bar import client_tabs, read_bar
from rinnalla.cases.access import require
from rinnalla.meetings.access import appointment_for, open_appointment
from rinnalla.meetings.forms import CancelForm
from rinnalla.meetings.forms.appointments import (
    AppointmentForm,
    EscortForm,
    HappenedForm,
    WordForm,
    typed,
)
from rinnalla.meetings.models import Appointment
from rinnalla.meetings.operations import appointments as operations
from rinnalla.meetings.queries.appointments import times_before
from rinnalla.meetings.queries.inviting import usual_way, ways_of
from rinnalla.plans.access import can_report, step_for
from rinnalla.plans.models import Step
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.saying import say


@dataclass(frozen=True)
class Visitor:
    """The reader at one step and its appointment."""

    request: HttpRequest
    actor: Actor
    step: Step
    appointment: Appointment | None = None

    def page(self, name: str, template: str, **context: Any) -> HttpResponse:
        """Leaves the row of the read and draws the page."""
        client, subject = self.step.client, ("step", self.step.pk)
        whole = {
            "identity": read_bar(self.actor, client, name, ["steps"], subject=subject),
            "tabs": client_tabs(client, name),
            "step": self.step,
            "appointment": self.appointment,
            "may_mind": can_report(self.actor, self.step),
            "back_url": self.url,
            **context,
        }
        return render(self.request, template, whole)

    @property
    def url(self) -> str:
        if self.appointment:
            return reverse("appointment", args=[self.appointment.public_id])
        return reverse("report-step", args=[self.step.public_id])

    def readers(self) -> Audience:
        return Audience(self.actor, self.step.client, Kind.TASK)


def visitor(request: HttpRequest, appointment_id: UUID) -> tuple[Visitor, Appointment]:
    """The reader and the appointment, else 404."""
    actor = acting(request)
    found = appointment_for(actor, appointment_id)
    return Visitor(request, actor, found.step, found), found


def minder(request: HttpRequest, appointment_id: UUID) -> tuple[Visitor, Appointment]:
    """The same, for whoever minds the step; seen but not one's own to mind is 403."""
    at, found = visitor(request, appointment_id)
    require(can_report(at.actor, at.step))
    return at, found


def set_appointment(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """A time for the step, or another time than the one that is to come."""
    actor = acting(request)
    step = step_for(actor, step_id)
    require(can_report(actor, step))
    before = open_appointment(step)
    ways = ways_of(step.client)
    usual = {"remind_by": usual_way(step.client, ways)}
    form = AppointmentForm(
        posted(request),
        initial=typed(before) if before else usual,
        now=actor.now,
        ways=ways,
        moves=before is not None,
    )
    at = Visitor(request, actor, step, before)
    made: list[Appointment] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            operations.set_appointment(
                step, by=actor, visit=form.visit, reason=form.cleaned_data.get("reason", "")
            )
        ),
        "on",
    ):
        undo = reverse("cancel-appointment", args=[made[0].public_id])
        if before:
            say(request, _("Aika on muutettu. Vanhat muistutukset eivät lähde."))
        else:
            say(request, _("Aika on kirjattu."), undo)
        return redirect("appointment", made[0].public_id)
    form.readers = at.readers()
    return at.page("set-appointment", "meetings/appointment_set.html", form=form)


def appointment(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """When, where, who goes along, what the client said, and the times before."""
    at, found = visitor(request, appointment_id)
    context = {
        "is_past": found.starts <= at.actor.now,
        "is_open": not found.ended_at and not found.happened,
        "before": times_before(found),
        "back_url": reverse("report-step", args=[at.step.public_id]),
    }
    return at.page("appointment", "meetings/appointment.html", **context)


def call(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """A call about the time: whether the client goes."""
    at, found = minder(request, appointment_id)
    form = WordForm(posted(request))
    if form.is_valid() and attempt(
        form,
        lambda: operations.record_word(found, by=at.actor, word=form.word),
        "says",
    ):
        say(request, _("Puhelu on kirjattu."))
        return redirect(at.url)
    form.readers = at.readers()
    return at.page("call-about-appointment", "meetings/appointment_call.html", form=form)


def escort(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Who goes along with the client."""
    at, found = minder(request, appointment_id)
    form = EscortForm(
        posted(request), initial={"escort": found.escort, "escort_words": found.escort_words}
    )
    if form.is_valid() and attempt(
        form,
        lambda: operations.arrange_escort(
            found,
            by=at.actor,
            escort=form.cleaned_data["escort"],
            words=form.cleaned_data["escort_words"],
        ),
        "escort",
    ):
        say(request, _("Saattaja on kirjattu."))
        return redirect(at.url)
    form.readers = at.readers()
    return at.page("escort", "meetings/appointment_escort.html", form=form)


def cancel(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Cancels a time to come; first what that changes."""
    at, found = minder(request, appointment_id)
    # What was recorded a moment ago and is taken back at once needs no words.
    undone = request.method == "POST" and "reason" not in request.POST
    form = CancelForm({"reason": _("kirjattiin vahingossa")} if undone else posted(request))
    if form.is_valid() and attempt(
        form,
        lambda: operations.cancel_appointment(
            found, by=at.actor, reason=form.cleaned_data["reason"]
        ),
        "reason",
    ):
        say(request, _("Aika on peruttu. Sovittu asia odottaa uutta aikaa."))
        return redirect(at.url)
    form.fields["reason"].label = _("Miksi aika perutaan")
    form.fields["reason"].help_text = ""
    form.readers = at.readers()
    return at.page("cancel-appointment", "meetings/appointment_cancel.html", form=form)


def happened(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """How it went, from its time on; what did not happen gets a new time next."""
    at, found = minder(request, appointment_id)
    initial = {"happened": found.happened, "words": found.happened_words} if found.happened else {}
    form = HappenedForm(posted(request), initial=initial)
    if form.is_valid() and attempt(
        form,
        lambda: operations.record_happened(found, by=at.actor, **form.cleaned_data),
        "happened",
    ):
        if form.cleaned_data["happened"] == Appointment.Happened.NO:
            say(request, _("Kirjattu. Sovi asiakkaan kanssa uusi aika."))
            return redirect("set-appointment", at.step.public_id)
        say(request, _("Kirjattu: aika toteutui."))
        return redirect(at.url)
    form.readers = at.readers()
    return at.page("appointment-outcome", "meetings/appointment_outcome.html", form=form)
