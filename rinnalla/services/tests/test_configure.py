"""The county is what its files say, run after run; what people did is not undone by a file."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from rinnalla.journal.models import Entry
from rinnalla.organizations.configuring.store import Tally
from rinnalla.organizations.configuring.tables import BadFile
from rinnalla.organizations.models import (
    Membership,
    Organization,
    Setting,
    Team,
    TeamMember,
    TeamSeat,
    Unit,
)
from rinnalla.services.models import CatalogueService
from rinnalla.services.tests.conftest import EXTRACTS, County

pytestmark = pytest.mark.django_db

HELVI = "helvi.testila;Helvi;Testilä;terveydenhoitaja;TT200;ammattilainen;tyokyvyn-tuki;"
A_DAY = datetime(2026, 10, 1, 9, tzinfo=UTC)


def changes(tally: Tally) -> int:
    return sum(c.new + c.changed + c.ended for c in tally.counts.values())


def runs() -> int:
    return Entry.objects.filter(kind="county.configured").count()


def member(username: str, unit: str, role: str = "practitioner") -> Membership:
    return Membership.objects.get(user__username=username, unit__code=unit, role=role)


def test_the_same_files_again_change_nothing(county: County) -> None:
    assert changes(county.configure()) > 0
    again = county.configure()
    assert (changes(again), again.teams, again.notes) == (0, set(), [])
    assert runs() == 2


def test_each_employment_area_is_a_controller_of_its_own(county: County) -> None:
    county.configure()
    areas = Unit.objects.filter(code__startswith="TA90").select_related("organization", "register")
    assert {unit.code: unit.organization.code for unit in areas} == {
        "TA901": "TA901",
        "TA902": "TA902",
        "TA903": "TA903",
    }
    assert {unit.register.organization_id for unit in areas} == {
        unit.organization_id for unit in areas
    }
    kela = Unit.objects.get(organization__kind=Organization.Kind.KELA)
    master = Unit.objects.get(keeps_master=True)
    assert not Unit.objects.filter(register=master.register_id).exclude(id=master.id).exists()
    assert kela.register_id != master.register_id


def test_the_columns_of_the_storys_team(county: County) -> None:
    county.configure()
    seats = TeamSeat.objects.filter(team__code="tyky-tampere").prefetch_related("units")
    assert [(seat.name, sorted(u.code for u in seat.units.all())) for seat in seats] == [
        ("Terveydenhuolto", ["FY300", "TK010", "TK020", "TK030", "TK040", "TO210", "TT200"]),
        ("MiePä", ["MP400", "MP410"]),
        ("Sosiaalihuolto", ["SO810", "SO820", "SO860"]),
        ("Kela", ["KE950"]),
        ("Työllisyysalue", ["TA901"]),
    ]
    assert set(Team.objects.values_list("kind", flat=True)) == set(Team.Kind.values)


def test_every_member_may_read_the_whole_own_column(county: County) -> None:
    county.configure()
    for place in TeamMember.objects.select_related("seat", "membership__work_task"):
        task = place.membership.work_task
        assert task is not None
        units = set(task.units.values_list("code", flat=True))
        if place.seat.team.kind == Team.Kind.WORK_ABILITY:
            assert units >= set(place.seat.units.values_list("code", flat=True)), place.seat


def test_akse_is_decided_by_kela_and_needs_a_statement(county: County) -> None:
    county.configure()
    assert CatalogueService.objects.count() >= 20
    akse = CatalogueService.objects.get(code="AKSE")
    assert akse.decided_by.kind == Organization.Kind.KELA
    assert "B-lausunto" in akse.needed
    steps = [(step.owner, step.days) for step in akse.steps.all()]
    assert steps == [
        ("convener", 7),
        ("referrer", 7),
        ("client", 28),
        ("referrer", 35),
        ("referrer", 90),
    ]


def test_a_change_of_the_file_is_followed(county: County) -> None:
    county.configure()
    before = member("helvi.testila", "TT200")
    county.edit("henkilosto", HELVI, HELVI.replace(";terveydenhoitaja;", ";vastaava hoitaja;"))
    county.edit("asetukset", "reception_working_days;3;2026", "reception_working_days;2;2026")
    assert changes(county.configure()) == 2
    after = member("helvi.testila", "TT200")
    assert (after.id, after.title) == (before.id, "vastaava hoitaja")
    assert Setting.objects.get(key="reception_working_days", ends=None).value == "2"


def test_a_member_who_left_the_file_is_told_and_stays(county: County) -> None:
    county.configure()
    county.edit("henkilosto", _line(county, "henkilosto", HELVI), "")
    _without_places(county, "helvi.testila")
    tally = county.configure()
    assert (
        "Ei tiedostossa, päättyy vain teolla: helvi.testila, TT200, ammattilainen." in tally.notes
    )
    assert member("helvi.testila", "TT200").ended_at is None


def test_a_place_that_left_the_file_ends_and_its_team_follows(county: County) -> None:
    county.configure()
    _without_places(county, "helvi.testila")
    tally = county.configure()
    places = TeamMember.objects.filter(membership=member("helvi.testila", "TT200"))
    assert [place.ended_at is None for place in places] == [False, False]
    assert tally.counts["tiimien_jasenet.csv"].ended == 2
    assert tally.teams == _teams("tyky-tampere", "tyky-lansi")


def test_a_new_convener_makes_the_circles_follow(county: County) -> None:
    county.configure()
    county.edit("tiimit", "Mänttä-Vilppula;ilona.nayte;", "Mänttä-Vilppula;sirkka.esimerkki;")
    assert county.configure().teams == _teams("tyky-lansi")


def test_what_an_act_ended_is_not_opened_by_a_file(county: County) -> None:
    county.configure()
    helvi = member("helvi.testila", "TT200")
    Membership.objects.filter(id=helvi.id).update(ended_at=A_DAY)
    tally = county.configure()
    assert "Päättynyt teolla, ei avata: helvi.testila, TT200, ammattilainen." in tally.notes
    assert member("helvi.testila", "TT200").ended_at == A_DAY
    assert not TeamMember.objects.filter(membership=helvi, ended_at=None).exists()
    line = _line(county, "henkilosto", HELVI)
    county.edit("henkilosto", line, line.replace("2024-01-01", "2026-10-15"))
    county.configure()
    assert Membership.objects.filter(user=helvi.user_id, ended_at=None).count() == 1


def test_a_unit_no_longer_led_is_led_by_its_organizations_manager(county: County) -> None:
    county.configure()
    county.edit("esihenkilot", "HVA;TO210;anneli.naytelampi\n", "")
    county.configure()
    assert Unit.objects.get(code="TO210").manager_id is None
    with connection.cursor() as cursor:
        cursor.execute(
            "select rinnalla.unit_manager(id) from organizations_unit where code = 'TO210'"
        )
        assert cursor.fetchone() == (member("kerttu.esimerkkilinna", "HA001", "unit_manager").id,)


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("esihenkilot", "KELA;;raili.testiniitty\n", "", "yksiköllä KE950 ei ole esihenkilöä"),
        (
            "tiimien_jasenet",
            "tyky-tampere;kela;toivo.koe;KE950",
            "tyky-tampere;kela;toivo.koe;TA901",
            "rivi 8, sarake TUNNUS: henkilöllä toivo.koe ei ole avointa jäsenyyttä",
        ),
        (
            "yksikot",
            "1.2.246.10.99999999.10.32;E",
            "1.2.246.10.99999999.10.32;K",
            "yksikot.csv, rivi 4, sarake ASIAKASREKISTERI: asiakasrekisteriä pitää tasan",
        ),
        (
            "kunnat",
            "536;tyky-tampere;TA901;2025-01-01;",
            "536;tyky-tampere;TA901;2025-01-01;\n536;tyky-lansi;TA901;2026-01-01;",
            "sarake ALKAEN: kunnalla on samana päivänä kaksi samanlaista tiimiä",
        ),
        ("asetukset", "county_name;", "county_name" + "x" * 60 + ";", "AVAIN: arvo on pidempi"),
        (
            "palvelun_ehdot",
            "AKSE;vaatii;ikä;;18-64;",
            "AKSE;vaatii;ikä;;aikuinen;",
            "palvelun_ehdot.csv, rivi 2, sarake ARVOT: ikä kirjoitetaan",
        ),
        (
            "tiimit",
            "keskusta;Keskustan",
            "tyky-lansi;Keskustan",
            "sama asia on tiedostossa kahdesti",
        ),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(
    county: County, name: str, old: str, new: str, sentence: str
) -> None:
    county.edit(name, old, new)
    with pytest.raises(BadFile, match=sentence), transaction.atomic():
        county.configure()


def test_the_command_writes_nothing_of_bad_files(
    county: County, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    county.edit("kokoukset", "2026-10-27;9.00", "2026-10-32;9.00")
    settings.COUNTY_DATA = county.path
    before = Unit.objects.count()
    with pytest.raises(SystemExit) as stopped:
        call_command("configure", str(EXTRACTS))
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("kokoukset.csv, rivi 2, sarake PAIVA: ”2026-10-32”")
    assert (Unit.objects.count(), runs()) == (before, 0)


def test_the_number_of_statements_does_not_grow_with_rows(
    county: County, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    county.configure()
    _add_people(county.path, 200)
    with django_assert_max_num_queries(120):
        county.configure()


def _teams(*codes: str) -> set[UUID]:
    return set(Team.objects.filter(code__in=codes).values_list("id", flat=True))


def _line(county: County, name: str, start: str) -> str:
    lines = (county.path / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    return next(line for line in lines if line.startswith(start))


def _without_places(county: County, username: str) -> None:
    file = county.path / "tiimien_jasenet.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(x for x in lines if username not in x), encoding="utf-8")


def _add_people(folder: Path, count: int) -> None:
    with (folder / "henkilosto.csv").open("a", encoding="utf-8") as file:
        for n in range(count):
            file.write(
                f"t{n};Testi;Testi;omavalmentaja;TA901;ammattilainen;;040 000 1;2026-01-01;;\n"
            )
