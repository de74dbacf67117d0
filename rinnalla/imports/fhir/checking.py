"""Checks one resource against its mapping."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rinnalla.imports.between import Between
from rinnalla.imports.fhir import values
from rinnalla.imports.fhir.elements import (
    MISSING,
    identified,
    list_at,
    reference_at,
    text_at,
)
from rinnalla.imports.mapping import Column, Source
from rinnalla.imports.reference import Reference
from rinnalla.imports.values import Fault, Malformed, Value, at_most, parse_hetu

Resource = dict[str, Any]


@dataclass
class Pointed:
    """Whom and what the references of a bundle mean, by how they are written."""

    people: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)


class ResourceCheck:
    """The mapping of one type of resource, made ready to be applied to many."""

    def __init__(self, part: Source, reference: Reference, day: date, pointed: Pointed) -> None:
        self._pointed = pointed
        self._units = {code for code, name in reference.units.items() if name == part.register}
        self._columns = [(column, self._reader(column)) for column in part.columns]
        self._between = Between(part, day)

    def values(self, resource: Resource) -> tuple[Value, ...] | Fault:
        """The resource's values, or the first thing that is wrong with it."""
        found: list[Value] = []
        for column, read in self._columns:
            try:
                value = read(resource)
            except Malformed as error:
                return Fault(error.kind, column.name)
            if column.required and value is None:
                return Fault(MISSING, column.name)
            found.append(value)
        return self._between.fault(found) or tuple(found)

    def _reader(self, column: Column) -> Callable[[Resource], Value]:
        """A function from a resource to the column's value, None when the element is missing."""
        path = column.name.partition(".")[2]
        parse = self._parser(column)

        def read(resource: Resource) -> Value:
            text = self._text(resource, column, path)
            return parse(text) if text.strip() else None

        def read_text(resource: Resource) -> Value:
            text = self._text(resource, column, path)
            return parse(text) if text.strip() or not (column.required or column.system) else None

        return read_text if column.type == "text" else read

    def _text(self, resource: Resource, column: Column, path: str) -> str:
        if column.type in _MEANT:
            return self._meant(resource, column, path)
        if column.system:
            return identified(list_at(resource, path.removesuffix("[]")), column.system)
        found = text_at(resource, path)
        return found or (text_at(resource, column.instead) if column.instead else "")

    def _meant(self, resource: Resource, column: Column, path: str) -> str:
        """The code of the person or unit to whom a reference points; an identifier will do, too."""
        pointed, identifier = reference_at(resource, path, column.system)
        if not pointed:
            return identifier
        people = column.type == "patient"
        meant = self._pointed.people if people else self._pointed.units
        if pointed not in meant:
            raise Malformed(_MEANT[column.type])
        return meant[pointed]

    def _parser(self, column: Column) -> Callable[[str], Value]:
        match column.type:
            case "hetu" | "patient":
                return parse_hetu
            case "unit" | "organization":
                return self._unit
            case "code":
                return _one_of(column)
            case "text":
                return at_most(column.longest) if column.longest else str
        return _MOMENTS[column.type]

    def _unit(self, code: str) -> str:
        if code not in self._units:
            raise Malformed("unit_unknown")
        return code


_MEANT = {"patient": "subject_not_found", "organization": "organization_not_found"}
_MOMENTS: dict[str, Callable[[str], Value]] = {
    "instant": values.parse_instant,
    "date": values.parse_day,
    "clock": values.parse_clock,
    "birth_date": values.parse_birth_date,
}


def _one_of(column: Column) -> Callable[[str], str]:
    """What a code means here; one that means nothing is a fault only where that is said."""

    def parse(text: str) -> str:
        if text not in column.meanings and column.unknown:
            raise Malformed(column.unknown)
        return column.meanings.get(text, "")

    return parse
