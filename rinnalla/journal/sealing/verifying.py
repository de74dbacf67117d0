"""The journal held against its chain, the signatures and the checkpoint outside the database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from django.utils.translation import gettext as _

from rinnalla.journal.sealing import checkpoints, reading
from rinnalla.journal.sealing.form import NOTHING_BEFORE, Seal, leaf, root
from rinnalla.journal.sealing.keys import is_signed, trusted_keys
from rinnalla.journal.sealing.reading import Tail


@dataclass(frozen=True)
class Verdict:
    """What was found; `wrong` is a sentence about the first wrong batch, or empty."""

    seals: int
    rows: int
    witnessed: int
    tail: Tail
    wrong: str

    @property
    def ok(self) -> bool:
        return not self.wrong


def verify(path: Path) -> Verdict:
    """Reads the whole journal of one moment and compares."""
    with reading.one_moment():
        try:
            witnessed = checkpoints.read(path)
        except checkpoints.Unreadable as line:
            words = _("Tarkistuspisteen rivi ei ole sinetti: %(line)s.") % {"line": line}
            return Verdict(0, 0, 0, reading.tail(), words)
        return _verify(witnessed)


def _verify(witnessed: Mapping[int, Seal]) -> Verdict:
    keys = trusted_keys() | {seal.key for seal in witnessed.values()}
    before, rows = None, 0
    batches = _batches()
    wrong = ""
    for seal in reading.seals():
        leaves = next(batches, (0, None)) if not wrong else (0, None)
        wrong = (
            _link(seal, before)
            or _signature(seal, keys)
            or _witness(seal, witnessed)
            or _content(seal, leaves)
        )
        if wrong:
            break
        before, rows = seal, rows + seal.rows
    number = before.number if before else 0
    return Verdict(
        seals=number,
        rows=rows,
        witnessed=max(witnessed, default=0),
        tail=reading.tail(),
        wrong=wrong or _end(number, witnessed, next(batches, None)),
    )


def _batches() -> Iterator[tuple[int, list[bytes] | None]]:
    """The leaves of each batch by its number; none where a row is gone."""
    for number, group in groupby(reading.sealed(), itemgetter(0)):
        entries = [entry for _number, entry in group]
        yield number, None if None in entries else [leaf(entry) for entry in entries if entry]


def _link(seal: Seal, before: Seal | None) -> str:
    number, previous = (before.number + 1, before.hash) if before else (1, NOTHING_BEFORE)
    if seal.number != number:
        return _("Sinetti %(number)d puuttuu.") % {"number": number}
    if seal.previous != previous:
        return _("Sinetti %(number)d ei jatka edellistä.") % {"number": number}
    return ""


def _signature(seal: Seal, keys: frozenset[bytes]) -> str:
    if seal.key not in keys:
        return _("Sinetti %(number)d on tehty vieraalla avaimella.") % {"number": seal.number}
    if not is_signed(seal.message, seal.signature, seal.key):
        return _("Sinetin %(number)d allekirjoitus ei pidä.") % {"number": seal.number}
    return ""


def _witness(seal: Seal, witnessed: Mapping[int, Seal]) -> str:
    seen = witnessed.get(seal.number)
    if seen is not None and seen.hash != seal.hash:
        return _("Sinetti %(number)d on toinen kuin tarkistuspisteessä.") % {"number": seal.number}
    return ""


def _content(seal: Seal, batch: tuple[int, list[bytes] | None]) -> str:
    number, leaves = batch
    if number != seal.number or leaves is None or len(leaves) != seal.rows:
        words = _("Erästä %(number)d puuttuu rivejä tai siinä on liikaa: sinetöityjä oli %(rows)d.")
    elif root(leaves) != seal.root:
        words = _("Erän %(number)d rivejä on muutettu sen jälkeen, kun %(rows)d riviä sinetöitiin.")
    else:
        return ""
    return words % {"number": seal.number, "rows": seal.rows}


def _end(number: int, witnessed: Mapping[int, Seal], beyond: object) -> str:
    newest = max(witnessed, default=0)
    if newest > number:
        return _(
            "Lokin loppu puuttuu: tarkistuspiste tuntee sinetin %(newest)d, viimeinen on %(last)d."
        ) % {"newest": newest, "last": number}
    if beyond is not None:
        return _("Rivejä on merkitty sinettiin, jota ei ole.")
    if strays := reading.strays():
        return _("Lokissa on %(rows)d asiakasriviä ilman tapahtumaa.") % {"rows": strays}
    return ""
