"""The one clock, `rinnalla.now()`, and its demonstration form that can be moved and runs on."""

from datetime import datetime
from typing import Any

Cursor = Any

_DEMONSTRATION = """
create or replace function rinnalla.now() returns timestamptz language sql stable as $$
    select coalesce(frozen, transaction_timestamp() + shift) from rinnalla.clock
$$
"""


def now(cursor: Cursor) -> datetime:
    """The instant of this transaction by the one clock."""
    cursor.execute("select rinnalla.now()")
    instant: datetime = cursor.fetchone()[0]
    return instant


def install_demonstration_clock(cursor: Cursor) -> None:
    """Let `rinnalla.now()` read the row of `rinnalla.clock`; only the owner can."""
    cursor.execute(_DEMONSTRATION)


def is_demonstration_clock(cursor: Cursor) -> bool:
    """Whether `rinnalla.now()` can be moved in this database."""
    cursor.execute(
        "select prosrc like '%rinnalla.clock%' from pg_proc"
        " where oid = to_regprocedure('rinnalla.now()')"
    )
    row = cursor.fetchone()
    return bool(row and row[0])


def move(cursor: Cursor, instant: datetime | None) -> None:
    """Let the clock show the instant now and run on from it; None gives it back the real time."""
    cursor.execute(
        "update rinnalla.clock set frozen = null,"
        " shift = coalesce(%s::timestamptz - transaction_timestamp(), interval '0')",
        [instant],
    )
