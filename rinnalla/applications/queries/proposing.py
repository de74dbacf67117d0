"""What an outcome is proposed from: services, owners of steps, the network of the case."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications.access import audience
from rinnalla.applications.models import Application
from rinnalla.applications.queries.case import Case
from rinnalla.applications.queries.fit import Service, services_on
from rinnalla.organizations.models import Membership
from rinnalla.services.models import CatalogueService, StepTemplate


@dataclass(frozen=True)
class Services:
    """Those fitting and not known to be used, by what the reader may read, and the rest."""

    fitting: list[Service]
    others: list[Service]

    def why(self, code: str) -> str:
        """Why the service fits, in the catalogue's words; empty when it is not known to."""
        return next((service.why for service in self.fitting if service.code == code), "")


def services_for(shown: Case, today: date) -> Services:
    """From the grid's row of what is not known to be used."""
    row = next(row for row in shown.grid.rows if row.key == "unused")
    fitting = {service.code: service for cell in row.cells for service in cell.services}
    others = [service for service in services_on(today) if service.code not in fitting]
    return Services(list(fitting.values()), others)


def service_by_code(code: str) -> CatalogueService | None:
    """The catalogue's service with its template."""
    found = CatalogueService.objects.select_related("decided_by").prefetch_related("steps")
    return found.filter(code=code).first()


@dataclass(frozen=True)
class Owner:
    """One who may do a step: the value of the choice and its words."""

    value: str
    label: str


def owners_for(shown: Case) -> list[Owner]:
    """The referrer, the convener, the client, somebody else; then members whom a permit reaches."""
    application = shown.application
    referrer = application.referrer.user.get_full_name()
    convener = next(m for m in shown.members if m.seat_id is None)
    special = [
        Owner(StepTemplate.Owner.REFERRER, _("%(name)s (lähettäjä)") % {"name": referrer}),
        Owner(StepTemplate.Owner.CONVENER, _("%(name)s (koollekutsuja)") % {"name": convener.name}),
        Owner(StepTemplate.Owner.CLIENT, _("asiakas")),
        Owner(StepTemplate.Owner.CONTACT, _("muu taho")),
    ]
    members = [
        Owner(str(m.membership_id), f"{m.name}, {m.title}")
        for m in shown.may_be_here
        if m.seat_id and m.membership_id != convener.membership_id
    ]
    return special + members


def reaches_referrer(application: Application, actor: Actor) -> bool:
    """Whether the client's permit lets the convener's unit tell the referrer."""
    return actor.unit_id in audience(application).get(application.referrer_id, set())


def network_for(shown: Case) -> list[str]:
    """Whom to call: those present, own workers whom the rows name, the referrer."""
    referrer = shown.application.referrer
    people = [f"{member.name}, {member.title}" for member in shown.here]
    workers = next(row for row in shown.grid.rows if row.key == "worker")
    named = [line.text for cell in workers.cells for line in cell.lines]
    sender = f"{_name(referrer)}, {referrer.title}"
    return list(dict.fromkeys([*people, *_new(named, [*people, sender]), sender]))


def _name(membership: Membership) -> str:
    return membership.user.get_full_name()


def _new(named: list[str], people: list[str]) -> list[str]:
    """Those not already there under another title: a source writes the title before the name."""
    known = [person.split(",")[0].casefold() for person in people]
    return [worker for worker in named if not any(name in worker.casefold() for name in known)]
