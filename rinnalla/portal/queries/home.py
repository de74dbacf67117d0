"""The first page's answers: who is my person, what is the number, what happens next."""

from dataclasses import dataclass
from datetime import date, datetime

from rinnalla.access.models import ClientAccount
from rinnalla.access.portal_actor import PortalActor
from rinnalla.applications.models import AgendaItem, Application
from rinnalla.organizations.models import Membership
from rinnalla.permits.models import PermitRequest
from rinnalla.plans.models import Step

State = Application.State
OVER = (State.ENDED, State.DISCARDED)
SHOWN = 3


@dataclass(frozen=True)
class Person:
    """Who holds my matter, or else who opened this page with me."""

    first_name: str
    name: str
    title: str
    where: str
    phone: str
    holds: bool


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

    @property
    def first(self) -> Promise | None:
        """What comes next of the things agreed."""
        return self.promises[0] if self.promises else None


def front_page(actor: PortalActor) -> Front:
    """What the first page says, in a fixed number of statements."""
    return Front(
        _person(actor),
        _session(actor),
        [_promise(step) for step in _steps(actor)],
        PermitRequest.objects.filter(client=actor.client_id, answer="").count(),
    )


def _person(actor: PortalActor) -> Person | None:
    rows = Application.objects.filter(client=actor.client_id).exclude(state__in=OVER)
    people = rows.select_related("holder__user", "holder__unit")
    matter = people.order_by("sent_at", "created_at").last()
    if matter is not None:
        return _as_person(matter.holder, holds=True)
    accounts = ClientAccount.objects.filter(client=actor.client_id, ended_at=None)
    account = accounts.select_related("enrolled_by__user", "enrolled_by__unit").first()
    return _as_person(account.enrolled_by, holds=False) if account else None


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
    rows = Step.objects.filter(client=actor.client_id, state__in=Step.IN_FORCE)
    return list(rows.select_related("owner__user").order_by("due", "pk")[:SHOWN])


def _promise(step: Step) -> Promise:
    who = step.owner.user.get_full_name() if step.owner else step.owner_contact
    return Promise(step.owner_client_id is not None, who, step.text, step.due)
