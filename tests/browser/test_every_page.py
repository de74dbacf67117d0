"""Every page, light and dark, wide and narrow: nothing for axe to find, nothing off the screen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from rinnalla.meetings.links import secret_of
from tests.addresses import filled, names
from tests.browser.judging import judged
from tests.browser.site import Site
from tests.table import TABLE
from tests.world import (
    ADMINISTRATOR,
    CONVENER,
    EMPLOYMENT,
    HEALTH,
    INTAKE,
    KELA,
    LARS,
    LAURA,
    MANAGER,
    OFFICER,
    REFERRER,
    STRANGER,
    TIINA,
    TUIRE,
    VEIKKO,
    Own,
    Who,
    World,
    standing_in,
)

pytestmark = pytest.mark.browser
# Addresses that show no page of their own: they only act, answer a machine, hand out a file,
# or nothing of the told world is there (nothing opened by law, nobody has asked).
NO_PAGE = {
    "choose-time",
    *{
        row.name
        for row in TABLE
        if row.method == "get" and set(row.statuses.values()) <= {302, 405}
    },
    *(
        "keep-draft",
        "live",
        "ready",
        "attachment",
        "log-request-document",
        "law-opening",
        "officer-inquiry",
    ),
}
CONVENERS = {
    *("agenda", "call-to-meeting", "case", "forward-application", "inbox", "recommend"),
    *("screen", "send-back", "sessions", "close-portal", "client-portal"),
    *("record-mandate", "joint-case", "answer-case", "name-worker", "add-to-team"),
    *("record-agreement", "leave-pair", "my-cases", "begin-case", "pause-clock"),
}
OFFICERS = {
    *("officer-desk", "officer-reads", "officer-question", "ask-question", "close-question"),
    *("log-requests", "take-in-log-request", "log-request", "law-openings", "officer-inquiries"),
}
INTAKES = {"doubtful-pairs", "import", "imports"}
NOBODYS = {
    "reply-by-link",
    *("sign-in", "choose-person", "accessibility", "feedback", "enter-as-client", "sent-mail"),
    *("portal-sign-in", "portal-code", "portal-help", "portal-away"),
}
# The responsible worker of another Tiina, whose case is active.
TUIRE_OF_TIINA, TIINAS = ("tuire.mallilainen", "SO820"), "A100004"
MEETING_PAGES = {
    "meeting": "",
    "meeting-screen": "naytto/",
    "move-meeting": "siirra/",
    "cancel-meeting": "peru/",
    "meeting-reminders": "muistutukset/",
    "invite-to-meeting": "kutsu/",
    "call-client": "soitto/",
    "meeting-note": "muistio/",
    "miss-meeting": "jai-valiin/",
}
PERSON_PAGES = {"uninvite": "peru/", "answer-meeting": "vastaus/"}
HELD_PAGES = {"recall-note": "muistio/peru/", "record-unclear": "kysymykset/"}
OF_ONE = {
    **dict.fromkeys((*MEETING_PAGES, *PERSON_PAGES, *HELD_PAGES), TUIRE_OF_TIINA),
    **dict.fromkeys(("answer-unclear", "my-meetings", "arrange-meeting"), TUIRE_OF_TIINA),
    "portal-meeting": Own(TIINAS),
    "portal-appointment": Own(LAURA),
    **dict.fromkeys(("contact-ways", "cover", "remove-from-team", "told-client"), TUIRE_OF_TIINA),
    **dict.fromkeys(("service-package", "end-service-package"), TUIRE_OF_TIINA),
    **dict.fromkeys(("end-mandate", "deny-mandate"), TUIRE),
    "answer-asking": HEALTH,
    "worker-role-readers": ADMINISTRATOR,
}
Visits = list[tuple[Who, str]]


@pytest.fixture(scope="module")
def addresses(
    site: Site, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> dict[str, str]:
    with django_db_blocker.unblock(), standing_in(site.urls, rolled_back=True) as world:
        return filled(world) | drafts(world)


def drafts(world: World) -> dict[str, str]:
    """The pages whose matter must be in another state than Veikko's."""
    draft = world.application("A100338").public_id
    tiina = world.client(TIINAS).pk
    query = "select public_id from cases_case where client_id = %s"
    case = f"/yhteisasiakkuudet/{world.rows(query, tiina)[0][0]}/"
    [(worker,)] = world.rows("select worker_id from cases_case where client_id = %s", tiina)
    agreed = "select public_id from cases_servicepackage where client_id = %s"
    [(package,)] = world.rows(agreed, tiina)
    [(place,), *_rest] = world.rows("select id from cases_teamplace where client_id = %s", tiina)
    return {
        "edit-application": f"/hakemukset/{draft}/muokkaa/",
        "discard-application": f"/hakemukset/{draft}/poista/",
        "send-application": f"/hakemukset/{draft}/laheta/",
        "answer-application": f"/hakemukset/{world.application('A100217').public_id}/vastaa/",
        "contact-ways": f"{case}yhteydenpito/",
        "cover": f"{case}sijainen/",
        "service-package": f"{case}palvelukokonaisuus/",
        "end-service-package": f"{case}palvelukokonaisuus/{package}/paata/",
        "remove-from-team": f"{case}tiimi/{place}/",
        "told-client": f"{case}kerrottu/{worker}/",
        "of-tiina": case,
        "arrange-meeting": f"{case}tapaaminen/",
        **meetings(world),
        "propose-again": f"/asiakkaat/{world.client(TIINAS).public_id}/ehdota/",
    }


def meetings(world: World) -> dict[str, str]:
    """The pages of Tiina's meetings: one to come, one that was held and asked about."""
    query = (
        "select public_id, id from meetings_meeting where state = %s and client_id ="
        " (select id from clients_client where number = %s)"
    )
    [(coming, key)] = world.rows(query, "planned", TIINAS)
    [(held, _)] = world.rows(query, "held", TIINAS)
    of_guest = "select public_id from meetings_participant where meeting_id = %s and kind = 'guest'"
    [(guest,)] = world.rows(of_guest, key)
    [(time,)] = world.rows("select id from meetings_meetingtime where meeting_id = %s", key)
    [(point,)] = world.rows("select public_id from meetings_unclearpoint")
    at, after = f"/tapaamiset/{coming}/", f"/tapaamiset/{held}/"
    return {
        **{name: f"{at}{end}" for name, end in MEETING_PAGES.items()},
        **{name: f"{at}kutsutut/{guest}/{end}" for name, end in PERSON_PAGES.items()},
        **{name: f"{after}{end}" for name, end in HELD_PAGES.items()},
        "answer-unclear": f"{after}kysymykset/{point}/",
        "meeting-held": after,
        "portal-meeting": f"/oma/tapaamiset/{coming}/",
        "portal-meeting-held": f"/oma/tapaamiset/{held}/",
        "reply-by-link": f"/vastaa/{secret_of(guest, time)}/",
    }


def visitor(name: str) -> Who:
    """Who visits the page."""
    if name in OF_ONE:
        return OF_ONE[name]
    if name in CONVENERS:
        return CONVENER
    if name.startswith("portal-") and name not in NOBODYS:
        return Own(LARS) if name == "portal-seats" else Own(VEIKKO)
    if name in OFFICERS or name == "answer-question":
        return OFFICER if name in OFFICERS else STRANGER
    return INTAKE if name in INTAKES else REFERRER


def states(addresses: dict[str, str]) -> Visits:
    """Pages in states that a name alone does not reach: empty, refused, somebody else's view."""
    return [
        (CONVENER, f"{addresses['recommend']}?palvelu=AKSE"),
        (CONVENER, addresses["home"]),
        (CONVENER, "/saapuneet/?tila=kysytyt"),
        (CONVENER, "/saapuneet/?tila=ilman"),
        (CONVENER, addresses["application"]),
        (CONVENER, addresses["outcome"]),
        (EMPLOYMENT, addresses["case"]),
        (KELA, addresses["agenda"]),
        (STRANGER, addresses["home"]),
        (STRANGER, addresses["my-applications"]),
        (STRANGER, addresses["my-steps"]),
        (STRANGER, addresses["sessions"]),
        (MANAGER, addresses["home"]),
        (MANAGER, addresses["worker-role-readers"]),
        (TUIRE_OF_TIINA, addresses["worker-role"]),
        (ADMINISTRATOR, addresses["home"]),
        (REFERRER, addresses["doubtful-pairs"]),
        (REFERRER, "/tata-ei-ole/"),
        (REFERRER, addresses["client-portal"]),
        (TUIRE_OF_TIINA, addresses["of-tiina"]),
        (TUIRE_OF_TIINA, addresses["my-cases"]),
        (TUIRE_OF_TIINA, addresses["propose-again"]),
        (TUIRE_OF_TIINA, addresses["meeting-held"]),
        (TUIRE_OF_TIINA, addresses["home"]),
        (Own(TIINAS), addresses["portal-meeting-held"]),
        (Own(TIINAS), addresses["portal-home"]),
        (CONVENER, addresses["my-meetings"]),
        (("kaino.mallipelto", "MP400"), addresses["my-meetings"]),
        (HEALTH, addresses["joint-case"]),
        (Own(LARS, TIINA), addresses["portal-home"]),
        (Own(LARS, TIINA), addresses["portal-permits"]),
        (Own(LARS), addresses["portal-log"]),
    ]


def test_every_address_is_visited_or_said_to_show_no_page(addresses: dict[str, str]) -> None:
    assert names() - NO_PAGE <= set(addresses)
    assert names() >= NO_PAGE, "an address of the list is gone"


def window(site: Site, who: Who) -> Page:
    return site.client(*who) if isinstance(who, Own) else site.person(*who)


def wrong_on(site: Site, visits: Visits) -> list[str]:
    """What is wrong on the pages; each person opens one window."""
    windows: dict[Who, Page] = {}
    found: list[str] = []
    for who, at in visits:
        page = windows.get(who) or windows.setdefault(who, window(site, who))
        page.goto(at)
        found += judged(page)
    for page in windows.values():
        page.context.close()
    return found + site.complaints


@pytest.mark.parametrize("half", [0, 1])
def test_nothing_is_wrong_on_any_page(site: Site, addresses: dict[str, str], half: int) -> None:
    pages = [(visitor(name), at) for name, at in sorted(addresses.items())]
    shown = [
        visit
        for visit, name in zip(pages, sorted(addresses), strict=True)
        if name not in NO_PAGE and name in names()
    ]
    assert wrong_on(site, sorted(shown)[half::2]) == []


def test_nothing_is_wrong_in_other_states(site: Site, addresses: dict[str, str]) -> None:
    assert wrong_on(site, states(addresses)) == []


def test_nothing_is_wrong_while_a_client_is_open_by_law(site: Site) -> None:
    page = site.person(*STRANGER)
    page.goto("/asiakkaat/avaa/")
    page.get_by_role("button", name="Avaa tiedot tunniksi").click()
    found = judged(page)
    page.get_by_label("Henkilötunnus tai asiakasnumero").fill("A100601")
    page.get_by_label("Hätätilanne, jonka kerron omin sanoin").check()
    page.get_by_label("Miksi tiedot tarvitaan nyt").fill("Tajuton, päivystyksessä.")
    page.get_by_role("button", name="Avaa tiedot tunniksi").click()
    assert page.get_by_text("Sinulla on asiakas avoinna lain nojalla").is_visible()
    found += judged(page)
    page.get_by_role("button", name="Päätä avaus nyt").click()
    assert page.get_by_text("Avaus on päättynyt.").is_visible()
    assert found + judged(page) + site.complaints == []


def test_nothing_is_wrong_before_signing_in(site: Site, addresses: dict[str, str]) -> None:
    page = site.context().new_page()
    found: list[str] = []
    for name in sorted(NOBODYS):
        page.goto(addresses[name])
        found += judged(page)
    page.goto(addresses["sign-in"])
    page.get_by_role("button", name="Kirjaudu").click()
    assert page.locator(".ds-error-summary").is_visible()
    assert found + judged(page) + site.complaints == []


@pytest.mark.parametrize(
    ("who", "name"),
    [
        (REFERRER, "enter-client"),
        (REFERRER, "record-permit"),
        (REFERRER, "answer-application"),
        (CONVENER, "send-back"),
        (CONVENER, "forward-application"),
    ],
)
def test_a_form_with_errors_says_so_first(
    site: Site, addresses: dict[str, str], who: Who, name: str
) -> None:
    page = site.person(*who)
    page.goto(addresses[name])
    page.locator("main button.main").click()
    expect(page).to_have_title(re.compile("^Virhe:"))
    assert page.evaluate("document.activeElement.matches('.ds-error-summary')")
    found = judged(page)
    page.context.close()
    assert found + site.complaints == []


def test_the_first_view_is_light(site: Site) -> None:
    sizes: dict[str, int] = {}
    page = site.context().new_page()

    def weigh(url: str) -> Callable[[int], None]:
        return lambda size: sizes.__setitem__(url, size)

    page.on("requestfinished", lambda r: weigh(r.url)(r.sizes()["responseBodySize"]))
    page.goto("/kirjaudu/")
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) <= 100_000
    assert sum(size for url, size in sizes.items() if ".css" in url) <= 25_000
    assert sum(size for url, size in sizes.items() if ".js" in url) <= 30_000
