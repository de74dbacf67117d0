"""Reads a bundle into good, bad and duplicate entries, in two passes and in flat memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from rinnalla.imports.fhir.bundle import Entry, entries
from rinnalla.imports.fhir.checking import Pointed, ResourceCheck
from rinnalla.imports.fhir.elements import MISSING, WRONG_TYPE, identified, list_at, text_at
from rinnalla.imports.mapping import Source
from rinnalla.imports.outcomes import Bad, Good, Outcome
from rinnalla.imports.reading import BATCH
from rinnalla.imports.reference import Reference
from rinnalla.imports.seen import Seen
from rinnalla.imports.values import Fault, Malformed, Value

Checked = tuple[Entry, str, tuple[Value, ...] | Fault]
PERSON, ORGANIZATION = "Patient", "Organization"


@dataclass
class BundleReading:
    """One reading of one bundle; an entry's row is its number in the bundle, from 0."""

    source: Source
    reference: Reference
    day: date
    digest_key: bytes
    warnings: list[str] = field(default_factory=list)

    def records(self, stream: BinaryIO) -> Iterator[Outcome]:
        """The outcome of each entry; entries may refer to later ones, so all are read before."""
        pointed = Pointed()
        checks = {
            name: ResourceCheck(part, self.reference, self.day, pointed)
            for name, part in self.source.parts.items()
        }
        for entry in entries(stream):
            self._point(entry, checks[PERSON], pointed)
        stream.seek(0)
        seen = {name: Seen(part, self.digest_key) for name, part in self.source.parts.items()}
        told = (_checked(entry, checks) for entry in entries(stream))
        while batch := list(islice(told, BATCH)):
            yield from self._batch(batch, seen)

    def _point(self, entry: Entry, person: ResourceCheck, pointed: Pointed) -> None:
        try:
            name, resource = _resource(entry.told)
            if name == ORGANIZATION:
                column = self.source.parts[name].columns[-1]
                code = identified(list_at(resource, "identifier"), column.system)
                _remember(pointed.units, entry.told, name, code)
            elif name == PERSON and isinstance(values := person.values(resource), tuple):
                hetu = values[self.source.parts[name].place("hetu")]
                _remember(pointed.people, entry.told, name, str(hetu))
        except Malformed:
            return

    def _batch(self, batch: list[Checked], seen: dict[str, Seen]) -> Iterator[Outcome]:
        known = self.reference.known(set(self._hetus(batch)))
        for entry, name, record in batch:
            if isinstance(record, Fault):
                yield Bad(entry.number, entry.line, record)
                continue
            part = self.source.parts[name]
            client = part.rules.client
            if client is not None and record[client] not in known:
                fault = Fault("client_unknown", part.columns[client].name)
                yield Bad(entry.number, entry.line, fault)
                continue
            outcome = seen[name].outcome(entry.number, entry.line, record)
            if isinstance(outcome, Good):
                outcome.part = name
            yield outcome

    def _hetus(self, batch: list[Checked]) -> Iterator[str]:
        for _entry, name, record in batch:
            client = self.source.parts[name].rules.client if name else None
            if isinstance(record, tuple) and client is not None:
                yield str(record[client])


def _checked(entry: Entry, checks: dict[str, ResourceCheck]) -> Checked:
    try:
        name, resource = _resource(entry.told)
    except Malformed as error:
        return entry, "", Fault(error.kind, "resource")
    if name not in checks:
        return entry, "", Fault("resource_type_unknown", "resourceType")
    return entry, name, checks[name].values(resource)


def _resource(told: Any) -> tuple[str, dict[str, Any]]:
    """An entry's resource and its type."""
    resource = told.get("resource") if isinstance(told, dict) else told
    if resource is None:
        raise Malformed(MISSING)
    if not isinstance(resource, dict):
        raise Malformed(WRONG_TYPE)
    if not (name := text_at(resource, "resourceType")):
        raise Malformed(MISSING)
    return name, resource


def _remember(places: dict[str, str], told: dict[str, Any], name: str, code: str) -> None:
    """An entry is pointed to by its full address, or by its type and key; the first one holds."""
    if not code:
        return
    if full := text_at(told, "fullUrl"):
        places.setdefault(full, code)
    if key := text_at(told["resource"], "id"):
        places.setdefault(f"{name}/{key}", code)
