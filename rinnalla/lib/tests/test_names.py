"""Names come in Finnish alphabetical order, and the database agrees."""

import csv
import random
import unicodedata
from pathlib import Path

import pytest
from django.db import connection

from rinnalla.lib.names import SORT_KEY_SQL, sort_key

EXTRACTS = Path(__file__).parents[3] / "data" / "extracts"


def test_order_is_finnish() -> None:
    names = [
        "Aalto", "Čeabetjohka", "Cederberg", "Đurić", "Eloranta", "Ŋárgu", "Šaškov", "Vanha",
        "Virta", "Waara", "Wirta", "Xu", "Ylinen", "Zorro", "Åberg", "Äijälä", "Ärling", "Öhman",
    ]  # fmt: skip
    shuffled = random.Random(1).sample(names, len(names))
    assert sorted(shuffled, key=sort_key) == [
        "Aalto", "Čeabetjohka", "Cederberg", "Đurić", "Eloranta", "Ŋárgu", "Šaškov", "Vanha",
        "Virta", "Waara", "Wirta", "Xu", "Ylinen", "Zorro", "Åberg", "Äijälä", "Ärling", "Öhman",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "Myller"),
        ("Anna-Kaisa", "anna kaisa"),
        ("O'Koekappale", "O\u2019KOEKAPPALE"),
        ("Ja\u0308rvi", "Järvi"),
        (" Nguyễn  Koe ", "nguyen koe"),
        ("Máret", "Maret"),
        ("Ærø", "äRÖ"),
    ],
)
def test_same_place_in_the_order(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_a_name_comes_before_its_longer_namesake() -> None:
    assert sort_key("Virta") < sort_key("Virta-Aho") < sort_key("Virtanen")


def _names() -> set[str]:
    with (EXTRACTS / "asiakkaat.csv").open("rb") as file:
        text = file.read().decode("utf-8", "replace").replace("\0", "")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    found = {str(row[name]) for row in rows for name in ("SUKUNIMI", "ETUNIMET", "EDUNVALVOJA")}
    every = {chr(code) for code in [*range(1, 0x530), *range(0x1E00, 0x2200), 0xFEFF]}
    return found | {unicodedata.normalize("NFD", name) for name in found} | every


@pytest.mark.server
@pytest.mark.django_db
def test_database_makes_the_same_key() -> None:
    names = sorted(_names())
    with connection.cursor() as cursor:
        cursor.execute("create schema if not exists rinnalla")
        cursor.execute(SORT_KEY_SQL)
        cursor.execute(
            "select name, rinnalla.sort_key(name) from unnest(%s::text[]) as name", [names]
        )
        made = dict(cursor.fetchall())
    assert made == {name: sort_key(name) for name in names}
