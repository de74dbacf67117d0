"""A county of a chosen number of clients, made by sets; persons are invented, codes are
artificial."""

import math
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import psycopg
from django.contrib.auth.hashers import make_password

from bench.house import Database
from rinnalla.clients.identifiers import encrypt_hetu, hetu_digest
from rinnalla.lib.ids import uuid7

PASSWORD = "mittauksen oma salasana"
SQL = Path(__file__).parent / "sql"
STEPS = ("people", "clients", "records", "applications", "consultations", "permits", "ways")
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
FIRST_DAY = date(1958, 1, 1)
DAYS = 15_000


def make(database: Database, clients: int) -> None:
    """Fills the database; everybody who signs in does it with the same password."""
    with database.connect() as connection:
        connection.execute((SQL / "frame.sql").read_text())
        connection.execute(
            "insert into bench.size values (%s, %s, %s, %s)",
            [clients, math.ceil(clients / 100), math.ceil(clients / 1000), make_password(PASSWORD)],
        )
        _copy_clients(connection, clients)
        for step in STEPS:
            connection.execute((SQL / f"{step}.sql").read_text())
        connection.execute("vacuum analyze")


def _copy_clients(connection: psycopg.Connection, clients: int) -> None:
    columns = "n, id, hetu, birth_date, digest, ciphertext"
    with connection.cursor().copy(f"copy bench.client ({columns}) from stdin") as copy:
        for row in _persons(clients):
            copy.write_row(row)


def _persons(clients: int) -> Iterator[tuple[object, ...]]:
    # An individual number from 900 on is nobody's: the register gives none of them to a person.
    codes = random.Random(1).sample(range(DAYS * 100), clients)
    for n, code in enumerate(codes, 1):
        born = FIRST_DAY + timedelta(days=code // 100)
        digits = f"{born:%d%m%y}{900 + code % 100}"
        hetu = f"{digits[:6]}-{digits[6:]}{CHECK[int(digits) % 31]}"
        yield n, uuid7(), hetu, born, hetu_digest(hetu), encrypt_hetu(hetu)
