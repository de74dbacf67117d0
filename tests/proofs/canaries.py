"""A word of its own in every text of every client's row, and where each of them turns up.

Whoever reads a page, a letter or a file may find there the words of rows that they read by plain
SQL, and no others. Identity codes are words of their own already.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import md5
from html import unescape
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client as Browser

from rinnalla.clients.identifiers import decrypt_hetu
from rinnalla.ui.tests.reading import text as text_of
from tests.addresses import filled
from tests.proofs.hidden import OPENED, free_text, key_columns, past_all_rules, sight
from tests.proofs.people import Rows
from tests.proofs.twins import NOT_ASKED, undone
from tests.table import ROLES, TABLE
from tests.world import Own, World

WORD = re.compile(rb"kanari[0-9a-f]{10}")
CODE = re.compile(rb"[0-3]\d[01]\d\d\d[-+A-FU-Y]\d{3}[0-9A-Y]")
LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)')
# An empty contact says that somebody else owns the step.
MEANS_SOMETHING_EMPTY = {"person", "owner_contact"}
# Told past the policies are names, and nothing else: to the officer whose log it is, and to whoever
# is asked why they opened somebody, whom it was.
DESK, ASKED = "/tietosuoja/", "/selvitykset/"
NAMES = {("clients_client", "family_name"), ("clients_client", "given_names")}
SENT = "select channel, subject || body from notifications_message where id > %s"
NEWEST = "select coalesce(max(id::text), %s)::uuid from notifications_message"
Place = tuple[str, UUID, str]


@dataclass
class Canaries:
    """Which row and column each word is in."""

    at: dict[bytes, Place] = field(default_factory=dict)
    # Whoever's plain SQL finds a protected address, only the unit that keeps it may show it.
    protected: list[tuple[UUID, UUID]] = field(default_factory=list)

    def foreign(self, text: bytes, readable: Rows) -> list[Place]:
        """The words in the text that are of rows that may not be read."""
        found = {*WORD.findall(text.lower())} | {*CODE.findall(text)}
        places = [self.at[word] for word in sorted(found) if word in self.at]
        return [place for place in places if place[:2] not in readable]


def sing(world: World) -> Canaries:
    """Puts a word into each text of each client-owned row."""
    made, key_of = Canaries(), key_columns(world)
    with past_all_rules(world), connection.cursor() as cursor:
        for table, columns in free_text().items():
            cursor.execute(f"select {key_of[table]} from {table}")
            for (key,) in cursor.fetchall():
                made.at |= {word(table, name, key): (table, key, name) for name in columns}
            sets = ", ".join(_with_word(table, name, key_of[table]) for name in columns)
            cursor.execute(f"update {table} set {sets}")
        cursor.execute("select client_id, unit_id from clients_clientaddress where is_protected")
        made.protected = cursor.fetchall()
        cursor.execute("select id, ciphertext from clients_clientidentifier")
        for key, ciphertext in cursor.fetchall():
            place = ("clients_clientidentifier", key, "ciphertext")
            made.at[decrypt_hetu(ciphertext).encode()] = place
    return made


def word(table: str, column: str, key: UUID) -> bytes:
    return f"kanari{md5(f'{table}.{column}.{key}'.encode()).hexdigest()[:10]}".encode()


def _with_word(table: str, column: str, key: str) -> str:
    """What is there is cut short for the word; a column may be no longer than 40 letters."""
    said = f"left({column}, 20) || ' kanari' || left(md5('{table}.{column}.' || {key}), 10)"
    if column in MEANS_SOMETHING_EMPTY:
        said = f"case when {column} = '' then '' else {said} end"
    return f"{column} = {said}"


@dataclass
class Reach:
    """Everything that somebody can fetch, and the foreign words in it."""

    world: World
    canaries: Canaries
    role: str
    fetched: int = 0
    words: int = 0
    faults: list[str] = field(default_factory=list)

    def open(self) -> None:
        """The person signs in, and what they may read is found out."""
        who = ROLES[self.role]
        found = sight(self.world, who, key_columns(self.world))
        if isinstance(who, Own) and who.for_whom:
            # A guardian may sit as oneself, too.
            found.rows.update(sight(self.world, Own(who.number), key_columns(self.world)).rows)
        self.opened = {row[0] for row in self.world.rows(OPENED, found.membership)}
        self.readable = found.rows - {
            ("clients_clientaddress", client)
            for client, unit in self.canaries.protected
            if unit != found.unit
        }
        self.browser = self.world.browser(who) if who else Browser()
        self.browser.raise_request_exception = False

    def explore(self, pages: int, forms: float, random: Random) -> None:
        """Every address as the told world fills it, a share of all forms, and links onwards."""
        self.open()
        addresses = filled(self.world)
        seen, waiting = set[str](), list[str]()
        for row in TABLE:
            asked = row.method == "get" or random.random() < forms
            if asked and row.name not in NOT_ASKED and row.statuses[self.role] != 405:
                text = self.fetch(row.method, addresses[row.name])
                seen.add(addresses[row.name])
                waiting += self.links(text)
        for _ in range(pages):
            ahead = sorted({*waiting} - seen)
            if not ahead:
                break
            address = random.choice(ahead)
            seen.add(address)
            waiting += self.links(self.fetch("get", address))

    def links(self, text: bytes) -> Iterator[str]:
        for found in LINK.findall(text.decode(errors="replace")):
            if not found.startswith(("/static", "/ulos", "/kieli", "/esittely")):
                yield unescape(found)

    def fetch(self, method: str, address: str) -> bytes:
        """One answer, with what it sends; what it wrote is undone."""
        kept = dict(self.browser.cookies)
        with undone():
            newest = self.world.rows(NEWEST, str(UUID(int=0)))[0][0]
            got = getattr(self.browser, method)(address)
            sent = self.world.rows(SENT, newest)
        self.browser.cookies.clear()
        self.browser.cookies.update(kept)
        text = _whole(got)
        self.fetched += 1
        self.words += len({*WORD.findall(text)})
        if got.status_code >= 500:
            self.faults.append(f"{self.role}: {method} {address} answers {got.status_code}")
        self._judge(f"{method} {address} {got.status_code}", text, self.readable)
        for channel, body in sent:
            # A letter on paper bears its receiver's name and address; all else bears nothing.
            allowed = self.readable if channel == "print" else set()
            self._judge(f"{channel} sent by {method} {address}", body.encode(), allowed)
        return text

    def _judge(self, where: str, text: bytes, readable: Rows) -> None:
        for table, key, column in self.canaries.foreign(text, readable):
            if (table, column) in NAMES and self._is_told(where, key):
                continue
            self.faults.append(f"{self.role}: {where}: {table}.{column} of {key}")

    def _is_told(self, where: str, client: UUID) -> bool:
        at_desk = self.role == "officer" and f" {DESK}" in where
        return at_desk or (f" {ASKED}" in where and client in self.opened)


def _whole(got: Any) -> bytes:
    """Headers and contents; of a PDF its text, too."""
    body = b"".join(got) if got.streaming else got.content
    headers = "\n".join(f"{name}: {value}" for name, value in got.headers.items()).encode()
    if got.headers.get("Content-Type", "").startswith("application/pdf"):
        # A word that a line breaks has a hyphen in it.
        body += text_of(body).replace("-", "").encode()
    return headers + b"\n" + bytes(body)
