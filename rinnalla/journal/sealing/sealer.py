"""The sealing job: what is committed and unsealed becomes a batch; writers never wait for it."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction

from rinnalla.journal.sealing import checkpoints
from rinnalla.journal.sealing.form import NOTHING_BEFORE, Seal, instant, root
from rinnalla.journal.sealing.keys import public_bytes, signing_key

logger = logging.getLogger("rinnalla.journal.seal")
LARGEST_BATCH = 10_000
COLUMNS = "number, rinnalla.instant(sealed_at), rows, root, previous, key, signature"


class WitnessDisagrees(Exception):
    """The database's chain is not the one that the checkpoint has seen."""


def seal_all(limit: int = LARGEST_BATCH) -> int:
    """Seals what is unsealed, batch by batch, each witnessed at once; the number of rows."""
    path, key = Path(settings.CHECKPOINTS), signing_key()
    rows = 0
    while seal := _seal_batch(key, path, limit):
        witness(path)
        rows += seal.rows
        if seal.rows < limit:
            break
    # What a job that died between the database and the file left unsaid is said now.
    witness(path)
    return rows


@transaction.atomic
def _seal_batch(key: Ed25519PrivateKey, path: Path, limit: int) -> Seal | None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('rinnalla sealing'))")
        previous = _newest()
        _check(path)
        # Asked before the leaves are: whatever ends between the two is among them.
        cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        floor = cursor.fetchone()[0]
        cursor.execute("select entry, leaf from rinnalla.unsealed_leaves(%s)", [limit])
        batch = cursor.fetchall()
        if not batch:
            return None
        seal = signed(
            key,
            Seal(
                number=previous.number + 1 if previous else 1,
                sealed_at=instant(datetime.now(UTC)),
                rows=len(batch),
                root=root([bytes(leaf) for _entry, leaf in batch]),
                previous=previous.hash if previous else NOTHING_BEFORE,
                key=public_bytes(key),
            ),
        )
        cursor.execute(
            "select rinnalla.add_seal(%s, %s, %s, %s, %s, %s, %s, %s, %s::uuid[])",
            [
                *(seal.number, seal.sealed_at, seal.root, seal.previous, seal.key),
                *(seal.signature, seal.hash, floor if len(batch) < limit else None),
                [entry for entry, _leaf in batch],
            ],
        )
    return seal


def signed(key: Ed25519PrivateKey, seal: Seal) -> Seal:
    return replace(seal, signature=key.sign(seal.message))


def witness(path: Path) -> None:
    """Brings every seal that is not there yet to the checkpoint and to the log."""
    _check(path)
    newest = checkpoints.last(path)
    for seal in checkpoints.append(path, _after(newest.number if newest else 0)):
        logger.info(
            "seal %d rows %d root %s hash %s signature %s",
            *(seal.number, seal.rows, seal.root.hex(), seal.hash.hex(), seal.signature.hex()),
        )


def _check(path: Path) -> None:
    """Nothing is built upon a chain that the witness has seen otherwise."""
    seen = checkpoints.last(path)
    if seen is None:
        return
    same = _after(seen.number - 1, 1)
    if not same or same[0].hash != seen.hash:
        logger.error("seal %d is not what %s has seen: nothing is sealed", seen.number, path)
        raise WitnessDisagrees(f"{path}: seal {seen.number}")


def _newest() -> Seal | None:
    with connection.cursor() as cursor:
        cursor.execute(f"select {COLUMNS} from rinnalla.seal order by number desc limit 1")
        row = cursor.fetchone()
    return from_row(row) if row else None


def _after(number: int, limit: int | None = None) -> list[Seal]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {COLUMNS} from rinnalla.seal where number > %s order by number limit %s",
            [number, limit],
        )
        return [from_row(row) for row in cursor.fetchall()]


def from_row(row: tuple[object, ...]) -> Seal:
    """A seal as the database keeps it."""
    number, sealed_at, rows, *parts = row
    binary = [bytes(part) for part in parts if isinstance(part, (bytes, memoryview))]
    return Seal(int(str(number)), str(sealed_at), int(str(rows)), *binary)
