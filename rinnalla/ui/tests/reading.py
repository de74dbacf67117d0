"""What a test asks of a PDF: what a checker of accessibility says, and which text is in it."""

import io
import re
import tempfile
from collections.abc import Iterator
from typing import Any

import pikepdf
from pdfua import validate

# Fails on typst's right `Suspects false`: it asks for a key of an array.
BROKEN_RULES = {"UA-14-001"}
PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?=[<\n\r])")


def opened(made: bytes) -> pikepdf.Pdf:
    """The document, to look at."""
    return pikepdf.open(io.BytesIO(made))


def judged(made: bytes) -> list[str]:
    """What the checker finds wrong, and which of its rules it could not try."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(made)
        file.flush()
        report = validate(file.name)
    assert len(report.outcomes) > 10
    skipped = {one.rule_id for one in report.outcomes if one.skipped_reason} - BROKEN_RULES
    return [*(f"{one.rule_id}: {one.message}" for one in report.findings), *sorted(skipped)]


def text(made: bytes) -> str:
    """All text of the document, without the spaces, which lines may have swallowed."""
    found: list[str] = []
    for page in opened(made).pages:
        fonts = {str(name): _characters(font) for name, font in page.Resources.Font.items()}
        found += _drawn(page, fonts)
    return re.sub(r"\s", "", "".join(found))


def _drawn(page: pikepdf.Page, fonts: dict[str, dict[int, str]]) -> Iterator[str]:
    current: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        operator = str(instruction.operator)
        if operator == "Tf":
            current = fonts[str(operands[0])]
        if operator in ("Tj", "TJ"):
            pieces: Any = operands[0] if operator == "TJ" else operands
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    codes = bytes(piece)
                    yield "".join(
                        current.get(int.from_bytes(codes[at : at + 2], "big"), "")
                        for at in range(0, len(codes), 2)
                    )


def _characters(font: Any) -> dict[int, str]:
    """From a font's codes to characters."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    return {
        int(code, 16): bytes.fromhex(meaning).decode("utf-16-be")
        for code, meaning in PAIR.findall(table)
    }
