"""What a row of another system says in a cell."""

from datetime import date
from typing import Any

from rinnalla.applications.queries import lines
from rinnalla.applications.queries.records import Coded, Record
from rinnalla.lib.ids import uuid7

DAY = date(2026, 10, 31)
EMPTY = Record(
    *("visit", Coded(uuid7(), "TK010"), "", "", "T", DAY, None, None, None, "", "", None, None),
    *("", "", DAY),
)


def row(**fields: Any) -> Record:
    return EMPTY._replace(**fields)


def label(record: Record) -> str:
    return record.unit.code


def used(*records: Record) -> list[tuple[str, str]]:
    return [(line.text, line.source) for line in lines.used(records, label, DAY)]


def ongoing(*records: Record) -> list[tuple[str, str]]:
    return [(line.text, line.source) for line in lines.ongoing(records, label, DAY)]


def test_visits_of_a_kind_are_one_line_with_the_last_reason_and_day() -> None:
    first = row(name="LÄÄKÄRI", detail="Selkäkipu", starts_on=date(2025, 3, 4))
    last = row(name="LÄÄKÄRI", detail="B-lausunto", starts_on=date(2026, 6, 11))
    assert used(first, last) == [("Lääkäri ×2, B-lausunto", "TK010 · viimeksi 11.6.2026")]


def test_missed_cancelled_and_booked_visits_say_so() -> None:
    missed = row(name="LÄÄKÄRI", state="E")
    cancelled = row(name="PSYKOLOGI", state="P")
    booked = row(name="SAIRAANHOITAJA", state="V", starts_on=date(2026, 11, 17))
    assert {text for text, _source in used(missed, cancelled, booked)} == {
        "Lääkäri: ei saapunut",
        "Psykologi: peruttu",
    }
    assert ongoing(missed, cancelled, booked) == [("Sairaanhoitaja: varattu", "TK010 · 17.11.2026")]


def test_a_visit_booked_in_the_past_is_not_said_to_have_been_held() -> None:
    assert used(row(name="LÄÄKÄRI", state="V", starts_on=date(2026, 1, 2)))[0][0] == (
        "Lääkäri: varattu"
    )


def test_a_relation_goes_on_through_its_last_day() -> None:
    use = row(source="use", kind="social", name="Tuki", state="voimassa", ends_on=DAY)
    assert ongoing(use) and not used(use)
    ended = use._replace(ends_on=date(2026, 10, 30))
    assert used(ended) and not ongoing(ended)


def test_a_refused_benefit_is_told_as_refused() -> None:
    benefit = row(source="benefit", kind="SPR", name="Sairauspäiväraha", state="hylätty")
    assert used(benefit)[0][0] == "Sairauspäiväraha: hylätty"


def test_own_workers_are_named_once_and_not_from_what_has_ended() -> None:
    use = row(source="use", kind="social", name="Tuki", state="voimassa", worker="Tuire M")
    old = use._replace(state="päättynyt", worker="Kerkko M")
    found = lines.workers([old, use, use], label, DAY)
    assert [line.text for line in found] == ["Tuire M"]


def test_a_visit_that_two_systems_told_names_both() -> None:
    both = row(name="LÄÄKÄRI", system="pegasos", second="fhir")
    assert used(both) == [("Lääkäri", "TK010 · 31.10.2026 · lähteet Pegasos ja FHIR")]
    alone = row(name="LÄÄKÄRI", system="pegasos")
    source = "TK010 · viimeksi 31.10.2026 · 1 käynti lähteissä Pegasos ja FHIR"
    assert used(both, alone) == [("Lääkäri ×2", source)]


def test_a_referral_waits_until_it_is_dealt_with() -> None:
    referral = row(source="referral", name="Lähete: fysioterapia", state="active")
    assert ongoing(referral) == [("Lähete: fysioterapia", "TK010 · 31.10.2026")]
    for state, text in (("completed", ""), ("revoked", ": peruttu")):
        assert used(referral._replace(state=state))[0][0] == f"Lähete: fysioterapia{text}"
    assert ongoing(referral._replace(name="", state="draft"))[0][0] == "Lähete: luonnos"


def test_a_period_of_care_tells_when_it_does_not_run() -> None:
    period = row(source="use", kind="health", name="Sairaala", state="voimassa")
    assert ongoing(period)[0][0] == "Hoitojakso: Sairaala"
    assert ongoing(period._replace(state="jonossa"))[0][0] == "Hoitojakso: Sairaala, jonossa"
    assert used(period._replace(state="peruttu"))[0][0] == "Hoitojakso: Sairaala, peruttu"
