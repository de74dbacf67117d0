"""Many people on few connections: no request finds a row that is not its own actor's.

Threads of requests share the program's own pool, smaller than they are many. Each request is of
somebody else than the one before: seated once or twice or not at all, in a transaction that is
kept, undone, broken by an error, cut off or given back open. What each person reads was asked once
before, on a connection of its own; every look is compared with that.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from random import Random
from threading import Thread
from uuid import UUID

from django.db import DatabaseError, OperationalError, connection, connections, transaction

from rinnalla.access.actor import seat
from rinnalla.access.portal_actor import seat_client
from rinnalla.config.settings import database
from tests.proofs.people import Person, connect, everybody, look, sit

TABLES = {
    "clients_client": "id",
    "clients_clientcontact": "client_id",
    "permits_permit": "id",
    "applications_application": "id",
    "applications_agendaitem": "id",
    "applications_view": "id",
    "plans_step": "id",
    "services_benefit": "id",
}
Seen = frozenset[UUID]
NOTHING: Seen = frozenset()
THREADS = 6
# A look asks for so many rows of each sort, and one in so many for the whole table.
SAMPLE, WHOLE = 12, 40


@dataclass
class Interleaving:
    """What came of the requests."""

    requests: Counter[str] = field(default_factory=Counter)
    looks: int = 0
    rows: int = 0
    connections: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Interleaving") -> None:
        self.requests += other.requests
        self.looks += other.looks
        self.rows += other.rows
        self.connections |= other.connections
        self.faults += other.faults


class Undone(Exception):
    """Leaves a transaction undone."""


@dataclass
class Requests:
    """The requests of one thread, on whichever connection the pool gives."""

    people: list[Person]
    sights: dict[Person, dict[str, Seen]]
    there: dict[str, list[UUID]]
    random: Random
    done: Interleaving = field(default_factory=Interleaving)

    def make(self, number: int) -> None:
        kinds, weights = zip(*KINDS.items(), strict=True)
        for kind in self.random.choices(kinds, weights, k=number):
            self.done.requests[kind.__name__.replace("_", " ")] += 1
            try:
                kind(self, self.random.choice(self.people))
            except DatabaseError as error:
                self.done.faults.append(f"{kind.__name__}: {error}")
            finally:
                connection.close()

    def look(self, person: Person | None) -> None:
        """Whoever is seated reads what was known of them, and who is not seated nothing."""
        table = self.random.choice(list(TABLES))
        known = self.sights[person][table] if person else NOTHING
        wanted, key = self._wanted(table, known), TABLES[table]
        with connection.cursor() as cursor:
            if self.random.randrange(WHOLE) == 0:
                cursor.execute(f"select {key} from {table}")
            else:
                cursor.execute(f"select {key} from {table} where {key} = any(%s)", [list(wanted)])
                known &= wanted
            found = frozenset(row[0] for row in cursor.fetchall())
        self.done.looks += 1
        self.done.rows += len(found)
        if found != known:
            self.done.faults.append(
                f"{person or 'nobody'}: {table}: {len(found - known)} rows too many,"
                f" {len(known - found)} too few"
            )

    def _wanted(self, table: str, known: Seen) -> Seen:
        """Some of what is theirs, and some of what is there."""
        there = self.there[table]
        some = self.random.sample(there, min(SAMPLE, len(there)))
        # In no order of its own: which of theirs is all the same.
        return frozenset(some) | frozenset(islice(known, SAMPLE))

    def seat(self, person: Person) -> None:
        seated: object
        if person.membership:
            seated = seat(person.membership, person.account)
        else:
            seated = seat_client(person.client, person.account, person.mandate)
        assert seated is not None, f"{person} is not seated"
        self.done.connections.add(connection.connection.info.backend_pid)


def kept(requests: Requests, person: Person) -> None:
    """A request as most are."""
    with transaction.atomic():
        requests.seat(person)
        requests.look(person)


def nobody(requests: Requests, _person: Person) -> None:
    """A request without a seat, within a transaction and without."""
    with transaction.atomic():
        requests.look(None)
    requests.look(None)


def two_seats(requests: Requests, person: Person) -> None:
    """Somebody changes places: the second seat is the one that counts."""
    with transaction.atomic():
        requests.seat(requests.random.choice(requests.people))
        requests.seat(person)
        requests.look(person)


def undone(requests: Requests, person: Person) -> None:
    """A page fails: its transaction is undone, and its connection goes on without anybody."""
    try:
        with transaction.atomic():
            requests.seat(person)
            requests.look(person)
            raise Undone
    except Undone:
        requests.look(None)


def seat_undone(requests: Requests, person: Person) -> None:
    """A seat that was taken within a savepoint is gone with it."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                requests.seat(person)
                raise Undone
        except Undone:
            requests.look(None)


def error_inside(requests: Requests, person: Person) -> None:
    """A statement fails within a savepoint: the actor is still the same."""
    with transaction.atomic():
        requests.seat(person)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("select 1 / (select count(*) from clients_client where id is null)")
        except DatabaseError:
            requests.look(person)


def error_outside(requests: Requests, person: Person) -> None:
    """A statement fails and takes its transaction with it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            requests.seat(person)
            cursor.execute("select 1 / (select count(*) from clients_client where id is null)")
    except DatabaseError:
        requests.look(None)


def cut_off(requests: Requests, person: Person) -> None:
    """A statement is cancelled by the server in the middle."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            requests.seat(person)
            cursor.execute("set local statement_timeout = 2")
            cursor.execute("select pg_sleep(1), count(*) from clients_client")
    except OperationalError:
        requests.look(None)


def given_back_open(requests: Requests, person: Person) -> None:
    """A transaction that nobody ended goes back to the pool with its connection."""
    connection.set_autocommit(False)
    requests.seat(person)
    requests.look(person)
    connection.close()
    requests.look(None)


KINDS: dict[Callable[[Requests, Person], None], int] = {
    kept: 60, nobody: 8, two_seats: 8, undone: 8, seat_undone: 4, error_inside: 4,
    error_outside: 4, cut_off: 1, given_back_open: 3,
}  # fmt: skip


def interleave(
    urls: dict[str, str], number: int, seed: int, *, size: int = 3, most: int = 1000
) -> Interleaving:
    """So many requests by the people of the world over a pool of so few connections."""
    people = everybody(urls["DATABASE_ADMIN_URL"])
    people = Random(seed).sample(people, min(most, len(people)))
    with frozen(urls), pooled(urls, size):
        sights = known(urls, people)
        rows = there(urls)
        made = [
            Requests(people, sights, rows, Random(f"{seed} {thread}")) for thread in range(THREADS)
        ]
        share = -(-number // THREADS)
        working = [Thread(target=partial(one.make, share)) for one in made]
        for thread in working:
            thread.start()
        for thread in working:
            thread.join()
    done = Interleaving()
    for one in made:
        done.add(one.done)
    if done.requests.total() < number:
        done.faults.append(f"a thread ended early: {done.requests.total()} of {number} requests")
    return done


def there(urls: dict[str, str]) -> dict[str, list[UUID]]:
    """Every row's key, without the policies."""
    with connect(urls["DATABASE_ADMIN_URL"]) as admin:
        return {
            table: [row[0] for row in admin.execute(f"select {key} from {table}".encode())]
            for table, key in TABLES.items()
        }


def known(urls: dict[str, str], people: list[Person]) -> dict[Person, dict[str, Seen]]:
    """What each reads, asked on a new connection each."""
    statement = look(TABLES)
    made = {}
    for person in people:
        with connect(urls["DATABASE_APP_URL"]) as own:
            assert sit(own, person)
            rows = own.execute(statement.encode()).fetchall()
        made[person] = {
            table: frozenset(key for name, key in rows if name == table) for table in TABLES
        }
    return made


@contextmanager
def frozen(urls: dict[str, str]) -> Iterator[None]:
    """The world's clock stands still: what each may see does not change by time."""
    with connect(urls["DATABASE_ADMIN_URL"]) as admin:
        admin.execute("update rinnalla.clock set frozen = rinnalla.now()")
    yield


@contextmanager
def pooled(urls: dict[str, str], size: int) -> Iterator[None]:
    """Django's connections are those of the program: the application's, out of a pool."""
    default = connections["default"]
    default.close()
    before = dict(default.settings_dict)
    settings = database(urls["DATABASE_APP_URL"], served=True)
    options = settings["OPTIONS"]
    assert isinstance(options, dict)
    options["pool"] = {"min_size": 1, "max_size": size, "timeout": 120}
    default.settings_dict.update(settings)
    # It tells of each open transaction that it is given back.
    log = logging.getLogger("psycopg.pool")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)
        default.close()
        default.close_pool()  # type: ignore[attr-defined]
        default.settings_dict.clear()
        default.settings_dict.update(before)
