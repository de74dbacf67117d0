"""What the client has allowed, in sentences: who sees whose data, for what, until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rinnalla.clients.models import Client
from rinnalla.lib.prepared import Prepared
from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.models import (
    Permit,
    PermitRecipient,
    PermitRequest,
    PermitRequestUnit,
    PermitUnit,
)
from rinnalla.ui.dates import full_date

# A permit is offered for renewal this long before its last day.
RENEWABLE = timedelta(days=30)


@dataclass(frozen=True)
class PermitLine:
    """A permit: `who` sees `whose`; `state` is in_force, coming, ended, changed or withdrawn."""

    permit: Permit
    who: list[str]
    whose: list[str]
    state: str
    opens: frozenset[tuple[UUID, UUID]]
    units: list[Unit] = field(default_factory=list)
    recipients: list[PermitRecipient] = field(default_factory=list)
    days_left: int | None = None

    @property
    def is_expiring(self) -> bool:
        """Its last day is near: it is time to ask whether the client wants it to go on."""
        left = self.days_left
        return (
            self.state == "in_force"
            and not self.is_denial
            and left is not None
            and left <= RENEWABLE.days
        )

    @property
    def may_see(self) -> str:
        """The sentence's beginning: one sees, many see; or, by a denial, does not."""
        names = joined(self.who)
        if self.is_denial:
            return self._may_not_see(names)
        return ngettext("%(who)s saa nähdä", "%(who)s saavat nähdä", len(self.who)) % {"who": names}

    @property
    def is_denial(self) -> bool:
        return self.permit.kind == Permit.Kind.DENIAL

    def _may_not_see(self, names: str) -> str:
        if not names:
            return _("Kukaan muu ei saa nähdä")
        words = ngettext("%(who)s ei saa nähdä", "%(who)s eivät saa nähdä", len(self.who))
        return words % {"who": names}

    @property
    def ended_word(self) -> str:
        """How it ended, and on which day."""
        permit = self.permit
        if self.state == "changed" and permit.withdrawn_at:
            return _("muutettu %(day)s") % {"day": full_date(permit.withdrawn_at)}
        if permit.withdrawn_at:
            return _("peruttu %(day)s") % {"day": full_date(permit.withdrawn_at)}
        return _("päättynyt %(day)s") % {"day": full_date(permit.ends)}


@dataclass(frozen=True)
class RequestLine:
    """A permit that is to be asked, or was asked and not given."""

    request: PermitRequest
    whose: list[str]
    asks: frozenset[tuple[UUID, UUID]]


@dataclass(frozen=True)
class Wanted:
    """A permit that a matter needs: the units' data to one organization."""

    label: str
    units: Sequence[Unit]
    recipient: Organization
    seat_id: UUID | None = None

    @property
    def pairs(self) -> frozenset[tuple[UUID, UUID]]:
        return frozenset((unit.pk, self.recipient.pk) for unit in self.units)

    @property
    def key(self) -> str:
        """How a form's button names it."""
        return f"{self.seat_id or 'own'}:{self.recipient.pk}"


@dataclass(frozen=True)
class Standing:
    """Where a wanted permit stands: given, partly, coming, asked, refused, or not asked."""

    wanted: Wanted
    state: str
    request: PermitRequest | None = None

    @property
    def word(self) -> str:
        words = {
            "given": _("Voimassa"),
            "partly": _("Osittain"),
            "coming": _("Alkaa myöhemmin"),
            "asked": _("Kysyttävä"),
            "refused": _("Ei annettu"),
            "": _("Ei kysytty"),
        }
        return words[self.state]

    @property
    def tag(self) -> str:
        """The kind of the tag that carries the word."""
        return {"given": "ok", "asked": "hold", "partly": "hold"}.get(self.state, "calm")


@dataclass(frozen=True)
class ClientPermits:
    """The permits that concern the reader, and what is to be asked."""

    permits: list[PermitLine]
    requests: list[RequestLine]

    def in_state(self, state: str) -> list[PermitLine]:
        return [line for line in self.permits if line.state == state]

    @property
    def in_force(self) -> list[PermitLine]:
        """The permits that open data now; denials apart."""
        return [line for line in self.in_state("in_force") if not line.is_denial]

    @property
    def denials(self) -> list[PermitLine]:
        """What the client has denied: in force now, or later."""
        found = [*self.in_state("in_force"), *self.in_state("coming")]
        return [line for line in found if line.is_denial]

    @property
    def coming(self) -> list[PermitLine]:
        return [line for line in self.in_state("coming") if not line.is_denial]

    @property
    def over(self) -> list[PermitLine]:
        return [line for line in self.permits if line.state in ("ended", "changed", "withdrawn")]

    @property
    def expiring(self) -> list[PermitLine]:
        return [line for line in self.permits if line.is_expiring]

    @property
    def to_ask(self) -> list[RequestLine]:
        return [line for line in self.requests if not line.request.answer]

    @property
    def refused(self) -> list[RequestLine]:
        return [line for line in self.requests if line.request.answer == "refused"]


_PERMITS = Prepared(
    lambda client: (
        Permit.objects.filter(client=client)
        .select_related("recorded_by__user", "withdrawn_by__user", "mandate")
        .order_by("-recorded_at")
    ),
    UUID,
)
_UNITS = Prepared(
    lambda client: PermitUnit.objects.filter(client=client).select_related(
        "unit__organization", "unit__register"
    ),
    UUID,
)
_RECIPIENTS = Prepared(
    lambda client: PermitRecipient.objects.filter(client=client).select_related(
        "organization", "unit"
    ),
    UUID,
)
_REQUESTS = Prepared(
    lambda client: (
        PermitRequest.objects.filter(client=client)
        .select_related("recipient", "asked_by__user", "answered_by__user")
        .order_by("-asked_at")
    ),
    UUID,
)
_ASKED_UNITS = Prepared(
    lambda client: PermitRequestUnit.objects.filter(client=client).select_related(
        "unit__organization"
    ),
    UUID,
)


def permits_of(client: Client, today: date) -> ClientPermits:
    """The client's permits and requests as far as the reader may see them."""
    asked: dict[UUID, list[Unit]] = {}
    for one in _ASKED_UNITS.rows(client.pk):
        asked.setdefault(one.request_id, []).append(one.unit)
    requests = [
        _request_line(request, asked.get(request.pk, [])) for request in _REQUESTS.rows(client.pk)
    ]
    return ClientPermits(_given(client, today), requests)


def permits_in_force(client: Client, today: date) -> list[PermitLine]:
    """What opens data now, without what is asked: two statements fewer."""
    return ClientPermits(_given(client, today), []).in_force


def _given(client: Client, today: date) -> list[PermitLine]:
    units: dict[UUID, list[Unit]] = {}
    for opened in _UNITS.rows(client.pk):
        units.setdefault(opened.permit_id, []).append(opened.unit)
    recipients: dict[UUID, list[PermitRecipient]] = {}
    for recipient in _RECIPIENTS.rows(client.pk):
        recipients.setdefault(recipient.permit_id, []).append(recipient)
    return [
        _permit_line(permit, units.get(permit.pk, []), recipients.get(permit.pk, []), today)
        for permit in _PERMITS.rows(client.pk)
    ]


def permit_line(permit: Permit, today: date) -> PermitLine:
    """The permit as a sentence, with its units and recipients."""
    opened = permit.opened_units.select_related("unit__organization", "unit__register")
    recipients = permit.recipients.select_related("organization", "unit")
    return _permit_line(permit, [one.unit for one in opened], list(recipients), today)


def _permit_line(
    permit: Permit, units: list[Unit], recipients: list[PermitRecipient], today: date
) -> PermitLine:
    return PermitLine(
        permit,
        [recipient_name(recipient) for recipient in recipients],
        units_by_organization(units),
        permit_state(permit, today),
        opens=frozenset(
            (unit.pk, recipient.organization_id)
            for unit in units
            for recipient in recipients
            if recipient.organization_id and permit.kind != Permit.Kind.DENIAL
        ),
        units=units,
        recipients=recipients,
        days_left=(permit.ends - today).days if permit.ends else None,
    )


def request_line(request: PermitRequest) -> RequestLine:
    """What is to be asked of the client, as the page says it."""
    return _request_line(request, [asked.unit for asked in request.asked_units.all()])


def _request_line(request: PermitRequest, units: list[Unit]) -> RequestLine:
    pairs = frozenset((unit.pk, request.recipient_id) for unit in units)
    return RequestLine(request, units_by_organization(units), pairs)


def standings(wanted: Iterable[Wanted], known: ClientPermits) -> list[Standing]:
    """For each wanted permit, where it stands by the rows that the reader may see."""
    return [_standing(want, known) for want in wanted]


def units_by_organization(units: Iterable[Unit]) -> list[str]:
    """One text for each organization: its name, then its units when their names do not say it."""
    groups: dict[str, list[str]] = {}
    for unit in sorted(units, key=lambda one: (one.organization.name, one.code)):
        groups.setdefault(unit.organization.name, []).append(unit.name)
    return [
        " · ".join(names)
        if all(one.startswith(name) for one in names)
        else f"{name}: {' · '.join(names)}"
        for name, names in groups.items()
    ]


def joined(names: Sequence[str]) -> str:
    """Names as a sentence has them: a, b ja c."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s ja %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _standing(want: Wanted, known: ClientPermits) -> Standing:
    opened = {pair for line in known.in_force for pair in line.opens} & want.pairs
    opened = {pair for pair in opened if not denied(known, *pair)}
    asked = next((line for line in known.to_ask if want.pairs & line.asks), None)
    if opened == want.pairs:
        return Standing(want, "given")
    if asked:
        return Standing(want, "asked", asked.request)
    if opened:
        return Standing(want, "partly")
    if want.pairs <= {pair for line in known.coming for pair in line.opens}:
        return Standing(want, "coming")
    if any(want.pairs & line.asks for line in known.refused):
        return Standing(want, "refused")
    return Standing(want, "")


def denied(known: ClientPermits, unit: UUID, party: UUID) -> bool:
    """A denial in force shuts the unit's data from the organization or unit, as far as is seen."""
    return any(
        line.state == "in_force"
        and unit in {one.pk for one in line.units}
        and party in ({one.organization_id or one.unit_id for one in line.recipients} or {party})
        for line in known.denials
    )


def permit_state(permit: Permit, today: date) -> str:
    """Whether the permit holds on the day; it does through its last one."""
    if permit.withdrawn_at:
        return "changed" if permit.ended_as == Permit.Ended.CHANGED else "withdrawn"
    if permit.ends and permit.ends < today:
        return "ended"
    return "coming" if permit.begins > today else "in_force"


def recipient_name(recipient: PermitRecipient) -> str:
    """The organization's or the unit's name."""
    party = recipient.organization or recipient.unit
    return party.name if party else ""
