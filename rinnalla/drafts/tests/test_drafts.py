"""What is written and not sent: kept for its writer alone, emptied by sending, cleared when old."""

import json
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from rinnalla.drafts.models import Draft
from rinnalla.drafts.operations import LONGEST, clear_old
from tests.world import CONVENER, HEALTH, KELA, VEIKKO, Own, World

pytestmark = pytest.mark.server


def address(world: World, page: str) -> str:
    url = reverse("keep-draft", args=[world.client().public_id])
    return f"{url}?page={quote(page)}"


def kept(world: World, browser: Browser, page: str) -> str:
    found: dict[str, str] = json.loads(browser.get(address(world, page)).content)
    return found.get("content", "")


def test_it_is_given_back_to_its_writer_alone(world: World) -> None:
    browser, page = world.browser(CONVENER), "/sivu/"
    written = {"text": "Kesken & jatkuu", "who": ["a", "b"], "csrfmiddlewaretoken": "x"}
    assert browser.post(address(world, page), written).status_code == 200
    assert kept(world, browser, page) == "text=Kesken+%26+jatkuu&who=a&who=b"
    browser.post(address(world, page), {"text": "Kesken"})
    assert kept(world, browser, page) == "text=Kesken"
    assert kept(world, world.browser(HEALTH), page) == ""
    assert kept(world, browser, "/toinen/") == ""
    with world.acting(HEALTH):
        assert not Draft.objects.exists()
    rows = world.rows("select count(*) from journal_entry where kind = 'draft.begun'")
    assert rows == [(1,)], "begun once, however often it is saved"


def test_nobody_keeps_a_draft_of_a_client_who_is_not_theirs(world: World) -> None:
    for who in (KELA, Own(VEIKKO)):
        answer = world.browser(who).post(address(world, "/sivu/"), {"text": "x"})
        assert answer.status_code == 404
    assert world.rows("select 1 from drafts_draft") == []


def test_sending_the_form_empties_it_and_a_refusal_does_not(world: World) -> None:
    browser, client = world.browser(CONVENER), world.client().public_id
    page = reverse("propose-case", args=[client])
    at = address(world, page)
    browser.post(at, {"reason": "Kesken"})
    assert browser.post(page, {}).status_code == 200
    assert "content" in json.loads(browser.get(at).content)
    typed = {"reason": "Monta palvelua.", "way": "meeting", "on": "31.10.2026"}
    answer = browser.post(page, typed)
    assert answer.status_code == 302, answer.context["form"].errors
    assert "content" not in json.loads(browser.get(at).content)


def test_it_is_thrown_away_by_its_writer(world: World) -> None:
    browser, page = world.browser(CONVENER), "/sivu/"
    browser.post(address(world, page), {"text": "Kesken"})
    assert browser.post(f"{address(world, page)}&throw-away").status_code == 200
    assert kept(world, browser, page) == ""


def test_what_cannot_be_kept_is_said(world: World) -> None:
    browser = world.browser(CONVENER)
    assert browser.post(address(world, "/sivu/"), {}).status_code == 422
    long = browser.post(address(world, "/sivu/"), {"text": "x" * (LONGEST + 1)})
    assert long.status_code == 409
    assert "liian pitkä" in json.loads(long.content)["sentence"]


def test_old_ones_are_emptied_by_the_worker(world: World) -> None:
    browser = world.browser(CONVENER)
    browser.post(address(world, "/sivu/"), {"text": "Kesken"})
    world.freeze("2026-11-29 12.00")
    with world.job("rinnalla_worker"):
        assert clear_old() == 0
    world.freeze("2026-12-01 12.00")
    with world.job("rinnalla_worker"):
        assert clear_old() == 1
    with connection.cursor(), world.owner():
        assert Draft.objects.get().content == ""
