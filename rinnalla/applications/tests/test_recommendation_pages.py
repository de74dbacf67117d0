"""What the referrer does with a recommendation, and who else reads it."""

from dataclasses import dataclass

import pytest

from rinnalla.applications.models import Application, Outcome
from rinnalla.applications.operations import drafting, outcome, reception
from rinnalla.applications.tests.referring import Worker, begin, make_client, make_county, write
from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.models import Permit, PermitRequest
from rinnalla.plans.models import Step
from rinnalla.services.models import CatalogueService

State = Application.State


@dataclass
class Given:
    """A recommendation of AKSE, given by the convener to the referrer."""

    hilppa: Worker
    application: Application
    outcome: Outcome

    @property
    def path(self) -> str:
        return f"/suositukset/{self.outcome.public_id}/"

    @property
    def state(self) -> str:
        self.application.refresh_from_db()
        return self.application.state


def permit(worker: Worker, application: Application, unit: str, to: str) -> None:
    """Records a spoken permit on the permit's page."""
    answer = worker.post(
        f"/asiakkaat/{application.client.public_id}/luvat/uusi/",
        units=str(Unit.objects.get(code=unit).pk),
        organizations=str(Organization.objects.get(code=to).pk),
        purpose="Suositus",
        form="spoken",
        given_by="client",
        begins="1.1.2020",
        given_on="1.1.2020",
    )
    assert answer.status_code == 302, answer.content.decode()


@pytest.fixture
def sent(db: None) -> tuple[Worker, Application]:
    make_county()
    hilppa = Worker("hilppa.kokeilija", "TA901")
    application = begin(hilppa, make_client())
    write(hilppa, application)
    permit(hilppa, application, "TA901", "HVA")
    permit(hilppa, application, "TO210", "TA901")
    with hilppa.acting() as actor:
        drafting.send(application, by=actor)
    return hilppa, application


@pytest.fixture
def given(sent: tuple[Worker, Application]) -> Given:
    hilppa, application = sent
    with Worker("sirkka.esimerkki", "TO210").acting() as sirkka:
        reception.take_in(application, by=sirkka)
        akse = CatalogueService.objects.get(code="AKSE")
        steps = outcome.steps_of(akse, application, sirkka.today)
        proposal = outcome.Proposal(akse, "Selkä ei kestä.", steps)
        made = outcome.recommend(application, by=sirkka, proposal=proposal)
    return Given(hilppa, application, made)


def test_the_team_s_question_is_answered(sent: tuple[Worker, Application]) -> None:
    hilppa, application = sent
    with Worker("sirkka.esimerkki", "TO210").acting() as sirkka:
        reception.ask(application, by=sirkka, question="Onko ajokorttia?")
    path = f"/hakemukset/{application.public_id}/vastaa/"
    assert "Onko ajokorttia?" in hilppa.get(path).content.decode()
    assert hilppa.post(path, text=" ").status_code == 200
    assert hilppa.post(path, text="On.").status_code == 302
    assert "kello jatkui" in hilppa.get(f"/hakemukset/{application.public_id}/").content.decode()


def test_the_page_says_who_decides_and_that_this_is_no_decision(given: Given) -> None:
    page = given.hilppa.get(given.path).content.decode()
    assert "Tiimi suosittelee. Päätöksen tekee Kela." in page


def test_accepted_told_ended_and_opened_again(given: Given) -> None:
    given.hilppa.post(f"{given.path}vie-eteenpain/")
    assert given.state == State.ACCEPTED
    given.hilppa.post(f"{given.path}kerrottu/", how="phone", told_on="1.1.2020")
    assert "puhelimessa" in given.hilppa.get(given.path).content.decode()
    end = f"/hakemukset/{given.application.public_id}/paata/"
    assert "Vaihe jää tekemättä" in given.hilppa.get(end).content.decode()
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
    page = Worker("sirkka.esimerkki", "TO210").get(given.path).content.decode()
    assert "Vien eteenpäin" not in page
    answer = Worker("sirkka.esimerkki", "TO210").post(f"{given.path}vie-eteenpain/")
    assert answer.status_code == 403


def test_a_step_that_did_not_happen_says_why(given: Given) -> None:
    step = Step.objects.filter(owner=given.hilppa.membership).earliest("due")
    path = f"/vaiheet/{step.public_id}/"
    assert given.hilppa.post(path, state="not_done", text="").status_code == 200
    assert given.hilppa.post(path, state="not_done", text="Aika peruttiin.").status_code == 302
    step.refresh_from_db()
    assert step.state == Step.State.NOT_DONE


def test_only_its_people_report_a_step(given: Given) -> None:
    step = Step.objects.filter(owner=given.hilppa.membership).earliest("due")
    laina = Worker("laina.malli", "TO210")
    assert laina.post(f"/vaiheet/{step.public_id}/", state="done").status_code in (403, 404)


def test_a_permit_is_asked_then_given_by_its_request(sent: tuple[Worker, Application]) -> None:
    hilppa, application = sent
    here = f"/asiakkaat/{application.client.public_id}/luvat/"
    social = str(Unit.objects.get(code="SO810").pk)
    county = str(Organization.objects.get(code="HVA").pk)
    hilppa.post(f"{here}kysyttava/", units=social, recipient=county, reason="Kokonaiskuva")
    request = PermitRequest.objects.get()
    assert "Saako Koivurannan hyvinvointialue nähdä" in hilppa.get(here).content.decode()
    form = hilppa.get(f"{here}uusi/?request={request.public_id}").content.decode()
    assert f'value="{social}" ' in form
    assert "Kokonaiskuva" in form
    hilppa.post(f"/luvat/kysyttavat/{request.public_id}/ei-lupaa/")
    request.refresh_from_db()
    assert request.answer == PermitRequest.Answer.REFUSED


def test_withdrawing_shows_what_closes_to_whom(sent: tuple[Worker, Application]) -> None:
    hilppa, _application = sent
    given = Permit.objects.get(opened_units__unit__code="TA901")
    path = f"/luvat/{given.public_id}/peru/"
    assert "Koivurannan hyvinvointialue ei enää näe" in hilppa.get(path).content.decode()
    assert hilppa.post(path).status_code == 302
    assert "on jo peruttu" in hilppa.post(path).content.decode()


def test_a_permit_tells_at_the_field_what_is_missing(sent: tuple[Worker, Application]) -> None:
    hilppa, application = sent
    page = hilppa.post(f"/asiakkaat/{application.client.public_id}/luvat/uusi/", purpose="Suositus")
    shown = page.content.decode()
    assert "Valitse vähintään yksi yksikkö." in shown
    assert "Valitse, kuka saa nähdä tiedot." in shown
    assert 'value="Suositus"' in shown
