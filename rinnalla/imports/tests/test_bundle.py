"""A bundle is read exactly as its expected results say, whatever stands in it."""

import json
from collections import Counter, defaultdict
from copy import deepcopy
from datetime import date, time
from io import BytesIO
from typing import Any

import pytest

from rinnalla.imports.fhir import bundle
from rinnalla.imports.fhir.reading import BundleReading
from rinnalla.imports.mapping import load_source
from rinnalla.imports.outcomes import Bad, Duplicate, Good, Outcome
from rinnalla.imports.reading import SourceUnreadable
from rinnalla.imports.reasons import REASONS, unreadable
from rinnalla.imports.tests.county import EXTRACTS
from rinnalla.imports.tests.test_reading import DAY, county

EXPECTED = json.loads((EXTRACTS / "fhir_bundle.expected.json").read_text("utf-8"))
WHOLE = (EXTRACTS / "fhir_bundle.json").read_bytes()
SOURCE = load_source("fhir")
PERSON, VISIT = 12, 13


def entry(number: int) -> dict[str, Any]:
    """An entry of the extract, to be changed."""
    told: dict[str, Any] = deepcopy(json.loads(WHOLE)["entry"][number])
    return told


def bundle_of(*told: Any) -> bytes:
    return json.dumps({"resourceType": "Bundle", "type": "batch", "entry": told}).encode()


def read(data: bytes, day: date = DAY) -> list[Outcome]:
    return list(BundleReading(SOURCE, county(), day, b"key").records(BytesIO(data)))


def read_visit(change: dict[str, Any], day: date = DAY) -> Outcome:
    """What becomes of the extract's first visit with other elements; None takes one out."""
    told = entry(VISIT)
    for name, value in change.items():
        told["resource"][name] = value
        if value is None:
            del told["resource"][name]
    return read(bundle_of(entry(0), entry(PERSON), told), day)[-1]


def values(outcome: Outcome) -> dict[str, Any]:
    assert isinstance(outcome, Good)
    return dict(zip(SOURCE.parts[outcome.part].fields, outcome.values, strict=True))


def kind(outcome: Outcome) -> str:
    assert isinstance(outcome, Bad)
    return outcome.fault.kind


def test_extract_reads_as_expected() -> None:
    outcomes = read(WHOLE)
    bad: dict[str, list[int]] = defaultdict(list)
    for outcome in outcomes:
        if isinstance(outcome, Bad):
            bad[outcome.fault.kind].append(outcome.row)
    wanted = EXPECTED["bad_by_kind"].items()
    assert bad == {name: [row["entry"] for row in told["entries"]] for name, told in wanted}
    duplicates = [outcome.row for outcome in outcomes if isinstance(outcome, Duplicate)]
    assert duplicates == EXPECTED["duplicate_entries"]
    good = [outcome for outcome in outcomes if isinstance(outcome, Good)]
    assert Counter(outcome.part for outcome in good) == EXPECTED["good_by_type"]
    assert [outcome.row for outcome in outcomes] == list(range(EXPECTED["entries"]))
    rows = {outcome.row for outcome in good}
    for unusual in EXPECTED["good_but_unusual"].values():
        assert set(unusual["entries"]) <= rows


def test_every_bad_entry_names_its_line_an_element_and_a_reason() -> None:
    lines = WHOLE.splitlines()
    for outcome in read(WHOLE):
        if isinstance(outcome, Bad):
            told = json.loads(WHOLE)["entry"][outcome.row]
            assert told["fullUrl"].encode() in lines[outcome.line - 1]
            assert outcome.fault.kind in REASONS
            element = outcome.fault.column.partition(".")[0]
            assert element in (told["resource"]["resourceType"], "resourceType")


@pytest.mark.parametrize("size", [1, 7, 1 << 10])
def test_it_does_not_matter_in_which_blocks_the_file_comes(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bundle_of(*(entry(number) for number in (0, PERSON, VISIT, 74)))
    told = read(data)
    monkeypatch.setattr(bundle, "BLOCK", size)
    assert read(data) == told
    later = read(b"\xef\xbb\xbf \n" + data + b"\n")
    assert [(outcome.row, outcome.line) for outcome in later] == [(row, 2) for row in range(4)]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"KAYNTI_ID;HETU\n1;2\n", "not_json"),
        (b"<Bundle/>", "not_json"),
        (b"[]", "not_bundle"),
        (b"{}", "not_bundle"),
        (b'{"resourceType":"Patient","id":"1"}', "not_bundle"),
        (b'{"resourceType":"Bundle","entry":{}}', "not_bundle"),
        (WHOLE[:-3], "cut_off"),
        (WHOLE[: len(WHOLE) // 2], "cut_off"),
        (WHOLE[:40], "cut_off"),
        (WHOLE + b"x", "not_json"),
        (WHOLE.replace(b'"active":true', b'"active":NaN', 1), "not_json"),
        (WHOLE.replace(b'"active":true', b"'active':true", 1), "not_json"),
        (b'{"resourceType":"Bundle","entry":[' + b"[" * 100_000, "not_json"),
        (WHOLE.decode().encode("iso-8859-1", "replace"), "encoding_wrong"),
        (WHOLE.decode().encode("utf-16"), "encoding_wrong"),
    ],
)
def test_a_file_that_is_no_whole_bundle_is_refused_in_one_sentence(data: bytes, why: str) -> None:
    with pytest.raises(SourceUnreadable) as refused:
        read(data)
    assert refused.value.kind == why
    assert len(unreadable(refused.value).split(".")) == 2


def test_every_cut_is_noticed() -> None:
    data = bundle_of(entry(0), entry(PERSON), entry(VISIT))
    for end in range(len(data)):
        with pytest.raises(SourceUnreadable):
            read(data[:end])


def test_entries_may_refer_to_later_ones() -> None:
    told = read(bundle_of(entry(VISIT), entry(PERSON), entry(0)))
    assert [type(outcome) for outcome in told] == [Good, Good, Good]


@pytest.mark.parametrize("told", [None, 1, "x", [], {}, {"resource": None}, {"resource": []}])
def test_what_is_no_entry_is_set_aside(told: Any) -> None:
    outcomes = read(bundle_of(told, entry(PERSON)))
    assert kind(outcomes[0]) in ("required_element_missing", "wrong_json_type")
    assert isinstance(outcomes[1], Good)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"status": "entered-in-eror"}, "status_unknown"),
        ({"status": 1}, "wrong_json_type"),
        ({"status": None}, "required_element_missing"),
        ({"id": None}, "required_element_missing"),
        ({"id": "x" * 65}, "value_too_long"),
        ({"class": []}, "wrong_json_type"),
        ({"class": {"code": ""}}, "required_element_missing"),
        ({"period": {"start": "2025-11-03T12:15:00"}}, "date_wrong_format"),
        ({"period": {"start": "2025-11"}}, "date_wrong_format"),
        ({"period": {"start": "2025-13-03"}}, "date_wrong_format"),
        ({"period": {"start": "2025-11-31"}}, "date_impossible"),
        ({"period": {"start": "2025-11-03T25:00:00+02:00"}}, "time_impossible"),
        ({"period": {"start": "2025-11-03", "end": "2025-11-02"}}, "end_before_start"),
        ({"period": {"start": "2026-11-01"}}, "done_in_the_future"),
        ({"subject": {"reference": "Patient/1"}}, "subject_not_found"),
        ({"subject": {"reference": "Organization/1"}}, "subject_not_found"),
        ({"subject": {"display": "Kaarnakivelä Veikko"}}, "required_element_missing"),
        ({"serviceProvider": {"reference": "urn:uuid:1"}}, "organization_not_found"),
        ({"reasonCode": [{"text": "a\0b"}]}, "nul_character"),
        ({"reasonCode": [{"text": "\ud800"}]}, "encoding_invalid"),
        ({"identifier": {"value": "1"}}, "wrong_json_type"),
    ],
)
def test_a_visit_that_is_bad_in_one_way(change: dict[str, Any], why: str) -> None:
    assert kind(read_visit(change)) == why


def test_people_and_units_are_matched_by_identifier_alone() -> None:
    person, unit = entry(PERSON), entry(0)
    identifier = person["resource"]["identifier"]
    assert kind(read(bundle_of(person | {"resource": person["resource"] | {"identifier": []}}))[0])
    old = [{"use": "old", "system": "urn:oid:1.2.246.21", "value": "050561-943D"}]
    person["resource"]["identifier"] = identifier + old
    assert isinstance(read(bundle_of(person))[0], Good)
    two = [{"system": "urn:oid:1.2.246.21", "value": "050561-943D"}]
    person["resource"]["identifier"] = identifier + two
    assert kind(read(bundle_of(person))[0]) == "identifier_ambiguous"
    stranger = [{"system": "urn:oid:1.2.246.21", "value": "010190-999F"}]
    person["resource"] |= {"identifier": stranger, "birthDate": "1990-01"}
    assert kind(read(bundle_of(person))[0]) in ("client_unknown", "hetu_check_character")
    unit["resource"]["identifier"][0]["value"] = "SO810"
    assert kind(read(bundle_of(unit))[0]) == "unit_unknown"


def test_who_was_set_aside_takes_along_what_refers_to_them() -> None:
    person = entry(PERSON)
    person["resource"]["birthDate"] = "1979-04-18"
    outcomes = read(bundle_of(entry(0), person, entry(VISIT)))
    assert kind(outcomes[1]) == "birth_date_differs_from_hetu"
    assert kind(outcomes[2]) == "subject_not_found"


def test_a_reference_may_be_short_and_versioned_or_an_identifier() -> None:
    key = entry(PERSON)["resource"]["id"]
    for told in (
        {"reference": f"Patient/{key}"},
        {"reference": f"urn:uuid:{key}/_history/2"},
    ):
        assert values(read_visit({"subject": told}))["hetu"] == "170479-939V"


def test_times_are_told_as_the_clocks_of_helsinki_show() -> None:
    for told, day, clock in (
        ("2025-11-03T22:15:00Z", date(2025, 11, 4), time(0, 15)),
        ("2026-07-03T22:15:30.123+01:00", date(2026, 7, 4), time(0, 15)),
        ("2026-07-03", date(2026, 7, 3), None),
    ):
        found = values(read_visit({"period": {"start": told}}))
        assert (found["day"], found["clock_time"]) == (day, clock)


def test_one_key_of_two_contents_is_a_conflict_whose_earlier_one_holds() -> None:
    other = entry(VISIT)
    other["resource"]["status"] = "cancelled"
    outcomes = read(bundle_of(entry(0), entry(PERSON), entry(VISIT), other, entry(VISIT)))
    assert kind(outcomes[3]) == "id_conflict"
    assert [type(outcome) for outcome in outcomes[2:]] == [Good, Bad, Duplicate]
