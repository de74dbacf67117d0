"""No text is lost: the page is left, the network goes, the session ends while somebody writes."""

import psycopg
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.site import Site

pytestmark = pytest.mark.browser
TUIRE = ("tuire.mallilainen", "SO820")
STATUS = "[data-draft] .autosave"


@pytest.fixture(autouse=True)
def _nothing_kept(site: Site) -> None:
    """The drafts of the test before are gone."""
    with psycopg.connect(site.urls["DATABASE_OWNER_URL"]) as owner:
        owner.execute("delete from drafts_draft")


def package_of_tiina(page: Page) -> None:
    page.goto("/asiakkaani/")
    page.get_by_role("link", name="Myllynkuutamo Tiina", exact=True).click()
    page.get_by_role("link", name="Muuta tai päätä palvelukokonaisuus").click()


def write(page: Page, text: str) -> None:
    page.get_by_label("Mitä kokonaisuuteen kuuluu").fill(text)


def written(page: Page) -> str:
    return page.get_by_label("Mitä kokonaisuuteen kuuluu").input_value()


def save(page: Page) -> None:
    page.get_by_role("button", name="Tallenna", exact=True).click()


def test_what_was_written_is_there_again_until_it_is_sent(site: Site) -> None:
    page = site.person(*TUIRE)
    package_of_tiina(page)
    write(page, "Kesken jäänyt teksti.")
    expect(page.locator(STATUS)).to_contain_text("Tallennettu klo")
    package_of_tiina(page)
    expect(page.locator(STATUS)).to_contain_text("Jatkat siitä, mihin jäit")
    assert written(page) == "Kesken jäänyt teksti."
    page.get_by_role("button", name="Aloita alusta").click()
    expect(page.get_by_label("Mitä kokonaisuuteen kuuluu")).not_to_have_value(
        "Kesken jäänyt teksti."
    )
    write(page, "Hoitajan tapaamiset.")
    expect(page.locator(STATUS)).to_contain_text("Tallennettu klo")
    save(page)
    expect(page.locator(".messages")).to_contain_text("Palvelukokonaisuus on sovittu")
    assert site.value("select count(*) from drafts_draft where content <> ''") == "0"
    assert site.complaints == []


def test_who_writes_before_the_draft_is_there_loses_neither(site: Site) -> None:
    page = site.person(*TUIRE)
    package_of_tiina(page)
    write(page, "Aiempi teksti.")
    expect(page.locator(STATUS)).to_contain_text("Tallennettu klo")
    waiting: list[Route] = []
    # Playwright takes a function of Python alone.
    page.route("**/luonnokset/**", lambda route: waiting.append(route))  # noqa: PLW0108
    with page.expect_request("**/luonnokset/**"):
        package_of_tiina(page)
    write(page, "Uusi teksti.")
    waiting.pop(0).continue_()
    expect(page.locator(STATUS)).to_contain_text("Jatkat siitä, mihin jäit")
    assert written(page) == "Uusi teksti.\n\nAiempi teksti."
    page.unroute_all(behavior="ignoreErrors")
    page.get_by_role("button", name="Aloita alusta").click()
    expect(page.get_by_label("Mitä kokonaisuuteen kuuluu")).not_to_have_value("Aiempi teksti.")


def test_without_network_nothing_is_sent_into_nothing(site: Site) -> None:
    page = site.person(*TUIRE)
    package_of_tiina(page)
    page.context.set_offline(True)
    write(page, "Kirjoitettu junassa.")
    expect(page.locator(STATUS)).to_contain_text("Ei tallentunut")
    save(page)
    expect(page.locator(STATUS)).to_contain_text("Ei lähtenyt")
    assert written(page) == "Kirjoitettu junassa."
    page.context.set_offline(False)
    save(page)
    expect(page.locator(".messages")).to_contain_text("Palvelukokonaisuus on sovittu")
    expect(page.locator("main")).to_contain_text("Kirjoitettu junassa.")
    site.complaints.clear()


def test_a_session_that_ends_takes_no_text_along(site: Site) -> None:
    page = site.person(*TUIRE)
    package_of_tiina(page)
    with psycopg.connect(site.urls["DATABASE_OWNER_URL"]) as owner:
        owner.execute("delete from django_session")
    write(page, "Kirjoitettu kauan.")
    expect(page.locator(STATUS)).to_contain_text("Ei tallentunut")
    save(page)
    expect(page.locator(STATUS)).to_contain_text("Ei lähtenyt")
    other = page.context.new_page()
    other.goto("/esittely/")
    form = other.locator(f"form:has(input[value='{site.membership(*TUIRE)}'])").first
    if not form.is_visible():
        form.locator("xpath=ancestor::details").locator("summary").click()
    form.get_by_role("button").click()
    other.wait_for_load_state()
    save(page)
    expect(page.locator(".messages")).to_contain_text("Palvelukokonaisuus on sovittu")
    expect(page.locator("main")).to_contain_text("Kirjoitettu kauan.")
    site.complaints.clear()
