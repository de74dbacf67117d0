"""Files of the administrator: separated by semicolons, each cell read as what it should be."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import NoReturn, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import override

from rinnalla.lib.days import HELSINKI

Thing = TypeVar("Thing")

# The columns that a file must have, by the file's name; it may have others, too.
COLUMNS = {
    "asetukset": "AVAIN ARVO ALKAEN PAATTYEN",
    "organisaatiot": "KOODI NIMI LAJI",
    "yksikot": "KOODI NIMI ORGANISAATIO REKISTERI TOIMIALA OID",
    "yksikoiden_organisaatiot": "YKSIKKO ORGANISAATIO",
    "koodit": "LUETTELO KOODI NIMI",
    "lainkohdat": "LUETTELO KOODI NIMI",
    "tyotehtavat": "KOODI NIMI YKSIKOT",
    "henkilosto": "TUNNUS ETUNIMI SUKUNIMI NIMIKE YKSIKKO ROOLI TYOTEHTAVA PUHELIN ALKAA PAATTYY",
    "esihenkilot": "ORGANISAATIO YKSIKKO TUNNUS",
    "tiimit": "KOODI NIMI LAJI ALUE KOOLLEKUTSUJA YKSIKKO KONSULTAATIO_PV TAPAAMINEN_PV",
    "tiimien_paikat": "TIIMI JARJESTYS PAIKKA NIMI ORGANISAATIO YKSIKOT",
    "tiimien_jasenet": "TIIMI PAIKKA TUNNUS YKSIKKO ALKAA",
    "kokoukset": "TIIMI PAIVA KLO PAIKKA",
    "kunnat": "KUNTA TIIMI TYOLLISYYSYKSIKKO ALKAEN PAATTYEN",
    "palvelut": "KOODI NIMI NIMI_SV NIMI_EN YKSIKOT PAATTAA TARVITAAN ODOTUS KENELLE"
    " ALKAEN PAATTYEN",
    "palvelun_ehdot": "PALVELU MILLOIN TIETO YKSIKOT ARVOT KUUKAUDET",
    "palvelun_vaiheet": "PALVELU JARJESTYS TEKSTI TEKIJA YHTEYSTAHO PAIVIA",
}


class BadFile(Exception):
    """One sentence that tells which file, line and column cannot be used, and why."""


@dataclass(frozen=True)
class Row:
    """A line of a file; every cell that cannot be used is refused with its place."""

    file: str
    line: int
    cells: Mapping[str, str]

    def refuse(self, column: str, reason: str) -> NoReturn:
        place = _("%(file)s, rivi %(line)d, sarake %(column)s: %(reason)s")
        raise BadFile(
            place % {"file": self.file, "line": self.line, "column": column, "reason": reason}
        )

    def optional(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def text(self, column: str) -> str:
        return self.optional(column) or self.refuse(column, _("arvo puuttuu"))

    def words(self, column: str) -> list[str]:
        return self.text(column).split()

    def phrases(self, column: str) -> list[str]:
        """What stands between commas."""
        return [phrase.strip() for phrase in self.optional(column).split(",") if phrase.strip()]

    def number(self, column: str) -> int:
        written = self.text(column)
        if not (written.isascii() and written.isdigit() and int(written) < 32_768):
            self.refuse(column, _("”%s” ei ole luku välillä 0–32767") % written)
        return int(written)

    def day(self, column: str) -> date:
        return self._parsed(column, self.text(column), "%Y-%m-%d", _("päivä, esim. 2026-10-31"))

    def optional_day(self, column: str) -> date | None:
        return self.day(column) if self.optional(column) else None

    def last_day(self, column: str, begins: date) -> date | None:
        """The end of what begins on a day, no sooner than that day."""
        ends = self.optional_day(column)
        if ends and ends < begins:
            self.refuse(column, _("loppu on ennen alkua"))
        return ends

    def instant(self, day_column: str, time_column: str) -> datetime:
        """A day and a time of the clock in Helsinki."""
        clock = self._moment(time_column, self.text(time_column), "%H.%M", _("aika, esim. 9.00"))
        return datetime.combine(self.day(day_column), clock.time(), tzinfo=HELSINKI)

    def choice(self, column: str, choices: type[TextChoices]) -> str:
        """The value of the choice whose Finnish name is written here."""
        with override("fi"):
            names = {str(label).casefold(): str(value) for value, label in choices.choices}
        return self.one_of(column, names, self.text(column).casefold())

    def one_of(self, column: str, known: Mapping[str, Thing], word: str | None = None) -> Thing:
        """The thing that goes by the cell's name."""
        name = self.text(column) if word is None else word
        if name not in known:
            self.refuse(column, _("”%s” ei ole tuttu") % name)
        return known[name]

    def all_of(self, column: str, known: Mapping[str, Thing]) -> list[Thing]:
        """The things that go by the cell's names, which stand between spaces."""
        return [self.one_of(column, known, word) for word in self.words(column)]

    def _parsed(self, column: str, written: str, pattern: str, expected: str) -> date:
        return self._moment(column, written, pattern, expected).date()

    def _moment(self, column: str, written: str, pattern: str, expected: str) -> datetime:
        try:
            return datetime.strptime(written, pattern).replace(tzinfo=HELSINKI)
        except ValueError:
            self.refuse(column, _("”%(written)s” ei ole %(expected)s") % locals())


@dataclass(frozen=True)
class Folder:
    """A folder of such files; the label tells them from another folder's of the same name."""

    path: Path
    label: str = ""

    def rows(self, name: str) -> list[Row]:
        """All rows of a file, with the columns that it must have."""
        file = self.path / f"{name}.csv"
        label = self.label + file.name
        return list(_rows(label, _contents(file, label), COLUMNS[name].split()))


def _contents(file: Path, label: str) -> str:
    try:
        return _checked(label, file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise BadFile(_("%s: tiedosto puuttuu.") % file) from None
    except OSError as error:
        raise BadFile(_("%(file)s: ei voi lukea (%(error)s).") % locals()) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = _("%(name)s, rivi %(line)d: merkistö ei ole UTF-8.")
        raise BadFile(message % {"name": label, "line": line}) from error


def _checked(name: str, contents: str) -> str:
    before, nul, _after = contents.partition("\0")
    if nul:
        line = before.count("\n") + 1
        raise BadFile(_("%(name)s, rivi %(line)d: rivillä on NUL-merkki.") % locals())
    return contents


def _rows(name: str, contents: str, wanted: list[str]) -> Iterator[Row]:
    reader = csv.reader(StringIO(contents, newline=""), delimiter=";", strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        for column in wanted:
            if column not in header:
                Row(name, 1, {}).refuse(column, _("sarake puuttuu"))
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(header):
                    Row(name, line, {}).refuse(header[-1], _("rivillä on väärä määrä sarakkeita"))
                yield Row(name, line, dict(zip(header, cells, strict=True)))
            line = reader.line_num + 1
    except csv.Error as error:
        message = _("%(name)s, rivi %(line)d: lainausmerkit eivät täsmää.")
        raise BadFile(message % {"name": name, "line": reader.line_num}) from error
