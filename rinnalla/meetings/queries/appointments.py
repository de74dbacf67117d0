"""Appointments as pages and the first page read them."""

from collections.abc import Iterable
from uuid import UUID

from rinnalla.access.actor import Actor
from rinnalla.meetings.models import Appointment
from rinnalla.plans.models import Step

ROWS = 50


def my_appointments(actor: Actor) -> list[Appointment]:
    """Those that the actor minds and nobody has recorded how they went, the first one first."""
    rows = Appointment.objects.filter(minder=actor.membership_id, ended_at=None, happened="")
    return list(rows.select_related("client", "step").order_by("starts")[:ROWS])


def times_before(appointment: Appointment) -> list[Appointment]:
    """The other times of the same step, the latest first."""
    rows = Appointment.objects.filter(step=appointment.step_id).exclude(pk=appointment.pk)
    return list(rows.select_related("set_by__user").order_by("-set_at")[:ROWS])


def of_steps(steps: Iterable[Step]) -> dict[UUID, Appointment]:
    """The appointment to come, or not yet recorded, of each step that has one."""
    rows = Appointment.objects.filter(
        step__in=[step.pk for step in steps], ended_at=None, happened=""
    )
    return {row.step_id: row for row in rows}
