"""Reads made for the pages of imports."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language

from rinnalla.clients.identifiers import decrypt_hetu
from rinnalla.clients.models import Client, ClientAddress, ClientContact, ClientIdentifier
from rinnalla.imports.mapping import load_source, source_keys
from rinnalla.imports.models import DoubtfulPair, ImportRun, Rejection
from rinnalla.imports.reasons import WARNINGS, reason

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
class Side:
    """One of the two clients of a pair."""

    client: Client
    hetu: str
    contact: ClientContact | None
    address: ClientAddress | None


@dataclass(frozen=True)
class Pair:
    """Two clients side by side."""

    pair: DoubtfulPair
    sides: tuple[Side, Side]


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
    return [side.client.pk for pair in pairs for side in pair.sides]


def _side_by_side(pairs: list[DoubtfulPair]) -> list[Pair]:
    ids = {key for pair in pairs for key in (pair.client_id, pair.other_id)}
    sides = _sides(ids)
    return [Pair(pair, (sides[pair.client_id], sides[pair.other_id])) for pair in pairs]


def _sides(ids: set[UUID]) -> dict[UUID, Side]:
    clients = Client.objects.select_related("municipality").in_bulk(ids)
    contacts = ClientContact.objects.in_bulk(ids)
    addresses = ClientAddress.objects.in_bulk(ids)
    current = ClientIdentifier.objects.filter(client__in=ids, is_current=True)
    hetus = {row.client_id: decrypt_hetu(bytes(row.ciphertext)) for row in current}
    return {
        key: Side(client, hetus.get(key, ""), contacts.get(key), addresses.get(key))
        for key, client in clients.items()
    }
