"""Races of an end with those who read: once its commit has returned, no statement finds a row.

Readers have connections of their own, as the application, and read in a loop within a transaction
that began before (or a new one each time, or page by page as an export is made). What counts is
the order: a statement that was sent after the ending commit had returned, by the one steady clock
of this process, must come back empty; and each reader sends at least one such statement.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from random import Random
from threading import Barrier, Event, Thread
from time import monotonic, sleep
from uuid import UUID

import psycopg
from psycopg import IsolationLevel

from tests.proofs.ends import End, Extent, Watcher, ends
from tests.proofs.people import connect, keys, sit
from tests.proofs.pooling import frozen
from tests.world import standing_in

READERS = 3
PAGE = 4

WHOLE = Extent()


@dataclass
class Reader:
    """One who reads until told that it has ended, and once more."""

    connection: psycopg.Connection
    watcher: Watcher
    key_of: dict[str, str]
    random: Random
    ended: Event
    patience: float
    at_start: int = 0
    # When each statement was sent, and how many rows came.
    looks: list[tuple[float, int]] = field(default_factory=list)
    stopped: float = 0.0

    def rows(self, after: UUID | None = None, limit: int = 1000) -> list[UUID]:
        """What is still found of what this end takes away, in one of its tables."""
        table = self.random.choice(list(self.watcher.loses))
        key = self.key_of[table]
        statement = (
            f"select {key} from {table} where {key} = any(%s)"
            f" and (%s::uuid is null or {key} > %s) order by {key} limit %s"
        )
        sent = monotonic()
        rows = self.connection.execute(
            statement.encode(), [self.watcher.loses[table], after, after, limit]
        ).fetchall()
        self.looks.append((sent, len(rows)))
        return [row[0] for row in rows]

    def open(self) -> bool:
        return sit(self.connection, self.watcher.person)


def in_one_transaction(reader: Reader) -> None:
    told = False
    while not told:
        told = reader.ended.is_set()
        reader.rows()


def in_new_transactions(reader: Reader) -> None:
    """A page that asks again and again: a transaction and a seat each time."""
    told = False
    while not told:
        told = reader.ended.is_set()
        reader.connection.rollback()
        reader.open()
        reader.rows()


def page_by_page(reader: Reader) -> None:
    """An export: a page is read, made, and the next one read, until there is none."""
    table, last = next(iter(reader.watcher.loses)), None
    reader.watcher = Watcher(reader.watcher.person, {table: reader.watcher.loses[table]})
    told = 0.0
    while page := reader.rows(last, PAGE) or (last and reader.rows(None, PAGE)):
        last = page[-1]
        sleep(0.002)
        told = told or (monotonic() if reader.ended.is_set() else 0)
        if told and monotonic() - told > reader.patience:
            break
    reader.stopped = monotonic()


STYLES: list[Callable[[Reader], None]] = [in_one_transaction, in_new_transactions, page_by_page]


@dataclass
class Races:
    """What came of the races."""

    run: Counter[str] = field(default_factory=Counter)
    statements: int = 0
    after: int = 0
    late_rows: int = 0
    slowest_stop: float = 0.0
    exports: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Course:
    """Where races are run: the ends, the readers' connections, and how they read."""

    there: list[End]
    connections: list[psycopg.Connection]
    key_of: dict[str, str]
    chance: Random
    # Seconds within which a running export must have stopped.
    patience: float = 5.0

    def read_at(self, isolation: IsolationLevel) -> None:
        for connection in self.connections:
            connection.isolation_level = isolation

    def run(self, number: int) -> Races:
        """So many races, of each name as many as of the others."""
        done = Races()
        names = sorted({end.name for end in self.there})
        for race in range(number):
            same = [end for end in self.there if end.name == names[race % len(names)]]
            _race(done, self.chance.choice(same), self)
        return done


@contextmanager
def course(urls: dict[str, str], seed: int, extent: Extent = WHOLE) -> Iterator[Course]:
    """The world's ends with those who watch them, and connections to read on."""
    chance = Random(seed)
    with frozen(urls), standing_in(urls, rolled_back=False) as world, readers(urls) as connections:
        there = ends(world, chance, extent)
        with psycopg.connect(urls["DATABASE_ADMIN_URL"]) as admin:
            key_of = keys(admin)
        yield Course(there, connections, key_of, chance)


@contextmanager
def readers(urls: dict[str, str]) -> Iterator[list[psycopg.Connection]]:
    with ExitStack() as open_ones:
        yield [open_ones.enter_context(connect(urls["DATABASE_APP_URL"])) for _ in range(READERS)]


def _race(done: Races, end: End, means: Course) -> None:
    ended, chance = Event(), means.chance
    watchers = chance.sample(end.watchers, min(READERS, len(end.watchers)))
    reading = [
        Reader(connection, watcher, means.key_of, Random(chance.random()), ended, means.patience)
        for connection, watcher in zip(means.connections, watchers, strict=False)
    ]
    start = Barrier(len(reading) + 1)
    threads = [
        Thread(target=_read, args=[reader, chance.choice(STYLES), start]) for reader in reading
    ]
    for thread in threads:
        thread.start()
    start.wait()
    sleep(chance.uniform(0, 0.004))
    end.act()
    closed = monotonic()
    ended.set()
    for thread in threads:
        thread.join()
    end.back()
    done.run[end.name] += 1
    for reader in reading:
        _judge(done, end, reader, closed)


def _read(reader: Reader, style: Callable[[Reader], None], start: Barrier) -> None:
    reader.open()
    reader.at_start = len(reader.rows())
    start.wait()
    style(reader)
    reader.connection.rollback()


def _judge(done: Races, end: End, reader: Reader, closed: float) -> None:
    late = [rows for sent, rows in reader.looks if sent > closed]
    done.statements += len(reader.looks)
    done.after += len(late)
    done.late_rows += sum(late)
    who = f"{end.name}, {reader.watcher.person}"
    if reader.stopped:
        done.exports += 1
        done.slowest_stop = max(done.slowest_stop, reader.stopped - closed)
        if reader.stopped - closed > reader.patience:
            done.faults.append(f"{who}: the export stopped {reader.stopped - closed:.1f} s later")
    elif not late:
        done.faults.append(f"{who}: nothing was asked after the end")
    if not reader.at_start:
        done.faults.append(f"{who}: nothing was read before the end")
    if any(late):
        done.faults.append(f"{who}: {max(late)} rows in a statement sent after the commit")
