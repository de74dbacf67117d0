"""Finnish alphabetical order of names, the same in Python and in the database."""

import re
import unicodedata

_AFTER_Z = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "õ": "}", "ő": "}", "œ": "}"}
_ALONE = {
    "ü": "y", "ű": "y", "đ": "d", "ð": "d", "ǥ": "g", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n",
    "ß": "s", "þ": "t", "ŧ": "t", "ʒ": "z", "ǯ": "z",
}  # fmt: skip
_SPACES = "\t\n\r-_/\u00a0\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u202f"
_DROPPED = "'`.,\"\u00b4\u2018\u2019\u201c\u201d\u02bc\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff"
_COMBINING = "".join(map(chr, range(0x300, 0x370)))
_CASED = (range(0x41, 0x5B), range(0xC0, 0x250), range(0x292, 0x293), range(0x370, 0x530),
          range(0x1E00, 0x1F00))  # fmt: skip


def _folded(letter: str) -> str:
    low = letter.lower()
    if low in _AFTER_Z or low in _ALONE:
        return _AFTER_Z.get(low) or _ALONE[low]
    base = unicodedata.normalize("NFD", low)[0]
    return base if "a" <= base <= "z" or len(low) > 1 else low


def _make_map() -> dict[str, str]:
    letters = (chr(code) for codes in _CASED for code in codes)
    folds = {letter: _folded(letter) for letter in letters}
    return {a: b for a, b in folds.items() if a != b} | dict.fromkeys(_SPACES, " ")


_MAP = _make_map()
_TABLE = str.maketrans(_MAP) | dict.fromkeys(map(ord, _DROPPED + _COMBINING))
_RUN = re.compile(" +")


def sort_key(text: str) -> str:
    """A key whose order under collation C is the Finnish alphabetical order of the names."""
    composed = unicodedata.normalize("NFC", text).translate(_TABLE)
    return _RUN.sub(" ", composed).strip(" ")


def _literal(text: str) -> str:
    # Escapes keep the statement free of invisible and combining characters.
    return "U&'" + "".join(
        letter if letter.isalnum() and letter.isascii() else f"\\{ord(letter):04x}"
        for letter in text
    ) + "'"  # fmt: skip


SORT_KEY_SQL = f"""
create or replace function rinnalla.sort_key(name text) returns text
language sql immutable strict parallel safe
as $$
  select btrim(regexp_replace(translate(normalize(name, nfc),
    {_literal("".join(_MAP) + _DROPPED + _COMBINING)},
    {_literal("".join(_MAP.values()))}), ' +', ' ', 'g'), ' ') collate "C"
$$
"""
