"""What the referrer does with a recommendation and with permits, under the policies."""

from dataclasses import dataclass

import pytest

from rinnalla.applications.models import Application, Outcome
from rinnalla.applications.operations import outcome, reception
from rinnalla.applications.tests.referring import Worker, state_of
from rinnalla.services.models import CatalogueService
from tests.world import CONVENER, HEALTH, KELA, REFERRER, World

State = Application.State


@dataclass
class Given:
    """A recommendation of AKSE for Veikko, given by the convener to the referrer."""

    hilppa: Worker
    application: Application
    outcome: Outcome

    @property
    def path(self) -> str:
        return f"/suositukset/{self.outcome.public_id}/"

    @property
    def state(self) -> str:
        return state_of(self.hilppa.world, self.application)

    @property
    def step(self) -> str:
        """Address of the referrer's first step."""
        query = (
            "select s.public_id from plans_step s"
            " join applications_outcomestep o on o.step_id = s.id"
            " where o.outcome_id = %s and s.owner_id = %s order by s.due"
        )
        world = self.hilppa.world
        [(step,), *_rest] = world.rows(query, self.outcome.pk, world.member(REFERRER).pk)
        return f"/vaiheet/{step}/"


@pytest.fixture
def hilppa(world: World) -> Worker:
    return Worker(world, REFERRER)


@pytest.fixture
def given(hilppa: Worker) -> Given:
    world = hilppa.world
    with world.acting(CONVENER) as sirkka:
        application = world.application()
        akse = CatalogueService.objects.get(code="AKSE")
        steps = outcome.steps_of(akse, application, sirkka.today)
        proposal = outcome.Proposal(akse, "Selkä ei kestä.", steps)
        made = outcome.recommend(application, by=sirkka, proposal=proposal)
    return Given(hilppa, application, made)


def one(world: World, query: str) -> str:
    """The single value that a query finds."""
    [(value,)] = world.rows(query)
    return str(value)


def test_the_team_s_question_is_answered(hilppa: Worker) -> None:
    world = hilppa.world
    with world.acting(CONVENER) as sirkka:
        reception.ask(world.application(), by=sirkka, question="Onko ajokorttia?")
    here = f"/hakemukset/{world.application().public_id}/"
    assert "Onko ajokorttia?" in hilppa.page(f"{here}vastaa/")
    assert hilppa.post(f"{here}vastaa/", text=" ").status_code == 200
    assert hilppa.post(f"{here}vastaa/", text="On.").status_code == 302
    assert "kello jatkui" in hilppa.page(here)


def test_the_page_says_who_decides_and_that_this_is_no_decision(given: Given) -> None:
    page = given.hilppa.page(given.path)
    assert "Tiimi suosittelee. Päätöksen tekee Kela." in page


def test_accepted_told_ended_and_opened_again(given: Given) -> None:
    given.hilppa.post(f"{given.path}vie-eteenpain/")
    assert given.state == State.ACCEPTED
    given.hilppa.post(f"{given.path}kerrottu/", how="phone", told_on="31.10.2026")
    assert "puhelimessa" in given.hilppa.page(given.path)
    end = f"/hakemukset/{given.application.public_id}/paata/"
    assert "Vaihe jää tekemättä" in given.hilppa.page(end)
    assert given.hilppa.post(end, what_came="").status_code == 200
    given.hilppa.post(end, what_came="AKSE alkoi.")
    assert given.state == State.ENDED
    given.hilppa.post(f"/hakemukset/{given.application.public_id}/avaa/")
    assert given.state == State.ACCEPTED


def test_declined_only_with_a_reason(given: Given) -> None:
    decline = f"{given.path}palauta/"
    assert given.hilppa.post(decline, reason="").status_code == 200
    assert given.state == State.RECOMMENDED
    given.hilppa.post(decline, reason="Veikko aloittaa työt.")
    assert given.state == State.RECEIVED


def test_the_team_reads_without_the_referrer_s_acts(given: Given) -> None:
    sirkka = Worker(given.hilppa.world, CONVENER)
    assert "Vien eteenpäin" not in sirkka.page(given.path)
    assert sirkka.post(f"{given.path}vie-eteenpain/").status_code == 403


def test_whom_no_permit_reaches_finds_no_recommendation(given: Given) -> None:
    assert Worker(given.hilppa.world, KELA).get(given.path).status_code == 404


def test_a_step_that_did_not_happen_says_why(given: Given) -> None:
    assert given.hilppa.post(given.step, state="not_done", text="").status_code == 200
    assert given.hilppa.post(given.step, state="not_done", text="Peruttiin.").status_code == 302
    assert "Peruttiin." in given.hilppa.page(given.path)


def test_a_late_step_comes_first_and_asks_why(given: Given) -> None:
    given.hilppa.world.freeze("2026-11-20 09.00")
    page = given.hilppa.page("/vaiheet/")
    assert page.index("Myöhässä") < page.index("Tulossa")
    assert "Kerro tilanne" in page


def test_only_its_people_report_a_step(given: Given) -> None:
    laina = Worker(given.hilppa.world, HEALTH)
    assert laina.post(given.step, state="done").status_code in (403, 404)


def test_a_permit_asked_is_prefilled_and_may_be_refused(hilppa: Worker) -> None:
    world = hilppa.world
    here = f"/asiakkaat/{world.client().public_id}/luvat/"
    assert "Saako Koivurannan hyvinvointialue nähdä" in hilppa.page(here)
    request = one(
        world,
        "select public_id from permits_permitrequest where answer = ''"
        " and client_id = (select id from clients_client where number = 'A100001')",
    )
    social = one(world, "select id from organizations_unit where code = 'SO810'")
    form = hilppa.page(f"{here}uusi/?request={request}")
    assert f'value="{social}" id="id_units' in form.replace(' class="ds-input"', "")
    hilppa.post(f"/luvat/kysyttavat/{request}/ei-lupaa/")
    assert "Kysytty, ei annettu" in hilppa.page(here)


def test_a_recorded_permit_opens_at_once_and_a_withdrawn_one_closes(hilppa: Worker) -> None:
    world = hilppa.world
    client = world.client()
    here = f"/asiakkaat/{client.public_id}/"
    before = hilppa.page(here)
    assert "KE950" not in before
    answer = hilppa.post(
        f"{here}luvat/uusi/",
        units=one(world, "select id from organizations_unit where code = 'KE950'"),
        organizations=one(world, "select id from organizations_organization where code = 'TA901'"),
        purpose="Suunnittelu",
        form="paper",
        given_by="client",
        begins="31.10.2026",
        given_on="31.10.2026",
    )
    assert answer.status_code == 302, answer.content.decode()
    assert "KE950" in hilppa.page(here)
    given = one(world, "select public_id from permits_permit where purpose = 'Suunnittelu'")
    path = f"/luvat/{given}/peru/"
    assert "Tampereen seudun työllisyysalue ei enää näe" in hilppa.page(path)
    assert hilppa.post(path).status_code == 302
    assert "KE950" not in hilppa.page(here)
    assert "on jo peruttu" in hilppa.post(path).content.decode()


def test_a_permit_tells_at_the_field_what_is_missing(hilppa: Worker) -> None:
    path = f"/asiakkaat/{hilppa.world.client().public_id}/luvat/uusi/"
    shown = hilppa.post(path, purpose="Suositus").content.decode()
    assert "Valitse vähintään yksi yksikkö." in shown
    assert "Valitse, kuka saa nähdä tiedot." in shown
    assert 'value="Suositus"' in shown
