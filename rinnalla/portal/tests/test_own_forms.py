"""A client denies, and changes a permit, without a worker: first what it changes, then at once."""

import re
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.models import Permit
from tests.world import LARS, LAURA, TIINA, VEIKKO, World

pytestmark = pytest.mark.server
NEWEST = (
    "select kind, form, recorded_by_id, mandate_id from permits_permit"
    " where client_id = %s order by recorded_at desc, id desc limit 1"
)
SHOWN = re.compile(r'name="confirmed" value="([0-9a-f]+)"')


def unit(world: World, code: str) -> str:
    with world.owner():
        return str(Unit.objects.get(code=code).pk)


def organization(world: World, code: str) -> str:
    with world.owner():
        return str(Organization.objects.get(code=code).pk)


def permit_of(world: World, code: str) -> Permit:
    """The client's permit in force that opens the unit's data."""
    with world.owner():
        rows = Permit.objects.filter(client__number=VEIKKO, withdrawn_at=None)
        return rows.filter(opened_units__unit__code=code).exclude(kind="denial")[0]


def shown(browser: Browser, url: str, typed: dict[str, Any]) -> tuple[str, str]:
    """The page that says what will change, and the word of its choice."""
    page = browser.post(url, typed).content.decode()
    found = SHOWN.search(page)
    assert found, page
    return page, found[1]


def test_a_denial_shows_what_it_closes_and_then_closes_it(world: World) -> None:
    veikko, browser = world.client(VEIKKO), world.portal(VEIKKO)
    typed = {"units": [unit(world, "TA901")]}
    before = world.rows(NEWEST, veikko.pk)
    page, word = shown(browser, reverse("portal-deny"), typed)
    assert "Koivurannan hyvinvointialue ei enää näe" in page
    assert world.rows(NEWEST, veikko.pk) == before
    answer = browser.post(reverse("portal-deny"), typed | {"confirmed": word})
    assert answer.status_code == 302
    assert world.rows(NEWEST, veikko.pk) == [("denial", "portal", None, None)]
    closed = "select count(*) from access.denial where client = %s and unit = %s"
    assert world.rows(closed, veikko.pk, typed["units"][0]) == [(1,)]


def test_another_choice_is_shown_anew(world: World) -> None:
    browser = world.portal(VEIKKO)
    _page, word = shown(browser, reverse("portal-deny"), {"units": [unit(world, "TA901")]})
    other = {"units": [unit(world, "KE950")], "confirmed": word}
    assert SHOWN.search(browser.post(reverse("portal-deny"), other).content.decode())


def test_nothing_chosen_or_a_day_that_is_over_is_said_at_the_field(world: World) -> None:
    browser = world.portal(VEIKKO)
    typed = {"ends": "1.1.2026", "organizations": [organization(world, "KELA")]}
    answer = browser.post(reverse("portal-deny"), typed)
    assert set(answer.context["form"].errors) == {"units", "ends"}
    assert "1.1.2026" in answer.content.decode()


def test_a_change_is_a_new_version_and_the_old_one_ends(world: World) -> None:
    browser, old = world.portal(VEIKKO), permit_of(world, "KE950")
    url = reverse("portal-change", args=[old.public_id])
    assert "Muuta lupa" in browser.get(url).content.decode()
    typed = {
        "units": [unit(world, "KE950")],
        "organizations": [organization(world, "TA901")],
        "ends": "31.12.2026",
    }
    page, word = shown(browser, url, typed)
    assert "ei enää näe" in page and "näkee nyt" in page
    assert browser.post(url, typed | {"confirmed": word}).status_code == 302
    [(replaced, state)] = world.rows(
        "select replaces_id, ends::text from permits_permit where client_id = %s"
        " order by recorded_at desc, id desc limit 1",
        world.client(VEIKKO).pk,
    )
    assert (replaced, state) == (old.pk, "2026-12-31")
    [(ended,)] = world.rows("select ended_as from permits_permit where id = %s", old.pk)
    assert ended == "changed"
    # It has been changed already: the page of the old one is gone.
    assert browser.post(url, typed | {"confirmed": word}).status_code == 404


def test_a_change_that_names_nobody_is_said_at_the_field_and_writes_nothing(world: World) -> None:
    browser, old = world.portal(VEIKKO), permit_of(world, "KE950")
    before = world.rows(NEWEST, world.client(VEIKKO).pk)
    typed = {"units": [unit(world, "KE950")], "ends": "31.12.2026"}
    answer = browser.post(reverse("portal-change", args=[old.public_id]), typed)
    assert answer.context["form"].errors == {"organizations": ["Valitse, kuka saa nähdä tietosi."]}
    assert answer.context["form"].fields["organizations"].required
    assert "31.12.2026" in answer.content.decode()
    assert world.rows(NEWEST, world.client(VEIKKO).pk) == before


def test_a_denial_is_not_changed(world: World) -> None:
    browser, typed = world.portal(VEIKKO), {"units": [unit(world, "TA901")]}
    _page, word = shown(browser, reverse("portal-deny"), typed)
    browser.post(reverse("portal-deny"), typed | {"confirmed": word})
    with world.owner():
        denial = Permit.objects.filter(client__number=VEIKKO, kind="denial").latest("recorded_at")
    url = reverse("portal-change", args=[denial.public_id])
    assert "Kieltoa ei muuteta" in browser.get(url).content.decode()


def test_what_a_denial_keeps_shut_is_not_said_to_open(world: World) -> None:
    browser, old = world.portal(VEIKKO), permit_of(world, "KE950")
    url = reverse("portal-change", args=[old.public_id])
    typed = {
        "units": [unit(world, "KE950"), unit(world, "SO810")],
        "organizations": [organization(world, "TA901")],
    }
    page, _word = shown(browser, url, typed)
    assert "Aikuissosiaalityö" in page.split("näkee nyt")[1]
    denial = {"units": [unit(world, "SO810")]}
    _page, word = shown(browser, reverse("portal-deny"), denial)
    browser.post(reverse("portal-deny"), denial | {"confirmed": word})
    page, _word = shown(browser, url, typed)
    assert "Aikuissosiaalityö" not in page.split("näkee nyt")[1]


def test_nobody_else_changes_it(world: World) -> None:
    old = permit_of(world, "KE950")
    url = reverse("portal-change", args=[old.public_id])
    assert world.portal(LAURA).get(url).status_code == 404


def test_a_guardian_denies_within_the_mandate_only(world: World) -> None:
    browser = world.portal(LARS, TIINA)
    typed = {"units": [unit(world, "TK010")]}
    answer = browser.post(reverse("portal-deny"), typed)
    assert answer.context["form"].errors
    _page, word = shown(browser, reverse("portal-deny"), {"units": [unit(world, "SO880")]})
    own = {"units": [unit(world, "SO880")], "confirmed": word}
    assert browser.post(reverse("portal-deny"), own).status_code == 302
    [(kind, form, recorder, mandate)] = world.rows(NEWEST, world.client(TIINA).pk)
    assert (kind, form, recorder) == ("denial", "portal", None)
    assert mandate is not None


def test_where_the_county_does_not_let_a_link_give_nothing_is_changed(world: World) -> None:
    world.rows("update organizations_setting set value = 'no' where key = 'permits_by_link'"
               " returning 1")  # fmt: skip
    old = permit_of(world, "KE950")
    browser, url = world.portal(VEIKKO), reverse("portal-change", args=[old.public_id])
    assert url not in browser.get(reverse("portal-permits")).content.decode()
    page = browser.get(url)
    assert "Et voi antaa lupaa täällä" in page.content.decode()
