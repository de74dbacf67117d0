"""Accessible PDFs by typst: templates in the repository, own fonts, what people wrote as data."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import timezone

from rinnalla.ui.glyphs import drawable, letters

# The only folder that a template can read from: the shared look.
LOOK = Path(__file__).parent / "typst"
FONTS = LOOK / "fonts"
# Typst refuses to write a document that breaks one of them.
STANDARDS: "typst.PDFStandards" = ["a-2a", "ua-1"]


def render(
    template: str,
    data: Mapping[str, Any],
    language: str,
    *,
    large: bool = False,
    at: datetime | None = None,
) -> bytes:
    """The PDF of `app/name`, which is in the app's folder `typst`; `large` is in large print.

    What `data` holds reaches the template as values, never as its markup; a letter that our
    fonts lack becomes a box.
    """
    app, name = template.split("/")
    source = (settings.BASE_DIR / "rinnalla" / app / "typst" / f"{name}.typ").read_bytes()
    compiler = typst.Compiler(root=LOOK, font_paths=_fonts())
    document = compiler.compile(
        source,
        format="pdf",
        sys_inputs={
            "data": json.dumps(drawable(dict(data), _known()), ensure_ascii=False),
            "language": language[:2],
            "large": "yes" if large else "",
        },
        pdf_standards=STANDARDS,
        timestamp=int((at or timezone.now()).timestamp()),
    )
    if not isinstance(document, bytes):
        raise TypeError(f"{template} has become no PDF")
    return document


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


@lru_cache(maxsize=1)
def _known() -> frozenset[int]:
    return frozenset.intersection(*(letters(file) for file in sorted(FONTS.glob("*.otf"))))
