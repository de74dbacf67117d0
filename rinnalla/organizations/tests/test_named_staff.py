"""Workers whom the extracts name are staff under the same title and name, in every such unit."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from rinnalla.organizations.configuring.tables import Folder

EXTRACTS = Path(settings.BASE_DIR) / "data" / "extracts"
SOURCES = (
    ("sosiaalihuolto_palvelut.csv", "utf-8-sig", ";", "OMATYONTEKIJA"),
    ("tyollisyysalue_asiakkuudet.csv", "utf-16", "\t", "OMAVALMENTAJA"),
    ("pegasos_kaynnit.csv", "latin-1", ";", "LISATIETO"),
)
CARER = "Omahoitaja: "


def named(name: str, encoding: str, separator: str, column: str) -> set[tuple[str, str]]:
    """Unit and worker as the extract writes them."""
    with (EXTRACTS / name).open(encoding=encoding, errors="replace", newline="") as file:
        without_nul = (line.replace("\0", "") for line in file)
        rows = csv.DictReader(without_nul, delimiter=separator)
        return set(_workers(rows, column))


def _workers(rows: Iterator[dict[str, str]], column: str) -> Iterator[tuple[str, str]]:
    for row in rows:
        worker = (row[column] or "").strip()
        if column == "LISATIETO":
            worker = worker.removeprefix(CARER) if worker.startswith(CARER) else ""
        if worker:
            yield row["YKSIKKO_KOODI"], worker.casefold()


@pytest.mark.parametrize("source", SOURCES, ids=[source[0] for source in SOURCES])
def test_named_workers_are_staff(source: tuple[str, str, str, str]) -> None:
    units = {row.text("KOODI") for row in Folder(EXTRACTS).rows("yksikot")}
    staff = {
        (
            row.text("YKSIKKO"),
            f"{row.text('NIMIKE')} {row.text('ETUNIMI')} {row.text('SUKUNIMI')}".casefold(),
        )
        for row in Folder(settings.COUNTY_DATA).rows("henkilosto")
    }
    found = {(unit, worker) for unit, worker in named(*source) if unit in units}
    assert found
    assert found <= staff
