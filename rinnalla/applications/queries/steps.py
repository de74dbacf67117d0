"""The steps of a matter's recommendations."""

from datetime import date

from rinnalla.applications.models import Application
from rinnalla.plans.models import Step
from rinnalla.plans.queries import StepLine, step_lines, with_people


def open_steps_of(application: Application) -> list[StepLine]:
    """Steps still in force that belong to the matter."""
    steps = Step.objects.filter(
        outcome_link__application=application, state__in=Step.IN_FORCE
    ).order_by("due", "pk")
    return step_lines(with_people(steps), date.min)
