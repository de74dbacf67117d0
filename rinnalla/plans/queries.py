"""Steps as their people read them: by day, late ones first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.plans.models import Step, StepReport, Watch

ROWS = 100


@dataclass(frozen=True)
class StepLine:
    """A step: what, by whom, by when, how it goes, and what was last told of it."""

    step: Step
    owner: str
    days_late: int
    last: StepReport | None

    @property
    def shape(self) -> str:
        """How a list draws it: open, half or done."""
        return {"started": "half", "done": "done"}.get(self.step.state, "open")

    @property
    def tag(self) -> str:
        """The kind of the tag that carries its day or state."""
        if self.step.state == Step.State.DONE:
            return "ok"
        return "late" if self.days_late else "calm"

    @property
    def watched(self) -> Watch | None:
        """The end that the step looks at, if it was booked for one that is in force."""
        watch: Watch | None = getattr(self.step, "watch", None)
        return watch if watch and watch.in_force else None

    @property
    def is_over(self) -> bool:
        return self.step.state not in Step.IN_FORCE


def my_steps(actor: Actor) -> list[StepLine]:
    """Steps in force that the actor owns or watches, the oldest day first."""
    mine = Q(owner=actor.membership_id) | Q(watcher=actor.membership_id)
    steps = Step.objects.filter(mine, state__in=Step.IN_FORCE).order_by("due", "pk")
    return step_lines(with_people(steps)[:ROWS], actor.today)


def step_lines(steps: Iterable[Step], today: date) -> list[StepLine]:
    """Lines of steps that were read with their people and reports."""
    return [step_line(step, today) for step in steps]


def step_line(step: Step, today: date) -> StepLine:
    """One line; a step in force is late when its day has gone."""
    late = max((today - step.due).days, 0) if step.state in Step.IN_FORCE else 0
    reports = list(step.reports.all())
    return StepLine(step, _owner(step), late, reports[-1] if reports else None)


def with_people(steps: QuerySet[Step]) -> QuerySet[Step]:
    """The steps with their owner, watcher, client and reports, in two statements."""
    reports = StepReport.objects.select_related("membership__user").order_by("at")
    people = ("client", "owner__user", "watcher__user", "watch__case")
    return steps.select_related(*people).prefetch_related(Prefetch("reports", reports))


def _owner(step: Step) -> str:
    if step.owner:
        return f"{step.owner.user.get_full_name()}, {step.owner.title}"
    if step.owner_client_id:
        return _("asiakas")
    return step.owner_contact
