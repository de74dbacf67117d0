"""The five extracts read exactly as their expected results say."""

import csv
import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from rinnalla.imports.mapping import Source, load_source, source_keys
from rinnalla.imports.outcomes import Bad, Duplicate, Good, Outcome
from rinnalla.imports.reading import Reading, SourceUnreadable

EXTRACTS = Path(__file__).parents[3] / "data" / "extracts"
DAY = date(2026, 10, 31)
FILES = {
    "asiakkaat": "asiakkaat",
    "pegasos": "pegasos_kaynnit",
    "sosiaalihuolto": "sosiaalihuolto_palvelut",
    "tyollisyysalue": "tyollisyysalue_asiakkuudet",
    "kela": "kela_etuudet",
}


@dataclass
class County:
    """What a reader is told of the county of the extracts."""

    units: dict[str, str]
    codes: dict[str, frozenset[str]]
    people: set[str] = field(default_factory=set)

    def known(self, hetus: Collection[str]) -> Collection[str]:
        return self.people.intersection(hetus)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (EXTRACTS / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


@cache
def county() -> County:
    codes: dict[str, set[str]] = defaultdict(set)
    for row in _rows("koodit.csv"):
        codes[row["LUETTELO"]].add(row["KOODI"])
    units = {row["KOODI"]: row["REKISTERI"] for row in _rows("yksikot.csv")}
    made = County(units, {name: frozenset(found) for name, found in codes.items()})
    master = load_source("asiakkaat")
    for outcome in read(master, contents("asiakkaat"), made):
        if isinstance(outcome, Good):
            hetus = (outcome.values[master.place(name)] for name in ("hetu", "former_hetu"))
            made.people.update(str(hetu) for hetu in hetus if hetu)
    return made


def contents(key: str) -> bytes:
    return (EXTRACTS / f"{FILES[key]}.csv").read_bytes()


def read(source: Source, data: bytes, known: County | None = None) -> list[Outcome]:
    return list(Reading(source, known or county(), DAY).records(BytesIO(data)))


def read_key(key: str, data: bytes) -> list[Outcome]:
    return read(load_source(key), data)


def in_lines(key: str, change: dict[int, bytes], data: bytes | None = None) -> bytes:
    lines = (data or contents(key)).splitlines(keepends=True)
    return b"".join(change.get(number, line) for number, line in enumerate(lines, start=1))


@pytest.mark.parametrize("key", FILES)
def test_extract_reads_as_expected(key: str) -> None:
    expected = json.loads((EXTRACTS / f"{FILES[key]}.expected.json").read_text("utf-8"))
    outcomes = read_key(key, contents(key))
    bad: dict[str, list[dict[str, int]]] = defaultdict(list)
    for outcome in outcomes:
        if isinstance(outcome, Bad):
            bad[outcome.fault.kind].append({"row": outcome.row, "line": outcome.line})
    assert bad == {kind: entry["rows"] for kind, entry in expected["bad_by_kind"].items()}
    duplicates = [
        {name: getattr(o, name) for name in ("row", "line", "same_as_row", "same_as_line")}
        for o in outcomes
        if isinstance(o, Duplicate)
    ]
    assert duplicates == expected["duplicate_rows"]
    good = {(o.row, o.line) for o in outcomes if isinstance(o, Good)}
    assert len(good) == expected["good"]
    assert len(outcomes) == expected["records"]
    for unusual in expected["good_but_unusual"].values():
        assert {(place["row"], place["line"]) for place in unusual["rows"]} <= good


def test_every_bad_row_names_a_column() -> None:
    for key in FILES:
        names = {column.name for column in load_source(key).columns}
        faults = [o.fault for o in read_key(key, contents(key)) if isinstance(o, Bad)]
        assert {fault.column for fault in faults} <= names


def test_later_decisions_are_good() -> None:
    outcomes = read_key("kela", (EXTRACTS / "later" / "kela_etuudet.csv").read_bytes())
    assert [type(outcome) for outcome in outcomes] == [Good, Good]


def test_all_sources_have_a_title_in_three_languages() -> None:
    assert set(source_keys()) == {*FILES, "fhir"}
    for key in source_keys():
        assert set(load_source(key).titles) == {"fi", "sv", "en"}


@pytest.mark.parametrize("key", FILES)
@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"", "empty"), (b"\n\n", "empty"), (b"a;b;c\n1;2;3\n", "header_wrong")],
)
def test_a_file_of_another_kind_is_refused(key: str, data: bytes, kind: str) -> None:
    if key == "tyollisyysalue":
        data = data.decode().encode("utf-16")
        kind = "empty" if len(data) == 2 else kind
    with pytest.raises(SourceUnreadable) as refused:
        read_key(key, data)
    assert refused.value.kind == kind


def test_another_source_is_refused() -> None:
    for key in FILES:
        for other in FILES.keys() - {key}:
            with pytest.raises(SourceUnreadable):
                read_key(key, contents(other))


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(SourceUnreadable) as refused:
        read_key("asiakkaat", contents("asiakkaat") + b"x" * 3_000_000)
    assert refused.value.kind == "line_too_long"


@pytest.mark.parametrize("key", FILES)
def test_a_cut_file_spoils_at_most_the_record_that_was_cut(key: str) -> None:
    whole = read_key(key, contents(key))
    for part in (3, 7, 11):
        cut = read_key(key, contents(key)[: len(contents(key)) * part // 13])
        assert [vars_of(o) for o in cut[:-1]] == [vars_of(o) for o in whole[: len(cut) - 1]]
        assert 0 < len(cut) < len(whole)


def vars_of(outcome: Outcome) -> tuple[object, ...]:
    rest = outcome.values if isinstance(outcome, Good) else str(outcome)
    return (outcome.row, outcome.line, rest)


def test_columns_may_come_in_another_order() -> None:
    text = contents("kela").decode("utf-8", "replace").splitlines()[:20]
    turned = "\n".join(",".join(reversed(line.split(","))) for line in text if "," in line)
    outcomes = read_key("kela", turned.encode())
    assert [o.values for o in outcomes if isinstance(o, Good)] == [
        o.values for o in read_key("kela", "\n".join(text).encode()) if isinstance(o, Good)
    ]


def test_an_unclosed_quote_spoils_only_its_own_line() -> None:
    data = in_lines("kela", {3: b'"R1,"070395-945X","KUT\n'})
    outcomes = read_key("kela", data)
    assert isinstance(outcomes[1], Bad)
    assert outcomes[1].fault.kind == "column_missing"
    assert len(outcomes) == 1829
    assert sum(isinstance(outcome, Good) for outcome in outcomes) == 1794


def test_a_lone_carriage_return_spoils_only_its_own_line() -> None:
    data = in_lines("kela", {3: b'"R1",a\rb,"KUT"\n'})
    outcomes = read_key("kela", data)
    assert len(outcomes) == 1829
    assert isinstance(outcomes[1], Bad)


def test_a_missing_trailer_is_a_warning() -> None:
    source = load_source("pegasos")
    for data, warnings in (
        (contents("pegasos"), []),
        (contents("pegasos").replace(b"*** LOPPU", b"*** ALKU"), ["trailer_missing"]),
        (contents("pegasos").replace(b" 9871", b" 9872"), ["trailer_missing"]),
    ):
        reading = Reading(source, county(), DAY)
        list(reading.records(BytesIO(data)))
        assert reading.warnings == warnings


def test_the_day_of_reading_decides_what_is_done_in_the_future() -> None:
    reading = Reading(load_source("pegasos"), county(), date(2027, 12, 31))
    kinds = {
        o.fault.kind for o in reading.records(BytesIO(contents("pegasos"))) if isinstance(o, Bad)
    }
    assert "done_in_the_future" not in kinds


def test_a_third_row_of_a_key_is_compared_with_the_newest() -> None:
    lines = contents("asiakkaat").splitlines(keepends=True)
    head, old, new = lines[0], lines[35], lines[36]
    kinds = [type(o) for o in read_key("asiakkaat", head + old + new + new)]
    assert kinds == [Good, Good, Duplicate]
    assert [type(o) for o in read_key("asiakkaat", head + old + new + old)][2] is Bad


@pytest.mark.parametrize("key", FILES)
def test_a_large_file_is_read_alike(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [vars_of(outcome) for outcome in read_key(key, contents(key))]
    monkeypatch.setattr("rinnalla.imports.seen._Places.most_in_memory", 100)
    assert [vars_of(outcome) for outcome in read_key(key, contents(key))] == whole
