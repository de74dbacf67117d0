#!/usr/bin/env python3
"""Verifies an export of Rinnalla's journal. Written from docs/journal.md; imports nothing of
Rinnalla.

    python verify_journal.py EXPORT --checkpoints FILE [--key HEX]

Needs Python 3.10 and the package `cryptography`. The exit code is 0 when everything holds, else 1.
"""

import argparse
import json
import sys
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FIELDS = (
    "id", "at", "recorded_at", "kind", "account", "membership", "process", "subject_type",
    "subject", "facts",
)  # fmt: skip
SUBJECT = ("id", "client", "basis", "at")

Json = dict[str, Any]
Batches = dict[int, list[tuple[str, bytes]]]


class Wrong(Exception):
    """A sentence about the first thing that does not hold."""


def netstring(value: str | None) -> bytes:
    if value is None:
        return b"-,"
    content = value.encode()
    return b"%d:%b," % (len(content), content)


def leaf(entry: Json) -> bytes:
    subjects = sorted(entry["subjects"], key=lambda subject: subject["id"])
    values = ["rinnalla-entry-1", *(entry[name] for name in FIELDS), str(len(subjects))]
    values += [subject[name] for subject in subjects for name in SUBJECT]
    return sha256(b"\x00" + b"".join(netstring(value) for value in values)).digest()


def tree(level: list[bytes]) -> bytes:
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
        level = above + (level[-1:] if len(level) % 2 else [])
    return level[0]


def message(seal: Json) -> bytes:
    return (
        (
            "rinnalla-seal-1\nnumber {number}\nsealed {sealed}\nrows {rows}\nroot {root}\n"
            "previous {previous}\nkey {key}\n"
        )
        .format(**seal)
        .encode()
    )


def check_signature(seal: Json, where: str) -> None:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(seal["key"]))
    try:
        key.verify(bytes.fromhex(seal["signature"]), message(seal))
    except InvalidSignature:
        raise Wrong(f"{where}: the signature of seal {seal['number']} does not hold") from None


def read_checkpoints(path: str) -> dict[int, Json]:
    with open(path, encoding="utf-8") as file:
        seen = {seal["number"]: seal for seal in map(json.loads, file)}
    for seal in seen.values():
        check_signature(seal, "checkpoint")
    return seen


def read_export(path: str) -> tuple[list[Json], Batches, int]:
    """The chain, the leaves of each batch in the order of their ids, how many rows are unsealed."""
    seals: list[Json] = []
    batches: Batches = {}
    unsealed, ended = 0, False
    with open(path, encoding="utf-8") as file:
        for line in map(json.loads, file):
            if "seal" in line:
                seals.append(line["seal"])
            elif "entry" in line and line["batch"] is None:
                unsealed += 1
            elif "entry" in line:
                hashed = (line["entry"]["id"], leaf(line["entry"]))
                batches.setdefault(line["batch"], []).append(hashed)
            ended = "end" in line
    if not ended:
        raise Wrong("the export is cut off")
    return seals, batches, unsealed


def check(seals: list[Json], batches: Batches, seen: dict[int, Json], keys: set[str]) -> None:
    previous, number = "00" * 32, 0
    for number, seal in enumerate(seals, 1):
        if seal["number"] != number:
            raise Wrong(f"seal {number} is missing")
        if seal["previous"] != previous:
            raise Wrong(f"seal {number} does not continue the one before")
        if seal["key"] not in keys:
            raise Wrong(f"seal {number} was made with a foreign key")
        check_signature(seal, "export")
        if number in seen and message(seen[number]) != message(seal):
            raise Wrong(f"seal {number} is not the one of the checkpoint")
        leaves = [hashed for _id, hashed in sorted(batches.get(number, []))]
        if len(leaves) != seal["rows"]:
            raise Wrong(f"batch {number} has {len(leaves)} rows, {seal['rows']} were sealed")
        if tree(leaves) != bytes.fromhex(seal["root"]):
            raise Wrong(f"a row of batch {number} is not what was sealed")
        previous = sha256(message(seal)).hexdigest()
    if max(seen, default=0) > number:
        raise Wrong(f"the end is missing: the checkpoint knows seal {max(seen)}, here are {number}")
    if max(batches, default=0) > number:
        raise Wrong("rows are marked for a seal that is not there")


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Verifies an export of Rinnalla's journal.")
    parser.add_argument("export")
    parser.add_argument("--checkpoints", required=True, help="the file kept outside the database")
    parser.add_argument("--key", action="append", default=[], help="a public key, in hexadecimal")
    options = parser.parse_args(words)
    try:
        seen = read_checkpoints(options.checkpoints)
        seals, batches, unsealed = read_export(options.export)
        check(seals, batches, seen, {*options.key, *(seal["key"] for seal in seen.values())})
    except Wrong as sentence:
        sys.stdout.write(f"WRONG: {sentence}.\n")
        return 1
    rows = sum(map(len, batches.values()))
    sys.stdout.write(
        f"Holds: {len(seals)} seals, {rows} rows; the checkpoint knows {max(seen, default=0)}."
        f" Not sealed yet: {unsealed} rows.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
