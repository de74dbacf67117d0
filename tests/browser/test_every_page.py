"""Every page, light and dark, wide and narrow: nothing for axe to find, nothing off the screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.plugin import DjangoDbBlocker

from tests.addresses import filled, names
from tests.browser.site import Site, violations
from tests.world import World, standing_in

pytestmark = pytest.mark.browser
# Addresses that show no page of their own: they act, answer a machine, or lead on.
NO_PAGE = {
    *("add-entry", "ask-referrer", "autosave-application", "decide-pair", "disqualify"),
    *("edit-application", "live", "mark-presence", "place-application", "put-back-on-agenda"),
    *("ready", "recall-outcome", "remove-entry", "remove-from-agenda", "reopen-pair"),
    *("requalify", "save-view", "set_language", "sign-in", "sign-out", "take-in"),
    *("undo-send-back", "undo-take-in", "withdraw-question"),
}
CONVENERS = {
    *("agenda", "call-to-meeting", "case", "forward-application", "inbox", "recommend"),
    *("screen", "send-back", "sessions"),
}
INTAKES = {"doubtful-pairs", "import", "imports"}
People = dict[str, Page]


@pytest.fixture(scope="module")
def addresses(
    site: Site, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> dict[str, str]:
    with django_db_blocker.unblock(), standing_in(site.urls, rolled_back=True) as world:
        return more(world, filled(world))


def more(world: World, known: dict[str, str]) -> dict[str, str]:
    """The filled addresses, and some states of pages that a name alone does not reach."""
    draft = world.application("A100338")
    question = world.application("A100217")
    return known | {
        "edit-application": f"/hakemukset/{draft.public_id}/muokkaa/",
        "answer-application": f"/hakemukset/{question.public_id}/vastaa/",
        "recommend with a service": f"{known['recommend']}?palvelu=AKSE",
        "not found": "/tata-ei-ole/",
        "refused": known["doubtful-pairs"],
    }


@pytest.fixture(scope="module")
def people(site: Site) -> People:
    return {
        "referrer": site.person("hilppa.kokeilija", "TA901"),
        "convener": site.person("sirkka.esimerkki", "TO210"),
        "intake": site.person("martta.mallikallio", "AR010"),
    }


def visits(addresses: dict[str, str]) -> list[tuple[str, str, str]]:
    """Who visits which page."""
    pages = {name: at for name, at in addresses.items() if name not in NO_PAGE}
    pages["edit-application"] = addresses["edit-application"]
    return [
        (
            "convener"
            if name in CONVENERS or name.startswith("recommend")
            else "intake"
            if name in INTAKES
            else "referrer",
            name,
            at,
        )
        for name, at in pages.items()
    ]


def test_every_address_is_visited_or_said_to_show_no_page(addresses: dict[str, str]) -> None:
    visited = {name for _who, name, _at in visits(addresses)}
    assert names() - visited == NO_PAGE - {"edit-application"}


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    site: Site, addresses: dict[str, str], people: People, width: int, scheme: str
) -> None:
    found: list[str] = []
    for who, name, at in visits(addresses):
        page = people[who]
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto(site.url + at)
        found += [f"{name}: {fault}" for fault in violations(page)]
        if width == 320 and page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        ):
            found.append(f"{name}: goes off the screen")
    assert found == []
    assert site.complaints == []


def test_signed_out_pages_and_errors(site: Site) -> None:
    page = site.browser.new_context(locale="fi-FI").new_page()
    found: list[str] = []
    for at in ("/kirjaudu/", "/esittely/", "/saavutettavuus/", "/palaute/"):
        page.goto(site.url + at)
        found += violations(page)
    page.goto(f"{site.url}/kirjaudu/")
    page.get_by_role("button", name="Kirjaudu").click()
    assert page.get_by_role("alert").or_(page.locator(".ds-error-summary")).first.is_visible()
    assert found + violations(page) == []


def test_the_first_view_is_light(site: Site) -> None:
    sizes: dict[str, int] = {}
    page = site.browser.new_context(locale="fi-FI").new_page()

    def weigh(url: str) -> Callable[[int], None]:
        return lambda size: sizes.__setitem__(url, size)

    page.on("requestfinished", lambda r: weigh(r.url)(r.sizes()["responseBodySize"]))
    page.goto(f"{site.url}/kirjaudu/")
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) <= 100_000
    assert sum(size for url, size in sizes.items() if ".css" in url) <= 25_000
    assert sum(size for url, size in sizes.items() if ".js" in url) <= 30_000


def test_main_pages_print_on_two_sheets(
    addresses: dict[str, str], people: People, site: Site
) -> None:
    for who, name in (
        ("convener", "case"),
        ("convener", "agenda"),
        ("referrer", "outcome"),
        ("referrer", "receipt-application"),
    ):
        page = people[who]
        page.goto(site.url + addresses[name])
        sheets = page.pdf(format="A4").count(b"/Type /Page\n")
        assert 0 < sheets <= 2, f"{name}: {sheets} sheets"
