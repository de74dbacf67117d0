"""Services for a fixed time: agreed with their end, changed, looked at on their day, ended."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rinnalla.access.actor import Actor
from rinnalla.cases.access import package_for
from rinnalla.cases.models import Assignment, Case, ServicePackage
from rinnalla.cases.operations import naming
from rinnalla.lib.errors import RuleBroken
from rinnalla.plans.models import Step
from rinnalla.plans.operations.packages import (
    Package,
    agree_on_package,
    day_to_check,
    end_package,
)
from rinnalla.plans.operations.steps import report_step
from tests.cases import agreed_case, named
from tests.world import CONVENER, HEALTH, KELA, SOCIAL, World

pytestmark = pytest.mark.server
TYPED = {
    "text": "Työhönvalmennus ja lääkärin vastaanotto.",
    "begins": "31.10.2026",
    "ends": "31.3.2027",
    "check_on": "1.3.2027",
    "talked_on": "31.10.2026",
    "words": "Hyvä tietää.",
}


def worked_case(world: World) -> Case:
    case = agreed_case(world)
    named(world, case, SOCIAL)
    return case


def package(by: Actor, **changes: Any) -> Package:
    agreed = Package("Valmennus.", by.today, date(2027, 3, 31), date(2027, 3, 1), by.today)
    return replace(agreed, **changes)


def agree(world: World, case: Case, **changes: Any) -> ServicePackage:
    with world.acting(SOCIAL) as aatu:
        return agree_on_package(case, by=aatu, package=package(aatu, **changes))


def url_of(case: Case) -> str:
    return reverse("service-package", args=[case.public_id])


def test_a_change_is_a_new_row_and_the_one_before_ends(world: World) -> None:
    case = worked_case(world)
    first = agree(world, case)
    second = agree(world, case, ends=date(2027, 6, 30))
    with world.acting(SOCIAL):
        first.refresh_from_db()
        assert first.ended_at is not None
        assert first.ends == date(2027, 3, 31)
        assert ServicePackage.objects.get(case=case, ended_at=None) == second


def test_an_ended_package_stays_as_history_and_another_can_be_agreed(world: World) -> None:
    case = worked_case(world)
    made = agree(world, case)
    with world.acting(SOCIAL) as aatu:
        end_package(made, by=aatu)
        with pytest.raises(RuleBroken, match="on jo muuttunut"):
            end_package(made, by=aatu)
        with pytest.raises(Http404):
            package_for(aatu, case, made.public_id)
    agree(world, case)
    kinds = "select kind from journal_entry where kind like 'case.package%%' and subject = %s"
    kept = [kind for (kind,) in world.rows(f"{kinds} order by id", case.pk)]
    assert kept == ["case.package_agreed", "case.package_ended", "case.package_agreed"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"begins": date(2027, 4, 1)}, "ennen kuin se alkaa"),
        ({"begins": date(2026, 10, 1), "ends": date(2026, 10, 31)}, "Valitse tuleva päivä"),
        ({"check_on": date(2027, 4, 1)}, "Katsokaa tilannetta ennen"),
        ({"check_on": date(2026, 10, 30)}, "Valitse tämä päivä"),
        ({"talked_on": date(2026, 11, 1)}, "ei voi olla tulevaisuudessa"),
    ],
)
def test_days_that_cannot_be_are_refused(
    world: World, changes: dict[str, date], sentence: str
) -> None:
    case = worked_case(world)
    with pytest.raises(RuleBroken, match=sentence):
        agree(world, case, **changes)
    assert world.rows("select 1 from cases_servicepackage where case_id = %s", case.pk) == []


def test_only_a_responsible_worker_agrees_and_ends(world: World) -> None:
    case = agreed_case(world)
    with world.acting(CONVENER) as sirkka, pytest.raises(PermissionDenied):
        agree_on_package(case, by=sirkka, package=package(sirkka))
    named(world, case, SOCIAL)
    made = agree(world, case)
    with world.acting(HEALTH) as laina, pytest.raises(PermissionDenied):
        end_package(made, by=laina)
    with world.acting(KELA):
        assert not ServicePackage.objects.filter(pk=made.pk).exists()


def test_the_day_to_look_is_a_month_before_the_end_or_half_way() -> None:
    begins = date(2026, 11, 1)
    assert day_to_check(begins, date(2027, 3, 31)) == date(2027, 3, 1)
    assert day_to_check(begins, begins + timedelta(20)) == begins + timedelta(10)
    assert day_to_check(begins, begins) == begins


def test_the_page_agrees_shows_changes_and_ends(world: World) -> None:
    case = worked_case(world)
    browser = world.browser(SOCIAL)
    at = reverse("joint-case", args=[case.public_id])
    assert url_of(case) in browser.get(at).content.decode()
    page = browser.post(url_of(case), TYPED | {"check_on": ""}, follow=True).content.decode()
    assert "Työhönvalmennus ja lääkärin vastaanotto." in page
    assert "31.10.2026–31.3.2027" in page
    assert "tilannetta katsotaan yhdessä 1.3.2027" in page
    assert "Palvelukokonaisuus sovittiin 31.3.2027 asti" in page
    form = browser.get(url_of(case)).context["form"]
    assert (form["ends"].value(), form["check_on"].value()) == ("31.3.2027", "1.3.2027")
    browser.post(url_of(case), TYPED | {"ends": "30.6.2027"})
    changed = browser.get(url_of(case))
    assert "Aiemmin sovittu" in changed.content.decode()
    ending = reverse(
        "end-service-package", args=[case.public_id, changed.context["package"].public_id]
    )
    assert "30.6.2027 ei ole enää voimassa" in browser.get(ending).content.decode()
    page = browser.post(ending, follow=True).content.decode()
    assert "ei ole vielä sovittu" in page
    assert browser.post(ending).status_code == 404


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (dict.fromkeys(TYPED, ""), {"text", "begins", "ends", "talked_on"}),
        ({"ends": "31.10.2026"}, {"ends"}),
        ({"begins": "1.4.2027"}, {"ends"}),
        ({"check_on": "1.4.2027"}, {"check_on"}),
        ({"check_on": "1.10.2026"}, {"check_on"}),
        ({"talked_on": "1.11.2026"}, {"talked_on"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    world: World, typed: dict[str, str], wrong: set[str]
) -> None:
    case = worked_case(world)
    form = world.browser(SOCIAL).post(url_of(case), TYPED | typed).context["form"]
    assert set(form.errors) == wrong
    assert form["text"].value() == (TYPED | typed)["text"]


def test_on_its_day_it_stands_on_the_workers_day_until_it_is_agreed_anew(world: World) -> None:
    case = worked_case(world)
    agree(world, case)
    what = "Katsokaa palvelukokonaisuutta yhdessä"
    world.freeze("2027-02-28 12.00")
    assert what not in world.browser(SOCIAL).get("/").content.decode()
    world.freeze("2027-03-01 08.00")
    page = world.browser(SOCIAL).get("/").content.decode()
    assert what in page
    assert "päättyy 31.3.2027" in page
    assert what not in world.browser(CONVENER).get("/").content.decode()
    assert world.browser(SOCIAL).get(url_of(case)).context["form"]["check_on"].value() is None
    world.freeze("2027-04-02 08.00")
    assert "päättyi 31.3.2027" in world.browser(SOCIAL).get("/").content.decode()
    agree(world, case, ends=date(2027, 8, 31), check_on=date(2027, 8, 1))
    assert what not in world.browser(SOCIAL).get("/").content.decode()


@pytest.mark.parametrize(
    ("language", "title"),
    [("sv", "Tidsbunden servicehelhet"), ("en", "Fixed-term service package")],
)
def test_the_page_speaks_swedish_and_english(world: World, language: str, title: str) -> None:
    case = worked_case(world)
    browser = world.browser(SOCIAL)
    browser.cookies["language"] = language
    assert f"<h1>{title}</h1>" in browser.get(url_of(case)).content.decode()


def test_statements_do_not_grow_with_what_was_agreed_before(world: World) -> None:
    case = worked_case(world)
    agree(world, case)
    browser = world.browser(SOCIAL)
    pages = ["/", url_of(case), reverse("joint-case", args=[case.public_id])]

    def counts() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(page).status_code == 200
            found.append(len(captured))
        return found

    counts()
    before = counts()
    for days in range(8):
        agree(world, case, ends=date(2027, 4, 1) + timedelta(days))
    assert counts() == before


def watched(world: World, case: Case) -> list[tuple[Any, ...]]:
    return world.rows(
        "select s.owner_id, s.due, s.state, w.in_force from plans_watch w"
        " join plans_step s on s.id = w.step_id where w.case_id = %s order by w.id",
        case.pk,
    )


def test_an_agreed_end_is_watched_by_a_step_that_goes_with_it(world: World) -> None:
    case, aatu = worked_case(world), world.member(SOCIAL).pk
    first = agree(world, case)
    assert watched(world, case) == [(aatu, date(2027, 3, 1), "agreed", True)]
    agree(world, case, ends=date(2027, 6, 30), check_on=date(2027, 5, 31))
    assert watched(world, case) == [
        (aatu, date(2027, 3, 1), "done", None),
        (aatu, date(2027, 5, 31), "agreed", True),
    ]
    with world.acting(SOCIAL) as by:
        end_package(ServicePackage.objects.get(case=case, ended_at=None), by=by)
    assert [state for _owner, _due, state, _in_force in watched(world, case)] == ["done", "done"]
    assert first.ends == date(2027, 3, 31)


def test_the_look_is_not_reported_alone(world: World) -> None:
    case = worked_case(world)
    agree(world, case)
    with world.acting(SOCIAL) as aatu:
        step = Step.objects.get(watch__case=case)
        with pytest.raises(RuleBroken, match="Sovi jatkosta"):
            report_step(step, by=aatu, state=Step.State.DONE)
        with pytest.raises(RuleBroken, match="Sovi jatkosta"):
            report_step(step, by=aatu, state=step.state, due=date(2027, 3, 20))
        report_step(step, by=aatu, state=Step.State.STARTED)
    page = world.browser(SOCIAL).get(reverse("my-steps")).content.decode()
    assert url_of(case) in page and "Sovi jatkosta" in page


def test_whoever_is_the_worker_looks_at_it(world: World) -> None:
    case = worked_case(world)
    agree(world, case)
    named(world, case, HEALTH, first=False)
    with world.acting(SOCIAL) as aatu:
        [mine] = Assignment.objects.filter(case=case, membership=aatu.membership_id)
        naming.leave_pair(mine, by=aatu)
    assert watched(world, case) == [(world.member(HEALTH).pk, date(2027, 3, 1), "agreed", True)]
