"""A case that begins from a consultation: who may, what is kept, and what the database refuses."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from rinnalla.access.actor import Actor
from rinnalla.applications import events
from rinnalla.applications.models import Application
from rinnalla.applications.operations import beginning, outcome
from rinnalla.applications.tests.referring import Worker
from rinnalla.cases.models import Case, CaseAnswer
from rinnalla.cases.operations import proposing
from rinnalla.cases.operations.proposing import Said, Told
from rinnalla.lib.errors import RuleBroken
from rinnalla.services.models import CatalogueService
from tests.cases import propose
from tests.world import CONVENER, HEALTH, LAURA, REFERRER, STRANGER, World

pytestmark = pytest.mark.server
REASON = "Monta palvelua, eikä kukaan katso kokonaisuutta."


def begin(application: Application, by: Actor) -> Case:
    told = Told(REASON, "meeting", by.today)
    return beginning.begin_case(application, by=by, told=told)[0]


def led_to(world: World) -> Case | None:
    with world.owner():
        return Application.objects.select_related("case").get(pk=world.application().pk).case


def recommend(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        application = world.application()
        akse = CatalogueService.objects.get(code="AKSE")
        steps = outcome.steps_of(akse, application, sirkka.today)
        proposal = outcome.Proposal(akse, "Selkä ei kestä.", steps)
        outcome.recommend(application, by=sirkka, proposal=proposal)


def test_the_convener_begins_a_case_and_the_matter_keeps_it(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        case = begin(world.application(), sirkka)
        assert case.holder_id == sirkka.membership_id
    assert led_to(world) == case
    [(kinds,)] = world.rows(
        "select array_agg(kind order by kind) from journal_entry"
        " where kind in ('application.case_begun', 'case.proposed')"
        " and at = (select max(at) from journal_entry where kind = 'application.case_begun')"
    )
    assert kinds == [events.CASE_BEGUN, "case.proposed"]


def test_the_referrer_begins_one_after_an_outcome_and_not_before(world: World) -> None:
    with world.acting(REFERRER) as hilppa, pytest.raises(PermissionDenied):
        begin(world.application(), hilppa)
    recommend(world)
    with world.acting(REFERRER) as hilppa:
        case = begin(world.application(), hilppa)
    assert led_to(world) == case


def test_who_sits_in_the_team_begins_none(world: World) -> None:
    with world.acting(HEALTH) as laina, pytest.raises(PermissionDenied):
        begin(world.application(), laina)
    assert led_to(world) is None


def test_a_second_one_is_not_begun_until_the_client_has_said_no(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        first = begin(world.application(), sirkka)
    with world.acting(CONVENER) as sirkka, pytest.raises(RuleBroken, match="on jo ehdotettu"):
        begin(world.application(), sirkka)
    with world.acting(CONVENER) as sirkka:
        said = Said(CaseAnswer.Answer.NO, "", sirkka.today)
        proposing.record_answer(first, by=sirkka, said=said)
    with world.acting(CONVENER) as sirkka:
        second = begin(world.application(), sirkka)
    assert led_to(world) == second != first


def test_the_matter_is_linked_to_the_case_that_the_client_has(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        [case] = propose(world, sirkka)
    with world.acting(CONVENER) as sirkka, pytest.raises(RuleBroken, match="on jo"):
        begin(world.application(), sirkka)
    with world.acting(CONVENER) as sirkka:
        beginning.link_to_case(world.application(), case, by=sirkka)
    assert led_to(world) == case


def test_another_clients_case_is_refused_by_the_act(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        [other] = propose(world, sirkka, LAURA)
        with pytest.raises(RuleBroken, match="vain saman asiakkaan"):
            beginning.link_to_case(world.application(), other, by=sirkka)
    assert led_to(world) is None


def test_another_clients_case_is_refused_by_the_database(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        [other] = propose(world, sirkka, LAURA)
    point = "update applications_application set case_id = %s where id = %s"
    keys = [other.pk, world.application().pk]
    with (
        world.acting(CONVENER),
        pytest.raises(IntegrityError, match="case_of_its_client"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(point, keys)
    with (
        world.owner(),
        pytest.raises(IntegrityError, match="case_of_its_client"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(point, keys)


def test_from_the_recommendation_to_a_named_worker(world: World) -> None:
    """The team's reason is there already; after the yes, one button of the matter names."""
    recommend(world)
    hilppa = Worker(world, REFERRER)
    matter = address(world)
    assert f"{matter}yhteisasiakkuus/" in hilppa.page(given(world))
    page = hilppa.page(f"{matter}yhteisasiakkuus/")
    assert "Selkä ei kestä." in page and "Asiakas toivoi hakemuksessa" in page
    answer = hilppa.post(
        f"{matter}yhteisasiakkuus/", reason=REASON, way="meeting", on="31.10.2026"
    ).headers["Location"]
    shown = hilppa.page(matter)
    assert answer in shown and "ilman vastuutyöntekijää" in shown
    assert f'"{matter}yhteisasiakkuus/"' not in shown
    hilppa.post(answer, answer="yes", words="Haluan yhden ihmisen.", on="31.10.2026")
    name = answer.replace("vastaus/", "nimea/")
    assert name in hilppa.page(matter) and name in hilppa.page(given(world))
    assert matter in hilppa.page(answer.replace("vastaus/", ""))
    me = str(world.member(REFERRER).pk)
    hilppa.post(name, person=me, agreed="yes")
    named = hilppa.page(matter)
    assert "ilman vastuutyöntekijää" not in named and "Hilppa Kokeilija" in named


def test_who_may_not_see_the_case_is_not_shown_it(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        case = begin(world.application(), sirkka)
    shown = Worker(world, REFERRER).page(address(world))
    assert str(case.public_id) not in shown and "Yhteisasiakkuus" not in shown


def test_the_page_keeps_what_was_typed_and_says_what_is_missing(world: World) -> None:
    sirkka = Worker(world, CONVENER)
    form = {"reason": REASON, "way": "phone", "on": "31.10.2027", "others": "A999999"}
    answer = sirkka.post(f"{address(world)}yhteisasiakkuus/", **form).content.decode()
    assert "Et työskentele tämän numeron asiakkaan kanssa: A999999." in answer
    for typed in (REASON, "31.10.2027", "A999999"):
        assert typed in answer
    empty = sirkka.post(f"{address(world)}yhteisasiakkuus/", reason="", way="meeting", on="")
    assert "Kirjoita, miksi ehdotat yhteistä työtä." in empty.content.decode()
    assert led_to(world) is None


def test_a_case_that_began_meanwhile_loses_no_text(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        propose(world, sirkka)
    form = {"reason": REASON, "way": "phone", "on": "31.10.2026"}
    path = f"{address(world)}yhteisasiakkuus/"
    answer = Worker(world, CONVENER).post(path, **form).content.decode()
    assert "on jo yhteisasiakkuus" in answer and REASON in answer


def test_the_page_offers_the_case_that_there_is(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        [case] = propose(world, sirkka)
    sirkka_ = Worker(world, CONVENER)
    link = f"{address(world)}yhteisasiakkuus/{case.public_id}/"
    assert link in sirkka_.page(f"{address(world)}yhteisasiakkuus/")
    assert sirkka_.post(link).status_code == 302
    assert led_to(world) == case
    assert sirkka_.post(link).status_code == 422


def test_unseen_is_not_there_and_not_allowed_is_refused(world: World) -> None:
    path = f"{address(world)}yhteisasiakkuus/"
    for who, status in ((STRANGER, 404), (HEALTH, 403), (REFERRER, 403), (CONVENER, 200)):
        assert Worker(world, who).get(path).status_code == status, who


def test_the_page_is_read_in_swedish(world: World) -> None:
    sirkka = Worker(world, CONVENER)
    sirkka.browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"
    page = sirkka.page(f"{address(world)}yhteisasiakkuus/")
    assert "Föreslå gemensamt arbete" in page and "Klientens önskemål i ansökan" in page


def address(world: World) -> str:
    return f"/hakemukset/{world.application().public_id}/"


def given(world: World) -> str:
    query = "select public_id from applications_outcome where application_id = %s"
    return f"/suositukset/{world.rows(query, world.application().pk)[0][0]}/"


def test_a_linking_is_taken_back_by_its_message(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        [case] = propose(world, sirkka)
    url = reverse("link-case", args=[world.application().public_id, case.public_id])
    browser = world.browser(CONVENER)
    assert "on liitetty" in browser.post(url, follow=True).content.decode()
    assert led_to(world) == case
    assert "ei ole enää liitetty" in browser.post(f"{url}?pura", follow=True).content.decode()
    assert led_to(world) is None
    assert browser.post(f"{url}?pura").status_code == 422
