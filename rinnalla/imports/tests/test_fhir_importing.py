"""A bundle in the database: one row for a visit that two systems tell, in whatever order."""

import json
from datetime import time
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rinnalla.clients.models import Client
from rinnalla.imports.importing import Counts, import_file
from rinnalla.imports.mapping import load_source
from rinnalla.imports.models import ImportRun, Rejection
from rinnalla.imports.reading import SourceUnreadable
from rinnalla.imports.tests.county import EXTRACTS, make_county
from rinnalla.imports.tests.test_bundle import EXPECTED, PERSON, VISIT, WHOLE, bundle_of, entry
from rinnalla.imports.tests.test_importing import everything, rows, take_in
from rinnalla.imports.tests.test_reading import DAY, contents
from rinnalla.journal.models import Entry
from rinnalla.services.models import Referral, ServiceUse, Visit

pytestmark = [pytest.mark.server, pytest.mark.django_db]
SAME = {row["encounter"]: row["KAYNTI_ID"] for row in EXPECTED["same_visit_in_both"]}
# Veikko's visit that stands in both, and its line in the file of visits.
ENCOUNTER, KAYNTI = next(iter(SAME.items()))


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    make_county()
    take_in("asiakkaat")


def take_bundle(data: bytes = WHOLE) -> Counts:
    return import_file(load_source("fhir"), BytesIO(data), day=DAY).counts


def visit_bundle(**change: object) -> bytes:
    told = entry(VISIT)
    told["resource"] |= change
    return bundle_of(entry(0), entry(PERSON), told)


def veikkos_row() -> bytes:
    lines = contents("pegasos").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith(f"{KAYNTI};".encode()))
    return rows("pegasos", number)


def told() -> list[dict[str, object]]:
    """All visits but for the keys of their rows."""
    names = [f.attname for f in Visit._meta.fields if f.attname not in ("id", "second")]
    found = list(Visit.objects.order_by("source", "source_key").values(*names))
    return [row | {"fingerprint": bytes(row["fingerprint"])} for row in found]


def test_a_bundle_gets_in_as_expected_and_again_changes_nothing() -> None:
    counts = take_bundle()
    wanted = {name: EXPECTED[name] for name in ("good", "bad", "duplicates")}
    assert {name: getattr(counts, name) for name in wanted} == wanted
    by_type = EXPECTED["good_by_type"]
    made = [model.objects.count() for model in (ServiceUse, Visit, Referral)]
    assert made == [by_type[name] for name in ("EpisodeOfCare", "Encounter", "ServiceRequest")]
    assert counts.added == sum(made)
    assert Rejection.objects.filter(run__source="fhir").count() == EXPECTED["bad"]
    before, entries = everything(), Entry.objects.count()
    again = take_bundle()
    assert (again.added, again.changed) == (0, 0)
    assert everything() == before
    assert Entry.objects.count() == entries + 1


def test_values_stand_as_they_were_told() -> None:
    take_bundle()
    visit = Visit.objects.get(source_key=ENCOUNTER)
    assert visit.client == Client.objects.get(number="A100001")
    assert (visit.clock_time, visit.way, visit.state) == (time(12, 15), "V", "T")
    use = ServiceUse.objects.get(source_key="2d75a161-a955-5df0-9c27-39e23152fc6b")
    assert (use.kind, use.state, use.unit.code) == ("health", "päättynyt", "ES710")
    referral = Referral.objects.get(source_key="4d2602d9-6b0a-5b22-8b98-269525273e7a")
    assert (referral.name, referral.state) == ("Lähete: fysioterapia", "active")
    assert (referral.unit.code, referral.intent) == ("ES710", "order")


def test_a_visit_told_by_both_is_one_in_either_order() -> None:
    take_in("pegasos")
    alone = Visit.objects.count()
    take_bundle()
    first, both = told(), Visit.objects.exclude(second_key=None)
    assert dict(both.values_list("second_key", "source_key")) == SAME
    assert Visit.objects.count() == alone + EXPECTED["good_by_type"]["Encounter"] - len(SAME)
    state = everything()
    for again in (take_bundle(), take_in("pegasos").counts):
        assert (again.added, again.changed) == (0, 0)
    assert everything() == state
    Visit.objects.all().delete()
    take_bundle()
    assert Visit.objects.filter(source="pegasos").count() == 0
    take_in("pegasos")
    assert told() == first


def test_a_correction_of_either_telling_is_taken_in() -> None:
    take_in("pegasos", veikkos_row())
    take_bundle(visit_bundle())
    assert (take_bundle(visit_bundle(status="cancelled")).changed, Visit.objects.count()) == (1, 1)
    visit = Visit.objects.get()
    assert (visit.state, (visit.second or {})["state"]) == ("T", "P")
    assert take_in("pegasos", veikkos_row().replace(b";T;", b";E;")).counts.changed == 1
    visit = Visit.objects.get()
    assert (visit.state, visit.second_key) == ("E", ENCOUNTER)


def test_tellings_of_different_visits_part_and_join_again() -> None:
    take_in("pegasos", veikkos_row())
    take_bundle(visit_bundle())
    take_bundle(visit_bundle(period={"start": "2025-11-04T12:15:00+02:00"}))
    assert Visit.objects.count() == 2
    take_bundle(visit_bundle())
    assert Visit.objects.get().second_key == ENCOUNTER
    take_in("pegasos", veikkos_row().replace(b"3.11.2025", b"5.11.2025"))
    assert Visit.objects.filter(second_key=None).count() == 2
    take_in("pegasos", veikkos_row())
    assert Visit.objects.get().second_key == ENCOUNTER


def test_a_number_of_anothers_visit_joins_nothing() -> None:
    take_in("pegasos", veikkos_row())
    identifier = [{"system": "urn:example:pegasos:kaynti", "value": KAYNTI}]
    other = next(
        told
        for told in json.loads(WHOLE)["entry"]
        if told["resource"].get("status") == "finished"
        and told["resource"]["resourceType"] == "Encounter"
        and "identifier" not in told["resource"]
    )
    person = next(
        told
        for told in json.loads(WHOLE)["entry"]
        if told["fullUrl"] == other["resource"]["subject"]["reference"]
    )
    units = [entry(number) for number in range(12)]
    other["resource"]["identifier"] = identifier
    take_bundle(bundle_of(*units, person, other))
    assert Visit.objects.filter(second_key=None).count() == 2


def test_what_was_entered_in_error_is_taken_back() -> None:
    take_in("pegasos", veikkos_row())
    take_bundle(visit_bundle())
    gone = take_bundle(visit_bundle(status="entered-in-error"))
    assert (gone.good, gone.changed) == (3, 1)
    visit = Visit.objects.get()
    assert (visit.source, visit.second_key) == ("pegasos", None)
    again = take_bundle(visit_bundle(status="entered-in-error"))
    assert (again.added, again.changed) == (0, 0)


def test_a_file_that_is_no_bundle_writes_nothing() -> None:
    before, entries = everything(), Entry.objects.count()
    for data in (b"{", WHOLE[:-2], contents("kela"), WHOLE.decode().encode("utf-16")):
        with pytest.raises(SourceUnreadable):
            take_bundle(data)
    assert (everything(), Entry.objects.count()) == (before, entries)


def test_command_tells_entries_and_elements(tmp_path: Path) -> None:
    out, report = StringIO(), tmp_path / "report.jsonl"
    file = str(EXTRACTS / "fhir_bundle.json")
    call_command(
        "import_extract", "fhir", file, report=report, day=DAY, stdout=out, stderr=StringIO()
    )
    last = json.loads(out.getvalue().splitlines()[-1])
    assert last == {"records": 2089, "good": 2056, "bad": 28, "duplicates": 5}
    lines = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    assert lines[1] == {
        "line": 75,
        "kind": "date_impossible",
        "reason": "Päivää ei ole kalenterissa.",
        "entry": 74,
        "element": "EpisodeOfCare.period.start",
    }
    cut = tmp_path / "cut.json"
    cut.write_bytes(WHOLE[:-2])
    with pytest.raises(CommandError) as refused:
        call_command("import_extract", "fhir", str(cut), stderr=StringIO())
    assert (refused.value.returncode, str(refused.value)) == (2, "Tiedosto on katkennut kesken.")
    assert ImportRun.objects.filter(source="fhir").count() == 1
