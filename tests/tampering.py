"""Ways to change a sealed journal as the owner of its database, each told by the first batch that
is then wrong."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from rinnalla.journal.sealing import reading, sealer
from rinnalla.journal.sealing.form import NOTHING_BEFORE, Seal, leaf, root
from rinnalla.journal.sealing.keys import public_bytes, signing_key

GUARDED = ("journal_entry", "journal_entrysubject", "rinnalla.seal", "rinnalla.sealed")
Tampering = Callable[[random.Random], int]
ENTRY_COLUMNS = [
    "at",
    "recorded_at",
    "kind",
    "account",
    "membership",
    "process",
    "subject_type",
    "subject",
    "facts",
    "id",
]
SUBJECT_COLUMNS = ["client", "basis", "at", "entry", "id"]
SEAL_COLUMNS = ["sealed_at", "rows", "root", "previous", "key", "signature"]
WITH_SUBJECT = (
    "select s.id, d.seal from journal_entrysubject s join rinnalla.sealed d using (entry)"
)


def ask(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def unlock() -> None:
    """What an owner can always do to the triggers that keep the tables append-only."""
    for table in GUARDED:
        ask(f"alter table {table} disable trigger append_only")


def fill(chance: random.Random, rows: int) -> None:
    """Writes rows of all shapes."""
    for _ in range(rows):
        clients = [uuid4() for _ in range(chance.choice([0, 1, 1, 1, 2, 5]))]
        ask(
            "select rinnalla.write_entry(%s, %s, %s, %s, %s, %s, %s::jsonb, %s::uuid[], %s)",
            f"read.{chance.choice(['client', 'matter', 'öljy'])}",
            *(chance.choice([None, uuid4()]) for _ in range(2)),
            chance.choice([None, "rinnalla_worker"]),
            chance.choice([None, "matter"]),
            chance.choice([None, uuid4()]),
            chance.choice([None, '{"n": 1.50, "ä": ["x", null]}', '{"kinds": ["visit"]}']),
            clients,
            [chance.choice(["own", "permit", None]) for _ in clients],
        )


def a_row(chance: random.Random) -> tuple[UUID, int]:
    """A sealed entry and its batch."""
    return chance.choice(ask("select entry, seal from rinnalla.sealed order by 1"))


def a_subject(chance: random.Random) -> tuple[UUID, int]:
    return chance.choice(ask(f"{WITH_SUBJECT} order by 1"))


def flipped(chance: random.Random, value: Any) -> Any:
    """The value with one bit of it changed."""
    if value is None:
        return uuid4()
    if isinstance(value, UUID):
        return UUID(int=value.int ^ 1 << chance.randrange(128))
    if isinstance(value, int):
        return value ^ 1 << chance.randrange(8) or value + 1
    if isinstance(value, (bytes, memoryview)):
        changed = bytearray(value)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        return bytes(changed)
    if isinstance(value, str):
        place = chance.randrange(len(value)) if value else 0
        return value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :] if value else "x"
    return value + timedelta(microseconds=1 << chance.randrange(32))


def bit_of(table: str, columns: list[str], key: str, chance: random.Random, row: Any) -> None:
    column = chance.choice(columns)
    if column == "facts":
        ask(f"update {table} set facts = facts || '{{\"n\": 1.5}}' where {key} = %s", row)
        return
    [(value,)] = ask(f"select {column} from {table} where {key} = %s", row)
    ask(f"update {table} set {column} = %s where {key} = %s", flipped(chance, value), row)


def bit_of_an_entry(chance: random.Random) -> int:
    row, batch = a_row(chance)
    bit_of("journal_entry", ENTRY_COLUMNS, "id", chance, row)
    return batch


def bit_of_a_subject(chance: random.Random) -> int:
    row, batch = a_subject(chance)
    bit_of("journal_entrysubject", SUBJECT_COLUMNS, "id", chance, row)
    return batch


def bit_of_a_seal(chance: random.Random) -> int:
    [(number,)] = ask("select number from rinnalla.seal order by random() limit 1")
    bit_of("rinnalla.seal", SEAL_COLUMNS, "number", chance, number)
    return int(number)


def entry_gone(chance: random.Random) -> int:
    row, batch = a_row(chance)
    ask("delete from journal_entry where id = %s", row)
    if chance.random() < 0.5:
        ask("delete from journal_entrysubject where entry = %s", row)
    if chance.random() < 0.5:
        ask("delete from rinnalla.sealed where entry = %s", row)
    return batch


def subject_gone(chance: random.Random) -> int:
    row, batch = a_subject(chance)
    ask("delete from journal_entrysubject where id = %s", row)
    return batch


def subject_added(chance: random.Random) -> int:
    row, batch = a_row(chance)
    ask(
        "insert into journal_entrysubject (id, entry, client, basis, at)"
        " select rinnalla.uuid7(), id, %s, 'own', at from journal_entry where id = %s",
        *(uuid4(), row),
    )
    return batch


def entry_doubled(chance: random.Random) -> int:
    row, batch = a_row(chance)
    ask(
        "with new as (insert into journal_entry (id, at, recorded_at, kind, account, membership,"
        " process, subject_type, subject, facts) select %s, at, recorded_at, kind, account,"
        " membership, process, subject_type, subject, facts from journal_entry where id = %s"
        " returning id) insert into rinnalla.sealed (entry, seal) select id, %s from new",
        *(uuid4(), row, batch),
    )
    return batch


def unsealed_again(chance: random.Random) -> int:
    row, batch = a_row(chance)
    ask("delete from rinnalla.sealed where entry = %s", row)
    return batch


def entries_swapped(chance: random.Random) -> int:
    """Two rows change places: each gets what the other's key had."""
    (one, first), (other, second) = chance.sample(
        ask("select entry, seal from rinnalla.sealed order by 1"), 2
    )
    middle = uuid4()
    for before, after in ((one, middle), (other, one), (middle, other)):
        ask("update journal_entry set id = %s where id = %s", after, before)
        if chance.random() < 0.5:
            ask("update journal_entrysubject set entry = %s where entry = %s", after, before)
    return int(min(first, second))


def subjects_swapped(chance: random.Random) -> int:
    (one, first), (other, second) = chance.sample(ask(f"{WITH_SUBJECT} order by 1"), 2)
    ask(
        "update journal_entrysubject s set client = o.client from journal_entrysubject o"
        " where (s.id, o.id) in ((%s, %s), (%s, %s))",
        *(one, other, other, one),
    )
    return int(min(first, second))


def batches_swapped(chance: random.Random) -> int:
    [(last,)] = ask("select max(number) from rinnalla.seal")
    row, batch = a_row(chance)
    there = chance.choice([n for n in range(1, last + 2) if n != batch])
    ask("update rinnalla.sealed set seal = %s where entry = %s", there, row)
    return min(batch, there)


def tail_cut(chance: random.Random) -> int:
    """The newest batches go, with their rows or not; or an old backup is put back and goes on."""
    [(last,)] = ask("select max(number) from rinnalla.seal")
    first = chance.randint(1, last)
    if chance.random() < 0.7:
        for table, key in (("journal_entrysubject", "entry"), ("journal_entry", "id")):
            ask(
                f"delete from {table} where {key} in"
                " (select entry from rinnalla.sealed where seal >= %s)",
                first,
            )
    ask("delete from rinnalla.sealed where seal >= %s", first)
    ask("delete from rinnalla.seal where number >= %s", first)
    if chance.random() < 0.5:
        fill(chance, 3)
        remade(first, signing_key(), fresh=True)
    return first


def chain_remade(chance: random.Random) -> int:
    """A row is changed and every seal from there on made anew: with another key, with none, or with
    the right one, stolen."""
    row, batch = a_row(chance)
    ask("update journal_entry set kind = kind || '!' where id = %s", row)
    remade(batch, chance.choice([Ed25519PrivateKey.generate(), None, signing_key()]))
    return batch


def remade(first: int, key: Ed25519PrivateKey | None, *, fresh: bool = False) -> None:
    if fresh:
        ask(
            "insert into rinnalla.sealed (entry, seal) select e.id, %s from journal_entry e"
            " where not exists (select from rinnalla.sealed d where d.entry = e.id)",
            first,
        )
        ask(
            "insert into rinnalla.seal select %s, now(), 1, '', '', '', '', '', 'x', 0",
            first,
        )
    batches: dict[int, list[bytes]] = {}
    for number, entry in reading.sealed():
        batches.setdefault(number, []).append(leaf(entry) if entry else b"")
    previous = NOTHING_BEFORE
    for old in list(reading.seals()):
        seal = old
        if old.number >= first:
            leaves = batches.get(old.number, [])
            seal = _made(replace(old, previous=previous), leaves, key)
        previous = seal.hash


def _made(old: Seal, leaves: list[bytes], key: Ed25519PrivateKey | None) -> Seal:
    seal = replace(old, rows=len(leaves), root=root(leaves))
    if key:
        seal = sealer.signed(key, replace(seal, key=public_bytes(key)))
    ask(
        "update rinnalla.seal set rows = %s, root = %s, previous = %s, key = %s, signature = %s,"
        " hash = %s where number = %s",
        *(seal.rows, seal.root, seal.previous, seal.key, seal.signature, seal.hash, seal.number),
    )
    return seal


KINDS: dict[str, Tampering] = {
    "a bit of an entry": bit_of_an_entry,
    "a bit of a client's row": bit_of_a_subject,
    "a bit of a seal": bit_of_a_seal,
    "an entry gone": entry_gone,
    "a client's row gone": subject_gone,
    "a client's row added": subject_added,
    "an entry doubled": entry_doubled,
    "an entry unsealed again": unsealed_again,
    "two entries swapped": entries_swapped,
    "two clients swapped": subjects_swapped,
    "an entry in another batch": batches_swapped,
    "the tail cut": tail_cut,
    "the chain re-made": chain_remade,
}
