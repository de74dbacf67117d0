"""From a proposal to a worker who has accepted; what is refused, and what each act opens."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rinnalla.cases.models import Assignment, Case, CaseAnswer, ContactWay
from rinnalla.cases.operations import around, naming, proposing
from rinnalla.cases.operations.naming import Choice
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from tests.cases import agreed_case, answer, ask, named, now, propose, sees
from tests.world import CONVENER, HEALTH, KELA, MIEPA, SOCIAL, VEIKKO, World

pytestmark = pytest.mark.server


def test_who_proposes_holds_until_the_asked_accepts(world: World) -> None:
    case = agreed_case(world)
    assert now(world, case).holder.user.username == CONVENER[0]
    assert not sees(world, SOCIAL, case)
    asked = ask(world, case, SOCIAL)
    assert now(world, case).state == Case.State.AGREED
    assert sees(world, SOCIAL, case)
    with world.acting(SOCIAL) as aatu:
        assert CaseAnswer.objects.get(case=case).words == "Haluan yhden ihmisen."
        naming.accept(asked, by=aatu)
    active = now(world, case)
    assert (active.state, active.worker_id) == (Case.State.ACTIVE, asked.pk)
    with world.acting(SOCIAL):
        assert ContactWay.objects.get(case=case, ended_at=None).phone
        assert Client.objects.filter(number=VEIKKO).exists()


def test_who_declines_says_why_and_loses_the_client(world: World) -> None:
    case = agreed_case(world)
    asked = ask(world, case, SOCIAL)
    with world.acting(SOCIAL) as aatu, pytest.raises(RuleBroken, match="Kerro, miksi"):
        naming.decline(asked, by=aatu, reason=" ")
    with world.acting(SOCIAL) as aatu:
        naming.decline(asked, by=aatu, reason="Minulla on jo 40 asiakasta.")
    assert not sees(world, SOCIAL, case)
    assert now(world, case).state == Case.State.AGREED
    with world.acting(CONVENER):
        assert Assignment.objects.get(pk=asked.pk).decline_reason == "Minulla on jo 40 asiakasta."
    ask(world, case, HEALTH)


def test_naming_oneself_is_accepted_at_once(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        [case] = propose(world, sirkka)
        naming.name_worker(case, by=sirkka, choice=Choice(sirkka.membership_id, agreed=True))
    assert now(world, case).state == Case.State.ACTIVE
    assert sees(world, CONVENER, case)


def test_a_no_is_respected_and_can_be_taken_back_the_same_day(world: World) -> None:
    case = agreed_case(world)
    with world.acting(CONVENER) as sirkka:
        answer(case, sirkka, "no", "En halua nyt.")
    assert now(world, case).state == Case.State.DECLINED
    with world.acting(CONVENER) as sirkka, pytest.raises(RuleBroken):
        naming.name_worker(case, by=sirkka, choice=Choice(sirkka.membership_id, agreed=True))
    with world.acting(CONVENER) as sirkka:
        proposing.take_answer_back(case, by=sirkka)
    assert now(world, case).state == Case.State.PROPOSED


def test_to_be_agreed_has_a_day_until_the_clients_word_is_recorded(world: World) -> None:
    case = agreed_case(world)
    named(world, case, SOCIAL, agreed=False)
    with world.acting(SOCIAL) as aatu:
        mine = Assignment.objects.get(case=case, is_open=True)
        assert mine.agree_by == aatu.today + timedelta(days=naming.AGREE_WITHIN)
        naming.record_agreement(mine, by=aatu)
        with pytest.raises(RuleBroken, match="on jo kirjattu"):
            naming.record_agreement(mine, by=aatu)


def test_a_pair_has_one_first_contact_and_the_other_follows_at_once(world: World) -> None:
    case = agreed_case(world)
    named(world, case, SOCIAL)
    with pytest.raises(RuleBroken, match="Ensisijainen yhteyshenkilö on jo valittu"):
        ask(world, case, HEALTH)
    with pytest.raises(RuleBroken, match="Aatu Koehenkilö on jo vastuutyöntekijä"):
        ask(world, case, (SOCIAL[0], "SO820"), first=False)
    named(world, case, HEALTH, first=False)
    with world.acting(SOCIAL) as aatu:
        first = Assignment.objects.get(case=case, is_open=True, is_first_contact=True)
        naming.leave_pair(first, by=aatu)
    left = now(world, case)
    assert left.worker is not None
    assert left.worker.membership.user.username == HEALTH[0]
    assert left.pair_open_by is not None
    assert not sees(world, SOCIAL, case)
    with world.acting(HEALTH) as laina, pytest.raises(RuleBroken, match="Ainoa"):
        naming.leave_pair(left.worker, by=laina)


def test_beyond_the_county_a_consent_comes_first(world: World) -> None:
    case = agreed_case(world)
    with pytest.raises(RuleBroken, match="suostumus"):
        ask(world, case, KELA)


def test_only_the_asked_answers(world: World) -> None:
    case = agreed_case(world)
    asked = ask(world, case, SOCIAL)
    with world.acting(CONVENER) as sirkka, pytest.raises(PermissionDenied):
        naming.accept(asked, by=sirkka)


def test_cover_sees_the_client_only_during_the_absence(world: World) -> None:
    case = agreed_case(world)
    named(world, case, SOCIAL)
    cover = world.member(MIEPA)
    with world.acting(SOCIAL) as aatu:
        begins = aatu.today + timedelta(days=3)
        around.record_cover(case, by=aatu, who=cover.pk, begins=begins, ends=begins)
    assert not sees(world, MIEPA, case)
    mine, link = reverse("my-cases"), reverse("joint-case", args=[case.public_id])
    assert link not in world.browser(MIEPA).get(mine).content.decode()
    world.freeze(f"{begins} 08.00")
    assert sees(world, MIEPA, case)
    assert link in world.browser(MIEPA).get(mine).content.decode()
    world.freeze(f"{begins + timedelta(days=1)} 00.00")
    assert not sees(world, MIEPA, case)


def test_a_case_of_several_clients_is_named_whole(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        cases = propose(world, sirkka, VEIKKO, "A100379")
        for case in cases:
            answer(case, sirkka)
    named(world, cases[0], HEALTH)
    assert {now(world, case).state for case in cases} == {Case.State.ACTIVE}


def test_nobody_of_a_joint_case_is_named_or_answered_for_without_a_word(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        said, silent = propose(world, sirkka, VEIKKO, "A100379")
        answer(said, sirkka)
    page = world.browser(CONVENER).get(reverse("name-worker", args=[said.public_id]))
    assert str(silent.client) not in page.content.decode().partition('class="identity"')[0]
    named(world, said, HEALTH)
    assert now(world, said).state == Case.State.ACTIVE
    assert now(world, silent).state == Case.State.PROPOSED
    assert not world.rows("select 1 from cases_assignment where case_id = %s", silent.pk)
    assert len(world.rows("select 1 from cases_caseanswer where case_id = %s", silent.pk)) == 0


def test_asking_is_taken_back_for_all_whom_it_named(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        cases = propose(world, sirkka, VEIKKO, "A100379")
        for case in cases:
            answer(case, sirkka)
    asked = ask(world, cases[0], SOCIAL)
    assert all(sees(world, SOCIAL, case) for case in cases)
    with world.acting(CONVENER) as sirkka:
        naming.take_asking_back(asked, by=sirkka)
    assert not any(sees(world, SOCIAL, case) for case in cases)
    for case in cases:
        [(ended,)] = world.rows("select ended_at from cases_assignment where case_id = %s", case.pk)
        assert ended is not None


def test_every_act_has_its_journal_row(world: World) -> None:
    case = agreed_case(world)
    named(world, case, SOCIAL)
    rows = world.rows(
        "select kind from journal_entry where kind like 'case.%%' and subject = %s order by id",
        case.pk,
    )
    kinds = ["case.proposed", "case.answered", "case.worker_asked", "case.worker_named"]
    assert [kind for (kind,) in rows] == kinds


def test_until_the_client_is_told_it_stands_on_the_workers_day(world: World) -> None:
    case = agreed_case(world)
    named(world, case, SOCIAL)
    browser = world.browser(SOCIAL)
    page = browser.get("/").content.decode()
    assert "Kerro asiakkaalle, kuka on vastuutyöntekijä" in page
    worker = now(world, case).worker_id
    url = reverse("told-client", args=[case.public_id, worker])
    assert set(browser.post(url, {"on": "31.10.2026"}).context["form"].errors) == {"way"}
    late = browser.post(url, {"way": "phone", "on": "1.1.2030"})
    assert set(late.context["form"].errors) == {"on"}
    assert browser.post(url, {"way": "phone", "on": "31.10.2026"}).status_code == 302
    page = browser.get("/").content.decode()
    assert "Kerro asiakkaalle, kuka on vastuutyöntekijä" not in page
