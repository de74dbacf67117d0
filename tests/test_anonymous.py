"""A question without a name: what the team does with it, and that nobody learns of whom it is."""

from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client as Browser
from django.urls import reverse

from rinnalla.access.middleware import MEMBERSHIP
from rinnalla.applications.identifying import hints, told_outright
from rinnalla.applications.models import (
    AnonymousConsultation,
    AnonymousView,
    Application,
    ApplicationText,
    ConsultedPerson,
)
from rinnalla.closing.operations import end_membership
from rinnalla.demo.stories.unnamed import TEXTS
from tests.world import COLLEAGUE, HEALTH, KELA, MANAGER, REFERRER, Who, World

PERSON = "A100693"
ILONA: Who = ("ilona.nayte", "TO210")
EVERYBODY = (HEALTH, KELA, COLLEAGUE, MANAGER)


@pytest.fixture
def asked(world: World) -> UUID:
    key: UUID = world.rows("select public_id from applications_anonymousconsultation")[0][0]
    return key


def convener(world: World) -> Browser:
    browser = world.browser(ILONA)
    session = browser.session
    key = world.rows("select convener_id from organizations_team where code = 'tyky-lansi'")[0][0]
    with world.owner():
        session[MEMBERSHIP] = str(key)
        session.save()
    return browser


def post(browser: Browser, name: str, *args: UUID, **data: Any) -> int:
    return browser.post(reverse(name, args=args), data).status_code


def page(browser: Browser, key: UUID) -> str:
    answer = browser.get(reverse("anonymous", args=[key]))
    assert answer.status_code == 200
    return answer.content.decode()


def state(world: World, key: UUID) -> tuple[str, str]:
    query = """select c.state, u.username from applications_anonymousconsultation c
        join organizations_membership m on m.id = c.holder_id
        join accounts_user u on u.id = m.user_id where c.public_id = %s"""
    found: tuple[str, str] = world.rows(query, key)[0]
    return found


def test_nobody_but_the_referrer_learns_of_whom_it_is(world: World, asked: UUID) -> None:
    client = world.client(PERSON)
    for browser in (convener(world), world.browser(HEALTH), world.browser(KELA)):
        told = page(browser, asked)
        assert TEXTS["question"] in told
        assert client.family_name not in told and str(client.public_id) not in told
    mine = page(world.browser(REFERRER), asked)
    assert client.family_name in mine
    with world.acting(REFERRER):
        assert ConsultedPerson.objects.get().client_id == client.pk
    for who in EVERYBODY:
        with world.acting(who):
            assert not ConsultedPerson.objects.exists()


def test_no_circle_comes_of_it_and_the_journal_ties_nothing(world: World, asked: UUID) -> None:
    client = world.client(PERSON).pk
    ways = world.rows("select cause from access.circle where client = %s", client)
    assert set(ways) <= {("found",), ("own_worker",)}
    tied = world.rows(
        "select e.kind from journal_entry e join journal_entrysubject s on s.entry = e.id"
        " where s.client = %s and e.subject_type = 'anonymous_consultation'"
        " and e.kind not like 'read.%%'",
        client,
    )
    assert tied == []


def test_only_the_team_reads_it_and_only_on_its_agenda(world: World, asked: UUID) -> None:
    team = convener(world)
    assert world.browser(COLLEAGUE).get(reverse("anonymous", args=[asked])).status_code == 404
    health = world.browser(HEALTH)
    assert TEXTS["question"] in page(health, asked)
    assert post(team, "remove-anonymous", asked) == 302
    assert health.get(reverse("anonymous", args=[asked])).status_code == 404
    assert state(world, asked) == ("sent", "hilppa.kokeilija")
    assert TEXTS["question"] in team.get(reverse("inbox")).content.decode()
    assert post(world.browser(REFERRER), "take-back-anonymous", asked) == 302
    assert team.get(reverse("anonymous", args=[asked])).status_code == 404
    assert TEXTS["question"] not in team.get(reverse("inbox")).content.decode()


def test_the_team_thinks_and_answers_and_may_take_it_back(world: World, asked: UUID) -> None:
    health, team, hilppa = world.browser(HEALTH), convener(world), world.browser(REFERRER)
    seat = world.rows(
        "select s.id from organizations_teamseat s join organizations_team t on t.id = s.team_id"
        " where t.code = 'tyky-lansi' and s.code = 'terveydenhuolto'"
    )[0][0]
    assert post(health, "view-anonymous", asked, seat, text="Arvio ensin.") == 302
    assert post(health, "view-anonymous", asked, seat, text="Arvio heti.") == 302
    assert "Arvio heti." in page(team, asked)
    assert "Arvio heti." not in page(hilppa, asked)
    assert post(team, "answer-anonymous", asked, text="") == 200
    assert post(team, "answer-anonymous", asked, text="Soita 040 123 4567") == 200
    assert post(team, "answer-anonymous", asked, text="Arvio ennen kuntoutusta.") == 302
    assert state(world, asked) == ("answered", "hilppa.kokeilija")
    assert "Arvio ennen kuntoutusta." in page(hilppa, asked)
    assert post(health, "view-anonymous", asked, seat, text="Myöhässä.") == 404
    assert post(team, "recall-anonymous-answer", asked) == 302
    assert state(world, asked)[0] == "received"
    assert "Arvio ennen kuntoutusta." not in page(hilppa, asked)


def test_who_was_named_is_not_written_over_unseen(world: World, asked: UUID) -> None:
    hilppa = world.browser(REFERRER)
    key = world.client(PERSON).pk
    world.rows("delete from access.circle where client = %s returning 1", key)
    assert world.client(PERSON).family_name not in page(hilppa, asked)
    name = reverse("name-anonymous", args=[asked])
    refused = hilppa.post(name, {"typed": "A100137"}).content.decode()
    assert "on jo merkitty toinen asiakas" in refused
    assert hilppa.post(name, {"typed": PERSON}).status_code == 302
    assert hilppa.post(name, {"typed": "A100137"}).status_code == 302


def test_it_becomes_an_application_when_the_client_decides(world: World, asked: UUID) -> None:
    team, hilppa = convener(world), world.browser(REFERRER)
    assert post(team, "answer-anonymous", asked, text="Arvio ensin.") == 302
    assert post(hilppa, "anonymous-to-application", asked) == 302
    with world.acting(REFERRER):
        application = Application.objects.get(client__number=PERSON)
        text = ApplicationText.objects.get(application=application)
    assert (application.state, text.question) == ("draft", TEXTS["question"])
    assert "Arvio ensin." in text.tried and TEXTS["tried"] in text.tried
    assert (
        "jo tehty hakemus"
        in hilppa.post(reverse("anonymous-to-application", args=[asked])).content.decode()
    )
    assert str(application.public_id) not in page(team, asked)
    assert post(hilppa, "close-anonymous", asked) == 302
    assert post(hilppa, "reopen-anonymous", asked) == 302
    assert state(world, asked) == ("answered", "hilppa.kokeilija")


def test_it_is_written_checked_and_sent(world: World) -> None:
    hilppa = world.browser(REFERRER)
    team = world.rows("select id from organizations_team where code = 'keskusta'")[0][0]
    wanted = {"team": str(team), "question": "Mitä tehdä?", "situation": "Soita 040 123 4567."}
    assert post(hilppa, "begin-anonymous", question="Mitä tehdä?") == 200
    assert post(hilppa, "begin-anonymous", **wanted) == 302
    key = world.rows(
        "select public_id from applications_anonymousconsultation where state = 'draft'"
    )[0][0]
    send = reverse("send-anonymous", args=[key])
    assert "puhelinnumero" in hilppa.get(send).content.decode()
    assert post(hilppa, "send-anonymous", key) == 200
    assert state(world, key)[0] == "draft"
    wanted["situation"] = "Tapasin Maijan 3.11.2026 osoitteessa Mallikatu 5."
    assert post(hilppa, "edit-anonymous", key, **wanted) == 302
    told = hilppa.get(send).content.decode()
    assert "Maijan" in told and "3.11.2026" in told and "Mallikatu 5" in told
    assert post(hilppa, "send-anonymous", key) == 302
    assert post(hilppa, "name-anonymous", key, typed="A999999") == 200
    assert post(hilppa, "name-anonymous", key, typed=PERSON) == 302


def test_when_its_referrer_leaves_somebody_holds_it_and_still_knows_nobody(
    world: World, asked: UUID
) -> None:
    assert post(convener(world), "answer-anonymous", asked, text="Arvio ensin.") == 302
    membership = world.member(REFERRER)
    with world.job("rinnalla_worker"):
        end_membership(membership)
    assert state(world, asked) == ("answered", "veli.naytejoki")
    told = page(world.browser(MANAGER), asked)
    assert TEXTS["question"] in told and world.client(PERSON).family_name not in told
    listed = world.browser(MANAGER).get(reverse("my-anonymous")).content.decode()
    assert TEXTS["question"] in listed
    with world.acting(MANAGER):
        assert not ConsultedPerson.objects.exists()


def test_rows_cannot_be_written_past_the_acts(world: World, asked: UUID) -> None:
    with world.acting(HEALTH) as health:
        row = AnonymousConsultation.objects.get()
        assert not AnonymousConsultation.objects.update(question="Muu")
        for made in (
            ConsultedPerson(
                consultation=row,
                client_id=world.client().pk,
                unit_id=health.unit_id,
                named_at=health.now,
            ),
            AnonymousView(
                consultation=row,
                seat_id=world.rows("select id from organizations_teamseat limit 1")[0][0],
                membership_id=world.member(KELA).pk,
                text="x",
                saved_at=health.now,
            ),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                made.save(force_insert=True)


def test_hints_name_what_may_tell_of_whom_it_is() -> None:
    assert told_outright("tunnus 170479-939V") and told_outright("a@example.org")
    assert told_outright("puh. +358 40 000 0006") and not told_outright("työtön 12 kuukautta")
    assert hints("Noin 40-vuotias. Työtön toista vuotta.\nHän jaksaa.") == []
    assert len(hints("Tapasin Veikon 3.11.2026, Mallikuja 5")) == 3
