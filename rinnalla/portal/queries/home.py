"""The first page's answers: who is my person, what is the number, what happens next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Subquery

from rinnalla.access.models import ClientAccount
from rinnalla.access.portal_actor import PortalActor
from rinnalla.applications.models import (
    AgendaItem,
    Application,
    ClockPause,
    InformationRequest,
)
from rinnalla.applications.queries.clocks import Clocks, Stopping, clocks
from rinnalla.cases.models import Case
from rinnalla.meetings.models import AgreedThing, Appointment, Meeting, MeetingTime
from rinnalla.organizations.models import Membership
from rinnalla.permits.models import PermitRequest
from rinnalla.plans.models import Step

State = Application.State
OVER = (State.ENDED, State.DISCARDED)
SHOWN = 3
KEPT = timedelta(days=60)


@dataclass(frozen=True)
class Away:
    """When my person is away, and who answers then."""

    begins: date
    ends: date
    name: str
    phone: str


@dataclass(frozen=True)
class Agreed:
    """The services agreed for a fixed time: what, until when, and when we look at them."""

    text: str
    ends: date
    check_on: date | None


@dataclass(frozen=True)
class Person:
    """My responsible worker, or else who holds my matter or opened this page with me."""

    first_name: str
    name: str
    title: str
    where: str
    phone: str
    holds: bool
    is_worker: bool = False
    hours: str = ""
    ways: str = ""
    covers: Sequence[Away] = ()
    package: Agreed | None = None


@dataclass(frozen=True)
class Promise:
    """One thing that was agreed: mine, a person's, or another party's."""

    is_mine: bool
    who: str
    text: str
    due: date


@dataclass(frozen=True)
class Front:
    """All of the first page."""

    person: Person | None
    session: datetime | None
    promises: list[Promise]
    asked: int
    coming: Meeting | None
    meeting_time: MeetingTime | None
    held: Meeting | None
    visits: list[Appointment]
    clocks: Clocks | None
    sought: Meeting | None

    @property
    def visit(self) -> Appointment | None:
        """The next appointment, if it comes before the meeting."""
        first = self.visits[0] if self.visits else None
        later = self.meeting_time and first and self.meeting_time.starts < first.starts
        return None if later else first

    @property
    def first(self) -> Promise | None:
        """What comes next of the things agreed."""
        return self.promises[0] if self.promises else None


def front_page(actor: PortalActor) -> Front:
    """What the first page says, in a fixed number of statements."""
    time = _meeting_time(actor)
    return Front(
        _person(actor),
        _session(actor),
        [_promise(step) for step in _steps(actor)],
        PermitRequest.objects.filter(client=actor.client_id, answer="").count(),
        time.meeting if time else None,
        time,
        _held(actor),
        _visits(actor),
        _clocks(actor),
        Meeting.objects.filter(client=actor.client_id, state="seeking").first(),
    )


def _meeting_time(actor: PortalActor) -> MeetingTime | None:
    """The next meeting to come."""
    rows = MeetingTime.objects.filter(
        client=actor.client_id, ended_at=None, ends__gte=actor.now, meeting__state="planned"
    )
    return rows.select_related("meeting").order_by("starts").first()


def _clocks(actor: PortalActor) -> Clocks | None:
    """The two promised clocks of the last matter, until both promises have been kept."""
    sent = Application.objects.filter(client=actor.client_id).exclude(
        state__in=(*OVER, State.DRAFT)
    )
    matter = sent.select_related("team").order_by("sent_at").last()
    if matter is None:
        return None
    of = {"application": matter}
    stopped_by: list[Stopping] = [
        *InformationRequest.objects.filter(**of),
        *ClockPause.objects.filter(**of),
    ]
    found = clocks(matter, stopped_by, actor.today)
    return found if found.running else None


def _visits(actor: PortalActor) -> list[Appointment]:
    """Appointments at other services that are to come."""
    rows = Appointment.objects.filter(
        client=actor.client_id, ended_at=None, happened="", starts__gte=actor.now
    )
    return list(rows.order_by("starts")[:SHOWN])


def _held(actor: PortalActor) -> Meeting | None:
    """The last meeting of which something was agreed, for a while after it."""
    since = actor.now - KEPT
    rows = Meeting.objects.filter(client=actor.client_id, state="held", ended_at__gte=since)
    return rows.order_by("ended_at").last()


def _person(actor: PortalActor) -> Person | None:
    """The responsible worker, else who holds the case or the matter, else who opened this page."""
    cases = Case.objects.filter(client=actor.client_id, state__in=Case.OPEN)
    case = cases.select_related(*_PEOPLE).order_by("proposed_at").last()
    if case is not None:
        return _of_case(case, actor.today)
    rows = Application.objects.filter(client=actor.client_id).exclude(state__in=OVER)
    people = rows.select_related("holder__user", "holder__unit")
    matter = people.order_by("sent_at", "created_at").last()
    if matter is not None:
        return _as_person(matter.holder, holds=True)
    accounts = ClientAccount.objects.filter(client=actor.client_id, ended_at=None)
    account = accounts.select_related("enrolled_by__user", "enrolled_by__unit").first()
    return _as_person(account.enrolled_by, holds=False) if account else None


_PEOPLE = ("worker__membership__user", "worker__membership__unit", "holder__user", "holder__unit")


def _of_case(case: Case, today: date) -> Person:
    if case.worker is None:
        return _as_person(case.holder, holds=True)
    person = _as_person(case.worker.membership, holds=True)
    way = case.contactways.filter(ended_at=None).first()
    cover = (
        case.covers.filter(ended_at=None, ends__gte=today)
        .select_related("membership__user")
        .order_by("begins")
    )
    return replace(
        person,
        is_worker=True,
        phone=way.phone if way else person.phone,
        hours=way.hours if way else "",
        ways=way.ways if way else "",
        covers=[
            Away(one.begins, one.ends, one.membership.user.get_full_name(), one.membership.phone)
            for one in cover
        ],
        package=_package(case, today),
    )


def _package(case: Case, today: date) -> Agreed | None:
    """While it lasts; a day to look at it only while that is to come."""
    found = case.servicepackages.filter(ended_at=None, ends__gte=today).first()
    if found is None:
        return None
    return Agreed(found.text, found.ends, found.check_on if found.check_on >= today else None)


def _as_person(member: Membership, *, holds: bool) -> Person:
    return Person(
        first_name=member.user.first_name,
        name=member.user.get_full_name(),
        title=member.title,
        where=member.unit.name,
        phone=member.phone,
        holds=holds,
    )


def _session(actor: PortalActor) -> datetime | None:
    """When a team thinks about the matter, if that is to come."""
    rows = AgendaItem.objects.filter(
        client=actor.client_id, removed_at=None, handled_at=None, session__starts_at__gte=actor.now
    )
    return rows.order_by("session__starts_at").values_list("session__starts_at", flat=True).first()


def _steps(actor: PortalActor) -> list[Step]:
    said = AgreedThing.objects.filter(step=OuterRef("pk")).values("words")[:1]
    # The look at the services has a sentence of its own.
    rows = Step.objects.filter(client=actor.client_id, state__in=Step.IN_FORCE, watch=None)
    rows = rows.annotate(words=Subquery(said))
    return list(rows.select_related("owner__user").order_by("due", "pk")[:SHOWN])


def _promise(step: Step) -> Promise:
    """In the client's sentence, where one was agreed in a meeting."""
    who = step.owner.user.get_full_name() if step.owner else step.owner_contact
    text = vars(step)["words"] or step.text
    return Promise(step.owner_client_id is not None, who, text, step.due)
