"""The key of the seat's proof, split for HMAC so that the database needs no extension."""

import base64

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

BLOCK = 64


def padded(key: bytes) -> tuple[bytes, bytes]:
    """The inner and the outer pad of HMAC (RFC 2104) for SHA-256."""
    block = key.ljust(BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)


def install(connection: BaseDatabaseWrapper) -> None:
    """Writes the key of the settings into the database; only the owner can."""
    inner, outer = padded(base64.b64decode(settings.SEAT_KEY)[:BLOCK])
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into access.seat_key (inner_pad, outer_pad) values (%s, %s)"
            " on conflict (single) do update"
            " set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad",
            [inner, outer],
        )
