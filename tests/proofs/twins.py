"""Two worlds that differ only in what somebody may not see: every answer is the same, byte by byte.

The second world is the first within a savepoint, with hidden rows changed, removed and added. The
same person makes the same requests in both; what differs by nature (tokens, nonces) is taken out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import unified_diff
from random import Random
from typing import Any

from django.db import transaction
from django.test import Client as Browser
from django.urls import get_resolver, reverse

from tests.addresses import filled, patterns, values
from tests.proofs.hidden import Changes, Sight, key_columns, sight
from tests.table import ROLES, TABLE
from tests.world import World

# There in the demonstration alone: what was given to networks and phones, and whose page to enter.
NOT_ASKED = {"sent-mail", "enter-as-client"}
QUERIES = {
    "inbox": ["tila=uudet", "tila=ilman", "tila=kysytyt", "tila=listalla", "tila=annetut&sivu=2"],
    "my-applications": ["sivu=2"],
    "doubtful-pairs": ["sivu=2"],
    "imports": ["sivu=2"],
    "screen": ["kuva=0"],
}
BY_NATURE = re.compile(
    rb'name="(csrfmiddlewaretoken|window)" value="[^"]*"|nonce="[^"]*"'
    rb'|"(X-CSRFToken|token)": ?"[^"]*"'
)
HEADERS_BY_NATURE = {"Content-Security-Policy", "Expires"}
# So many requests for each second world.
DRAW = 120
# The keys that addresses are made of, by the name of their part.
KEYS = {
    "application_id": "select public_id from applications_application",
    "permit_id": "select public_id from permits_permit",
    "request_id": "select public_id from permits_permitrequest",
    "outcome_id": "select public_id from applications_outcome",
    "step_id": "select public_id from plans_step",
    "letter_id": "select public_id from notifications_message",
    "session_id": "select id from organizations_teamsession",
    "seat_id": "select id from organizations_teamseat",
    "run_id": "select public_id from imports_importrun",
    "pair_id": "select public_id from imports_doubtfulpair",
}


@dataclass(frozen=True)
class Request:
    """One request; what is posted is only what is sought."""

    name: str
    address: str
    sought: str = ""


@dataclass
class Twins:
    """What came of the pairs."""

    pairs: int = 0
    worlds: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Undo(Exception):
    """Leaves the savepoint of one request, or of the second world."""


@contextmanager
def undone() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise Undo
    except Undo:
        pass


class Requests:
    """Draws requests: each address as the told world fills it, and with any other key there is."""

    def __init__(self, world: World, random: Random) -> None:
        self.random = random
        got = [row for row in TABLE if row.method == "get"]
        shown = {row.name for row in got if {*row.statuses.values()} - {302, 405}} - NOT_ASKED
        self.plain = [
            Request(name, address) for name, address in filled(world).items() if name in shown
        ]
        self.plain += [
            Request(one.name, f"{one.address}?{query}")
            for one in list(self.plain)
            for query in QUERIES.get(one.name, ())
        ]
        self.patterns = [
            one
            for one in patterns(get_resolver().url_patterns)
            if one.pattern.converters and one.name in shown
        ]
        self.of_clients = [one for one in self.patterns if "client_id" in one.pattern.converters]
        self.values = values(world)
        self.keys = {part: [row[0] for row in world.rows(q)] for part, q in KEYS.items()}
        self.clients = dict(world.rows("select id, public_id from clients_client"))
        self.numbers = dict(
            world.rows("select id, number from clients_client where number is not null")
        )
        self.protected = [
            row[0] for row in world.rows("select number from clients_client where is_protected")
        ]

    def some(self, sight: Sight, number: int) -> list[Request]:
        """Half of them of the addresses as they are, a few searches, the rest at any key."""
        searches = [self.search(sight) for _ in range(number // 12)]
        plain = self.random.sample(self.plain, min(number // 2, len(self.plain)))
        others = number - len(plain) - len(searches)
        return [*plain, *searches, *(self.elsewhere(sight) for _ in range(others))]

    def elsewhere(self, sight: Sight) -> Request:
        pattern = self.random.choice(
            self.of_clients if self.random.random() < 0.5 else self.patterns
        )
        arguments = {part: self.key(part, sight) for part in pattern.pattern.converters}
        return Request(pattern.name or "", reverse(pattern.name or "", kwargs=arguments))

    def key(self, part: str, sight: Sight) -> Any:
        if part == "client_id":
            known = sorted(sight.clients()) if self.random.random() < 0.8 else []
            return self.clients[self.random.choice(known or list(self.clients))]
        if self.keys.get(part):
            return self.random.choice(self.keys[part])
        return self.values[part]

    def search(self, sight: Sight) -> Request:
        """Somebody known, nobody, or somebody whom a search must not tell of."""
        known = [self.numbers[key] for key in sorted(sight.clients()) if key in self.numbers]
        hidden = [number for number in self.protected if number not in known]
        kinds: list[list[str]] = [known, hidden, ["A999999", "", "Virtanen", "010199-9999", "%"]]
        sought = self.random.choice([one for one in kinds if one])
        return Request("find-client", reverse("find-client"), self.random.choice(sought) or " ")


def compare(world: World, pairs: int, seed: int, roles: Iterable[str] = ROLES) -> Twins:
    """So many pairs, shared among the people of the access table."""
    done, random = Twins(), Random(seed)
    requests, key_of = Requests(world, random), key_columns(world)
    world.rows("update rinnalla.clock set frozen = rinnalla.now() returning 1")
    people = list(roles)
    share = -(-pairs // len(people))
    for role in people:
        left = share
        while left > 0:
            _pair(world, role, (done, random, requests, key_of), min(left, DRAW))
            left -= DRAW
    return done


def _pair(
    world: World,
    role: str,
    means: tuple[Twins, Random, Requests, dict[str, str]],
    number: int,
) -> None:
    """One second world for one person, and their requests in both."""
    done, random, requests, key_of = means
    who = ROLES[role]
    before = sight(world, who, key_of)
    asked = requests.some(before, number)
    browser = world.browser(who) if who else Browser()
    browser.raise_request_exception = False
    browser.get("/")
    first = [answer(browser, one) for one in asked]
    with undone():
        Changes(world, random, before, key_of).make()
        if (after := sight(world, who, key_of)).rows != before.rows:
            done.faults.append(f"{role}: the change touched what is seen: {_which(before, after)}")
        second = [answer(browser, one) for one in asked]
    done.worlds += 1
    for one, left, right in zip(asked, first, second, strict=True):
        done.pairs += 1
        done.answers[left.status] += 1
        if left.status >= 500:
            done.faults.append(f"{role}: {one.name} {one.address} answers {left.status}")
        if left != right:
            done.faults.append(
                f"{role}: {one.name} {one.address} {one.sought}\n{left.apart(right)}"
            )


def _which(before: Sight, after: Sight) -> str:
    return ", ".join(sorted({table for table, _ in before.rows ^ after.rows}))


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def apart(self, other: "Answer") -> str:
        """The first lines in which the two differ."""
        one, two = (
            [f"{a.status} {a.headers}", *a.body.decode(errors="replace").splitlines()]
            for a in (self, other)
        )
        return "\n".join(list(unified_diff(one, two, "one world", "the other", n=0))[:12])


def answer(browser: Browser, request: Request) -> Answer:
    """What comes, without what differs by nature; what the request wrote is undone."""
    kept = dict(browser.cookies)
    with undone():
        if request.sought:
            got = browser.post(request.address, {"q": request.sought})
        else:
            got = browser.get(request.address)
    browser.cookies.clear()
    browser.cookies.update(kept)
    body = b"".join(got) if got.streaming else got.content
    headers = {k: v for k, v in got.headers.items() if k not in HEADERS_BY_NATURE}
    return Answer(got.status_code, tuple(sorted(headers.items())), BY_NATURE.sub(b"", body))
