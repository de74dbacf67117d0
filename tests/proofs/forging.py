"""A hundred ways and more to be somebody at the application's prompt, without the key: none opens.

A way is what is tried on a connection; afterwards nobody is seated there, every view that feeds the
policies is empty and so is every client-owned table (looked at whole now and then, else for some
clients), and nothing has been written.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from random import Random
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.pq import TransactionStatus

from rinnalla.access.actor import moment, proof
from rinnalla.access.portal_actor import client_proof
from tests.attacks import ATTACKS
from tests.facts import TABLES
from tests.proofs.people import OPTIONS, SIT_CLIENT, Person, everybody, sit

SIT = "select unit from access.sit(%s, %s, %s, %s)"
FEEDS = ("access.me", "access.my_circle", "access.my_opening", "permits.mine")
COUNTS = " union all ".join(f"select '{t}', count(*) from {t}" for t in (*TABLES, *FEEDS))
# The same of some clients: every way looks at these, and one in so many at everything.
OF_CLIENTS = " union all ".join(
    f"select '{t}', count(*) from {t}"
    f" where {'id' if t == 'clients_client' else 'client_id'} = any($1)"
    for t in TABLES
)
WHOLE, CLIENTS = 30, 12
SOME = "select client_id from applications_application union select id from clients_client"
SECOND = 1_000_000


@dataclass
class Prompt:
    """A connection as the application's role, and people whose keys are known."""

    connection: psycopg.Connection
    people: list[Person]
    clients: list[Person]
    random: Random

    @property
    def somebody(self) -> Person:
        return self.random.choice(self.people)

    @property
    def pid(self) -> int:
        return self.connection.info.backend_pid

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(statement.encode(), values)
        return cursor.fetchall() if cursor.description else []

    def tried(self, statement: str, *values: Any) -> None:
        """What is refused is refused, and the connection goes on."""
        try:
            self.ask(statement, *values)
        except psycopg.Error:
            self.connection.rollback()

    def sit(self, person: Person, at: int, signed: bytes | None) -> None:
        self.tried(SIT, person.membership, person.account, at, signed)

    def sit_client(self, person: Person, at: int, signed: bytes | None) -> None:
        own = (person.client, person.account, person.mandate)
        self.tried(SIT_CLIENT, *own, at, signed)

    def right(self, person: Person, at: int) -> bytes:
        """The proof that only the program can make."""
        if person.membership is None:
            own = (person.client, person.account, person.mandate)
            return client_proof(*own, self.pid, at)
        return proof(person.membership, person.account, self.pid, at)


Way = Callable[[Prompt], None]


def _with_proof(made: Callable[[Prompt, Person, int], bytes | None], prompt: Prompt) -> None:
    person, at = prompt.somebody, moment()
    prompt.sit(person, at, made(prompt, person, at))


def _message(prompt: Prompt, person: Person, at: int) -> bytes:
    return f"{person.membership}|{person.account}|{prompt.pid}|{at}".encode()


def _signed_with(key: bytes, digest: str) -> Way:
    """The right message under a key that somebody might guess."""
    return partial(
        _with_proof, lambda p, who, at: hmac.new(key, _message(p, who, at), digest).digest()
    )


def _flipped(bit: int) -> Way:
    """The right proof but for one bit."""

    def made(prompt: Prompt, person: Person, at: int) -> bytes:
        right = prompt.right(person, at)
        number = int.from_bytes(right, "big") ^ (1 << bit)
        return number.to_bytes(32, "big")

    return partial(_with_proof, made)


def _cut(length: int) -> Way:
    """The right proof, too short or too long."""

    def made(prompt: Prompt, person: Person, at: int) -> bytes:
        return (prompt.right(person, at) * 2)[:length]

    return partial(_with_proof, made)


def _another_process(away: int) -> Way:
    """A proof that was made for another connection."""
    return partial(_with_proof, lambda p, who, at: proof(_key(who), who.account, p.pid + away, at))


def _another_time(seconds: float) -> Way:
    """A proof of a time that is not now; the time said is its own, or now."""

    def way(own: bool, prompt: Prompt) -> None:
        person, now = prompt.somebody, moment()
        then = now + round(seconds * SECOND)
        signed = prompt.right(person, then)
        prompt.sit(person, then if own else now, signed)

    return partial(way, abs(seconds) > 60)


def somebody_elses(prompt: Prompt) -> None:
    """A right proof of one person, for the seat of another."""
    one, other, at = *prompt.random.sample(prompt.people, 2), moment()
    prompt.sit(other, at, prompt.right(one, at))


def membership_of_another(prompt: Prompt) -> None:
    """Even with a right proof nobody sits as a membership of another account."""
    one = prompt.somebody
    other = next(who for who in prompt.people if who.account != one.account)
    mixed = Person(one.name, one.unit, one.role, one.membership, other.account)
    at = moment()
    prompt.sit(mixed, at, prompt.right(mixed, at))


def nobody_known(prompt: Prompt) -> None:
    """A right proof of keys that are nobody's."""
    person, at = Person("", "", "", uuid4(), uuid4()), moment()
    prompt.sit(person, at, prompt.right(person, at))


def overheard(end: str, prompt: Prompt) -> None:
    """A proof that was good, tried again when its transaction is over."""
    person, at = prompt.somebody, moment()
    signed = prompt.right(person, at)
    prompt.sit(person, at, signed)
    prompt.ask(end)
    if end == "rollback":
        # As long as nobody else sat there it is the same person on the same connection.
        assert sit(prompt.connection, prompt.somebody)
        prompt.ask("commit")
    prompt.sit(person, at, signed)


def left_behind(end: str, prompt: Prompt) -> None:
    """Whoever comes next on the connection finds no seat."""
    prompt.ask("savepoint before")
    assert sit(prompt.connection, prompt.somebody)
    prompt.ask(end)


def without(place: int, prompt: Prompt) -> None:
    """One of the words of the question left out."""
    person, at = prompt.somebody, moment()
    signed = prompt.right(person, at)
    values: list[Any] = [person.membership, person.account, at, signed]
    values[place] = None
    prompt.tried(SIT, *values)


def _key(person: Person) -> UUID:
    assert person.membership is not None
    return person.membership


# The seat of a client and of a guardian.


def client_unproven(signed: bytes | None, prompt: Prompt) -> None:
    prompt.sit_client(prompt.random.choice(prompt.clients), moment(), signed)


def client_by_a_members_proof(prompt: Prompt) -> None:
    """A member's right proof, for the same account's seat as a client."""
    member, at = prompt.somebody, moment()
    mixed = replace(member, membership=None, client=prompt.clients[0].client)
    prompt.sit_client(mixed, at, prompt.right(member, at))


def member_by_a_clients_proof(prompt: Prompt) -> None:
    client, at = prompt.random.choice(prompt.clients), moment()
    prompt.sit(prompt.somebody, at, prompt.right(client, at))


def another_client(prompt: Prompt) -> None:
    """Even with a right proof an account sits as nobody whose it is not."""
    one, other = prompt.random.sample([who for who in prompt.clients if not who.mandate], 2)
    mixed, at = replace(one, client=other.client), moment()
    prompt.sit_client(mixed, at, prompt.right(mixed, at))


def no_such_mandate(prompt: Prompt) -> None:
    one, other = prompt.random.sample([who for who in prompt.clients if not who.mandate], 2)
    mixed, at = replace(one, client=other.client, mandate=uuid4()), moment()
    prompt.sit_client(mixed, at, prompt.right(mixed, at))


def anothers_mandate(prompt: Prompt) -> None:
    """A mandate that is another guardian's."""
    guardian = next(who for who in prompt.clients if who.mandate)
    other = next(who for who in prompt.clients if who.account != guardian.account)
    mixed, at = replace(guardian, account=other.account), moment()
    prompt.sit_client(mixed, at, prompt.right(mixed, at))


def late_client(prompt: Prompt) -> None:
    client, then = prompt.random.choice(prompt.clients), moment() - 61 * SECOND
    prompt.sit_client(client, then, prompt.right(client, then))


OF_OWN_PAGE: list[Way] = [
    client_by_a_members_proof, member_by_a_clients_proof, another_client, no_such_mandate,
    anothers_mandate, late_client,
]  # fmt: skip


def setting(name: str, prompt: Prompt) -> None:
    """What another program's policies would believe."""
    for local in (True, False):
        prompt.tried("select set_config(%s, %s, %s)", name, str(prompt.somebody.membership), local)


def statement(words: str, prompt: Prompt) -> None:
    """What an attacker types; seated as somebody who reads nothing of clients, too."""
    prompt.tried(words)
    prompt.tried("commit")


SETTINGS = [
    "app.membership", "app.user_id", "app.current_user", "access.membership", "access.me",
    "rinnalla.membership", "rinnalla.actor", "jwt.claims.sub", "request.jwt.claim.sub",
    "session.user", "myapp.user", "row.security",
]  # fmt: skip
GUESSES = [b"", b"\0" * 32, b"secret", b"rinnalla", b"django-insecure", b"changeme"]
TIMES = [-86400, -3600, -120, -61, 61, 75, 3600, 86400, -30, -1, 1, 30]
ENDS = ["commit", "rollback", "rollback and chain", "commit and chain", "rollback to before"]


def ways() -> Iterator[tuple[str, Way]]:
    """Every way with its name."""
    for key in GUESSES:
        for digest in ("sha256", "sha1"):
            yield f"proof under the key {key!r}, {digest}", _signed_with(key, digest)
    for bit in (0, 1, 7, 8, 127, 128, 254, 255):
        yield f"bit {bit} of the proof", _flipped(bit)
    for length in (0, 1, 16, 31, 33, 64):
        yield f"{length} bytes of the proof", _cut(length)
    for away in (-1, 1, 2, 1000):
        yield f"proof of process {away:+}", _another_process(away)
    for seconds in TIMES:
        yield f"proof of {seconds:+} s", _another_time(seconds)
    for place in range(4):
        yield f"nothing in place {place}", partial(without, place)
    yield from _ways_besides()


def _ways_besides() -> Iterator[tuple[str, Way]]:
    """Proofs that were good, seats of clients, settings, other people's keys, statements."""
    for end in ENDS[:2]:
        yield f"proof overheard, after {end}", partial(overheard, end)
    for end in ENDS:
        yield f"a seat left by {end}", partial(left_behind, end)
    for name in SETTINGS:
        yield f"setting {name}", partial(setting, name)
    for signed in (b"", b"\0" * 32, None):
        yield f"a client's seat by {signed!r}", partial(client_unproven, signed)
    for way in OF_OWN_PAGE:
        yield getattr(way, "__name__", "").replace("_", " "), way
    yield "proof of somebody else", somebody_elses
    yield "membership of another account", membership_of_another
    yield "keys of nobody", nobody_known
    yield (
        "hash without a key",
        partial(_with_proof, lambda p, who, at: hashlib.sha256(_message(p, who, at)).digest()),
    )
    for words in ATTACKS:
        yield words, partial(statement, words)


@dataclass
class Forgeries:
    """What came of the ways."""

    tried: int = 0
    opened: list[str] = field(default_factory=list)


def forge(urls: dict[str, str], seed: int) -> Forgeries:
    """Every way, one after another on one connection; after each it is asked what is open."""
    done, random = Forgeries(), Random(seed)
    known = everybody(urls["DATABASE_ADMIN_URL"])
    people = [one for one in known if one.membership]
    owners = [one for one in known if not one.membership]
    before = _whole(urls)
    with psycopg.connect(urls["DATABASE_ADMIN_URL"]) as admin:
        clients = [row[0] for row in admin.execute(SOME)]
    with psycopg.connect(urls["DATABASE_APP_URL"], options=OPTIONS) as connection:
        prompt = Prompt(connection, people, owners, random)
        prompt.ask(f"prepare everything as {COUNTS}")
        prompt.ask(f"prepare of_clients(uuid[]) as {OF_CLIENTS}")
        for name, way in ways():
            way(prompt)
            whole = done.tried % WHOLE == 0
            done.tried += 1
            if found := _open_tables(prompt, whole, random.sample(clients, CLIENTS)):
                done.opened.append(f"{name}: {', '.join(found)}")
            connection.rollback()
    if (after := _whole(urls)) != before:
        changed = [name for name, rows in after.items() if rows != before[name]]
        done.opened.append(f"written: {', '.join(changed)}")
    return done


def _open_tables(prompt: Prompt, whole: bool, clients: list[UUID]) -> list[str]:
    """What whoever is seated finds, in the transaction of the way if that goes on."""
    if prompt.connection.info.transaction_status == TransactionStatus.INERROR:
        prompt.connection.rollback()
    rows = [(feed, prompt.ask(f"select count(*) from {feed}")[0][0]) for feed in FEEDS]
    if whole:
        rows += prompt.ask("execute everything")
    else:
        keys = ", ".join(f"'{key}'" for key in clients)
        rows += prompt.ask(f"execute of_clients(array[{keys}]::uuid[])")
    return [f"{count} rows of {table}" for table, count in rows if count]


def _whole(urls: dict[str, str]) -> dict[str, tuple[Any, ...] | None]:
    """How many rows each table has, and one sum of them all."""
    tables = (*TABLES, "access.circle", "access.opening", "journal_entry")
    summed = "select count(*), sum(hashtextextended(t::text, 0)) from {} t"
    with psycopg.connect(urls["DATABASE_ADMIN_URL"]) as admin:
        return {table: admin.execute(summed.format(table).encode()).fetchone() for table in tables}
