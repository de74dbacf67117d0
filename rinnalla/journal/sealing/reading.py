"""The journal as verifier and export read it: the plain tables, every value as text."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import connection, transaction

from rinnalla.journal.sealing.form import Entry, Seal, subjects
from rinnalla.journal.sealing.sealer import COLUMNS, from_row

AT_ONCE = 2000
INSTANT = "to_char({} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
ENTRY = f"""
e.id::text, {INSTANT.format("e.at")}, {INSTANT.format("e.recorded_at")}, e.kind, e.account::text,
e.membership::text, e.process, e.subject_type, e.subject::text, e.facts::text,
(select array_agg(array[s.id::text, s.client::text, s.basis, {INSTANT.format("s.at")}])
 from journal_entrysubject s where s.entry = e.id)
"""
SEALED = f"""
select d.seal, {ENTRY} from rinnalla.sealed d left join journal_entry e on e.id = d.entry
order by d.seal, d.entry
"""
UNSEALED = f"""
select {ENTRY} from journal_entry e
where not exists (select from rinnalla.sealed d where d.entry = e.id) order by e.id
"""
_cursors = count()


@dataclass(frozen=True)
class Tail:
    """What is not sealed yet."""

    rows: int
    oldest: str | None


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside is the journal of one moment."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read")
        yield


def seals() -> Iterator[Seal]:
    """The chain, in order."""
    yield from (
        from_row(row) for row in _rows(f"select {COLUMNS} from rinnalla.seal order by number")
    )


def sealed() -> Iterator[tuple[int, Entry | None]]:
    """The rows that were sealed, seal by seal; none where the row is gone."""
    for seal, *row in _rows(SEALED):
        yield seal, _entry(row) if row[0] else None


def unsealed() -> Iterator[Entry]:
    """The rows that no seal holds yet."""
    yield from (_entry(row) for row in _rows(UNSEALED))


def tail() -> Tail:
    """How much is unsealed, and since when."""
    [row] = _rows(
        f"select count(*), {INSTANT.format('min(e.recorded_at)')} from journal_entry e"
        " where not exists (select from rinnalla.sealed d where d.entry = e.id)"
    )
    return Tail(*row)


def strays() -> int:
    """Subjects that belong to no entry: nothing of ours writes one."""
    [(found,)] = _rows(
        "select count(*) from journal_entrysubject s"
        " where not exists (select from journal_entry e where e.id = s.entry)"
    )
    return int(found)


def _entry(row: Any) -> Entry:
    return Entry._make([*row[:-1], subjects(row[-1])])


def _rows(query: str) -> Iterator[Any]:
    """Rows a few thousand at a time, so that a long journal needs no long memory."""
    connection.ensure_connection()
    with connection.connection.cursor(name=f"journal_{next(_cursors)}") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(query)
        yield from cursor
