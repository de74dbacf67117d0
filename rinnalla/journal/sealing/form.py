"""The written form of docs/journal.md: what is hashed, how a batch becomes one root, what is
signed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

ENTRY = "rinnalla-entry-1"
SEAL = "rinnalla-seal-1"
NOTHING_BEFORE = bytes(32)
LEAF, NODE = b"\x00", b"\x01"


class Subject(NamedTuple):
    """A client whom an entry concerns, every value as text."""

    id: str
    client: str
    basis: str
    at: str


class Entry(NamedTuple):
    """A row of the journal, every value as text and in the order of the form."""

    id: str
    at: str
    recorded_at: str
    kind: str
    account: str | None
    membership: str | None
    process: str
    subject_type: str
    subject: str | None
    facts: str
    subjects: tuple[Subject, ...]


@dataclass(frozen=True)
class Seal:
    """A sealed batch; `signature` is over `message`, whose hash the next seal names."""

    number: int
    sealed_at: str
    rows: int
    root: bytes
    previous: bytes
    key: bytes
    signature: bytes = b""

    @property
    def message(self) -> bytes:
        lines = (
            SEAL,
            f"number {self.number}",
            f"sealed {self.sealed_at}",
            f"rows {self.rows}",
            f"root {self.root.hex()}",
            f"previous {self.previous.hex()}",
            f"key {self.key.hex()}",
        )
        return "".join(f"{line}\n" for line in lines).encode()

    @property
    def hash(self) -> bytes:
        return sha256(self.message).digest()


def netstring(value: str | None) -> bytes:
    """A value with its length in bytes before it; nothing is not the same as empty."""
    if value is None:
        return b"-,"
    content = value.encode()
    return b"%d:%b," % (len(content), content)


def leaf(entry: Entry) -> bytes:
    """The hash of an entry with its subjects."""
    values: list[str | None] = [ENTRY, *entry[:-1], str(len(entry.subjects))]
    for subject in sorted(entry.subjects):
        values += subject
    return sha256(LEAF + b"".join(map(netstring, values))).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root of the tree: pairs are hashed level by level, one left over goes up as it is."""
    level = list(leaves)
    while len(level) > 1:
        above = [
            sha256(NODE + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)
        ]
        level = above + level[len(above) * 2 :]
    return level[0] if level else sha256(b"").digest()


def instant(at: datetime) -> str:
    """An instant as the form writes it: UTC with six decimals."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def subjects(rows: Iterable[Sequence[str]] | None) -> tuple[Subject, ...]:
    return tuple(Subject(*row) for row in rows or ())
