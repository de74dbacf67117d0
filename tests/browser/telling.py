"""What the people of the first story do on its pages, from page to page as they would."""

import re
from dataclasses import dataclass
from functools import cached_property

from playwright.sync_api import Page, expect

from tests.browser.judging import Hand
from tests.browser.site import Site

MEMBERS = {
    "miepa": ("kaino.mallipelto", "MP400"),
    "kela": ("toivo.koe", "KE950"),
    "social": ("aatu.koehenkilo", "SO810"),
}
SAID = "Hoitokontakti jatkuu maaliskuuhun."


@dataclass
class Way:
    """How the story is walked: whose new application, whose case on the agenda, which window."""

    hetu: str
    applicant: str
    case: str
    service: str = ""
    kela_sees: bool = False
    width: int = 1280
    script: bool = True


@dataclass
class Walk:
    """The story on its way: everybody has a browser of their own."""

    site: Site
    way: Way

    def person(self, name: str, unit: str) -> Page:
        return self.site.person(name, unit, width=self.way.width, script=self.way.script)

    @cached_property
    def hilppa(self) -> Page:
        """The referrer."""
        return self.person("hilppa.kokeilija", "TA901")

    @cached_property
    def sirkka(self) -> Page:
        """The convener."""
        return self.person("sirkka.esimerkki", "TO210")

    def close(self) -> None:
        for context in self.site.browser.contexts:
            context.close()

    def case_of(self, number: str) -> str:
        """The address of the client's case on an agenda."""
        return self.site.value(
            "select '/kokoukset/' || i.session_id || '/' || i.number || '/'"
            " from applications_agendaitem i join clients_client c on c.id = i.client_id"
            " where c.number = %s and i.removed_at is null",
            number,
        )

    def name_of(self, number: str) -> str:
        return self.site.value(
            "select family_name || ' ' || given_names from clients_client where number = %s", number
        )


def words(page: Page, text: str | re.Pattern[str]) -> None:
    """The page says it."""
    expect(page.locator("main")).to_contain_text(text)


def find(walk: Walk) -> None:
    """The whole situation of a client whose code one knows, in two interactions (T1)."""
    page = walk.hilppa
    hand = Hand(page)
    hand.write(page.locator("#frame-search"), walk.way.hetu)
    hand.enter()
    expect(page.locator(".identity-name")).to_have_text(walk.name_of(walk.way.applicant))
    words(page, "Palvelut, jotka saat nähdä")
    assert walk.way.hetu not in page.url
    assert walk.way.hetu not in page.content()
    assert hand.done <= 2


def write(walk: Walk) -> None:
    """Begins, writes, sees it saved, leaves in the middle, and goes on from the first page."""
    page = walk.hilppa
    page.get_by_role("link", name="Aloita hakemus").first.click()
    words(page, "Ehdotus: Tampereen seudun työkyvyn tuen tiimi")
    page.get_by_role("button", name="Aloita hakemus").click()
    page.get_by_label("Kysymys tiimille").fill("Mikä auttaisi takaisin töihin?")
    if walk.way.script:
        expect(page.locator("[data-autosave-status]")).to_contain_text("Tallennettu klo")
        page.goto("/")
    else:
        page.get_by_role("button", name="Jatka myöhemmin").click()
        page.goto("/")
    page.get_by_role("link", name=f"Hakemus, {walk.name_of(walk.way.applicant)}").click()
    expect(page.get_by_label("Kysymys tiimille")).to_have_value("Mikä auttaisi takaisin töihin?")
    words(page, "Vielä puuttuu")
    page.get_by_label("Asiakkaan oma toive").fill("Haluan kokeilla puutarhatyötä.")
    page.get_by_label("Tilanne nyt").fill("Työttömänä kesästä.")
    page.get_by_label("Ketkä ovat mukana").fill("Omavalmentaja.")
    page.get_by_label("asiakas on suostunut suullisesti").check()


def ask_permits(walk: Walk) -> None:
    """Each permit is asked by itself: three are given, one is left to be asked."""
    page = walk.hilppa
    for permit in (
        "Oman yksikkösi tiedot ja tämä hakemus, Koivurannan hyvinvointialue",
        "Terveydenhuolto, Tampereen seudun työllisyysalue",
        "Kela, Koivurannan hyvinvointialue",
    ):
        page.get_by_role("button", name=f"Kirjaa lupa: {permit}").click()
        page.get_by_label("suullisesti").check()
        page.get_by_role("button", name="Tallenna lupa").click()
        expect(page.get_by_role("button", name=f"Kirjaa lupa: {permit}")).to_have_count(0)
    permit = "Sosiaalihuolto, Koivurannan hyvinvointialue"
    page.get_by_role("button", name=f"Kysy myöhemmin: {permit}").click()
    page.locator("main button.main").click()
    expect(page.get_by_role("button", name=f"Kysy myöhemmin: {permit}")).to_have_count(0)


def send(walk: Walk) -> None:
    """Sent after seeing who will read it; the client gets a receipt."""
    page = walk.hilppa
    page.get_by_role("button", name="Tarkista ja lähetä").click()
    words(page, "Kuka näkee hakemuksen")
    words(page, "ei näe, lupa puuttuu")
    page.get_by_role("button", name="Lähetä hakemus").click()
    receipt = page.get_by_role("link", name="Kuitti asiakkaalle")
    if receipt.count():
        receipt.first.click()
    words(page, "Hakemuksesi on lähetetty")
    words(page, "Haluan kokeilla puutarhatyötä.")
    page.get_by_role("link", name="Avaa asia").click()


def ask_and_answer(walk: Walk) -> None:
    """The convener asks for more; the clock stands until the referrer has answered."""
    name, matter = walk.name_of(walk.way.applicant), walk.hilppa.url
    page = walk.sirkka
    page.get_by_role("link", name=re.compile("^Saapuneet")).click()
    page.locator(".reading-list a").filter(has_text=name).click()
    page.get_by_text("Kysy lähettäjältä lisää").click()
    page.get_by_label("Kysymys lähettäjälle").fill("Mitä on jo kokeiltu?")
    page.get_by_role("button", name="Lähetä kysymys ja avaa seuraava").click()
    expect(page.locator(".reading-list li").filter(has_text=name)).to_contain_text("Kello seisoo")
    page = walk.hilppa
    page.goto(matter)
    words(page, "kello seisoo")
    page.goto("/")
    page.locator("tr").filter(has_text=name).get_by_role("link", name=re.compile("^Vastaa")).click()
    if page.get_by_role("link", name="Vastaa kysymykseen").count():
        page.get_by_role("link", name="Vastaa kysymykseen").click()
    page.get_by_label("Vastauksesi").fill("Kurssia ja kuntoutusta.")
    page.get_by_role("button", name="Lähetä vastaus").click()
    page.goto(matter)
    expect(page.locator("main")).not_to_contain_text("kello seisoo")


def place(walk: Walk) -> None:
    """The answered application goes on the agenda (T4: three interactions, the next ones two)."""
    page, name = walk.sirkka, walk.name_of(walk.way.applicant)
    page.goto("/")
    hand = Hand(page)
    hand.press(page.get_by_role("link", name=re.compile("^Saapuneet")))
    if page.locator(".reading-list [aria-current]").filter(has_text=name).count() == 0:
        hand.press(page.locator(".reading-list a").filter(has_text=name))
    words(page, "Kurssia ja kuntoutusta.")
    hand.press(page.get_by_role("button", name="Vie esityslistalle ja avaa seuraava"))
    expect(page.locator(".messages")).to_be_visible()
    assert walk.case_of(walk.way.applicant)
    assert hand.done <= 3
