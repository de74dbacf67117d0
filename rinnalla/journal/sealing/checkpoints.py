"""The witness outside the database: a file to which a line is added for each seal."""

import fcntl
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from rinnalla.journal.sealing.form import Seal

LONGEST_LINE = 4096


class Unreadable(Exception):
    """A line of the file is no seal; the line."""


def read(path: Path) -> dict[int, Seal]:
    """The witnessed seals by number; empty when there is no file yet."""
    if not path.exists():
        return {}
    found = (_parsed(line) for line in path.read_bytes().splitlines())
    return {seal.number: seal for seal in found}


def last(path: Path) -> Seal | None:
    """The newest witnessed seal, found at the end of the file."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST_LINE))
        lines = file.read().splitlines()
    return _parsed(lines[-1]) if lines else None


def append(path: Path, seals: list[Seal]) -> list[Seal]:
    """Adds the seals that are newer than the last line, to the disk itself; those that were
    added."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o640), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        newest = last(path)
        new = [seal for seal in seals if newest is None or seal.number > newest.number]
        file.write("".join(f"{json.dumps(to_json(seal))}\n" for seal in new))
        file.flush()
        os.fsync(file.fileno())
    return new


def to_json(seal: Seal) -> dict[str, Any]:
    """A seal as a line of the checkpoint, and of an export."""
    return {
        "number": seal.number,
        "sealed": seal.sealed_at,
        "rows": seal.rows,
        "root": seal.root.hex(),
        "previous": seal.previous.hex(),
        "key": seal.key.hex(),
        "signature": seal.signature.hex(),
    }


def _parsed(line: bytes) -> Seal:
    try:
        return from_json(json.loads(line))
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(line[:40].decode(errors="replace")) from error


def from_json(line: dict[str, Any]) -> Seal:
    unsigned = Seal(
        int(line["number"]),
        str(line["sealed"]),
        int(line["rows"]),
        *(bytes.fromhex(line[name]) for name in ("root", "previous", "key")),
    )
    return replace(unsigned, signature=bytes.fromhex(line["signature"]))
