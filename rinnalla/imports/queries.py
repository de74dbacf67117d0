"""Reads made for the pages of imports."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rinnalla.clients.identifiers import decrypt_hetu
from rinnalla.clients.models import Client, ClientAddress, ClientContact, ClientIdentifier
from rinnalla.imports.mapping import load_source, source_keys
from rinnalla.imports.models import DoubtfulPair, ImportRun, Rejection
from rinnalla.imports.reasons import WARNINGS, reason
from rinnalla.ui import dates

RUNS = 25
REJECTIONS = 50
PAIRS = 10


@dataclass(frozen=True)
class Run:
    """One import as a list or a report shows it."""

    run: ImportRun
    title: str
    warnings: Sequence[str]


@dataclass(frozen=True)
class RejectedRow:
    """One row that was set aside, with its reason in the reader's language."""

    row: int
    line: int
    column: str
    reason: str


@dataclass(frozen=True)
class Fact:
    """One thing told of both clients."""

    label: str
    values: tuple[str, str]

    @property
    def differs(self) -> bool:
        return self.values[0] != self.values[1]


@dataclass(frozen=True)
class Pair:
    """Two clients side by side."""

    pair: DoubtfulPair
    clients: tuple[Client, Client]
    facts: Sequence[Fact]


def runs_page(number: str) -> "tuple[Page[ImportRun], list[Run]]":
    """A page of imports, newest first."""
    page = Paginator(ImportRun.objects.order_by("-imported_at"), RUNS).get_page(number)
    return page, [run_shown(run) for run in page]


def run_shown(run: ImportRun) -> Run:
    """An import with its source's name."""
    known = run.source in source_keys()
    title = load_source(run.source).title(get_language() or "fi") if known else run.source
    return Run(run, title, [str(WARNINGS[warning]) for warning in run.warnings])


def rejections_page(run: ImportRun, number: str) -> "tuple[Page[Rejection], list[RejectedRow]]":
    """A page of the rows that an import set aside."""
    page = Paginator(Rejection.objects.filter(run=run).order_by("row"), REJECTIONS).get_page(number)
    rows = [RejectedRow(row.row, row.line, row.column, reason(row.kind)) for row in page]
    return page, rows


def open_pairs_page(number: str) -> "tuple[Page[DoubtfulPair], list[Pair]]":
    """A page of the pairs that wait for a decision, by name."""
    waiting = DoubtfulPair.objects.filter(state=DoubtfulPair.State.OPEN)
    page = Paginator(waiting.order_by("client__sort_name", "pk"), PAIRS).get_page(number)
    return page, _side_by_side(list(page.object_list))


def decided_pairs() -> list[Pair]:
    """The newest decisions, which can still be undone."""
    decided = DoubtfulPair.objects.exclude(state=DoubtfulPair.State.OPEN)
    newest = decided.select_related("decided_by__user").order_by("-decided_at")
    return _side_by_side(list(newest[:PAIRS]))


def open_pairs_count() -> int:
    """How many pairs wait for the reader."""
    return DoubtfulPair.objects.filter(state=DoubtfulPair.State.OPEN).count()


def clients_of(pairs: Sequence[Pair]) -> list[UUID]:
    """All clients whom the pairs show."""
    return [client.pk for pair in pairs for client in pair.clients]


def _side_by_side(pairs: list[DoubtfulPair]) -> list[Pair]:
    ids = {key for pair in pairs for key in (pair.client_id, pair.other_id)}
    clients = Client.objects.in_bulk(ids)
    told = _told(clients)
    return [
        Pair(
            pair,
            (clients[pair.client_id], clients[pair.other_id]),
            _facts(told[pair.client_id], told[pair.other_id]),
        )
        for pair in pairs
    ]


def _facts(one: dict[str, str], other: dict[str, str]) -> list[Fact]:
    return [Fact(label, (one[label], other[label])) for label in one]


def _told(clients: dict[UUID, Client]) -> dict[UUID, dict[str, str]]:
    contacts = ClientContact.objects.in_bulk(clients)
    addresses = ClientAddress.objects.in_bulk(clients)
    current = ClientIdentifier.objects.filter(client__in=clients, is_current=True)
    hetus = {row.client_id: decrypt_hetu(bytes(row.ciphertext)) for row in current}
    return {
        key: {
            _("Asiakasnumero"): client.number or "",
            _("Henkilötunnus"): hetus.get(key, ""),
            _("Sukupuoli"): client.get_sex_display(),
            **_contact(contacts.get(key)),
            _("Osoite"): _address(client, addresses.get(key)),
            _("Päivitetty"): dates.full_date(client.updated_on),
        }
        for key, client in clients.items()
    }


def _contact(contact: ClientContact | None) -> dict[str, str]:
    return {
        _("Puhelin"): contact.phone if contact else "",
        _("Sähköposti"): contact.email if contact else "",
    }


def _address(client: Client, address: ClientAddress | None) -> str:
    # An address under a safety restriction is not needed for this decision.
    if client.is_protected:
        return _("Turvakielto")
    if address is None:
        return ""
    return ", ".join(
        filter(None, (address.street, f"{address.postal_code} {address.city}".strip()))
    )
