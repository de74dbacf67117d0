"""The story's commonest tasks: within their budget of interactions, and by keyboard alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.judging import Hand
from tests.browser.site import Site
from tests.world import CONVENER, KELA, REFERRER

pytestmark = pytest.mark.browser
VEIKKO = "170479-939V"
MOST_TABS = 80
# The element with the focus: its name, whether it shows the focus, and that no bar hides it.
FOCUS = """() => {
    const node = document.activeElement;
    if (!node || node === document.body) return null;
    const box = node.getBoundingClientRect();
    const ringed = one => one && (getComputedStyle(one).outlineStyle !== "none"
        || getComputedStyle(one).boxShadow !== "none");
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const bars = ".actions, .identity, header";
    const covered = top && !node.contains(top) && top.closest(bars) && !node.closest(bars);
    const name = node.getAttribute("aria-label") || node.innerText || node.value || node.name;
    const ring = [node, node.parentElement, node.nextElementSibling].some(ringed);
    return { name: (name || "").trim(), seen: ring && box.width > 0 && !covered };
}"""


@dataclass(frozen=True)
class Budget:
    """A task, the interactions it may take, and those it took."""

    task: str
    most: int
    took: int


@dataclass(frozen=True)
class Stop:
    """Where Tab has come: the control's name, and whether one sees that it has the focus."""

    name: str
    seen: bool


TAKEN: list[Budget] = []


@pytest.fixture(scope="module", autouse=True)
def table(site: Site) -> Iterator[None]:
    """Prints what the tasks took (seen with pytest's -s)."""
    site.clock("2026-11-03 09.05")
    yield
    for row in TAKEN:
        print(f"\n{row.task}: {row.took} / {row.most}", end="")  # noqa: T201


@pytest.fixture
def keep_within() -> Iterator[list[Budget]]:
    """Each test adds what its task took; more than its budget fails it."""
    mine: list[Budget] = []
    yield mine
    TAKEN.extend(mine)
    assert [row for row in mine if row.took > row.most] == []


def test_find_a_client_and_see_the_whole_situation(site: Site, keep_within: list[Budget]) -> None:
    page = site.person(*REFERRER)
    page.keyboard.press("/")
    hand = Hand(page)
    hand.write(page.locator("#frame-search"), VEIKKO)
    hand.enter()
    expect(page.locator(".identity-name")).to_have_text("Kaarnakivelä Veikko")
    keep_within.append(Budget("T1 find a client and see the whole situation", 2, hand.done))


def test_take_in_a_referral(site: Site, keep_within: list[Budget]) -> None:
    page = site.person(*CONVENER)
    hand = Hand(page)
    hand.press(page.get_by_role("link", name=re.compile("^Saapuneet")))
    hand.press(page.get_by_role("button", name="Vie esityslistalle ja avaa seuraava"))
    expect(page.locator(".messages")).to_be_visible()
    keep_within.append(Budget("T4 take in a referral", 3, hand.done))


def test_record_the_outcome_of_a_consultation(site: Site, keep_within: list[Budget]) -> None:
    page = site.person(*CONVENER)
    first_case(page)
    hand = Hand(page)
    hand.press(page.locator(".suggestion a").first)
    hand.press(page.get_by_role("button", name="Anna suositus ja avaa seuraava"))
    expect(page.locator(".messages")).to_contain_text("Suositus on annettu")
    keep_within.append(Budget("T5 record a consultation's outcome", 3, hand.done))


def test_record_a_permit(site: Site, keep_within: list[Budget]) -> None:
    page = site.person(*REFERRER)
    page.locator("#frame-search").fill(VEIKKO)
    page.locator("#frame-search").press("Enter")
    hand = Hand(page)
    hand.press(page.get_by_role("link", name="Uusi lupa"))
    hand.press(page.get_by_label("Kela, etuusrekisteri: kaikki yksiköt"))
    hand.press(page.get_by_label("suullisesti"))
    hand.press(page.get_by_role("button", name="Tallenna lupa"))
    expect(page.locator(".messages")).to_be_visible()
    keep_within.append(Budget("T8 record a permit", 4, hand.done))


def test_all_by_keyboard(site: Site) -> None:
    """Signs in, opens the next case and recommends: every stop is seen, and focus is never lost."""
    page = site.context().new_page()
    page.goto("/esittely/")
    go(page, "Sirkka Esimerkki")
    go(page, "^Kokoukset")
    go(page, "^Avaa")
    go(page, "^(Aloita käsittely|Avaa ensimmäinen asia)")
    go(page, "^Suosita palvelua")
    go(page, "^Valitse")
    go(page, "^Anna suositus")
    expect(page.locator(".messages")).to_contain_text("Suositus on annettu")
    expect(page.locator(".messages")).to_be_focused()


def test_a_case_is_walked_by_keyboard_without_a_hidden_stop(site: Site) -> None:
    page = site.person(*CONVENER)
    first_case(page)
    stops = [stop(page) for _tab in range(40)]
    assert [at.name for at in stops if not at.seen] == []


def test_the_focus_stays_where_one_acted(site: Site) -> None:
    page = site.person(*CONVENER)
    first_case(page)
    page.get_by_label("Kaino Mallipelto").focus()
    go(page, "^Tallenna läsnäolijat")
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


def stop(page: Page) -> Stop:
    """The next stop of Tab."""
    page.keyboard.press("Tab")
    at = page.evaluate(FOCUS)
    return Stop(at["name"], at["seen"]) if at else Stop("", True)


def go(page: Page, name: str) -> None:
    """By Tab to the control of that name, and Enter."""
    for _tab in range(MOST_TABS):
        at = stop(page)
        assert at.seen, f"{page.url}: one does not see that {at.name} has the focus"
        if re.search(name, at.name):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{page.url}: Tab does not come to {name}")
