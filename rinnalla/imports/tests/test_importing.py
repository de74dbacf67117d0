"""Whole files in the database: what gets in, what stays out, and that nothing happens twice."""

import json
from datetime import date, time
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from rinnalla.clients.identifiers import decrypt_hetu, hetu_digest
from rinnalla.clients.models import Client, ClientAddress, ClientIdentifier, Guardian
from rinnalla.imports.importing import Counts, Listener, Rejected, Result, import_file
from rinnalla.imports.mapping import load_source
from rinnalla.imports.models import DoubtfulPair, ImportRun, Rejection
from rinnalla.imports.reading import SourceUnreadable
from rinnalla.imports.reasons import REASONS
from rinnalla.imports.tests.county import EXTRACTS, make_county, make_member
from rinnalla.imports.tests.test_reading import DAY, FILES, contents
from rinnalla.journal.models import Entry
from rinnalla.organizations.models import Unit
from rinnalla.services.models import Benefit, ServiceUse, Visit

pytestmark = [pytest.mark.server, pytest.mark.django_db]
PEOPLE = json.loads((EXTRACTS / "henkilot.expected.json").read_text("utf-8"))
TABLES = (
    "clients_client", "clients_clientidentifier", "clients_clientcontact", "clients_clientaddress",
    "clients_guardian", "clients_clientlock", "services_visit", "services_serviceuse",
    "services_benefit", "services_referral", "imports_importrun", "imports_rejection",
    "imports_doubtfulpair", "access.circle",
)  # fmt: skip


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    make_county()


def take_in(key: str, data: bytes | None = None, day: date = DAY) -> Result:
    return import_file(load_source(key), BytesIO(data or contents(key)), day=day)


def take_in_all() -> None:
    for key in FILES:
        take_in(key)


def everything() -> dict[str, object]:
    with connection.cursor() as cursor:
        state = {}
        for table in TABLES:
            cursor.execute(f"select md5(string_agg(t::text, ',' order by t::text)) from {table} t")
            state[table] = cursor.fetchone()
        return state


def ways(cause: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.number, u.last_name from access.circle w"
            " join clients_client c on c.id = w.client"
            " join organizations_membership m on m.id = w.membership"
            " join accounts_user u on u.id = m.user_id where w.cause = %s order by 1, 2",
            [cause],
        )
        return list(cursor.fetchall())


def rows(key: str, *numbers: int) -> bytes:
    """The header and some physical lines of an extract."""
    lines = contents(key).splitlines(keepends=True)
    return b"".join(lines[number - 1] for number in (1, *numbers))


def test_all_extracts_get_in_and_a_second_reading_changes_nothing() -> None:
    make_member("AR001", "Onerva Otsikko", "Rekisterinhoitaja", "intake")
    make_member("TA901", "Jalo Mallinen", "Omavalmentaja")
    for key in FILES:
        expected = json.loads((EXTRACTS / f"{FILES[key]}.expected.json").read_text("utf-8"))
        counts = take_in(key).counts
        wanted = {name: expected[name] for name in ("records", "good", "bad", "duplicates")}
        assert {name: getattr(counts, name) for name in wanted} == wanted
        assert counts.added == (2022 if key == "asiakkaat" else expected["good"])
        assert Rejection.objects.filter(run__source=key).count() == expected["bad"]
    before, told = everything(), Entry.objects.count()
    for key in FILES:
        counts = take_in(key).counts
        assert (counts.added, counts.changed) == (0, 0)
        told += 1
        assert Entry.objects.count() == told
    assert everything() == before


def test_people_are_matched_without_guessing() -> None:
    take_in("asiakkaat")
    assert Client.objects.count() == PEOPLE["people"]
    for change in PEOPLE["changed_hetu"]:
        codes = ClientIdentifier.objects.filter(client__number=change["asiakasnro"])
        found = {decrypt_hetu(bytes(code.ciphertext)): code.is_current for code in codes}
        assert found == {change["old"]: False, change["new"]: True}
    ones = Client.objects.filter(number__in=PEOPLE["not_the_same_person"])
    assert ones.count() == 2
    without = Client.objects.filter(identifiers=None).values_list("number", flat=True)
    assert sorted(map(str, without)) == PEOPLE["without_hetu"]
    assert DoubtfulPair.objects.count() == 22


def test_master_tells_guardians_protection_and_death() -> None:
    take_in("asiakkaat")
    found: dict[str, list[str]] = {}
    for guardian in Guardian.objects.select_related("client", "guardian").order_by("position"):
        assert guardian.guardian is not None
        found.setdefault(str(guardian.client.number), []).append(str(guardian.guardian.number))
    assert found == PEOPLE["guardians"]
    protected = Client.objects.filter(is_protected=True)
    assert sorted(map(str, protected.values_list("number", flat=True))) == PEOPLE["turvakielto"]
    assert not protected.exclude(municipality=None).exists()
    assert ClientAddress.objects.filter(is_protected=True).count() == protected.count()
    dead = Client.objects.exclude(died_on=None).values_list("number", flat=True)
    assert sorted(map(str, dead)) == PEOPLE["dead"]


def test_values_stand_as_they_were_told() -> None:
    take_in_all()
    veikko = Client.objects.get(number="A100001")
    assert (veikko.family_name, veikko.contact.phone) == ("Kaarnakivelä", "040 000 0006")
    assert Visit.objects.get(source_key="1734460").clock_time == time(3, 30)
    assert Visit.objects.filter(note__startswith="\t=1+1").exists()
    assert Benefit.objects.get(source_key="R10004496").maximum_days == 300
    use = ServiceUse.objects.get(source_key="S-2023-100693")
    assert (use.kind, use.name, use.ends_on) == ("social", "Ehkäisevä toimeentulotuki", None)
    employment = ServiceUse.objects.filter(client=veikko, kind="employment")
    assert employment.filter(paid_days=498).exists()
    assert Benefit.objects.filter(client=veikko, paid_days=346).exists()


def test_a_corrected_row_updates() -> None:
    take_in("asiakkaat")
    take_in("kela", rows("kela", 2, 3))
    change = rows("kela", 2, 3).replace(b'"871.81"', b'"900.00"')
    counts = take_in("kela", change).counts
    assert (counts.added, counts.changed) == (0, 1)
    assert str(Benefit.objects.get(source_key="R10002688").monthly_euro) == "900.00"
    assert ImportRun.objects.filter(source="kela").count() == 2


def test_a_corrected_client_updates_and_keeps_the_key() -> None:
    take_in("asiakkaat", rows("asiakkaat", 2, 3))
    before = Client.objects.get(number="A100001").pk
    change = rows("asiakkaat", 2, 3).replace(b"040 000 0006", b"040 000 0007")
    assert take_in("asiakkaat", change).counts.changed == 1
    after = Client.objects.select_related("contact").get(number="A100001")
    assert (after.pk, after.contact.phone) == (before, "040 000 0007")


def test_a_mistaken_code_is_replaced_and_finds_nobody() -> None:
    take_in("asiakkaat", rows("asiakkaat", 36))
    change = rows("asiakkaat", 36).replace(b"050561-943D", b"050561-952P")
    take_in("asiakkaat", change)
    found = ClientIdentifier.objects.filter(from_master=True)
    assert [bytes(code.digest) for code in found] == [hetu_digest("050561-952P")]
    take_in("asiakkaat", rows("asiakkaat", 36))
    found = ClientIdentifier.objects.filter(from_master=True)
    assert [bytes(code.digest) for code in found] == [hetu_digest("050561-943D")]


def test_a_code_that_changes_later_is_one_person() -> None:
    take_in("asiakkaat", rows("asiakkaat", 36))
    take_in("asiakkaat", rows("asiakkaat", 37))
    client = Client.objects.get()
    codes = client.identifiers.order_by("is_current").values_list("is_current", "from_master")
    assert list(codes) == [(False, True), (True, True)]
    visits = take_in("pegasos", rows("pegasos", 726))
    assert visits.counts.good == 1
    assert Visit.objects.get().client == client


def test_a_code_of_another_number_is_set_aside() -> None:
    second = rows("asiakkaat", 2).splitlines(keepends=True)[1].replace(b"A100001", b"A1")
    result = take_in("asiakkaat", rows("asiakkaat", 2) + second)
    assert (result.counts.good, result.counts.bad) == (1, 1)
    rejected = Rejection.objects.get()
    assert (rejected.row, rejected.line, rejected.column) == (2, 3, "HETU")
    later = take_in("asiakkaat", rows("asiakkaat", 1)[:0] + rows("asiakkaat") + second)
    assert (later.counts.good, later.counts.bad) == (0, 1)


def test_only_a_named_worker_gets_a_way() -> None:
    make_member("MP400", "Kaino Mallipelto", "Sairaanhoitaja")
    make_member("MP400", "Vieras Hoitaja", "Sairaanhoitaja")
    make_member("TK010", "Kaino Mallipelto", "Sairaanhoitaja")
    take_in("asiakkaat")
    take_in("pegasos")
    assert ways("own_worker") == [("A100002", "Mallipelto")]


def test_the_way_of_a_worker_ends_with_the_relation() -> None:
    make_member("SO820", "Aatu Koehenkilö", "Sosiaalityöntekijä")
    make_member("SO820", "Tuire Mallilainen", "Sosiaaliohjaaja")
    take_in("asiakkaat")
    row = rows("sosiaalihuolto", 4)
    assert b"SO820" in row and b"voimassa" in row
    take_in("sosiaalihuolto", row)
    opened = ways("own_worker")
    assert [name for _, name in opened] == ["Koehenkilö"]
    other = b"Sosiaaliohjaaja Tuire Mallilainen"
    take_in("sosiaalihuolto", row.replace("Sosiaalityöntekijä Aatu Koehenkilö".encode(), other))
    assert [name for _, name in ways("own_worker")] == ["Mallilainen"]
    take_in("sosiaalihuolto", row.replace(b"voimassa", "päättynyt".encode()))
    assert ways("own_worker") == []


def test_two_workers_of_one_name_get_no_way() -> None:
    make_member("TA901", "Jalo Mallinen", "Omavalmentaja")
    twin = make_member("TA901", "Toinen Mallinen", "Omavalmentaja")
    type(twin.user).objects.filter(pk=twin.user_id).update(first_name="Jalo")
    take_in("asiakkaat")
    take_in("tyollisyysalue")
    assert ways("own_worker") == []


def test_intake_gets_a_way_to_doubtful_pairs_until_they_are_none() -> None:
    make_member("AR001", "Onerva Otsikko", "Rekisterinhoitaja", "intake")
    take_in("asiakkaat")
    assert len(ways("doubtful")) == 44
    pair = DoubtfulPair.objects.select_related("client").first()
    assert pair is not None
    Client.objects.filter(pk=pair.client_id).update(sort_name="zz", fingerprint=b"x")
    take_in("asiakkaat", rows("asiakkaat", 2))
    assert len(ways("doubtful")) == 42
    take_in("asiakkaat")
    assert len(ways("doubtful")) == 44


def test_a_client_entered_before_the_master_becomes_a_doubtful_pair() -> None:
    entered = Client.objects.create(
        unit=Unit.objects.get(keeps_master=True),
        family_name="Kaarnakivi",
        given_names="Veikko",
        sort_name="kaarnakivi veikko",
    )
    ClientIdentifier.objects.create(
        client=entered,
        unit=entered.unit,
        digest=hetu_digest("170479-939V"),
        ciphertext=b"",
        from_master=False,
    )
    for _again in range(2):
        take_in("asiakkaat", rows("asiakkaat", 2, 3))
        pair = DoubtfulPair.objects.get()
        assert entered.pk in (pair.client_id, pair.other_id)
    assert Client.objects.count() == 3


def test_an_unreadable_file_writes_nothing() -> None:
    before, told = everything(), Entry.objects.count()
    with pytest.raises(SourceUnreadable):
        take_in("kela", contents("asiakkaat"))
    assert (everything(), Entry.objects.count()) == (before, told)


def test_rejected_rows_are_told_in_order_with_a_reason() -> None:
    told: list[Rejected] = []
    listener = Listener(rejected=told.append)
    import_file(
        load_source("asiakkaat"), BytesIO(contents("asiakkaat")), day=DAY, listener=listener
    )
    assert [row.row for row in told] == sorted(row.row for row in told)
    assert len(told) == 25
    assert {row.kind for row in told} <= set(REASONS)


def test_command_writes_report_and_counts(tmp_path: Path) -> None:
    out, report = StringIO(), tmp_path / "report.jsonl"
    file = str(EXTRACTS / "asiakkaat.csv")
    call_command(
        "import_extract", "asiakkaat", file, report=report, day=DAY, stdout=out, stderr=StringIO()
    )
    last = json.loads(out.getvalue().splitlines()[-1])
    assert last == {"records": 2056, "good": 2026, "bad": 25, "duplicates": 5}
    lines = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    assert len(lines) == 25
    assert set(lines[0]) == {"row", "line", "column", "kind", "reason"}
    assert lines[0] == {
        "row": 24,
        "line": 25,
        "column": "HETU",
        "kind": "hetu_malformed",
        "reason": "Henkilötunnus ei ole oikeaa muotoa.",
    }


def test_command_refuses_an_unreadable_file_in_one_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    for file in (empty, tmp_path / "missing.csv"):
        with pytest.raises(CommandError) as refused:
            call_command("import_extract", "kela", str(file), stderr=StringIO())
        assert refused.value.returncode == 2
        assert len(str(refused.value).splitlines()) == 1
    assert not ImportRun.objects.exists()


def test_counts_add_up() -> None:
    assert Counts(good=2, bad=1, duplicates=3).records == 6
