"""The pages on which a client is opened by law or in an emergency."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.world import CONVENER, MANAGER, OFFICER, STRANGER, World

NUMBER = "A100001"
OPENED = "select ground, words from access_lawopening where membership_id = %s"
EMERGENCY = {"q": NUMBER, "code": "emergency", "words": "Tajuton, päivystyksessä."}


def opened(world: World) -> list[tuple[object, ...]]:
    return world.rows(OPENED, world.member(STRANGER).pk)


def test_an_emergency_opens_with_a_banner_until_it_is_ended(world: World) -> None:
    browser = world.browser(STRANGER)
    address = reverse("open-named-by-law")
    page = reverse("client", args=[world.client(NUMBER).public_id])
    assert browser.get(page).status_code == 404
    answer = browser.post(address, EMERGENCY)
    assert answer.status_code == 302 and answer["Location"] == page
    assert opened(world) == [("emergency", "Tajuton, päivystyksessä.")]
    assert "law-banner" in browser.get(page).content.decode()
    # Everywhere, and there without a name.
    home = browser.get("/").content.decode()
    assert "law-banner" in home and "Kaarnakivelä" not in home
    close = browser.get("/").context["frame"].openings[0].close_url
    assert world.browser(CONVENER).post(close).status_code == 404
    assert browser.post(close).status_code == 302
    assert browser.get(page).status_code == 404
    assert "law-banner" not in browser.get("/").content.decode()


def test_the_banner_goes_with_the_hour(world: World) -> None:
    browser = world.browser(STRANGER)
    browser.post(reverse("open-named-by-law"), EMERGENCY)
    [now] = world.rows("select rinnalla.now()")[0]
    world.freeze(now + timedelta(minutes=60))
    assert "law-banner" not in browser.get("/").content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [("q", ""), ("q", "A999999"), ("code", ""), ("code", "oma-laki"), ("words", " ")],
)
def test_without_a_ground_nothing_is_opened(world: World, field: str, typed: str) -> None:
    posted = {**EMERGENCY, field: typed}
    answer = world.browser(STRANGER).post(reverse("open-named-by-law"), posted)
    assert answer.status_code == 200 and set(answer.context["form"].errors) == {field}
    assert posted["q"] in answer.content.decode()
    assert opened(world) == []


def test_one_s_own_client_is_opened_wider(world: World) -> None:
    address = reverse("open-by-law", args=[world.client(NUMBER).public_id])
    browser = world.browser(CONVENER)
    assert browser.post(address, {"code": "asiakaslaki-20", "words": ""}).status_code == 302
    rows = world.rows(OPENED, world.member(CONVENER).pk)
    assert rows == [("asiakaslaki-20", "")]


def test_other_roles_have_no_such_page(world: World) -> None:
    for who in (MANAGER, OFFICER):
        assert world.browser(who).get(reverse("open-named-by-law")).status_code == 403
