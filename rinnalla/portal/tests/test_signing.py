"""Signing in by a link and a code: once, in time; nobody learns whose address it is."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse

from rinnalla.access.middleware import LIMIT_SECONDS
from rinnalla.portal.sending import send_links
from tests.world import CONVENER, LAURA, VEIKKO, World

KNOWN, UNKNOWN = "veikko@esimerkki.example.org", "nobody@esimerkki.example.org"


def ask(browser: Browser, address: str = KNOWN) -> Any:
    return browser.post(reverse("portal-sign-in"), {"address": address})


def mail(world: World) -> list[tuple[str, str, str]]:
    """What the worker sent: to whom, with which link and code."""
    with world.job("rinnalla_worker"):
        send_links()
    rows = world.rows("select address, body from notifications_standinmail order by id")
    found = []
    for address, body in rows:
        link = re.search(r"https?://[^/]+(/oma/koodi/\S+)", body)
        code = re.search(r"\b(\d{6})\b", body)
        assert link and code, body
        found.append((address, link.group(1), code.group(1)))
    return found


def is_in(browser: Browser) -> bool:
    return SESSION_KEY in browser.session


def test_the_asking_browser_signs_in_by_the_code_alone(world: World) -> None:
    browser = Browser()
    page = ask(browser)["Location"]
    [(address, _link, code)] = mail(world)
    assert address == KNOWN
    answer = browser.post(page, {"code": code})
    assert answer["Location"] == reverse("portal-seats")
    assert browser.get(reverse("portal-home")).status_code == 200
    assert browser.session.get_expiry_age() <= 15 * 60
    assert browser.session[LIMIT_SECONDS] == 2 * 60 * 60


def test_another_browser_needs_the_link_and_the_code(world: World) -> None:
    page = ask(Browser())["Location"]
    [(_, link, code)] = mail(world)
    stranger, phone = Browser(), Browser()
    assert "ei ole oikea" in stranger.post(page, {"code": code}).content.decode()
    opened = phone.get(link)
    assert opened["Location"] == page, "the secret stays in no address"
    assert not is_in(phone), "a link that a machine opens signs nobody in"
    assert phone.post(page, {"code": code}).status_code == 302
    assert is_in(phone) and not is_in(stranger)


def test_a_link_works_once(world: World) -> None:
    first = Browser()
    page = ask(first)["Location"]
    [(_, link, code)] = mail(world)
    first.post(page, {"code": code})
    second = Browser()
    second.get(link)
    assert "on jo käytetty" in second.post(page, {"code": code}).content.decode()
    assert not is_in(second)


def test_a_link_that_is_too_old(world: World) -> None:
    browser = Browser()
    page = ask(browser)["Location"]
    [(_, _link, code)] = mail(world)
    now = world.rows("select rinnalla.now()")[0][0]
    world.freeze(now + timedelta(minutes=15))
    assert "on vanha" in browser.post(page, {"code": code}).content.decode()


def test_three_guesses(world: World) -> None:
    browser = Browser()
    page = ask(browser)["Location"]
    [(_, _link, code)] = mail(world)
    wrong = "000000" if code != "000000" else "111111"
    said = [browser.post(page, {"code": wrong}).content.decode() for _ in range(3)]
    assert ["ei ole oikea" in text for text in said] == [True, True, False]
    assert "kolme kertaa" in said[2]
    assert "kolme kertaa" in browser.post(page, {"code": code}).content.decode()


def test_a_known_and_an_unknown_address_get_one_answer(world: World) -> None:
    known, unknown = Browser(), Browser()
    answers = [ask(known, KNOWN), ask(unknown, UNKNOWN)]
    [(address, _, _)] = mail(world)
    assert address == KNOWN
    key = re.compile(rb"[0-9a-f-]{36}|[A-Za-z0-9]{64}")
    pages = [
        browser.get(a["Location"]) for browser, a in zip((known, unknown), answers, strict=True)
    ]
    assert [a.status_code for a in answers] == [302, 302]
    assert key.sub(b"", pages[0].content) == key.sub(b"", pages[1].content)
    rows = "select count(*), count(distinct octet_length(address_digest)) from portal_signinrequest"
    assert world.rows(rows) == [(2, 1)]
    posts = [
        browser.post(a["Location"], {"code": "000000"}).content
        for browser, a in zip((known, unknown), answers, strict=True)
    ]
    assert key.sub(b"", posts[0]) == key.sub(b"", posts[1])


def test_so_many_links_and_no_more(world: World) -> None:
    for _ in range(7):
        assert ask(Browser()).status_code == 302
    assert len(mail(world)) == 5


def test_nothing_usable_is_in_the_database(world: World) -> None:
    ask(Browser())
    [(_, link, code)] = mail(world)
    secret = link.rstrip("/").rpartition("/")[2]
    kept = str(world.rows("select * from portal_signinrequest"))
    text = kept + str(
        [
            bytes(v)
            for row in world.rows("select address, link, code, browser from portal_signinrequest")
            for v in row
        ]
    )
    assert secret not in text and code not in text and "veikko" not in text


@pytest.mark.parametrize("typed", ["", "ei ole osoite", "veikko@", "12"])
def test_what_is_no_address_is_said_at_the_field(world: World, typed: str) -> None:
    answer = ask(Browser(), typed)
    assert answer.status_code == 200 and answer.context["form"].errors["address"]
    assert world.rows("select count(*) from portal_signinrequest") == [(0,)]


def test_an_ended_account_is_out_at_once(world: World) -> None:
    browser = world.portal(VEIKKO)
    assert browser.get(reverse("portal-home")).status_code == 200
    world.browser(CONVENER).post(reverse("close-portal", args=[world.client().public_id]))
    assert browser.get(reverse("portal-home")).status_code == 404
    ask(Browser())
    assert mail(world) == []


def test_leaving_fast_ends_the_session_everywhere(world: World) -> None:
    browser = world.portal(VEIKKO)
    copy = Browser()
    copy.cookies.update(browser.cookies)
    assert copy.get(reverse("portal-home")).status_code == 200
    answer = browser.post(reverse("portal-leave"))
    assert answer["Location"] == reverse("portal-away")
    assert "cache" in answer["Clear-Site-Data"]
    assert copy.get(reverse("portal-home"))["Location"].startswith(reverse("portal-sign-in"))
    away = browser.get(answer["Location"]).content.decode()
    assert "Rinnalla" not in away and "Veikko" not in away


@override_settings(DEMONSTRATION=False)
def test_nobody_is_a_client_by_a_click_in_use(world: World) -> None:
    assert Browser().get(reverse("enter-as-client")).status_code == 404
    assert Browser().post(reverse("enter-as-client"), {"client": LAURA}).status_code == 404


def test_the_demonstrations_click(world: World) -> None:
    browser = Browser()
    page = browser.get(reverse("enter-as-client"))
    [key] = [person.key for person in page.context["people"] if "Veikko" in person.name]
    browser.post(reverse("enter-as-client"), {"client": str(key)})
    assert "Sirkka Esimerkki" in browser.get(reverse("portal-home")).content.decode()
