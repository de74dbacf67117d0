"""Reads a source's file into good, bad and duplicate records, in one pass and in flat memory."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import BinaryIO

from rinnalla.imports.checking import Check
from rinnalla.imports.lines import LineTooLong, Raw, open_text, read_raw
from rinnalla.imports.mapping import Source
from rinnalla.imports.outcomes import Bad, Outcome
from rinnalla.imports.reference import Reference
from rinnalla.imports.seen import Seen
from rinnalla.imports.values import Fault, Value

BATCH = 1_000


class SourceUnreadable(Exception):
    """The file is not one of its source; `kind` and `detail` tell why, in one sentence."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail


@dataclass
class Reading:
    """One reading of one file: what it needs, and the warnings that it leaves."""

    source: Source
    reference: Reference
    day: date
    digest_key: bytes = field(default_factory=lambda: os.urandom(32))
    warnings: list[str] = field(default_factory=list)

    def records(self, stream: BinaryIO) -> Iterator[Outcome]:
        """The outcome of each record, in the file's order."""
        try:
            yield from self._records(stream)
        except LineTooLong as error:
            raise SourceUnreadable("line_too_long", str(error.line)) from None

    def _records(self, stream: BinaryIO) -> Iterator[Outcome]:
        raws = read_raw(open_text(stream, self.source.encoding), self.source.delimiter)
        order = self._header(next(raws, None))
        check = Check(self.source, self.reference, self.day, order).record
        seen = Seen(self.source, self.digest_key)
        rows = enumerate(self._without_trailer(raws), start=1)
        while batch := list(islice(rows, BATCH)):
            yield from self._batch([(row, raw.line, check(raw)) for row, raw in batch], seen)

    def _header(self, raw: Raw | None) -> list[int]:
        if raw is None:
            raise SourceUnreadable("empty")
        names = [name.strip() for name in raw.fields]
        expected = [column.name for column in self.source.columns]
        if missing := [name for name in expected if name not in names]:
            raise SourceUnreadable("header_wrong", ", ".join(missing[:3]))
        if len(names) != len(expected):
            raise SourceUnreadable("header_extra")
        return [names.index(name) for name in expected]

    def _without_trailer(self, raws: Iterator[Raw]) -> Iterator[Raw]:
        trailer, ended = self.source.trailer, not self.source.trailer
        count = 0
        for raw in raws:
            if trailer and raw.text.startswith(trailer):
                ended = raw.text.split()[-1] == str(count)
            else:
                count += 1
                yield raw
        if not ended:
            self.warnings.append("trailer_missing")

    def _batch(
        self, checked: list[tuple[int, int, tuple[Value, ...] | Fault]], seen: Seen
    ) -> Iterator[Outcome]:
        known = self._known([v for _, _, v in checked if isinstance(v, tuple)])
        client = self.source.rules.client
        for row, line, record in checked:
            if isinstance(record, Fault):
                yield Bad(row, line, record)
            elif client is not None and record[client] not in known:
                yield Bad(row, line, Fault("client_unknown", self.source.columns[client].name))
            else:
                yield seen.outcome(row, line, record)

    def _known(self, records: list[tuple[Value, ...]]) -> Collection[Value]:
        client = self.source.rules.client
        if client is None:
            return ()
        return self.reference.known({str(record[client]) for record in records})
