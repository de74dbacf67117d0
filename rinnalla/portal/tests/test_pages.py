"""The client's own pages: only one's own, in plain words, and each act the client's own."""

from datetime import timedelta

import pytest
from django.urls import reverse

from rinnalla.cases.models import Case
from rinnalla.cases.operations import around
from rinnalla.cases.operations.around import Ways
from rinnalla.portal.operations.enrolment import TEMPLATE
from tests.world import CONVENER, HEALTH, LARS, LAURA, MIEPA, REFERRER, VEIKKO, World

# Whose responsible worker has accepted.
NAMED = "A100004"
REQUEST = "select public_id from permits_permitrequest where client_id = %s and answer = ''"
PERMIT = "select public_id from permits_permit where client_id = %s and withdrawn_at is null"


def seen(world: World, name: str, number: str = VEIKKO) -> str:
    answer = world.portal(number).get(reverse(name))
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_the_first_page_has_my_person_and_the_number(world: World) -> None:
    page = seen(world, "portal-home")
    assert "Sirkka Esimerkki" in page and 'href="tel:0400002101"' in page
    assert "Tiistai 3.11.2026" in page


def test_the_worker_stands_there_with_number_hours_and_who_covers(world: World) -> None:
    tuire, cover = ("tuire.mallilainen", "SO820"), world.member(MIEPA)
    with world.acting(tuire) as by:
        case = Case.objects.get(client__number=NAMED)
        around.agree_on_contact(case, by=by, ways=Ways("0400008201", "arkisin 9–11", ""))
        day = by.today + timedelta(days=2)
        around.record_cover(case, by=by, who=cover.pk, begins=day, ends=day)
    page = seen(world, "portal-home", NAMED)
    assert "Tuire Mallilainen" in page and 'href="tel:0400008201"' in page
    assert "Tuire vastaa arkisin 9–11." in page
    assert f"sinua auttaa {cover.user.get_full_name()}" in page
    world.freeze(f"{day + timedelta(days=1)} 08.00")
    assert "sinua auttaa" not in seen(world, "portal-home", NAMED)


def test_the_agreed_services_stand_there_with_their_end_until_it_comes(world: World) -> None:
    named = world.client(NAMED).pk
    # Nothing comes before the day on which the services are looked at.
    others = "client_id = %s and id not in (select step_id from plans_watch)"
    world.rows(f"update plans_step set state = 'done' where {others} returning 1", named)
    gone = "ended_at = set_at, reason = 'Sairaus.'"
    world.rows(f"update meetings_appointment set {gone} where client_id = %s returning 1", named)
    off = "state = 'cancelled', ended_at = called_at, reason = 'Sairaus.'"
    world.rows(f"update meetings_meeting set {off} where client_id = %s returning 1", named)
    page = seen(world, "portal-home", NAMED)
    assert "Sovimme palveluista 30.4.2027 asti. Katsomme tilannetta yhdessä 31.3.2027." in page
    assert "velkaneuvonta" in page
    assert "Keskiviikko 31.3.2027" in page and "miten palvelut ovat auttaneet" in page
    world.freeze("2027-04-30 12.00")
    page = seen(world, "portal-home", NAMED)
    assert "Sovimme palveluista 30.4.2027 asti." in page
    assert "Katsomme tilannetta yhdessä" not in page
    world.freeze("2027-05-01 08.00")
    assert "Sovimme palveluista" not in seen(world, "portal-home", NAMED)


def test_a_client_sees_nobody_elses_permits(world: World) -> None:
    request = world.rows(REQUEST, world.client(VEIKKO).pk)[0][0]
    permit = world.rows(PERMIT, world.client(VEIKKO).pk)[0][0]
    stranger = world.portal(LAURA)
    assert stranger.get(reverse("portal-answer", args=[request])).status_code == 404
    assert stranger.post(reverse("portal-refuse", args=[request])).status_code == 404
    assert stranger.post(reverse("portal-withdraw", args=[permit])).status_code == 404
    assert "Kaarnakivelä" not in seen(world, "portal-permits", LAURA)


def test_giving_what_was_asked_opens_it(world: World) -> None:
    veikko = world.client(VEIKKO)
    request = world.rows(REQUEST, veikko.pk)[0][0]
    browser = world.portal(VEIKKO)
    answer = browser.post(reverse("portal-answer", args=[request]), {"ends": "31.12.2026"})
    assert answer.status_code == 302
    [(form, recorder, ends)] = world.rows(
        "select form, recorded_by_id, ends::text from permits_permit where client_id = %s"
        " order by recorded_at desc limit 1",
        veikko.pk,
    )
    assert (form, recorder, ends) == ("portal", None, "2026-12-31")
    assert browser.post(reverse("portal-answer", args=[request])).status_code == 404
    acts = world.rows(
        "select facts ->> 'seat' from journal_entry where kind = 'permit.recorded'"
        " order by id desc limit 1"
    )
    assert acts == [("client",)]


@pytest.mark.parametrize("ends", ["30.10.2026", "ei päivä"])
def test_a_day_that_cannot_be_is_said_and_nothing_is_written(world: World, ends: str) -> None:
    request = world.rows(REQUEST, world.client(VEIKKO).pk)[0][0]
    answer = world.portal(VEIKKO).post(reverse("portal-answer", args=[request]), {"ends": ends})
    assert answer.status_code == 200 and answer.context["form"].errors
    assert ends in answer.content.decode()
    assert world.rows(REQUEST, world.client(VEIKKO).pk)


def test_the_county_may_want_strong_identification_first(world: World) -> None:
    world.rows(
        "update organizations_setting set value = 'no' where key = 'permits_by_link' returning 1"
    )
    request = world.rows(REQUEST, world.client(VEIKKO).pk)[0][0]
    page = world.portal(VEIKKO).post(reverse("portal-answer", args=[request]), {"ends": ""})
    assert page.status_code == 200
    assert "Annan luvan" not in page.content.decode()
    assert world.rows(REQUEST, world.client(VEIKKO).pk)


def test_withdrawing_shows_the_effect_and_closes_at_once(world: World) -> None:
    veikko = world.client(VEIKKO)
    permit = world.rows(PERMIT, veikko.pk)[0][0]
    browser, address = world.portal(VEIKKO), reverse("portal-withdraw", args=[permit])
    assert "ei enää näe" in browser.get(address).content.decode()
    opened = (
        "select count(*) from access.opening o join permits_permit p on p.id = o.permit"
        " where p.public_id = %s"
    )
    assert world.rows(opened, permit)[0][0] > 0
    assert browser.post(address).status_code == 302
    assert world.rows(opened, permit) == [(0,)]
    to_tell = "select count(*) from permits_recipientnotice where client_id = %s"
    assert world.rows(to_tell, veikko.pk)[0][0] > 0
    assert browser.post(address).status_code == 404


def test_the_log_tells_who_and_why_by_day(world: World) -> None:
    world.browser(HEALTH).get(reverse("client", args=[world.client(VEIKKO).public_id]))
    world.browser(HEALTH).get(reverse("client-permits", args=[world.client(VEIKKO).public_id]))
    page = seen(world, "portal-log")
    today = page.partition("Lauantai 31.10.2026")[2].partition("<h2>")[0]
    assert today.count("Laina Malli</strong>") == 1
    assert "katsoi tietojasi" in page and "Syy: hän on mukana asiassasi." in page
    assert "Laura" not in page and "Korpisaarikko" not in page


def test_a_question_about_a_look(world: World) -> None:
    world.browser(MIEPA).get(reverse("client", args=[world.client(VEIKKO).public_id]))
    browser = world.portal(VEIKKO)
    log = browser.get(reverse("portal-log")).context["log"]
    entry = log.days[0][1][0].entry
    address = reverse("portal-ask", args=[entry])
    assert world.portal(LAURA).get(address).status_code == 404
    assert browser.post(address, {"words": ""}).context["form"].errors
    assert browser.post(address, {"words": "Miksi hän katsoi?"}).status_code == 302
    rows = world.rows("select words, due::text from access_inquiry")
    assert rows == [("Miksi hän katsoi?", "2026-11-14")]
    assert "Miksi hän katsoi?" in browser.get(reverse("portal-log")).content.decode()
    with world.acting(HEALTH):
        from rinnalla.access.models import Inquiry

        assert Inquiry.objects.count() == 0


def test_a_guardian_chooses_for_whom_and_the_pages_say_so(world: World) -> None:
    browser = world.portal(LARS)
    page = browser.get(reverse("portal-seats"))
    assert "Tiina" in page.content.decode()
    mandate = next(c.mandate_id for c in page.context["choices"] if c.mandate_id)
    browser.post(reverse("portal-seats"), {"seat": str(mandate)})
    home = browser.get(reverse("portal-home")).content.decode()
    assert "Hoidat nyt asioita, jotka koskevat henkilöä Tiina" in home
    chosen = browser.post(reverse("portal-seats"), {"seat": str(world.client(VEIKKO).pk)})
    assert chosen.status_code == 404
    world.rows("update access_mandate set denied_at = rinnalla.now() returning 1")
    assert "Tiina" not in browser.get(reverse("portal-home")).content.decode()


def test_a_page_is_opened_in_person_by_the_countys_worker(world: World) -> None:
    johanna = world.client("A100217")
    address = reverse("client-portal", args=[johanna.public_id])
    worker = world.browser(CONVENER)
    assert "Oma sivusi on auki" in worker.get(address).content.decode()
    data = {"address": "Johanna@Esimerkki.example.org", "in_person": "on"}
    assert worker.post(address, {**data, "in_person": ""}).context["form"].errors
    taken = worker.post(address, {**data, "address": "veikko@esimerkki.example.org"})
    assert "ei voi kirjautua" in taken.content.decode()
    assert worker.post(address, data).status_code == 302
    waiting = "select state from notifications_message where client_id = %s and template = %s"
    assert world.rows(waiting, johanna.pk, TEMPLATE) == [("queued",)]
    assert worker.post(reverse("close-portal", args=[johanna.public_id])).status_code == 302
    assert world.rows(waiting, johanna.pk, TEMPLATE) == [("cancelled",)]
    # The employment area keeps no clients of the county.
    other = world.browser(REFERRER)
    assert "hyvinvointialueen työntekijä" in other.get(address).content.decode()
    assert other.post(address, data).status_code == 403


def test_nobody_else_opens_these_pages(world: World) -> None:
    for name in ("portal-home", "portal-permits", "portal-log"):
        assert world.browser(CONVENER).get(reverse(name)).status_code == 404
    assert world.portal(VEIKKO).get(reverse("my-applications")).status_code == 404
    assert world.portal(VEIKKO).get("/")["Location"] == reverse("portal-home")
