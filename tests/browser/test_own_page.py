"""The client's story at 320 px: who is my person, what I allow, who looked, and away at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.judging import Within, judged
from tests.browser.site import Site
from tests.world import VEIKKO

pytestmark = pytest.mark.browser


def test_the_own_page(site: Site, keep_within: Within) -> None:
    page = site.client(VEIKKO)
    number = page.get_by_role("link", name="Soita 040 000 2101")
    page.set_viewport_size({"width": 320, "height": 568})
    box = number.bounding_box()
    assert box and box["y"] + box["height"] <= 568, "the number is in the first view"
    keep_within(11, "the client sees the person's number, and calls", 1, 1)
    page.get_by_role("link", name="Vastaa").click()
    page.wait_for_url("**/oma/luvat/")
    page.get_by_role("link", name="Vastaa").first.click()
    page.get_by_label("Viimeinen päivä").fill("31.12.2020")
    page.get_by_role("button", name="Annan luvan").click()
    expect(page).to_have_title(re.compile("^Virhe:"))
    assert judged(page) == []
    page.get_by_label("Viimeinen päivä").fill("31.12.2026")
    page.get_by_role("button", name="Annan luvan").click()
    expect(page.get_by_text("Viimeinen päivä on to 31.12.2026.")).to_be_visible()
    page.get_by_role("button", name="Selkokieli").click()
    page.get_by_role("link", name="Kuka katsoi").click()
    page.get_by_role("link", name="Kysy tästä").first.click()
    page.get_by_label("Mitä ihmettelet?").fill("Miksi hän katsoi?")
    page.get_by_role("button", name="Lähetä kysymys").click()
    expect(page.get_by_text("Lähetit kysymyksen.")).to_be_visible()
    assert site.complaints == []
    page.context.close()


def test_away_at_once_and_back_shows_nothing(site: Site) -> None:
    page = site.client(VEIKKO)
    page.goto("/oma/luvat/")
    stops = []
    for _ in range(3):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert "Poistu nopeasti" in stops
    page.get_by_role("button", name="Poistu nopeasti").click()
    assert "Rinnalla" not in page.title()
    page.go_back()
    assert page.url.endswith("/oma/kirjaudu/?next=/oma/luvat/")
    assert "Lupasi" not in page.content() and "Veikko" not in page.content()
    # What htmx keeps is where this page is.
    kept = page.evaluate("Object.keys({...localStorage, ...sessionStorage})")
    assert set(kept) <= {"htmx-current-path-for-history"}
    page.context.close()
