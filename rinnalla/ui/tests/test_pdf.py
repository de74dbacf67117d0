"""PDFs that everybody can read, whatever was typed into them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
import typst

from rinnalla.ui import pdf
from rinnalla.ui.tests.reading import judged, opened, text

AT = datetime(2026, 11, 3, 9, tzinfo=UTC)
SAMI = "Áđŋšŧž Ââõ ʒ ǯ ǥ ǧ ǩ ʹ Åäö"


def document(*parts: dict[str, Any], title: str = "Otsikko") -> dict[str, Any]:
    return {
        "title": title,
        "owner": "Pirkanmaan hyvinvointialue",
        "footer": "alaviite",
        "page_word": "sivu",
        "parts": list(parts),
    }


EVERY_PART = document(
    {"kind": "heading", "text": "Väliotsikko"},
    {"kind": "paragraph", "text": SAMI},
    {"kind": "fact", "label": "Nimi", "value": "Veikko"},
    {"kind": "items", "items": ["yksi", "kaksi"]},
    {"kind": "choice", "label": "Kyllä", "marked": True, "word": "valittu"},
    {"kind": "choice", "label": "Ei", "marked": False},
    {"kind": "table", "columns": ["Päivä", "Kuka"], "rows": [["3.11.2026", "Hilppa"]] * 60},
    {"kind": "write", "label": "Allekirjoitus", "lines": 2},
)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", ["fi", "sv", "en", "fi-selko"])
def test_the_look_is_accessible(language: str, large: bool) -> None:
    made = pdf.render("ui/document", EVERY_PART, language, large=large, at=AT)
    assert judged(made) == []
    read = opened(made)
    root = read.Root
    assert str(root.Lang).startswith(language[:2])
    assert bool(root.ViewerPreferences.DisplayDocTitle)


def test_it_says_of_itself_what_typst_has_checked() -> None:
    made = opened(pdf.render("ui/document", EVERY_PART, "fi", at=AT))
    with made.open_metadata() as about:
        assert about["dc:title"] == "Otsikko"
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
        assert about["pdfuaid:part"] == "1"


def test_what_was_typed_is_never_markup() -> None:
    typed = 'Virtanen *lihava* #read("/fonts/SUMS") $x$ @nimi <b> \\ "loppu'
    made = pdf.render("ui/document", document({"kind": "paragraph", "text": typed}), "fi")
    assert typed.replace(" ", "") in text(made)


@pytest.mark.parametrize(
    "typed", ["🙂 عربي 中", "\t\x00\x0b\u200b\u00ad", "a\u0301\n\nb", "", "\ud800"]
)
def test_no_letter_stops_a_document(typed: str) -> None:
    data = document({"kind": "fact", "label": typed, "value": typed}, title=f"x{typed}")
    assert judged(pdf.render("ui/document", data, "fi")) == []


def test_a_document_without_a_title_is_refused() -> None:
    with pytest.raises(typst.TypstError):
        pdf.render("ui/document", document(title=""), "fi")


def test_a_template_reads_nothing_outside_the_look() -> None:
    compiler = typst.Compiler(root=pdf.LOOK)
    for asked in ("/etc/passwd", "/../pdf.py", "../pdf.py"):
        with pytest.raises(typst.TypstError):
            compiler.compile(f'#read("{asked}")'.encode(), format="pdf")


def test_the_same_data_makes_the_same_bytes_in_every_thread() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = pool.map(lambda _: pdf.render("ui/document", EVERY_PART, "fi", at=AT), range(8))
        assert len(set(made)) == 1


def test_the_fonts_are_as_they_came() -> None:
    sums = (pdf.FONTS / "SUMS").read_text().splitlines()
    assert {line.split()[1] for line in sums} == {file.name for file in pdf.FONTS.glob("*.otf")}
    for line in sums:
        expected, name = line.split()
        assert sha256((pdf.FONTS / name).read_bytes()).hexdigest() == expected
