"""A recommendation as its readers see it: what, why, by whom decided, and how its steps go."""

from dataclasses import dataclass
from datetime import date

from rinnalla.applications.models import Outcome, OutcomeAnswer, Telling
from rinnalla.plans.models import Step
from rinnalla.plans.queries import StepLine, step_lines, with_people


@dataclass(frozen=True)
class Recommendation:
    """The outcome with its steps, the referrer's answer, and when the client was told."""

    outcome: Outcome
    steps: list[StepLine]
    answer: OutcomeAnswer | None
    tellings: list[Telling]

    @property
    def open_steps(self) -> list[StepLine]:
        return [line for line in self.steps if not line.is_over]

    @property
    def late(self) -> int:
        return sum(1 for line in self.steps if line.days_late)


def recommendation(outcome: Outcome, today: date) -> Recommendation:
    """The recommendation as far as its reader may see it."""
    steps = Step.objects.filter(outcome_link__outcome=outcome).order_by("due", "pk")
    answers = OutcomeAnswer.objects.filter(outcome=outcome).select_related("answered_by__user")
    tellings = Telling.objects.filter(outcome=outcome).select_related("told_by__user")
    return Recommendation(
        outcome,
        step_lines(with_people(steps), today),
        answers.first(),
        list(tellings.order_by("-recorded_at")),
    )
