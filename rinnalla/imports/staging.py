"""Temporary tables into which good records are copied before they meet what is stored."""

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection

Parameters = Sequence[Any] | Mapping[str, Any]
Row = tuple[Any, ...]


def fresh_ids() -> Iterator[str]:
    """Keys like those of `lib.ids.uuid7`, made many at a time."""
    while True:
        stamp = f"{time.time_ns() // 1_000_000:012x}7"
        tail = os.urandom(9 * 512).hex()
        for place in range(0, len(tail), 18):
            yield f"{stamp}{tail[place : place + 3]}8{tail[place + 3 : place + 18]}"


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Copies rows into a temporary table."""
    raw = connection.connection
    assert isinstance(raw, psycopg.Connection)
    names = ", ".join(columns)
    # Made before: a row that asked the database something would wait for its own copy to end.
    made = list(rows)
    with raw.cursor() as cursor, cursor.copy(f"copy {table} ({names}) from stdin") as copy:
        for row in made:
            copy.write_row(row)


def execute(statement: str, parameters: Parameters = ()) -> None:
    """Runs a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)


def fetch(statement: str, parameters: Parameters = ()) -> list[Row]:
    """Runs a statement; its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return list(cursor.fetchall())
