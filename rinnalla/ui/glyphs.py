"""Which letters our fonts have: an archivable PDF may not name one that it cannot draw."""

import struct
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

MISSING = "□"
GROUP = struct.Struct(">III")


@lru_cache(maxsize=4)
def letters(font: Path) -> frozenset[int]:
    """The characters of an OpenType font, by the 32-bit table of its `cmap`."""
    data = font.read_bytes()
    start = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">I", data, start + 4 + 8 * number + 4)
        kind, *_, groups = struct.unpack_from(">HHIII", data, start + offset)
        if kind == 12:
            first = start + offset + 16
            rows = GROUP.iter_unpack(data[first : first + GROUP.size * groups])
            return frozenset(code for begin, end, _ in rows for code in range(begin, end + 1))
    raise ValueError(f"{font} has no table of 32-bit characters")


def drawable(value: Any, known: frozenset[int]) -> Any:
    """The same data with composed letters, and a box for each that the font does not have."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value)
        return "".join(_drawn(letter, known) for letter in text)
    if isinstance(value, dict):
        return {key: drawable(one, known) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(one, known) for one in value]
    return value


def _drawn(letter: str, known: frozenset[int]) -> str:
    if letter == "\n" or (ord(letter) in known and unicodedata.category(letter) != "Cc"):
        return letter
    return " " if unicodedata.category(letter)[0] in "CZ" else MISSING


def _table(data: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if tag == name:
            return int(offset)
    raise ValueError(f"no table {name!r}")
