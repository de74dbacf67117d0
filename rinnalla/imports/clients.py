"""The client master: from good records to clients, their identifiers, contacts and guardians."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from rinnalla.clients.identifiers import encrypt_hetu, hetu_digest
from rinnalla.imports import client_sql as sql
from rinnalla.imports.county import County
from rinnalla.imports.doubtful import find_pairs
from rinnalla.imports.mapping import Source
from rinnalla.imports.outcomes import Good
from rinnalla.imports.staging import copy_rows, execute, fetch, fresh_ids
from rinnalla.imports.values import Fault, Value
from rinnalla.lib.names import sort_key

Late = tuple[int, int, Fault]
_AS_THEY_ARE = (
    "number", "family_name", "given_names", "birth_date", "sex", "mother_tongue",
    "contact_language", "needs_interpreter", "is_protected", "guardian_note", "died_on",
    "updated_on", "phone", "email", "way", "street", "postal_code", "city", "municipality_code",
)  # fmt: skip
_HETUS = ("hetu", "former_hetu")
_GUARDIANS = ("guardian_1", "guardian_2")


@lru_cache(maxsize=4096)
def _digest(hetu: Value) -> bytes | None:
    return hetu_digest(str(hetu)) if hetu else None


class ClientWriter:
    """Takes the records of the client master."""

    def __init__(self, source: Source, county: County, day: date) -> None:
        self._source = source
        self._county = county
        self._kept = [source.place(field) for field in _AS_THEY_ARE]
        self._hetus = [source.place(field) for field in _HETUS]
        self._guardians = [source.place(field) for field in _GUARDIANS]
        self._ids = fresh_ids()

    def prepare(self) -> None:
        """Makes the tables for the records of this import."""
        execute(sql.STAGED_CLIENT)
        execute(sql.STAGED_IDENTIFIER)

    def write(self, records: list[Good]) -> None:
        """Puts a batch of records beside what is stored."""
        copy_rows("staged_client", (*sql.STAGED_HEAD, *_AS_THEY_ARE), map(self._row, records))
        identifiers = (row for record in records for row in self._identifiers(record))
        copy_rows("staged_identifier", sql.IDENTIFIER_COLUMNS, identifiers)

    def _row(self, record: Good) -> list[object]:
        values = dict(zip(self._source.fields, record.values, strict=True))
        known = values["municipality_code"] in self._county.municipalities
        head: list[object] = [
            record.row,
            next(self._ids),
            record.digest,
            sort_key(f"{values['family_name']} {values['given_names']}"),
            # Where a protected client lives is with the address alone.
            values["municipality_code"] if known and not values["is_protected"] else None,
            *(_digest(values[guardian]) for guardian in _GUARDIANS),
        ]
        return head + [_text(field, values[field]) for field in _AS_THEY_ARE]

    def _identifiers(self, record: Good) -> Iterator[list[object]]:
        number = record.values[self._source.key_place]
        for place in self._hetus:
            if hetu := record.values[place]:
                current = place == self._hetus[0]
                yield [
                    next(self._ids),
                    record.row,
                    record.line,
                    number,
                    _digest(hetu),
                    encrypt_hetu(str(hetu)),
                    current,
                ]

    def late_faults(self) -> Iterator[Late]:
        """Records whose personal identity code is already another number's: they are set aside."""
        names = [self._source.columns[place].name for place in self._hetus]
        found = fetch(sql.TAKEN_IDENTIFIERS)
        execute("delete from staged_client where row = any(%s)", [[row for row, _, _ in found]])
        execute("delete from staged_identifier where row = any(%s)", [[row for row, _, _ in found]])
        for row, line, current in found:
            column = names[0] if current else names[1]
            yield row, line, Fault("id_conflict", column)

    def finish(self) -> tuple[int, int]:
        """Writes what is new or corrected, and says how many clients of each."""
        execute(sql.NEWEST_ROW_OF_A_NUMBER)
        execute(sql.CREATE_TOUCHED)
        execute(sql.UPSERT_CLIENTS, {"unit": self._county.master_unit})
        for statement in sql.PARTS_OF_TOUCHED:
            execute(statement)
        counts = fetch(
            "select count(*) filter (where added), count(*) filter (where not added) from touched"
        )
        find_pairs(self._county.master_unit)
        added, changed = counts[0]
        return added, changed


def _text(field: str, value: Value) -> object:
    return "" if field == "sex" and value is None else bool(value) if field in _FLAGS else value


_FLAGS = ("needs_interpreter", "is_protected")
