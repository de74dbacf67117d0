"""The first story from the session on: consulted, recommended, taken on, and ended."""

import re

from playwright.sync_api import Page, expect

from tests.browser.judging import Hand
from tests.browser.telling import MEMBERS, SAID, Walk, words

# The shared screen asks for what is new every five seconds.
SCREEN_PATIENCE = 15_000


def open_case(walk: Walk, page: Page) -> None:
    """From the first page by the agenda, as a member does."""
    page.get_by_role("link", name=re.compile("^Kokoukset")).click()
    page.locator("tr").filter(has_text="3.11.2026").get_by_role("link").first.click()
    page.locator("tr").filter(has_text=walk.name_of(walk.way.case)).get_by_role(
        "link"
    ).first.click()
    expect(page.locator(".identity-name")).to_have_text(walk.name_of(walk.way.case))


def give_views(walk: Walk) -> None:
    """A member writes a view, which saves by itself, and the convener reads it in its column."""
    page = walk.person(*MEMBERS["miepa"])
    open_case(walk, page)
    page.get_by_label("Näkemyksesi").fill(SAID)
    if walk.way.script:
        expect(page.locator("[data-autosave-status]")).to_contain_text("Tallennettu klo")
    page.get_by_role("button", name="Tallenna näkemys").click()
    expect(page.locator("table.grid")).to_contain_text(SAID)
    open_case(walk, walk.sirkka)
    expect(walk.sirkka.locator("table.grid")).to_contain_text(SAID)


def stay_out(walk: Walk) -> None:
    """Whom no permit reaches sees a number and no client, and cannot open the case."""
    page, name = walk.person(*MEMBERS["kela"]), walk.name_of(walk.way.case)
    page.goto(walk.case_of(walk.way.case).rsplit("/", 2)[0] + "/")
    if walk.way.kela_sees:
        return words(page, name)
    words(page, "et ole mukana tämän asian käsittelyssä")
    assert name not in page.content()
    answer = page.goto(walk.case_of(walk.way.case))
    assert answer is not None
    assert answer.status == 404
    return None


def mark_presence(walk: Walk) -> None:
    """The shared screen, in a second window, shows only what all who are marked may read."""
    page, name = walk.sirkka, walk.name_of(walk.way.case)
    screen = page.context.new_page()
    screen.goto(f"{walk.case_of(walk.way.case)}valkokangas/")
    words(screen, "Ketään ei ole vielä merkitty läsnä")
    assert name not in screen.content()
    page.get_by_label("Kaino Mallipelto").check()
    page.get_by_role("button", name="Tallenna läsnäolijat").click()
    follow(walk, screen, "Kaino Mallipelto")
    words(screen, SAID)
    page.get_by_role("button", name="Kaikki ovat paikalla").click()
    follow(walk, screen, "Aatu Koehenkilö")
    # Social welfare is in the room: what only health care may read is on no shared screen.
    assert SAID not in screen.content()
    screen.close()


def follow(walk: Walk, screen: Page, name: str) -> None:
    """The screen asks by itself; without script somebody presses for what is new."""
    if not walk.way.script:
        screen.get_by_role("link", name="Päivitä").click()
    expect(screen.locator("main")).to_contain_text(name, timeout=SCREEN_PATIENCE)


def disqualify_and_undo(walk: Walk) -> None:
    """A disqualified member sees a number only, until that is undone."""
    page = walk.sirkka
    social = walk.person(*MEMBERS["social"])
    opener = page.get_by_text("Esteelliset", exact=True)
    opener.click()
    page.get_by_label("Jäsen, joka ei voi käsitellä tätä asiaa").select_option(
        label="Aatu Koehenkilö"
    )
    page.get_by_role("button", name="Merkitse esteelliseksi").click()
    undo = page.get_by_role("button", name=re.compile("^Peru esteellisyys"))
    expect(undo).to_be_visible()
    answer = social.goto(walk.case_of(walk.way.case))
    assert answer is not None
    assert answer.status == 404
    undo.click()
    expect(undo).to_have_count(0)
    answer = social.goto(walk.case_of(walk.way.case))
    assert answer is not None
    assert answer.status == 200


def recommend(walk: Walk) -> None:
    """Three interactions, with the template as it stands (T5)."""
    page = walk.sirkka
    page.goto(walk.case_of(walk.way.case))
    hand = Hand(page)
    hand.press(page.get_by_role("link", name="Suosita palvelua"))
    hand.press(page.get_by_role("link", name=re.compile(f"^Valitse.*{walk.way.service}")).first)
    hand.press(page.get_by_role("button", name="Anna suositus ja avaa seuraava"))
    expect(page.locator(".messages")).to_contain_text("Suositus on annettu")
    assert hand.done <= 3


def take_on(walk: Walk) -> None:
    """The referrer accepts, tells the client, and says how the first own step went."""
    page, name = walk.hilppa, walk.name_of(walk.way.case)
    page.locator("tr").filter(has_text=name).filter(has_text="Tiimi suosittelee").get_by_role(
        "link"
    ).click()
    page.get_by_role("link", name="Vien eteenpäin").click()
    page.locator("main button.main").click()
    page.get_by_label("puhelimessa").check()
    page.get_by_role("button", name="Kirjaa kerrotuksi").click()
    expect(page.locator("#kerrottu")).to_contain_text("kerrottu")
    page.get_by_role("link", name=re.compile("^Kirjaa, miten kävi")).first.click()
    page.get_by_label("tehty", exact=True).check()
    page.get_by_role("button", name="Kirjaa tilanne").click()
    expect(page.locator("li.done").first).to_be_visible()


def see_what_is_late(walk: Walk) -> None:
    """The team sees from the case's matter what should have happened by now."""
    walk.site.clock("2027-01-12 09.00")
    page = walk.sirkka
    page.goto(walk.case_of(walk.way.case))
    page.get_by_role("link", name="Seuraa asiaa").click()
    page.get_by_role("link", name="Suositus ja vaiheet").click()
    words(page, "myöhässä")
    expect(page.locator("li.done").first).to_be_visible()


def close_by_withdrawing(walk: Walk) -> None:
    """The client withdraws; on the convener's next load the text and the column are closed."""
    at = walk.case_of(walk.way.case)
    open_now = walk.sirkka
    open_now.goto(at)
    expect(open_now.locator("h1.question")).not_to_have_text("Hakemus tiimille")
    page = walk.hilppa
    page.get_by_role("link", name="Avaa hakemus").click()
    page.get_by_role("link", name="Kaikki luvat").click()
    page.get_by_role("link", name="Peru lupa: Koivurannan hyvinvointialue saa nähdä").first.click()
    page.locator("main button.main").click()
    expect(page.locator(".messages")).to_be_visible()
    open_now.goto(at)
    words(open_now, "asiakkaan lupa ei ulotu sinuun")
    expect(open_now.locator("table.grid")).not_to_contain_text("Omavalmentaja Hilppa Kokeilija")


def end(walk: Walk) -> None:
    """The referrer ends the matter with what came of it."""
    page = walk.hilppa
    page.get_by_role("link", name=re.compile("^Hakemukset")).click()
    page.locator("tr").filter(has_text=walk.name_of(walk.way.case)).get_by_role(
        "link", name="Avaa"
    ).click()
    page.get_by_role("link", name="Päätä asia").click()
    page.get_by_label("Mitä asiasta seurasi").fill("Kuntoutusselvitys alkoi, ja työ jatkuu.")
    page.locator("main button.main").click()
    words(page, "päättynyt")
