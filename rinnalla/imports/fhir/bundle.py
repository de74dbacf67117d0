"""From bytes to the entries of a bundle, one at a time, whatever the bundle's size."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from rinnalla.imports.reading import SourceUnreadable

BLOCK = 1 << 16
LARGEST_ENTRY = 1 << 24
_BLANK = " \t\n\r"


@dataclass(slots=True)
class Entry:
    """One entry of a bundle: its number from 0, the physical line where it begins, and itself."""

    number: int
    line: int
    told: Any


def entries(stream: BinaryIO) -> Iterator[Entry]:
    """The entries in the bundle's order; raises SourceUnreadable when it is no whole bundle."""
    text = _Text(stream)
    if text.next_sign() != "{":
        raise SourceUnreadable("not_bundle" if text.next_sign() in '["' else "not_json")
    kind = None
    for name in _members(text):
        if name == "entry" and text.next_sign() == "[":
            yield from _items(text)
            continue
        told = text.value()
        if name == "entry":
            raise SourceUnreadable("not_bundle")
        kind = told if name == "resourceType" else kind
    text.end()
    if kind != "Bundle":
        raise SourceUnreadable("not_bundle")


def _members(text: "_Text") -> Iterator[str]:
    """The names of an object's members; whoever asks takes each value."""
    text.take("{")
    if text.next_sign() == "}":
        text.take("}")
        return
    while True:
        if text.next_sign() != '"':
            text.fail()
        yield str(text.named())
        if text.take(",}") == "}":
            return


def _items(text: "_Text") -> Iterator[Entry]:
    text.take("[")
    if text.next_sign() == "]":
        text.take("]")
        return
    number = 0
    while True:
        text.next_sign()
        yield Entry(number, text.line, text.value())
        number += 1
        if text.take(",]") == "]":
            return


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


class _Text:
    """The text of a JSON document, of which memory holds little more than one value."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder(parse_constant=_no_constant)
        self._text = ""
        self._place = 0
        self._ended = False
        self._blank = True
        self.line = 1

    def next_sign(self) -> str:
        """The next sign that is not blank, left where it is."""
        while True:
            start = self._place
            while self._place < len(self._text) and self._text[self._place] in _BLANK:
                self._place += 1
            self.line += self._text.count("\n", start, self._place)
            if self._place < len(self._text):
                self._blank = False
                return self._text[self._place]
            if not self._more(BLOCK):
                self.fail()

    def take(self, signs: str) -> str:
        """The next sign, which must be one of these."""
        sign = self.next_sign()
        if sign not in signs:
            self.fail()
        self._place += 1
        return sign

    def named(self) -> Any:
        """A member's name, with the colon after it."""
        name = self.value()
        self.take(":")
        return name

    def value(self) -> Any:
        """The next whole value."""
        self.next_sign()
        size = BLOCK
        while True:
            try:
                told, place = self._json.raw_decode(self._text, self._place)
            except (ValueError, RecursionError) as error:
                self._need_more(error, size)
            else:
                # A number at the very end may go on in what has not been read yet.
                if place < len(self._text) or not self._more(size):
                    self.line += self._text.count("\n", self._place, place)
                    self._place = place
                    return told
            size *= 2

    def _need_more(self, error: Exception, size: int) -> None:
        cut = isinstance(error, json.JSONDecodeError) and _is_cut(error)
        if not cut or len(self._text) - self._place > LARGEST_ENTRY:
            raise SourceUnreadable("not_json")
        if not self._more(size):
            raise SourceUnreadable("cut_off")

    def end(self) -> None:
        """Nothing but blanks may follow."""
        while self._more(BLOCK):
            pass
        if self._text[self._place :].strip(_BLANK):
            raise SourceUnreadable("not_json")

    def fail(self) -> NoReturn:
        """What stands here cannot stand here, or nothing does."""
        if self._place < len(self._text):
            raise SourceUnreadable("not_json")
        raise SourceUnreadable("empty" if self._blank else "cut_off")

    def _more(self, size: int) -> bool:
        if self._ended:
            return False
        block = self._stream.read(size)
        self._ended = not block
        self._text = self._text[self._place :] + self._decoded(block)
        self._place = 0
        return not self._ended

    def _decoded(self, block: bytes) -> str:
        try:
            return self._decoder.decode(block, final=not block)
        except UnicodeDecodeError:
            raise SourceUnreadable("encoding_wrong") from None


def _is_cut(error: json.JSONDecodeError) -> bool:
    """Whether the text ended before the value did, as far as can be told from its last signs."""
    rest = error.doc[error.pos :]
    return error.msg.startswith("Unterminated") or len(rest) < len("false")
