"""How a case stands: its people, the client's words, and what comes next."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, FilteredRelation, Prefetch, Q, QuerySet

from rinnalla.access.actor import Actor
from rinnalla.access.models import MyCircle
from rinnalla.cases.models import (
    Assignment,
    Case,
    CaseAnswer,
    ContactWay,
    Cover,
    Proposal,
    ServicePackage,
    TeamPlace,
)

ROWS = 100


@dataclass(frozen=True)
class Standing:
    """One case as the reader may read it."""

    case: Case
    proposals: list[Proposal]
    answers: list[CaseAnswer]
    assignments: list[Assignment]
    team: list[TeamPlace]
    covers: list[Cover]
    contact: ContactWay | None
    packages: list[ServicePackage]
    others: list[Case]

    @property
    def workers(self) -> list[Assignment]:
        """The responsible workers now, the first contact first."""
        found = [one for one in self.assignments if one.is_open]
        return sorted(found, key=lambda one: not one.is_first_contact)

    @property
    def asked(self) -> list[Assignment]:
        """Who has been asked and has not answered."""
        return [
            one
            for one in self.assignments
            if not (one.accepted_at or one.declined_at or one.ended_at)
        ]

    @property
    def declined(self) -> Assignment | None:
        """The last one who said no, while nobody has been asked after that."""
        answered = [one for one in self.assignments if one.declined_at]
        last = max(answered, key=lambda one: one.asked_at, default=None)
        later = [one for one in self.assignments if last and one.asked_at > last.asked_at]
        return None if later else last

    @property
    def answer(self) -> CaseAnswer | None:
        """What the client answered last."""
        return self.answers[-1] if self.answers else None

    @property
    def words(self) -> CaseAnswer | None:
        """The last answer that has the client's own words in it."""
        return next((one for one in reversed(self.answers) if one.words), None)

    @property
    def wish(self) -> str:
        """For whom the client last wished."""
        return next((one.wish for one in reversed(self.answers) if one.wish), "")

    @property
    def package(self) -> ServicePackage | None:
        """The package that is agreed now."""
        return next((one for one in self.packages if one.ended_at is None), None)

    @property
    def is_held(self) -> bool:
        return self.case.state in Case.HELD

    def is_worked_by(self, actor: Actor) -> bool:
        """The actor is one of the responsible workers."""
        return any(one.membership_id == actor.membership_id for one in self.workers)

    def is_covered_by(self, actor: Actor) -> bool:
        """The actor covers for a worker today."""
        me, today = actor.membership_id, actor.today
        return any(one.membership_id == me and one.begins <= today for one in self.covers)

    def asks(self, actor: Actor) -> Assignment | None:
        """What the actor is asked."""
        return next((one for one in self.asked if one.membership_id == actor.membership_id), None)


def standing(case: Case, today: date) -> Standing:
    """The whole case in a fixed number of statements; covers that are over are left out."""
    part = {"case": case}
    people = ("membership__user", "membership__unit__organization")
    others = Case.objects.filter(joint=case.joint, state__in=Case.OPEN).exclude(pk=case.pk)
    return Standing(
        case,
        list(Proposal.objects.filter(**part).select_related("proposed_by__user").order_by("pk")),
        list(CaseAnswer.objects.filter(**part).select_related("recorded_by__user").order_by("pk")),
        list(
            Assignment.objects.filter(**part)
            .select_related(*people, "asked_by__user")
            .order_by("asked_at", "pk")
        ),
        list(
            TeamPlace.objects.filter(**part, ended_at=None)
            .select_related(*people, "added_by__user")
            .order_by("began_at")
        ),
        list(
            Cover.objects.filter(**part, ended_at=None, ends__gte=today)
            .select_related("membership__user", "membership__unit")
            .order_by("begins")
        ),
        contact_now(case),
        packages_of(case),
        list(others.select_related("client").order_by("pk")),
    )


def contact_now(case: Case) -> ContactWay | None:
    """How the client reaches the worker, as agreed last."""
    return ContactWay.objects.filter(case=case, ended_at=None).first()


def packages_of(case: Case) -> list[ServicePackage]:
    """What was agreed of services for a fixed time, the newest first; at most one is open."""
    rows = ServicePackage.objects.filter(case=case).select_related("recorded_by__user")
    return list(rows.order_by("-recorded_at", "-pk")[:ROWS])


def cases_of(client: UUID) -> list[Case]:
    """The client's cases that the actor may see, the newest first; a "no" leaves none behind."""
    rows = Case.objects.filter(client=client).exclude(state=Case.State.DECLINED)
    return list(rows.order_by("-proposed_at"))


@dataclass(frozen=True)
class Look:
    """When the agreed services are looked at, and when they end."""

    on: date
    ends: date


def _with_workers(rows: QuerySet[Case]) -> QuerySet[Case]:
    people = Assignment.objects.select_related("membership__user").order_by("asked_at")
    agreed = FilteredRelation("servicepackages", condition=Q(servicepackages__ended_at=None))
    return (
        rows.select_related("client", "holder__user")
        .prefetch_related(Prefetch("assignments", people, "people"))
        .annotate(package=agreed, look_on=F("package__check_on"), ends=F("package__ends"))
    )


def _people(case: Case) -> list[Assignment]:
    """Everybody who was asked, as `_with_workers` read them."""
    found: list[Assignment] = vars(case)["people"]
    return found


def _now(case: Case) -> list[Assignment]:
    """Who is asked or works."""
    return [one for one in _people(case) if not (one.declined_at or one.ended_at)]


def _look(case: Case) -> Look | None:
    """The days of what is agreed, as `_with_workers` read them."""
    on, ends = vars(case)["look_on"], vars(case)["ends"]
    return Look(on, ends) if on and ends else None


def _last_refusal(case: Case) -> Assignment | None:
    declined = [one for one in _people(case) if one.declined_at]
    return declined[-1] if declined else None


@dataclass(frozen=True)
class Mine:
    """A case that is the actor's to carry, that the actor is asked to, or takes part in."""

    case: Case
    holds: bool
    assignment: Assignment | None  # The actor's own, asked or open.
    look: Look | None
    declined: Assignment | None
    ask_again_on: date | None

    @property
    def is_asked(self) -> bool:
        return self.assignment is not None and not self.assignment.is_open

    @property
    def is_without_worker(self) -> bool:
        """The client said yes and nobody is named, or the client's word on the one is missing."""
        if self.assignment is None:
            return self.holds and self.case.state == Case.State.AGREED
        mine = self.assignment
        return mine.is_open and (mine.is_interim or mine.agreed_on is None)

    @property
    def worker(self) -> Assignment | None:
        """The first contact now."""
        return next((one for one in _now(self.case) if one.is_open and one.is_first_contact), None)

    @property
    def waits_for(self) -> Assignment | None:
        """Who has been asked and has not answered."""
        return next((one for one in _now(self.case) if not one.is_open), None)


def my_cases(actor: Actor) -> list[Mine]:
    """Cases that the actor holds, is asked for, works in, covers or belongs to the own team of;
    without a worker first."""
    me = actor.membership_id
    things = MyCircle.objects.filter(thing__isnull=False).values("thing")
    rows = _with_workers(Case.objects.filter(pk__in=things, state__in=Case.OPEN))
    found = []
    for row in rows.prefetch_related("caseanswers").order_by("proposed_at")[:ROWS]:
        answers = sorted(row.caseanswers.all(), key=lambda one: one.recorded_at)
        found.append(
            Mine(
                row,
                row.state in Case.HELD and row.holder_id == me,
                next((one for one in _now(row) if one.membership_id == me), None),
                _look(row),
                _last_refusal(row),
                answers[-1].ask_again_on if answers else None,
            )
        )
    return sorted(found, key=lambda one: (not one.is_without_worker, not one.is_asked))
