"""Takes the pictures of the README from a running demonstration, as its people see it."""

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WIDE, NARROW = 1280, 320
TALLEST = 1100
CONVENER, REFERRER = "Sirkka Esimerkki", "Hilppa Kokeilija"


@contextmanager
def signed_in(
    browser: Browser, base: str, person: str, width: int = WIDE, door: str = "/esittely/"
) -> Iterator[Page]:
    """A tab of the person, who is chosen by one click; of several posts the `person/N`th."""
    context = browser.new_context(
        base_url=base, locale="fi-FI", viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto(door)
    name, _slash, which_post = person.partition("/")
    row = page.locator("main li").filter(has_text=name).nth(int(which_post or 0))
    button = row.locator("button")
    if not button.is_visible():
        button.locator("xpath=ancestor::details").locator("summary").click()
    button.click()
    page.wait_for_load_state("networkidle")
    yield page
    context.close()


def save(page: Page, name: str) -> None:
    """The whole page, unless it is long: then what a tall screen shows."""
    page.wait_for_load_state("networkidle")
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    width = int(page.evaluate("innerWidth"))
    # Bars that stick to the screen's end stand in the middle of a picture of a whole page.
    page.set_viewport_size({"width": width, "height": min(height, TALLEST)})
    page.screenshot(path=FOLDER / f"{name}.png")
    page.set_viewport_size({"width": width, "height": 900})


def first_agenda(page: Page) -> str:
    """The address of the next session's agenda."""
    page.goto("/kokoukset/")
    link = page.locator("main a[href^='/kokoukset/']").filter(has_text=re.compile(r"3\.11\."))
    return str(link.first.get_attribute("href"))


def take(browser: Browser, base: str) -> None:
    """All pictures; the recommendation that is given for one of them is taken back."""
    with signed_in(browser, base, CONVENER) as page:
        save(page, "my-day")
        agenda = first_agenda(page)
        case = f"{agenda}1/"
        page.goto(agenda)
        save(page, "agenda")
        page.goto(case)
        save(page, "case")
    with signed_in(browser, base, REFERRER) as page:
        open_matter(page)
        save(page, "application")
    with signed_in(browser, base, "Toivo Koe") as page:
        page.goto(first_agenda(page))
        save(page, "agenda-kela")
    with signed_in(browser, base, CONVENER, NARROW) as page:
        page.goto(case)
        save(page, "case-narrow")
    recommended(browser, base, case)
    with signed_in(browser, base, "Kaarnakivelä", NARROW, "/esittely/asiakas/") as page:
        save(page, "own-page")
    named(browser, base)
    with signed_in(browser, base, "Raita Malliluoto") as page:
        page.goto("/tietosuoja/")
        save(page, "officer")


def named(browser: Browser, base: str) -> None:
    """A responsible worker is named; another's client, and her network's meeting."""
    with signed_in(browser, base, CONVENER) as page:
        page.goto("/asiakkaani/")
        page.get_by_role("link", name=re.compile("^Nimeä")).first.click()
        save(page, "naming")
    with signed_in(browser, base, "Tuire Mallilainen/1") as page:
        page.goto("/asiakkaani/")
        page.get_by_role("link", name="Myllynkuutamo Tiina", exact=True).click()
        save(page, "situation")
        page.get_by_role("link", name="Verkostotapaaminen").first.click()
        save(page, "meeting")


def recommended(browser: Browser, base: str, case: str) -> None:
    """What the referrer gets."""
    with signed_in(browser, base, CONVENER) as page:
        page.goto(case)
        page.locator(".suggestion a").filter(has_text="AKSE").click()
        page.locator("[name$=reason]").fill("Selkä rajoittaa työtä. Uusi suunta pitää selvittää.")
        page.get_by_role("button", name="Anna suositus").click()
        page.wait_for_load_state("networkidle")
        with signed_in(browser, base, REFERRER) as other:
            open_matter(other)
            if "/suositukset/" not in other.url:
                other.locator("main a[href^='/suositukset/']").first.click()
            save(other, "recommendation")
        page.goto(case)
        page.get_by_role("button", name="Peru ja käsittele uudelleen").click()
        page.wait_for_load_state("networkidle")


def open_matter(page: Page) -> None:
    """Veikko's matter, from the referrer's list."""
    page.goto("/hakemukset/")
    page.locator("main tr").filter(has_text="Kaarnakivelä").locator("a.button").first.click()
    page.wait_for_load_state("networkidle")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/pictures", description=__doc__)
    parser.add_argument("base", nargs="?", default="http://localhost:8000")
    base = parser.parse_args().base
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=which("chromium") or which("chromium-browser"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        take(browser, base)
        browser.close()


if __name__ == "__main__":
    main()
