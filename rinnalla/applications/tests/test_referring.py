"""The referrer's side of an application, page by page, under the policies."""

import pytest

from rinnalla.applications.models import Application
from rinnalla.applications.tests.referring import (
    TEXTS,
    Worker,
    begin,
    newcomers,
    state_of,
    write,
)
from tests.world import COLLEAGUE, CONVENER, MANAGER, REFERRER, World

State = Application.State
HETU = "170479-939V"
PROTECTED = "A100012"


@pytest.fixture
def hilppa(world: World) -> Worker:
    return Worker(world, REFERRER)


@pytest.fixture
def draft(hilppa: Worker) -> Application:
    return begin(hilppa, newcomers(hilppa.world)[0])


@pytest.mark.parametrize("typed", [HETU, HETU.lower(), f" {HETU} ", "a100001"])
def test_client_is_found_by_exact_code_or_number(hilppa: Worker, typed: str) -> None:
    answer = hilppa.post("/asiakkaat/haku/", q=typed)
    veikko = hilppa.world.client()
    assert answer.headers["Location"] == f"/asiakkaat/{veikko.public_id}/"


@pytest.mark.parametrize("typed", ["A999999", PROTECTED, "170479-939X", "Kaarnakivelä"])
def test_not_found_and_protected_are_one_answer(hilppa: Worker, typed: str) -> None:
    answer = hilppa.post("/asiakkaat/haku/", q=typed)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "ei löytynyt asiakasta" in page
    assert "/asiakkaat/uusi/" in page


def test_a_manager_neither_finds_nor_enters(world: World) -> None:
    manager = Worker(world, MANAGER)
    assert "ei löytynyt" in manager.post("/asiakkaat/haku/", q=HETU).content.decode()
    assert manager.get("/asiakkaat/uusi/").status_code == 403


def test_a_code_that_the_master_knows_enters_a_client_like_any_other(hilppa: Worker) -> None:
    answer = hilppa.post(
        "/asiakkaat/uusi/", family_name="Koe", given_names="Uusi", hetu=HETU, language="fi"
    )
    [(entered, number, from_master)] = hilppa.world.rows(
        "select c.public_id, c.number, i.from_master from clients_client c"
        " join clients_clientidentifier i on i.client_id = c.id where c.family_name = 'Koe'"
    )
    assert answer.headers["Location"] == f"/asiakkaat/{entered}/"
    assert (number, from_master) == (None, False)
    assert "Koe Uusi" in hilppa.page(f"/asiakkaat/{entered}/")


def test_home_municipality_proposes_the_team(hilppa: Worker) -> None:
    found = hilppa.post("/asiakkaat/haku/", q=newcomers(hilppa.world)[0])
    page = hilppa.page(f"{found.headers['Location']}hakemus/")
    assert "<strong>Tampereen seudun työkyvyn tuen tiimi</strong>" in page
    assert "koska asiakkaan kotikunta on Nokia" in page


def test_autosave_answers_with_the_next_version_and_refuses_an_old_one(
    hilppa: Worker, draft: Application
) -> None:
    path = f"/hakemukset/{draft.public_id}/tallenna/"
    form = {"version": "1", "team": str(draft.team_id), "question": "Miksi?"}
    first, late = hilppa.post(path, **form), hilppa.post(path, **form)
    assert (first.status_code, late.status_code) == (200, 409)
    assert first.json()["version"] == 2  # type: ignore[attr-defined]
    assert "toisessa ikkunassa" in late.json()["sentence"]  # type: ignore[attr-defined]


def test_a_conflict_keeps_what_was_typed(hilppa: Worker, draft: Application) -> None:
    write(hilppa, draft)
    page = write(hilppa, draft, wish="Aivan toinen toive")
    assert page.status_code == 200
    assert "Aivan toinen toive" in page.content.decode()


def test_a_conflict_does_not_change_the_team(hilppa: Worker, draft: Application) -> None:
    write(hilppa, draft)
    [(other,)] = hilppa.world.rows("select id from organizations_team where code = 'keskusta'")
    hilppa.post(f"/hakemukset/{draft.public_id}/tallenna/", version="1", team=str(other))
    [(team,)] = hilppa.world.rows(
        "select team_id from applications_application where id = %s", draft.pk
    )
    assert team == draft.team_id


def test_sending_asks_for_what_is_missing(hilppa: Worker, draft: Application) -> None:
    send = f"/hakemukset/{draft.public_id}/laheta/"
    assert "kysymys tiimille" in hilppa.page(send)
    assert hilppa.post(send).status_code == 200
    assert state_of(hilppa.world, draft) == State.DRAFT


def test_sending_shows_who_will_see_it(hilppa: Worker, draft: Application) -> None:
    page = hilppa.page(f"/hakemukset/{draft.public_id}/laheta/")
    assert "Sirkka Esimerkki" in page
    assert "ei näe, lupa puuttuu" in page


def test_sent_receipt_and_taken_back(hilppa: Worker, draft: Application) -> None:
    write(hilppa, draft)
    here = f"/hakemukset/{draft.public_id}"
    assert hilppa.post(f"{here}/laheta/").headers["Location"] == f"{here}/kuitti/"
    assert TEXTS["question"] in hilppa.page(f"{here}/kuitti/")
    assert hilppa.get(f"{here}/muokkaa/").headers["Location"] == f"{here}/"
    hilppa.post(f"{here}/ota-takaisin/")
    assert state_of(hilppa.world, draft) == State.DRAFT
    assert Worker(hilppa.world, CONVENER).get(f"{here}/").status_code == 404


def test_without_a_permit_the_convener_sees_the_matter_but_no_text(
    hilppa: Worker, draft: Application
) -> None:
    write(hilppa, draft)
    here = f"/hakemukset/{draft.public_id}/"
    hilppa.post(f"{here}laheta/")
    page = Worker(hilppa.world, CONVENER).page(here)
    assert "asiakkaan lupa ei ulotu sinuun" in page
    assert not any(text in page for text in list(TEXTS.values())[:3])


def test_discarded_and_restored(hilppa: Worker, draft: Application) -> None:
    here = f"/hakemukset/{draft.public_id}"
    hilppa.post(f"{here}/poista/")
    assert state_of(hilppa.world, draft) == State.DISCARDED
    hilppa.post(f"{here}/palauta/")
    assert state_of(hilppa.world, draft) == State.DRAFT


def test_a_colleague_outside_the_circle_finds_nothing(hilppa: Worker, draft: Application) -> None:
    armas = Worker(hilppa.world, COLLEAGUE)
    assert write(armas, draft).status_code == 404
    assert armas.get(f"/hakemukset/{draft.public_id}/").status_code == 404
    assert armas.get(f"/asiakkaat/{draft.client.public_id}/").status_code == 404


def test_statements_do_not_grow_with_rows(hilppa: Worker) -> None:
    first, *others = newcomers(hilppa.world, 4)
    begin(hilppa, first)
    few = hilppa.statements("/hakemukset/")
    for number in others:
        begin(hilppa, number)
    assert hilppa.statements("/hakemukset/") == few
