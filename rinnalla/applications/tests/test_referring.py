"""The referrer's side of an application, page by page."""

import pytest

from rinnalla.applications.models import Application
from rinnalla.applications.tests.referring import (
    HETU,
    TEXTS,
    Worker,
    begin,
    make_client,
    make_county,
    write,
)
from rinnalla.clients.models import Client, ClientIdentifier

State = Application.State


@pytest.fixture
def hilppa(db: None) -> Worker:
    make_county()
    return Worker("hilppa.kokeilija", "TA901")


@pytest.fixture
def veikko(hilppa: Worker) -> Client:
    return make_client()


@pytest.fixture
def draft(hilppa: Worker, veikko: Client) -> Application:
    return begin(hilppa, veikko)


def state_of(application: Application) -> str:
    application.refresh_from_db()
    return application.state


@pytest.mark.parametrize("typed", [HETU, HETU.lower(), f" {HETU} ", "a1"])
def test_client_is_found_by_exact_code_or_number(
    hilppa: Worker, veikko: Client, typed: str
) -> None:
    answer = hilppa.post("/asiakkaat/haku/", q=typed)
    assert answer.headers["Location"] == f"/asiakkaat/{veikko.public_id}/"


def test_not_found_and_protected_are_one_answer(hilppa: Worker, veikko: Client) -> None:
    missing = hilppa.post("/asiakkaat/haku/", q="A999999")
    Client.objects.update(is_protected=True)
    hidden = hilppa.post("/asiakkaat/haku/", q=HETU)
    assert missing.status_code == hidden.status_code == 200
    assert "/asiakkaat/uusi/" in hidden.content.decode()
    assert HETU not in hidden.headers.get("Location", "")


def test_a_code_that_the_master_knows_enters_a_client_like_any_other(
    hilppa: Worker, veikko: Client
) -> None:
    answer = hilppa.post(
        "/asiakkaat/uusi/", family_name="Koe", given_names="Uusi", hetu=HETU, language="fi"
    )
    entered = Client.objects.get(family_name="Koe")
    assert answer.headers["Location"] == f"/asiakkaat/{entered.public_id}/"
    assert entered.pk != veikko.pk
    assert not ClientIdentifier.objects.get(client=entered).from_master


def test_home_municipality_proposes_the_team(hilppa: Worker, veikko: Client) -> None:
    hilppa.post("/asiakkaat/haku/", q="A1")
    page = hilppa.get(f"/asiakkaat/{veikko.public_id}/hakemus/").content.decode()
    assert "Tampereen seudun työkyvyn tuen tiimi" in page
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
    other = draft.team.__class__.objects.get(code="keskusta")
    form = {"version": "1", "team": str(other.pk)}
    hilppa.post(f"/hakemukset/{draft.public_id}/tallenna/", **form)
    draft.refresh_from_db()
    assert draft.team_id != other.pk


def test_sending_asks_for_what_is_missing(hilppa: Worker, draft: Application) -> None:
    send = f"/hakemukset/{draft.public_id}/laheta/"
    assert "kysymys tiimille" in hilppa.get(send).content.decode()
    assert hilppa.post(send).status_code == 200
    assert state_of(draft) == State.DRAFT


def test_sent_receipt_and_taken_back(hilppa: Worker, draft: Application) -> None:
    write(hilppa, draft)
    here = f"/hakemukset/{draft.public_id}"
    assert hilppa.post(f"{here}/laheta/").headers["Location"] == f"{here}/kuitti/"
    assert state_of(draft) == State.SENT
    assert TEXTS["question"] in hilppa.get(f"{here}/kuitti/").content.decode()
    assert hilppa.get(f"{here}/muokkaa/").headers["Location"] == f"{here}/"
    hilppa.post(f"{here}/ota-takaisin/")
    assert state_of(draft) == State.DRAFT


def test_discarded_and_restored(hilppa: Worker, draft: Application) -> None:
    here = f"/hakemukset/{draft.public_id}"
    hilppa.post(f"{here}/poista/")
    assert state_of(draft) == State.DISCARDED
    hilppa.post(f"{here}/palauta/")
    assert state_of(draft) == State.DRAFT


def test_a_colleague_may_not_write_it(hilppa: Worker, draft: Application) -> None:
    jalo = Worker("jalo.mallinen", "TA901")
    assert write(jalo, draft).status_code in (403, 404)


def test_statements_do_not_grow_with_rows(hilppa: Worker, draft: Application) -> None:
    few = hilppa.statements("/hakemukset/")
    for number in range(2, 5):
        begin(hilppa, make_client(f"A{number}", f"170479-9{number}1V"))
    assert hilppa.statements("/hakemukset/") == few
