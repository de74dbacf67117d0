"""The story's commonest tasks: within their budget of interactions, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.judging import Hand, Within
from tests.browser.keys import Keyboard
from tests.browser.site import Site
from tests.world import CONVENER, KELA, REFERRER

pytestmark = pytest.mark.browser
VEIKKO = "170479-939V"
OUTCOME = "record a consultation's outcome"


@pytest.fixture(scope="module", autouse=True)
def morning(site: Site) -> None:
    site.clock("2026-11-03 09.05")


def test_find_a_client_and_see_the_whole_situation(site: Site, keep_within: Within) -> None:
    page = site.person(*REFERRER)
    page.wait_for_url("**/")
    keyboard = Keyboard(page)
    keyboard.press("/")
    expect(page.locator("#frame-search")).to_be_focused()
    keyboard.write(VEIKKO)
    keyboard.press("Enter")
    expect(page.locator(".identity-name")).to_have_text("Kaarnakivelä Veikko")
    page = site.person(*REFERRER)
    page.keyboard.press("/")
    hand = Hand(page)
    hand.write(page.locator("#frame-search"), VEIKKO)
    hand.enter()
    expect(page.locator(".identity-name")).to_have_text("Kaarnakivelä Veikko")
    keep_within(1, "find a client and see the whole situation", 2, hand.done, keyboard.pressed)


def test_take_in_a_referral(site: Site, keep_within: Within) -> None:
    page = site.person(*CONVENER)
    keyboard = Keyboard(page)
    keyboard.go("^Saapuneet")
    keyboard.go("^Vie esityslistalle ja avaa seuraava")
    pressed = keyboard.pressed
    keyboard.go("^Peru$")
    page.goto("/")
    hand = Hand(page)
    hand.press(page.get_by_role("link", name=re.compile("^Saapuneet")))
    hand.press(page.get_by_role("button", name="Vie esityslistalle ja avaa seuraava"))
    expect(page.locator(".messages")).to_be_visible()
    keep_within(4, "take in a referral", 3, hand.done, pressed)


def test_record_the_outcome_of_a_consultation(site: Site, keep_within: Within) -> None:
    page = site.person(*CONVENER)
    first_case(page)
    hand = Hand(page)
    hand.press(page.locator(".suggestion a").first)
    hand.press(page.get_by_role("button", name="Anna suositus ja avaa seuraava"))
    expect(page.locator(".messages")).to_contain_text("Suositus on annettu")
    keep_within(5, OUTCOME, 3, hand.done)


def test_record_a_permit(site: Site, keep_within: Within) -> None:
    page = site.person(*REFERRER)
    page.locator("#frame-search").fill(VEIKKO)
    page.locator("#frame-search").press("Enter")
    keyboard = Keyboard(page)
    keyboard.go("^Uusi lupa")
    keyboard.mark("^Kela, etuusrekisteri: kaikki yksiköt")
    keyboard.choose("suullisesti")
    expect(page.get_by_label("suullisesti")).to_be_checked()
    keyboard.to("^Tallenna lupa")
    page.go_back()
    hand = Hand(page)
    hand.press(page.get_by_role("link", name="Uusi lupa"))
    hand.press(page.get_by_label("Kela, etuusrekisteri: kaikki yksiköt"))
    hand.press(page.get_by_label("suullisesti"))
    hand.press(page.get_by_role("button", name="Tallenna lupa"))
    expect(page.locator(".messages")).to_be_visible()
    keep_within(8, "record a permit", 4, hand.done, keyboard.pressed + 1)


def test_all_by_keyboard(site: Site, keep_within: Within) -> None:
    """Signs in, opens the next case and recommends: every stop is seen, and focus is never lost."""
    page = site.context().new_page()
    page.goto("/esittely/")
    keyboard = Keyboard(page)
    keyboard.go("Sirkka Esimerkki")
    keyboard.go("^Kokoukset")
    keyboard.go("^Avaa")
    keyboard.go("^(Aloita käsittely|Avaa ensimmäinen asia)")
    before = keyboard.pressed
    keyboard.go("^Suosita palvelua")
    keyboard.go("^Valitse")
    keyboard.go("^Anna suositus")
    expect(page.locator(".messages")).to_contain_text("Suositus on annettu")
    expect(page.locator(".messages")).to_be_focused()
    keep_within(5, OUTCOME, 3, keys=keyboard.pressed - before)


def test_a_case_is_walked_by_keyboard_without_a_hidden_stop(site: Site) -> None:
    page = site.person(*CONVENER)
    first_case(page)
    keyboard = Keyboard(page)
    stops = [keyboard.stop() for _tab in range(40)]
    assert [at.name for at in stops if not at.seen] == []


def test_the_focus_stays_where_one_acted(site: Site) -> None:
    page = site.person(*CONVENER)
    first_case(page)
    page.get_by_label("Kaino Mallipelto").focus()
    Keyboard(page).go("^Tallenna läsnäolijat")
    expect(page.get_by_role("button", name="Tallenna läsnäolijat")).to_be_focused()


def test_somebody_without_a_permit_walks_the_agenda(site: Site) -> None:
    page = site.person(*KELA)
    page.get_by_role("link", name=re.compile("^Kokoukset")).click()
    page.locator("main tbody tr").first.get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("et ole mukana tämän asian käsittelyssä")


def first_case(page: Page) -> None:
    """The next case of the next session."""
    page.get_by_role("link", name=re.compile("^Kokoukset")).click()
    page.locator("main tbody tr").first.get_by_role("link").first.click()
    page.get_by_role("link", name="Aloita käsittely").click()
