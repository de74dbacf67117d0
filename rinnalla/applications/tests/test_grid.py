"""The consultation grid, cell by cell, for each reader; and the screen that all present share."""

import re
from html import unescape
from uuid import UUID

import pytest

from rinnalla.applications.access import item_for, session_for
from rinnalla.applications.models import AgendaItem
from rinnalla.applications.operations import consultation
from rinnalla.applications.queries.case import Case, case_of
from rinnalla.applications.queries.grid import Cell, Grid
from rinnalla.applications.queries.screen import picture_of, sight_of
from rinnalla.organizations.models import Organization, TeamSession, Unit
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import Giving, Scope, record_permit, withdraw_permit
from tests.world import CONVENER, EMPLOYMENT, HEALTH, KELA, REFERRER, SOCIAL, Who, World

COLUMNS = ["Terveydenhuolto", "MiePä", "Sosiaalihuolto", "Kela", "Työllisyysalue"]
ROWS = ["used", "ongoing", "measure", "unused", "worker", "view"]


@pytest.fixture
def place(world: World) -> AgendaItem:
    """Veikko's case on the agenda, seen without the policies."""
    application = world.application()
    with world.owner():
        items = AgendaItem.objects.select_related("session__team")
        return items.get(application=application, removed_at=None)


def shown_to(world: World, who: Who, place: AgendaItem) -> Case:
    with world.acting(who) as actor:
        session = session_for(actor, place.session_id)
        return case_of(item_for(actor, session, place.number), session, actor)


def cell(grid: Grid, column: str, row: str) -> Cell:
    cells = next(drawn.cells for drawn in grid.rows if drawn.key == row)
    return next(drawn for drawn in cells if drawn.column.seat.name == column)


def said(grid: Grid, column: str, row: str) -> list[str]:
    found = cell(grid, column, row)
    return [
        *(line.text for line in found.lines),
        *(writing.text for writing in found.writings),
        *(service.code for service in found.services),
    ]


def hidden(grid: Grid) -> list[str]:
    return [column.seat.name for column in grid.columns if column.hidden]


def address(place: AgendaItem, rest: str = "") -> str:
    return f"/kokoukset/{place.session_id}/{place.number}/{rest}"


def test_the_convener_sees_four_columns_and_what_is_to_be_asked(
    world: World, place: AgendaItem
) -> None:
    grid = shown_to(world, CONVENER, place).grid
    assert [column.seat.name for column in grid.columns] == COLUMNS
    assert hidden(grid) == ["Sosiaalihuolto"]
    assert said(grid, "Terveydenhuolto", "used") == [
        "Lääkäri ×4, työkyvyn arvio",
        "Terveydenhoitaja, työttömän terveystarkastus",
        "Fysioterapeutti ×2, selkäkipu",
    ]
    assert cell(grid, "Terveydenhuolto", "used").lines[0].source == (
        "TK010 · viimeksi 11.6.2026 · 1 käynti lähteissä Pegasos ja FHIR"
    )
    assert said(grid, "Terveydenhuolto", "ongoing") == []
    assert said(grid, "Terveydenhuolto", "unused") == ["TO210-LAAKARI"]
    assert said(grid, "MiePä", "used") == []
    assert said(grid, "Kela", "used") == ["Sairauspäiväraha, 66 / 300 pv"]
    assert said(grid, "Kela", "unused") == ["AKSE"]
    assert said(grid, "Työllisyysalue", "used") == ["Työssä, varastotyö"]
    assert said(grid, "Työllisyysalue", "measure") == ["Työllistymissuunnitelma"]
    assert said(grid, "Työllisyysalue", "worker") == ["Omavalmentaja Hilppa Kokeilija"]
    assert len(said(grid, "Terveydenhuolto", "view")) == 1


def test_sources_that_differ_are_both_shown(world: World, place: AgendaItem) -> None:
    grid = shown_to(world, CONVENER, place).grid
    assert said(grid, "Kela", "ongoing") == ["Työmarkkinatuki, 346 pv"]
    assert said(grid, "Työllisyysalue", "ongoing") == ["Työtön, työmarkkinatuki 498 pv"]


def test_each_member_reads_own_register_and_what_permits_open(
    world: World, place: AgendaItem
) -> None:
    expected = {
        HEALTH: ["MiePä", "Sosiaalihuolto"],
        SOCIAL: ["Terveydenhuolto", "MiePä"],
        EMPLOYMENT: ["Sosiaalihuolto", "Kela"],
    }
    for who, columns in expected.items():
        grid = shown_to(world, who, place).grid
        assert hidden(grid) == columns, who
        for column in columns:
            assert cell(grid, column, "used").lines == []
            assert not any(c.column.seat.name == column for r in grid.rows[1:] for c in r.cells)


def test_every_unit_without_a_permit_is_to_be_asked_whether_or_not_it_has_anything(
    world: World, place: AgendaItem
) -> None:
    grid = shown_to(world, CONVENER, place).grid
    assert [u.code for u in cell(grid, "Sosiaalihuolto", "used").closed] == [
        "SO810",
        "SO820",
        "SO860",
    ]


def test_what_is_not_known_to_be_used_is_told_only_of_rows_that_the_reader_reads(
    world: World, place: AgendaItem
) -> None:
    grid = shown_to(world, EMPLOYMENT, place).grid
    assert said(grid, "Terveydenhuolto", "unused") == []


def test_a_member_of_kela_sees_a_number_without_the_client(world: World, place: AgendaItem) -> None:
    browser = world.browser(KELA)
    agenda = browser.get(f"/kokoukset/{place.session_id}/").content.decode()
    assert f"Asia {place.number}: et ole mukana" in agenda
    assert "Veikko" not in agenda and "Kaarnakivelä" not in agenda
    assert browser.get(address(place)).status_code == 404
    assert browser.get(address(place, "valkokangas/")).status_code == 404


def test_a_withdrawn_permit_closes_the_column_on_the_next_request(
    world: World, place: AgendaItem
) -> None:
    browser = world.browser(CONVENER)
    before = browser.get(address(place)).content.decode()
    assert "Työmarkkinatuki, 346 pv" in before
    veikko = world.client()
    with world.acting(REFERRER) as actor:
        kela = Permit.objects.get(client=veikko, opened_units__unit__code="KE950")
        withdraw_permit(kela, by=actor)
    after = browser.get(address(place)).content.decode()
    assert "346 pv" not in after and "Sairauspäiväraha" not in after and "AKSE" not in after
    assert after.count('class="hatched"') == before.count('class="hatched"') + 1


def test_nobody_but_the_convener_is_told_whom_no_permit_reaches(
    world: World, place: AgendaItem
) -> None:
    assert [m.name for m in shown_to(world, CONVENER, place).out] == ["Toivo Koe"]
    assert "Toivo Koe" not in world.browser(HEALTH).get(address(place)).content.decode()


def present(world: World, place: AgendaItem, *people: Who) -> None:
    keys = [world.member(who).pk for who in people]
    with world.acting(CONVENER) as actor:
        session = TeamSession.objects.select_related("team").get(pk=place.session_id)
        item = item_for(actor, session, place.number)
        for key in keys:
            consultation.mark_present(item, by=actor, membership=key)


def on_screen(world: World, place: AgendaItem) -> Grid | None:
    with world.acting(CONVENER) as actor:
        session = session_for(actor, place.session_id)
        item = item_for(actor, session, place.number)
        return picture_of(item, sight_of(item, actor), actor).grid


def test_the_screen_shows_what_all_present_may_read(world: World, place: AgendaItem) -> None:
    assert on_screen(world, place) is None
    present(world, place, CONVENER)
    grid = on_screen(world, place)
    assert grid and hidden(grid) == ["Sosiaalihuolto"]
    present(world, place, EMPLOYMENT)
    grid = on_screen(world, place)
    assert grid and hidden(grid) == ["Sosiaalihuolto", "Kela"]
    present(world, place, SOCIAL)
    grid = on_screen(world, place)
    assert grid and hidden(grid) == ["Terveydenhuolto", "MiePä", "Sosiaalihuolto", "Kela"]


def test_the_screen_has_no_identity_code_and_answers_only_when_the_picture_changes(
    world: World, place: AgendaItem
) -> None:
    present(world, place, CONVENER)
    browser = world.browser(CONVENER)
    page = browser.get(address(place, "valkokangas/")).content.decode()
    assert "170479-" not in page and "masked" not in page
    stamp = re.search(r"kuva=([0-9a-f]+)", page)
    assert stamp
    again = address(place, f"valkokangas/?kuva={stamp[1]}")
    assert browser.get(again).status_code == 204
    present(world, place, EMPLOYMENT)
    changed = browser.get(again)
    assert changed.status_code == 200
    assert "Ei näytetä: kaikilla läsnäolijoilla ei ole lupaa." in unescape(changed.content.decode())


def test_a_member_whom_no_permit_reaches_cannot_be_marked_present(
    world: World, place: AgendaItem
) -> None:
    kela: UUID = world.member(KELA).pk
    world.browser(CONVENER).post(address(place, "lasna/"), {"present": [str(kela)]})
    assert not world.rows("select 1 from applications_presence where membership_id = %s", kela)


def test_a_column_read_in_part_lists_the_units_to_ask_and_computes_nothing(
    world: World, place: AgendaItem
) -> None:
    veikko = world.client()
    with world.acting(REFERRER) as actor:
        health = Permit.objects.get(client=veikko, opened_units__unit__code="MP400")
        withdraw_permit(health, by=actor)
        record_permit(
            veikko,
            by=actor,
            scope=Scope(
                units=list(Unit.objects.filter(code__in=["MP400", "TK010"])),
                organizations=list(Organization.objects.filter(code="TA901")),
                purpose="Paperikonsultaatio",
            ),
            giving=Giving(given_on=actor.today, form="paper"),
        )
    grid = shown_to(world, EMPLOYMENT, place).grid
    assert hidden(grid) == ["Sosiaalihuolto", "Kela"]
    assert [unit.code for unit in cell(grid, "MiePä", "unused").closed] == ["MP410"]
    assert said(grid, "Terveydenhuolto", "used") == ["Lääkäri ×4, työkyvyn arvio"]
    assert said(grid, "Terveydenhuolto", "unused") == []
    assert said(grid, "Terveydenhuolto", "view") == []
