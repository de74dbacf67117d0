"""From bytes to the raw records of a file: physical lines, quotes, encodings."""

import codecs
import csv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from typing import BinaryIO

UNDECODABLE = "\udcff"
MOST_CHARACTERS = 1_000_000
MOST_LINES = 1_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

csv.field_size_limit(MOST_CHARACTERS * 2)


class LineTooLong(Exception):
    """A line has no end within reason, so this is no file of records."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _mark(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return UNDECODABLE, error.end


codecs.register_error("rinnalla.mark", _mark)


@dataclass(slots=True)
class Raw:
    """One record as it stands in the file: where it begins, its text and its fields."""

    line: int
    text: str
    fields: list[str]
    unclosed: bool = False


def open_text(stream: BinaryIO, encoding: str) -> TextIOWrapper:
    """The stream as text; a byte order mark says more than what was agreed on."""
    head = stream.read(3)
    for bom, by_bom in _BOMS:
        if head.startswith(bom):
            stream.seek(len(bom))
            return TextIOWrapper(stream, by_bom, "rinnalla.mark", newline="\n")
    stream.seek(0)
    return TextIOWrapper(stream, encoding, "rinnalla.mark", newline="\n")


class Lines:
    """The physical lines of a text, counted from 1, with a way to step back."""

    def __init__(self, text: TextIOWrapper) -> None:
        self._text = text
        self._back: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else self._text.readline(MOST_CHARACTERS)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) >= MOST_CHARACTERS:
            raise LineTooLong(self.number)
        return line

    def give_back(self, lines: list[str]) -> None:
        """Lines that turned out not to belong to the record before them."""
        self._back.extend(reversed(lines))
        self.number -= len(lines)


class _Record:
    """The lines that the csv parser takes for one record, so that they can be given back."""

    def __init__(self, first: str, lines: Lines) -> None:
        self._rest = lines
        self.taken = [first]
        self._given = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if not self._given:
            self._given = True
            return self.taken[0]
        if len(self.taken) == MOST_LINES:
            raise StopIteration
        self.taken.append(next(self._rest))
        return self.taken[-1]


def read_raw(text: TextIOWrapper, delimiter: str) -> Iterator[Raw]:
    """The records of a text; blank lines are passed over."""
    lines = Lines(text)
    for line in lines:
        if '"' in line:
            yield _quoted(line, lines, delimiter)
        elif (bare := line.rstrip("\r\n")) and bare.strip(" "):
            yield Raw(lines.number, line, bare.split(delimiter))


def _quoted(first: str, lines: Lines, delimiter: str) -> Raw:
    number = lines.number
    record = _Record(first, lines)
    with suppress(csv.Error):
        fields = next(csv.reader(record, delimiter=delimiter, strict=True))
        return Raw(number, "".join(record.taken), fields)
    # A quote that nobody closes would swallow all that follows: only its own line is spoiled.
    lines.give_back(record.taken[1:])
    return Raw(number, first, first.rstrip("\r\n").split(delimiter), unclosed=True)
