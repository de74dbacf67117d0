"""What is wrong in an administrator's file is told with its place, in one sentence."""

from datetime import date, datetime
from pathlib import Path

import pytest

from rinnalla.lib.days import HELSINKI
from rinnalla.organizations.configuring.tables import BadFile, Folder, Row
from rinnalla.organizations.models import Membership, Team

HEADER = "AVAIN;ARVO;ALKAEN;PAATTYEN\n"


def rows(folder: Path, contents: str | bytes) -> list[Row]:
    data = contents.encode() if isinstance(contents, str) else contents
    (folder / "asetukset.csv").write_bytes(data)
    return Folder(folder).rows("asetukset")


def row(**cells: str) -> Row:
    return Row("tiimit.csv", 7, cells)


def test_lines_are_physical_and_empty_ones_skipped(tmp_path: Path) -> None:
    found = rows(tmp_path, HEADER + '"a\nb";1;2026-01-01;\n\nc;2;2026-01-01;\n')
    assert [(r.line, r.text("AVAIN")) for r in found] == [(2, "a\nb"), (5, "c")]


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path: Path) -> None:
    assert (
        rows(tmp_path, ("\ufeff" + HEADER + "a;1;2026-01-01;\n").encode())[0].text("AVAIN") == "a"
    )


@pytest.mark.parametrize(
    ("contents", "sentence"),
    [
        ("AVAIN;ARVO;ALKAEN\n", "asetukset.csv, rivi 1, sarake PAATTYEN: sarake puuttuu"),
        (HEADER + "a;1\n", "rivi 2, sarake PAATTYEN: rivillä on väärä määrä sarakkeita"),
        (HEADER.encode() + b"\xe4;1;2026-01-01;\n", "asetukset.csv, rivi 2: merkistö ei ole UTF-8"),
        (HEADER + 'a;"1"x;2026-01-01;\n', "asetukset.csv, rivi 2: lainausmerkit eivät täsmää"),
        (HEADER + "a;\0;2026-01-01;\n", "asetukset.csv, rivi 2: rivillä on NUL-merkki"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, contents: str | bytes, sentence: str
) -> None:
    with pytest.raises(BadFile, match=sentence):
        rows(tmp_path, contents)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"asetukset\.csv: tiedosto puuttuu"):
        Folder(tmp_path).rows("asetukset")


def test_a_cell_that_cannot_be_used_is_told_with_its_place() -> None:
    for read, reason in (
        (lambda: row(A=" ").text("A"), "arvo puuttuu"),
        (lambda: row(A="31.10.2026").day("A"), "ei ole päivä"),
        (lambda: row(A="2026-02-30").day("A"), "ei ole päivä"),
        (lambda: row(A="kaksi").number("A"), "ei ole luku"),
        (lambda: row(A="99999").number("A"), "ei ole luku"),
        (lambda: row(A="x").one_of("A", {"y": 1}), "”x” ei ole tuttu"),
        (lambda: row(A="y x").all_of("A", {"y": 1}), "”x” ei ole tuttu"),
        (lambda: row(A="johtaja").choice("A", Membership.Role), "”johtaja” ei ole tuttu"),
        (lambda: row(A="2026-01-01").last_day("A", date(2026, 1, 2)), "loppu on ennen alkua"),
    ):
        with pytest.raises(BadFile, match=f"tiimit.csv, rivi 7, sarake A: .*{reason}"):
            read()


def test_cells_are_read_as_what_they_should_be() -> None:
    cells = row(D="2026-11-03", T="9.00", K="Työkyvyn tuen tiimi", V="a b, c,,", E="")
    assert cells.instant("D", "T") == datetime(2026, 11, 3, 9, tzinfo=HELSINKI)
    assert cells.choice("K", Team.Kind) == "work_ability"
    assert cells.phrases("V") == ["a b", "c"]
    assert cells.optional_day("E") is None
    assert cells.optional("missing") == ""
