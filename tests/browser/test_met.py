"""Calling a network together: within its budget, by keyboard, and without scripts on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.judging import Hand, Within
from tests.browser.keys import Keyboard
from tests.browser.site import Site

pytestmark = pytest.mark.browser
TUIRE = ("tuire.mallilainen", "SO820")


def case_of_tiina(page: Page) -> None:
    page.goto("/asiakkaani/")
    page.get_by_role("link", name="Myllynkuutamo Tiina", exact=True).click()


def test_a_network_is_called_together_within_its_budget(site: Site, keep_within: Within) -> None:
    page = site.person(*TUIRE)
    case_of_tiina(page)
    keyboard = Keyboard(page)
    keyboard.go("^Sovi tapaaminen")
    keyboard.to("^purpose")
    keyboard.write("Katsotaan, miten syksy on mennyt.")
    keyboard.to("^Päivä")
    keyboard.write("19.11.2026")
    keyboard.go("^Esikatsele")
    pressed = keyboard.pressed
    keyboard.to("^Lähetä kutsut")
    case_of_tiina(page)
    hand = Hand(page)
    hand.press(page.get_by_role("link", name="Sovi tapaaminen"))
    hand.write(page.get_by_label("Miksi tavataan"), "Katsotaan, miten syksy on mennyt.")
    hand.write(page.get_by_label("Päivä", exact=True), "12.11.2026")
    hand.press(page.get_by_role("button", name="Esikatsele"))
    expect(page.locator("main")).to_contain_text("torstai 12.11.2026 klo 9.00")
    hand.press(page.get_by_role("button", name="Lähetä kutsut"))
    expect(page.locator(".messages")).to_contain_text("Kutsut on lähetetty")
    keep_within(6, "call a network meeting", 5, hand.done, pressed + 1)


def test_an_agreed_thing_is_marked_done_on_the_clients_page(
    site: Site, keep_within: Within
) -> None:
    page = site.person(*TUIRE)
    case_of_tiina(page)
    keyboard = Keyboard(page)
    keyboard.to("^Merkitse tehdyksi: Kokoaa")
    hand = Hand(page)
    hand.press(page.get_by_role("button", name="Merkitse tehdyksi: Kokoaa avoimet laskut"))
    expect(page.locator(".messages")).to_contain_text("Kirjattu: tehty.")
    expect(page.locator("h1, .identity").first).to_contain_text("Myllynkuutamo Tiina")
    expect(page.locator("ol.steps")).not_to_contain_text("Kokoaa avoimet laskut")
    keep_within(7, "mark an agreed thing done", 1, hand.done, keyboard.pressed + 1)
    # Taken back as quickly, for whoever comes after.
    page.locator(".messages").get_by_role("link", name="Muuta").click()
    page.get_by_label("sovittu", exact=True).check()
    page.locator("main button.main").click()
    expect(page.locator("ol.steps")).to_contain_text("Kokoaa avoimet laskut")


def test_what_stayed_unclear_is_asked_and_answered(site: Site, keep_within: Within) -> None:
    own = site.client("A100004")
    own.goto("/oma/")
    hand = Hand(own)
    hand.press(own.get_by_role("link", name="Katso, mitä sovittiin"))
    hand.write(own.get_by_role("textbox"), "Kuka soittaa minulle?")
    hand.press(own.get_by_role("button", name="Lähetä"))
    expect(own.locator("main")).to_contain_text("Kuka soittaa minulle?")
    keep_within(12, "the client asks about what was agreed", 3, hand.done)
    page = site.person(*TUIRE)
    row = page.get_by_role("row", name=re.compile("Asiakas kysyy: mikä jäi epäselväksi"))
    keyboard = Keyboard(page)
    keyboard.go("^Vastaa")
    keyboard.to("^words")
    keyboard.write("Tuire soittaa.")
    keyboard.to("^Vastaa asiakkaalle")
    pressed = keyboard.pressed + 1
    page.goto("/")
    hand = Hand(page)
    hand.press(row.get_by_role("link", name="Vastaa").first)
    hand.write(page.get_by_label("Vastaus asiakkaalle"), "Kaikkea ei tarvitse maksaa kerralla.")
    hand.press(page.get_by_role("button", name="Vastaa asiakkaalle"))
    expect(page.locator("main")).to_contain_text("Kaikkea ei tarvitse maksaa kerralla.")
    keep_within(10, "answer a client", 3, hand.done, pressed)


def test_a_meeting_is_held_on_a_phone_without_scripts(site: Site) -> None:
    """Recorded, seen as the client will see it, kept; then the client reads it."""
    site.clock("2026-11-05 13.30")
    page = site.person(*TUIRE, width=320, script=False)
    page.goto("/")
    page.get_by_role("row", name=re.compile("Tapahtuiko tapaaminen")).get_by_role(
        "link"
    ).first.click()
    if "/muistio/" not in page.url:
        page.goto("/")
        page.locator("a[href$='/muistio/']").first.click()
    page.get_by_label("Asiakkaan oma näkemys").fill("Laskut ovat nyt kasassa.")
    page.get_by_label("Mitä sovittiin").first.fill("Lähettää maksusuunnitelman")
    page.get_by_label("Sama asiakkaalle selkeästi").first.fill("Saat suunnitelman kotiin.")
    page.get_by_label("Kuka tekee").first.select_option(index=2)
    page.get_by_label("Mihin mennessä").first.fill("13.11.2026")
    page.get_by_label("jatketaan sovitusti").check()
    page.get_by_role("button", name="Näytä, miten asiakas näkee tämän").click()
    expect(page.locator("main")).to_contain_text("helppo lukea")
    page.get_by_role("button", name="Tallenna ja kerro asiakkaalle").click()
    expect(page.locator("main")).to_contain_text("Saat suunnitelman kotiin.")
    own = site.client("A100004")
    own.goto("/oma/")
    expect(own.locator("main")).to_contain_text("Etsi laskut ja ota ne mukaan.")
    own.get_by_role("link", name="Katso, mitä sovittiin").click()
    expect(own.locator("main")).to_contain_text("Saat suunnitelman kotiin.")
    expect(own.locator("main")).not_to_contain_text("Lähettää maksusuunnitelman")
    assert site.complaints == []
