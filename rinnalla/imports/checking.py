"""Checks one raw record against its source's mapping."""

from collections.abc import Callable
from datetime import date
from functools import partial

from rinnalla.imports import values
from rinnalla.imports.between import Between
from rinnalla.imports.lines import UNDECODABLE, Raw
from rinnalla.imports.mapping import Column, Source
from rinnalla.imports.reference import Reference
from rinnalla.imports.values import Fault, Malformed, Value


class Check:
    """The rules of one source, made ready to be applied to many records."""

    def __init__(self, source: Source, reference: Reference, day: date, order: list[int]) -> None:
        self._names = [column.name for column in source.columns]
        self._width = len(order)
        self._order = order if order != list(range(self._width)) else None
        self._key = source.key_place
        parsers = [
            (place, _parser(column, source, reference), column.required)
            for place, column in enumerate(source.columns)
            if column.type != "text" or column.required or column.longest
        ]
        texts = {place for place, column in enumerate(source.columns) if column.type == "text"}
        self._texts = [parser for parser in parsers if parser[0] in texts]
        self._typed = [parser for parser in parsers if parser[0] not in texts]
        self._strip = source.strip
        self._between = Between(source, day)

    def record(self, raw: Raw) -> tuple[Value, ...] | Fault:
        """The record's values, or the first thing that is wrong with it."""
        if found := self._spoiled(raw):
            return found
        fields = raw.fields
        if len(fields) < self._width or raw.unclosed:
            return Fault("column_missing", self._names[min(len(fields), self._width) - 1])
        if len(fields) > self._width:
            return Fault("column_extra", self._names[-1])
        if self._order:
            fields = [fields[place] for place in self._order]
        return self._values(fields)

    def _spoiled(self, raw: Raw) -> Fault | None:
        for sign, kind in ((UNDECODABLE, "encoding_invalid"), ("\0", "nul_character")):
            if sign in raw.text:
                return Fault(kind, self._column_with(sign, raw.fields))
        return None

    def _column_with(self, sign: str, fields: list[str]) -> str:
        for place, text in enumerate(fields[: self._width]):
            if sign in text:
                return self._names[self._order[place] if self._order else place]
        return ""

    def _values(self, fields: list[str]) -> tuple[Value, ...] | Fault:
        if not fields[self._key].strip():
            return Fault("value_missing", self._names[self._key])
        if self._strip:
            fields = [text.rstrip(" ") for text in fields]
        found: list[Value] = list(fields)
        place = self._key
        try:
            for place, parse, required in self._typed:
                text = fields[place].strip()
                if not text and required:
                    return Fault("value_missing", self._names[place])
                found[place] = parse(text) if text else None
            for place, parse, required in self._texts:
                if required and not fields[place].strip():
                    return Fault("value_missing", self._names[place])
                parse(fields[place])
        except Malformed as error:
            return Fault(error.kind, self._names[place])
        return self._between.fault(found) or tuple(found)


def _parser(column: Column, source: Source, reference: Reference) -> Callable[[str], Value]:
    made: dict[str, Callable[[str], Value]] = {
        "hetu": values.parse_hetu,
        "date": partial(values.parse_date, order=source.dates),
        "time": values.parse_time,
        "number": partial(values.parse_number, sign=source.decimal),
        "integer": values.parse_integer,
        "flag": values.parse_flag,
    }
    if column.type == "text":
        return values.at_most(column.longest) if column.longest else str
    if column.type == "unit":
        own = (code for code, name in reference.units.items() if name == source.register)
        return values.one_of(frozenset(own), "unit_unknown")
    if column.type == "code":
        codes = column.codes or reference.codes.get(column.code_list, frozenset())
        return values.one_of(codes, column.unknown)
    return made[column.type]
