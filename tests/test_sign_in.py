"""Signing in: who gets in, who is kept out, and when a session ends."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse

from tests.addresses import filled
from tests.world import KELA, REFERRER, Who, World

PASSWORD = "kolme varista aidalla"
ADDRESS = "/kirjaudu/"
SENTENCE = "Tunnus tai salasana on väärin."


@pytest.fixture
def county(world: World) -> World:
    """The world, where the referrer and Kela's member have a password."""
    for who in (REFERRER, KELA):
        change(world, who, "password", make_password(PASSWORD))
    return world


def change(world: World, who: Who, column: str, value: Any) -> None:
    world.rows(f"update accounts_user set {column} = %s where username = %s", value, who[0])


def enter(browser: Browser, name: str, password: str = PASSWORD, **more: str) -> Any:
    return browser.post(ADDRESS, {"username": name, "password": password, **more})


def is_in(browser: Browser) -> bool:
    return SESSION_KEY in browser.session


def test_the_right_password_signs_in_with_a_new_session_key(county: World) -> None:
    browser = Browser()
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    assert enter(browser, REFERRER[0]).headers["Location"] == reverse("home")
    assert is_in(browser)
    assert browser.session.session_key != planted
    assert county.rows("select 1 from django_session where session_key = %s", planted) == []


@pytest.mark.parametrize("name", [REFERRER[0], "nobody.at.all", "closed"])
def test_one_sentence_for_every_wrong_entry(name: str, county: World) -> None:
    who, password = name, "väärä"
    if name == "closed":
        change(county, REFERRER, "is_active", False)
        who, password = REFERRER[0], PASSWORD
    browser = Browser()
    answer = enter(browser, who, password)
    assert answer.status_code == 200
    (error,) = answer.context["form"].non_field_errors()
    assert error.startswith(SENTENCE)
    assert not is_in(browser)


def test_five_wrong_entries_close_that_name_from_that_address_only(county: World) -> None:
    statuses = [enter(Browser(), REFERRER[0], "väärä").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    browser = Browser()
    assert enter(browser, REFERRER[0]).status_code == 429
    assert not is_in(browser)
    assert enter(Browser(), KELA[0]).status_code == 302
    assert enter(Browser(REMOTE_ADDR="192.0.2.7"), REFERRER[0]).status_code == 302


def test_a_closed_account_is_out_at_its_next_request(county: World) -> None:
    browser = county.browser(REFERRER)
    assert browser.get("/").status_code == 200
    change(county, REFERRER, "is_active", False)
    assert_signed_out(browser)


def test_a_changed_password_ends_other_sessions(county: World) -> None:
    browser = county.browser(REFERRER)
    assert browser.get("/").status_code == 200
    change(county, REFERRER, "password", make_password("toinen pitkä salasana"))
    assert_signed_out(browser)


def test_an_ended_membership_has_no_seat(county: World) -> None:
    browser, address = county.browser(REFERRER), filled(county)["application"]
    assert browser.get(address).status_code == 200
    county.rows(
        "update organizations_membership set ended_at = rinnalla.now() where user_id = %s",
        county.member(REFERRER).user_id,
    )
    assert browser.get(address).status_code == 404
    assert browser.get("/").headers["Location"] == reverse("choose-role")


@pytest.mark.parametrize(("late", "status"), [(-60, 200), (60, 302)])
def test_a_session_has_an_absolute_limit(late: int, status: int, county: World) -> None:
    browser = county.browser(REFERRER)
    with county.owner():
        session = browser.session
        began = datetime.now(UTC).timestamp() - settings.SESSION_ABSOLUTE_SECONDS - late
        session["signed_in_at"] = began
        session.save()
    assert browser.get("/").status_code == status


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_led_elsewhere(target: str, county: World) -> None:
    assert enter(Browser(), REFERRER[0], next=target).headers["Location"] == reverse("home")


def test_probes_answer_without_signing_in(county: World) -> None:
    assert [Browser().get(path).status_code for path in ("/-/live", "/-/ready")] == [200, 200]


@override_settings(DEMONSTRATION=False)
def test_nobody_is_chosen_outside_the_demonstration(county: World) -> None:
    person = {"membership": str(county.member(REFERRER).pk)}
    browser = Browser()
    assert browser.get("/esittely/").status_code == 404
    assert browser.post("/esittely/", person).status_code == 404
    assert not is_in(browser)


def assert_signed_out(browser: Browser) -> None:
    answer = browser.get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("sign-in"))


def test_behind_the_proxy_the_count_is_of_the_browser_not_of_the_proxy(county: World) -> None:
    with override_settings(BEHIND_TLS=True):
        for _ in range(settings.AXES_FAILURE_LIMIT):
            enter(Browser(headers={"x-forwarded-for": "10.0.0.1, 192.0.2.7"}), REFERRER[0], "väärä")
        same = enter(Browser(headers={"x-forwarded-for": "192.0.2.7"}), REFERRER[0])
        other = enter(Browser(headers={"x-forwarded-for": "192.0.2.7, 192.0.2.8"}), REFERRER[0])
    assert (same.status_code, other.status_code) == (429, 302)
