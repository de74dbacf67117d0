"""One's own session: how long it lives, as whom one acts, in which language, by which password."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client as Browser
from django.urls import reverse

from rinnalla.access.middleware import MEMBERSHIP, RENEWED_AT
from tests.addresses import filled
from tests.world import HEALTH, REFERRER, STRANGER, World

PASSWORD = "kolme varista aidalla"
NEW = "neljä varista katolla"
SECOND = """
insert into organizations_membership (id, user_id, unit_id, role, title, phone, begins)
select gen_random_uuid(), m.user_id, other.unit_id, 'practitioner', m.title, m.phone, m.begins
from organizations_membership m, organizations_membership other
where m.id = %s and other.id = %s returning id
"""


def session_age(browser: Browser, world: World) -> timedelta:
    query = "select expire_date - now() from django_session where session_key = %s"
    left: timedelta = world.rows(query, browser.cookies[settings.SESSION_COOKIE_NAME].value)[0][0]
    return timedelta(seconds=settings.SESSION_IDLE_SECONDS) - left


def leave_idle(browser: Browser, world: World, seconds: int) -> None:
    """As if so much time had gone since the last use."""
    world.rows(
        "update django_session set expire_date = expire_date - make_interval(secs => %s)"
        " where session_key = %s returning 1",
        seconds,
        browser.cookies[settings.SESSION_COOKIE_NAME].value,
    )


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_an_idle_session_ends(minutes: int, status: int, world: World) -> None:
    browser = world.browser(REFERRER)
    browser.get("/")
    leave_idle(browser, world, minutes * 60)
    assert browser.get("/").status_code == status


def test_use_keeps_a_session_alive(world: World) -> None:
    browser = world.browser(REFERRER)
    browser.get("/")
    leave_idle(browser, world, 20 * 60)
    with world.owner():
        session = browser.session
        session[RENEWED_AT] -= 20 * 60
        session.save()
    leave_idle(browser, world, 20 * 60)
    assert browser.get("/").status_code == 200
    assert session_age(browser, world) < timedelta(minutes=1)


def test_a_person_with_several_memberships_chooses_one(world: World) -> None:
    """Until then there is no seat; what is another's cannot be chosen."""
    here, there = world.member(REFERRER), world.member(HEALTH)
    [(second,)] = world.rows(SECOND, here.pk, there.pk)
    browser = Browser()
    with world.owner():
        browser.force_login(here.user, "django.contrib.auth.backends.ModelBackend")
    choosing, client = reverse("choose-role"), filled(world)["client"]
    assert browser.get("/").headers["Location"] == choosing
    assert browser.get(client).status_code == 404
    page = browser.get(choosing).content.decode()
    assert str(here.pk) in page and str(second) in page and str(there.pk) not in page
    assert browser.post(choosing, {"membership": str(there.pk)}).status_code == 403
    assert browser.post(choosing, {"membership": str(second)}).status_code == 302
    assert browser.get(client).status_code == 404
    browser.post(choosing, {"membership": str(here.pk)})
    assert browser.get(client).status_code == 200
    assert "Tampereen seudun työllisyysalue" in browser.get("/").content.decode()


def test_another_s_membership_in_the_session_seats_nobody(world: World) -> None:
    browser = world.browser(STRANGER)
    with world.owner():
        session = browser.session
        session[MEMBERSHIP] = str(world.member(REFERRER).pk)
        session.save()
    assert browser.get(filled(world)["client"]).status_code == 404


def test_one_changes_one_s_own_password(world: World) -> None:
    member = world.member(REFERRER)
    stored = "update accounts_user set password = %s where id = %s returning 1"
    world.rows(stored, make_password(PASSWORD), member.user_id)
    browser, elsewhere = world.browser(REFERRER), world.browser(REFERRER)
    assert elsewhere.get("/").status_code == 200
    change = reverse("change-password")

    def typed(old: str, new: str) -> int:
        data = {"old_password": old, "new_password1": new, "new_password2": new}
        return browser.post(change, data).status_code

    assert typed("väärä", NEW) == 200
    assert typed(PASSWORD, "lyhyt") == 200
    assert typed(PASSWORD, NEW) == 302
    [(now,)] = world.rows("select password from accounts_user where id = %s", member.user_id)
    assert check_password(NEW, now) and now.startswith("argon2")
    assert browser.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_the_language_is_changed_on_the_spot(world: World) -> None:
    browser, here = world.browser(REFERRER), filled(world)["client"]
    answer = browser.post(reverse("set_language"), {"language": "sv", "next": here})
    assert answer.headers["Location"] == here
    assert 'lang="sv"' in browser.get(here).content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_changing_the_language_leads_nowhere_else(elsewhere: str, world: World) -> None:
    data = {"language": "sv", "next": elsewhere}
    answer = Browser().post(reverse("set_language"), data)
    assert "evil" not in answer.headers["Location"]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example"]
)
def test_no_form_leads_elsewhere(elsewhere: str, world: World) -> None:
    """Pages that lead back where one came from."""
    browser, addresses = world.browser(REFERRER), filled(world)
    for name in ("withdraw-permit", "refuse-permit"):
        answer = browser.post(f"{addresses[name]}?next={elsewhere}")
        assert answer.headers["Location"] == addresses["client-permits"], name
    told = browser.post(f"{addresses['report-step']}?next={elsewhere}", {"state": "done"})
    assert told.headers["Location"] == reverse("my-steps")
