import gzip
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from rinnalla.ui import frame
from rinnalla.ui.templatetags import ui

STATIC = Path(ui.__file__).parents[1] / "static" / "ui"
PAIRS = [
    ("ink", "ground", 7),
    ("ink", "paper", 7),
    ("soft", "ground", 4.5),
    ("soft", "paper", 4.5),
    ("soft", "hatch", 4.5),
    ("soft", "row-head", 4.5),
    ("link", "paper", 7),
    ("link", "ground", 7),
    ("link", "brand-tint", 7),
    ("ink", "brand-tint", 7),
    ("on-brand", "brand", 7),
    ("on-brand-soft", "brand", 7),
    ("on-brand-soft", "brand-field", 4.5),
    ("on-main", "main", 7),
    ("on-main", "main-over", 7),
    ("on-chosen", "chosen", 7),
    ("on-gold", "gold", 7),
    ("late", "late-ground", 4.5),
    ("late", "paper", 4.5),
    ("late", "ground", 4.5),
    ("ok", "ok-ground", 4.5),
    ("hold", "hold-ground", 4.5),
    ("calm", "calm-ground", 4.5),
    ("line-strong", "paper", 3),
]


def palette(scheme: int) -> dict[str, str]:
    tokens = (STATIC / "tokens.css").read_text()
    both = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", tokens)
    same = re.findall(r"--([\w-]+): (#\w{6});", tokens)
    return dict(same) | {name: (light, dark)[scheme] for name, light, dark in both}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_pair_of_colours_is_readable(scheme: int) -> None:
    colours = palette(scheme)
    poor = {}
    for above, under, least in PAIRS:
        high, low = sorted((luminance(colours[above]), luminance(colours[under])), reverse=True)
        if (ratio := (high + 0.05) / (low + 0.05)) < least:
            poor[above, under] = round(ratio, 2)
    assert not poor


def test_vendored_files_are_what_was_fetched() -> None:
    vendor = STATIC / "vendor"
    for line in (vendor / "SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == digest
        assert "sourceMappingURL" not in (vendor / name).read_text()


def test_style_and_script_stay_light() -> None:
    sheets = b"".join(sheet.read_bytes() for sheet in sorted(STATIC.rglob("*.css")))
    assert len(gzip.compress(sheets)) <= 25_000
    assert len(gzip.compress((STATIC / "ui.js").read_bytes())) <= 4096


def test_only_the_seven_sizes_of_type_are_used() -> None:
    for sheet in STATIC.glob("*.css"):
        if sheet.name not in {"tokens.css", "print.css"}:
            sizes = re.findall(r"font-size: ([^;]+);", sheet.read_text())
            assert set(sizes) <= {
                *(f"var(--size-{size})" for size in (28, 24, 19, 17, 16, 15, 14)),
                *("max(1rem, var(--size-15))", "125%", "1.125rem"),
            }, sheet.name


def test_a_tag_tells_by_sign_and_word() -> None:
    for kind in ui.SIGNS:
        assert f'class="tag {kind}"' in ui.tag(kind, "Sana")
        assert ui.SIGNS[kind] in ui.tag(kind, "Sana")


def test_what_is_typed_never_becomes_markup() -> None:
    source = (
        '{% load ui %}{% tag "late" x %}{{ x|phone }}{% card x %}{{ x }}{% endcard %}{% empty x %}'
    )
    assert "<b>" not in Template(source).render(Context({"x": "<b>"}))


def test_phone_numbers_do_not_break() -> None:
    assert ui.grouped("0401234567") == ui.grouped("040 123 4567") == "040\xa0123\xa04567"
    assert 'href="tel:+358401234567"' in ui.call_link("+358 40 123 4567")


def test_a_late_clock_says_how_late() -> None:
    with translation.override("fi"):
        html = render_to_string("ui/clock.html", ui.clock("Konsultaatio", 17, 14))
    assert "17 pv / tavoite 14 pv" in html
    assert "myöhässä 3 pv" in html


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_stand_without_a_frame(page: str) -> None:
    html = render_to_string(f"{page}.html")
    assert html.count("<h1>") == 1
    assert 'class="button main" href="/"' in html


def test_confirming_tells_what_will_happen() -> None:
    confirm = frame.Confirmation("Perutaanko lupa?", ["Kela ei näe enää."], "Peru lupa", "/luvat/")
    html = render_to_string("ui/confirm.html", {"confirm": confirm})
    assert "<li>Kela ei näe enää.</li>" in html
    assert 'href="/luvat/"' in html


@pytest.mark.browser
def test_gallery_holds_in_every_width_and_palette() -> None:
    command = [sys.executable, "-m", "rinnalla.ui.tests.gallery", "check"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
