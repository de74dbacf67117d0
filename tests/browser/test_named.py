"""Naming from the first page: within its budget, by keyboard, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.judging import Hand, Within
from tests.browser.keys import Keyboard
from tests.browser.site import Site
from tests.world import CONVENER

pytestmark = pytest.mark.browser
KAINO, URHO, TUIRE = (
    ("kaino.mallipelto", "MP400"),
    ("urho.naytemaa", "TK030"),
    ("tuire.mallilainen", "SO820"),
)


def test_named_and_accepted(site: Site, keep_within: Within) -> None:
    """Senja has said yes: her matter leads to the naming, the first page does, and her own nurse
    accepts; the same client, so one after the other."""
    page = site.person(*CONVENER)
    named_from_the_consultation(page, keep_within)
    page.goto("/")
    named_from_the_first_page(page, keep_within)
    asked = site.person(*KAINO)
    other = Hand(asked)
    other.press(asked.get_by_role("link", name=re.compile("^Vastaa")).first)
    other.press(asked.get_by_role("button", name="Hyväksyn"))
    expect(asked.locator(".worker")).to_contain_text("Kaino Mallipelto")
    keep_within(9, "accept the responsibility", 2, other.done)
    assert site.complaints == []


def named_from_the_consultation(page: Page, keep_within: Within) -> None:
    """From the matter's page, taken back at the end."""
    page.goto("/asiakkaani/")
    page.get_by_role("link", name="Usvaviitala Senja", exact=True).click()
    page.locator("main a[href*='/hakemukset/']").click()
    expect(page.locator("main")).to_contain_text("ilman vastuutyöntekijää")
    hand = Hand(page)
    hand.press(page.get_by_role("link", name="Nimeä vastuutyöntekijä"))
    hand.press(page.get_by_role("button", name="Nimeä – sovittu asiakkaan kanssa"))
    expect(page.locator(".messages")).to_contain_text("Pyyntö lähti")
    page.get_by_role("button", name="Peru", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Pyyntö on peruttu")
    keep_within(2, "name a responsible worker from a consultation", 3, hand.done)


def named_from_the_first_page(page: Page, keep_within: Within) -> None:
    """The row's button, the suggested one who is chosen already, the agreement."""
    expect(page.locator(".bucket").first).to_contain_text("Ilman vastuutyöntekijää")
    keyboard = Keyboard(page)
    keyboard.go("^Nimeä")
    keyboard.go("^Nimeä – sovittu asiakkaan kanssa")
    expect(page.locator(".messages")).to_contain_text("Pyyntö lähti")
    page.get_by_role("button", name="Peru", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Pyyntö on peruttu")
    page.goto("/")
    hand = Hand(page)
    hand.press(page.get_by_role("link", name=re.compile("^Nimeä")).first)
    expect(page.locator("input[name=person]").first).to_be_checked()
    expect(page.locator(".choice").first).to_contain_text("Kaino Mallipelto")
    hand.press(page.get_by_role("button", name="Nimeä – sovittu asiakkaan kanssa"))
    expect(page.locator(".messages")).to_contain_text("Pyyntö lähti")
    keep_within(2, "name a responsible worker", 3, hand.done, keyboard.pressed)


def test_the_situation_is_read_without_scrolling(site: Site) -> None:
    """The worker with the number, the client's own words, what is open: at 1280 x 800."""
    page = site.person(*TUIRE)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/asiakkaani/")
    page.get_by_role("link", name="Myllynkuutamo Tiina", exact=True).click()
    for part in (".worker-phone", "blockquote.quote", "h2:has-text('Sovitut asiat')"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800, part
    page.set_viewport_size({"width": 320, "height": 800})
    top = page.locator(".worker-name").first.bounding_box()
    words = page.locator("blockquote.quote").first.bounding_box()
    assert top is not None and words is not None
    assert top["y"] < words["y"], "on a phone the worker comes first"


def test_the_situation_is_one_page_on_paper(site: Site) -> None:
    page = site.person(*TUIRE)
    page.goto("/asiakkaani/")
    page.get_by_role("link", name="Myllynkuutamo Tiina", exact=True).click()
    paper = page.pdf(format="A4")
    assert paper.count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    shown = page.locator("body").inner_text()
    assert "Tuire Mallilainen" in shown and "langat käsissä" in shown
    assert "Sovi yhteydenpito" not in shown


def test_an_answer_and_a_naming_without_scripts(site: Site) -> None:
    page = site.person(*URHO, script=False, width=320)
    page.goto("/asiakkaani/")
    page.get_by_role("link", name="Outamäntylä Kari", exact=True).click()
    page.get_by_role("link", name="Kirjaa vastaus").first.click()
    page.get_by_label("haluaa", exact=True).check()
    page.get_by_role("button", name="Tallenna vastaus").click()
    expect(page.locator("main")).to_contain_text("Kirjoita, mitä asiakas sanoi omin sanoin.")
    expect(page.get_by_label("haluaa", exact=True)).to_be_checked()
    page.get_by_label("Asiakkaan omat sanat").fill("Hyvä, jos joku muu soittaa.")
    page.get_by_role("button", name="Tallenna vastaus").click()
    expect(page.locator(".choice").first).to_contain_text("työkykykoordinaattori")
    page.get_by_role("button", name="Nimeä – sovitaan vielä asiakkaan kanssa").click()
    expect(page.locator(".messages")).to_contain_text("Pyyntö lähti")
    page.get_by_role("button", name="Peru", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Pyyntö on peruttu")
    assert site.complaints == []


def test_accepted_by_keyboard_alone(site: Site, keep_within: Within) -> None:
    """Every stop is seen on the way from the first page to the responsibility."""
    page = site.person("laina.malli", "TO210")
    keyboard = Keyboard(page)
    keyboard.go("^Vastaa")
    keyboard.go("^Hyväksyn")
    expect(page.locator(".messages")).to_contain_text("Olet nyt asiakkaan vastuutyöntekijä")
    keep_within(9, "accept the responsibility", 2, keys=keyboard.pressed)
