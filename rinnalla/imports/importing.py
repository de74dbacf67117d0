"""A whole file into the database: in one transaction, by sets, nothing half in."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Protocol

from django.conf import settings
from django.db import connection, transaction
from psycopg.types.json import Jsonb

from rinnalla.imports.clients import ClientWriter
from rinnalla.imports.county import County
from rinnalla.imports.events import IMPORTED
from rinnalla.imports.fhir.reading import BundleReading
from rinnalla.imports.fhir.writing import BundleWriter
from rinnalla.imports.mapping import Source
from rinnalla.imports.models import ImportRun
from rinnalla.imports.outcomes import Bad, Duplicate, Good, Outcome
from rinnalla.imports.reading import Reading
from rinnalla.imports.records import RecordWriter
from rinnalla.imports.staging import copy_rows, execute, fetch, fresh_ids
from rinnalla.imports.values import Fault
from rinnalla.lib.ids import uuid7

CHUNK = 2_000
Place = tuple[int, int, Fault]


@dataclass(frozen=True)
class Rejected:
    """A row that was set aside, as reports tell it."""

    row: int
    line: int
    column: str
    kind: str


@dataclass
class Counts:
    """How many records of each kind a file had, and what became of the good ones."""

    good: int = 0
    bad: int = 0
    duplicates: int = 0
    added: int = 0
    changed: int = 0

    @property
    def records(self) -> int:
        return self.good + self.bad + self.duplicates


@dataclass
class Listener:
    """Who wants to hear of an import while it goes on: how far it is, and each rejected row."""

    progress: Callable[[int], None] = field(default=lambda records: None)
    rejected: Callable[[Rejected], None] = field(default=lambda row: None)


@dataclass(frozen=True)
class Result:
    """What an import came to."""

    counts: Counts
    warnings: list[str]


class Writer(Protocol):
    """Takes the good records of one source."""

    def prepare(self) -> None: ...
    def write(self, records: list[Good]) -> None: ...
    def late_faults(self) -> Iterator[Place]: ...
    def finish(self) -> tuple[int, int]: ...


def import_file(
    source: Source, stream: BinaryIO, *, day: date | None = None, listener: Listener | None = None
) -> Result:
    """Reads a file of the source into the database; raises SourceUnreadable and writes nothing."""
    listener = listener or Listener()
    with transaction.atomic():
        county = County()
        day = day or _today()
        reading = _reading(source, county, day)
        writer = _writer(source, county, day)
        writer.prepare()
        execute(_STAGED_REJECTION)
        file_digest = _digest_of(stream)
        counts = _take_in(reading, stream, writer, listener)
        counts.added, counts.changed = writer.finish()
        for row in _rejected():
            listener.rejected(row)
        _record(source, day, file_digest, counts, reading.warnings)
        _drop_staging()
    return Result(counts, reading.warnings)


class Reader(Protocol):
    """Sorts the records of a file."""

    warnings: list[str]

    def records(self, stream: BinaryIO) -> Iterator[Outcome]: ...


def _reading(source: Source, county: County, day: date) -> Reader:
    kind = BundleReading if source.parts else Reading
    return kind(source, county, day, _digest_key(source.key))


def _writer(source: Source, county: County, day: date) -> Writer:
    if source.parts:
        return BundleWriter(source, county, day)
    kind = ClientWriter if source.into == "clients" else RecordWriter
    return kind(source, county, day)


def _today() -> date:
    day: date = fetch("select rinnalla.today()")[0][0]
    return day


def _digest_of(stream: BinaryIO) -> bytes:
    digest = hashlib.sha256()
    while block := stream.read(1 << 18):
        digest.update(block)
    stream.seek(0)
    return digest.digest()


def _digest_key(source: str) -> bytes:
    # What is digested holds personal identity codes: without a key they could be guessed from it.
    return hashlib.sha256(f"fingerprint {source} {settings.HETU_KEY}".encode()).digest()


_STAGED_REJECTION = """
create temporary table staged_rejection (
    id uuid, row integer, line integer, "column" text, kind text
) on commit drop
"""


def _take_in(reading: Reader, stream: BinaryIO, writer: Writer, listener: Listener) -> Counts:
    counts = Counts()
    good: list[Good] = []
    bad: list[Place] = []
    for outcome in reading.records(stream):
        _sort(outcome, counts, good, bad)
        if counts.records % CHUNK == 0:
            _flush(writer, good, bad)
            listener.progress(counts.records)
    _flush(writer, good, bad)
    late = list(writer.late_faults())
    _reject(late)
    counts.good -= len(late)
    counts.bad += len(late)
    listener.progress(counts.records)
    return counts


def _sort(outcome: Outcome, counts: Counts, good: list[Good], bad: list[Place]) -> None:
    if isinstance(outcome, Good):
        counts.good += 1
        good.append(outcome)
    elif isinstance(outcome, Bad):
        counts.bad += 1
        bad.append((outcome.row, outcome.line, outcome.fault))
    elif isinstance(outcome, Duplicate):
        counts.duplicates += 1


def _flush(writer: Writer, good: list[Good], bad: list[Place]) -> None:
    if good:
        writer.write(good)
        good.clear()
    _reject(bad)
    bad.clear()


def _reject(places: list[Place]) -> None:
    if places:
        rows = zip(fresh_ids(), places, strict=False)
        copy_rows(
            "staged_rejection",
            ("id", "row", "line", '"column"', "kind"),
            ((key, row, line, fault.column, fault.kind) for key, (row, line, fault) in rows),
        )


def _rejected() -> Iterator[Rejected]:
    with connection.cursor() as cursor:
        cursor.execute('select row, line, "column", kind from staged_rejection order by row')
        for row in cursor:
            yield Rejected(*row)


def _record(
    source: Source, day: date, file_digest: bytes, counts: Counts, warnings: list[str]
) -> None:
    """One journal row always; a run of its own only when the file says something new."""
    faults_digest = fetch(
        "select sha256(coalesce(string_agg(concat_ws(' ', row, line, \"column\", kind), ','"
        " order by row), '')::bytea) from staged_rejection"
    )[0][0]
    run = None
    if not counts.added and not counts.changed:
        same = ImportRun.objects.filter(
            source=source.key, file_digest=file_digest, faults_digest=faults_digest
        )
        run = same.order_by("-imported_at").values_list("id", flat=True).first()
    numbers = vars(counts) | {"records": counts.records}
    if run is None:
        run = uuid7()
        now = fetch("select rinnalla.now()")[0][0]
        ImportRun.objects.create(
            id=run, source=source.key, file_digest=file_digest, faults_digest=faults_digest,
            day=day, imported_at=now, warnings=warnings, **numbers,
        )  # fmt: skip
        execute(
            'insert into imports_rejection (id, run_id, row, line, "column", kind)'
            ' select id, %s::uuid, row, line, "column", kind from staged_rejection',
            [run],
        )
    facts = Jsonb(numbers | {"source": source.key, "day": day.isoformat()})
    fetch("select rinnalla.record_job(%s, 'import_run', %s, %s, null)", [IMPORTED, run, facts])


def _drop_staging() -> None:
    # They go with the transaction; a test, or a second file in one, goes on in the same.
    for (name,) in fetch(
        "select quote_ident(relname) from pg_class"
        " where relnamespace = pg_my_temp_schema() and relkind = 'r'"
    ):
        execute(f"drop table if exists pg_temp.{name}")
