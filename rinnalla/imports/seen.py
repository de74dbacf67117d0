"""What a file has said before, kept as digests, of which memory never holds more than so many."""

import sqlite3
from hashlib import blake2b

from rinnalla.imports.mapping import Source
from rinnalla.imports.outcomes import Bad, Duplicate, Good, Outcome
from rinnalla.imports.values import Fault, Value

_DIGEST = 16
_NUMBER = 6


class Seen:
    """The good records so far, by their key, to tell a repetition from a contradiction."""

    def __init__(self, source: Source, digest_key: bytes) -> None:
        self._key_place = source.key_place
        self._key_name = source.columns[source.key_place].name
        self._changes = source.rules.changes
        self._digest_key = digest_key
        self._places = _Places()

    def _digest(self, text: str) -> bytes:
        return blake2b(text.encode(), digest_size=_DIGEST, key=self._digest_key).digest()

    def outcome(self, row: int, line: int, record: tuple[Value, ...]) -> Outcome:
        """What a sound record is beside those before it."""
        digest = self._digest("\x1f".join(map(str, record)))
        key = self._digest(str(record[self._key_place]))
        earlier = self._places.get(key)
        if earlier is not None and earlier[:_DIGEST] == digest:
            return Duplicate(row, line, *_rows(earlier))
        if earlier is not None and not self._is_change(earlier, record):
            return Bad(row, line, Fault("id_conflict", self._key_name))
        place = digest + row.to_bytes(_NUMBER, "big") + line.to_bytes(_NUMBER, "big")
        if self._changes:
            place += self._digest(str(record[self._changes[0]]))
        self._places.put(key, place)
        return Good(row, line, record, digest)

    def _is_change(self, earlier: bytes, record: tuple[Value, ...]) -> bool:
        if self._changes is None or record[self._changes[1]] is None:
            return False
        return earlier[-_DIGEST:] == self._digest(str(record[self._changes[1]]))


def _rows(place: bytes) -> tuple[int, int]:
    middle = _DIGEST + _NUMBER
    row, line = place[_DIGEST:middle], place[middle : middle + _NUMBER]
    return int.from_bytes(row, "big"), int.from_bytes(line, "big")


class _Places:
    """A mapping that moves to a temporary file of its own when it grows large."""

    most_in_memory = 20_000

    def __init__(self) -> None:
        self._near: dict[bytes, bytes] = {}
        self._far: sqlite3.Connection | None = None

    def get(self, key: bytes) -> bytes | None:
        near = self._near.get(key)
        if near is not None or self._far is None:
            return near
        row = self._far.execute("select place from seen where key = ?", (key,)).fetchone()
        return bytes(row[0]) if row else None

    def put(self, key: bytes, place: bytes) -> None:
        self._near[key] = place
        if len(self._near) >= self.most_in_memory:
            self._move()

    def _move(self) -> None:
        if self._far is None:
            # An unnamed database: SQLite keeps it in a file that vanishes with the connection.
            self._far = sqlite3.connect("", isolation_level=None)
            self._far.execute("pragma cache_size = -8192")
            self._far.execute(
                "create table seen (key blob primary key, place blob not null) without rowid"
            )
        self._far.execute("begin")
        self._far.executemany(
            "insert or replace into seen values (?, ?)", sorted(self._near.items())
        )
        self._far.execute("commit")
        self._near.clear()
