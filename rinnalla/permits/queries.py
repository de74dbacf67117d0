"""What the client has allowed, in sentences: who sees whose data, for what, until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True)
class PermitLine:
    """A permit: `who` sees `whose`; `state` is in_force, coming, ended or withdrawn."""

    permit: Permit
    who: list[str]
    whose: list[str]
    state: str
    opens: frozenset[tuple[UUID, UUID]]

    @property
    def may_see(self) -> str:
        """The sentence's beginning: one sees, many see."""
        names = joined(self.who)
        return ngettext("%(who)s saa nähdä", "%(who)s saavat nähdä", len(self.who)) % {"who": names}


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
        return self.in_state("in_force")

    @property
    def coming(self) -> list[PermitLine]:
        return self.in_state("coming")

    @property
    def over(self) -> list[PermitLine]:
        return [line for line in self.permits if line.state in ("ended", "withdrawn")]

    @property
    def to_ask(self) -> list[RequestLine]:
        return [line for line in self.requests if not line.request.answer]

    @property
    def refused(self) -> list[RequestLine]:
        return [line for line in self.requests if line.request.answer == "refused"]


_PERMITS = Prepared(
    lambda client: (
        Permit.objects.filter(client=client)
        .select_related("recorded_by__user", "withdrawn_by__user")
        .order_by("-recorded_at")
    ),
    UUID,
)
_UNITS = Prepared(
    lambda client: PermitUnit.objects.filter(client=client).select_related("unit__organization"),
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
    units: dict[UUID, list[Unit]] = {}
    for opened in _UNITS.rows(client.pk):
        units.setdefault(opened.permit_id, []).append(opened.unit)
    recipients: dict[UUID, list[PermitRecipient]] = {}
    for recipient in _RECIPIENTS.rows(client.pk):
        recipients.setdefault(recipient.permit_id, []).append(recipient)
    asked: dict[UUID, list[Unit]] = {}
    for one in _ASKED_UNITS.rows(client.pk):
        asked.setdefault(one.request_id, []).append(one.unit)
    return ClientPermits(
        [
            _permit_line(permit, units.get(permit.pk, []), recipients.get(permit.pk, []), today)
            for permit in _PERMITS.rows(client.pk)
        ],
        [
            _request_line(request, asked.get(request.pk, []))
            for request in _REQUESTS.rows(client.pk)
        ],
    )


def permit_line(permit: Permit, today: date) -> PermitLine:
    """The permit as a sentence; its units and recipients are read here if they are not yet."""
    units = [opened.unit for opened in permit.opened_units.all()]
    return _permit_line(permit, units, list(permit.recipients.all()), today)


def _permit_line(
    permit: Permit, units: list[Unit], recipients: list[PermitRecipient], today: date
) -> PermitLine:
    return PermitLine(
        permit,
        [_recipient(recipient) for recipient in recipients],
        units_by_organization(units),
        permit_state(permit, today),
        frozenset(
            (unit.pk, recipient.organization_id)
            for unit in units
            for recipient in recipients
            if recipient.organization_id
        ),
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


def permit_state(permit: Permit, today: date) -> str:
    """Whether the permit holds on the day; it does through its last one."""
    if permit.withdrawn_at:
        return "withdrawn"
    if permit.ends and permit.ends < today:
        return "ended"
    return "coming" if permit.begins > today else "in_force"


def _recipient(recipient: PermitRecipient) -> str:
    party = recipient.organization or recipient.unit
    return party.name if party else ""
