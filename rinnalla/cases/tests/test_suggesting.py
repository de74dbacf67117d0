"""Who is suggested, in the order of the operating models, from what the namer may read."""

import pytest

from rinnalla.cases.jobs import keep_loads
from rinnalla.cases.models import Case, CaseAnswer
from rinnalla.cases.operations import proposing
from rinnalla.cases.operations.proposing import Said
from rinnalla.cases.queries.standing import standing
from rinnalla.cases.queries.suggesting import Suggested, suggest
from rinnalla.organizations.models import Membership, Unit
from tests.world import CONVENER, Who, World

pytestmark = pytest.mark.server
# Of stories 2, 3 and 4.
SENJA, KARI, TIINA = "A100002", "A100003", "A100004"
URHO, VIENO = ("urho.naytemaa", "TK030"), ("vieno.koesaari", "MP410")


def suggested(world: World, who: Who, number: str) -> Suggested:
    with world.acting(who) as actor:
        case = Case.objects.get(client__number=number)
        return suggest(standing(case, actor.today), actor)


def first(found: Suggested) -> tuple[str, str]:
    one = found.people[0]
    return one.membership.user.get_full_name(), one.reason


def test_an_own_worker_with_close_contact_comes_first(world: World) -> None:
    name, reason = first(suggested(world, CONVENER, SENJA))
    assert name == "Kaino Mallipelto"
    assert reason.startswith("oma työntekijä, 9 käyntiä puolen vuoden aikana")


def test_what_the_namer_may_not_read_counts_for_nothing(world: World) -> None:
    """Without the work task and the permit that open the visits nobody is known to be close."""
    world.rows(
        "delete from organizations_worktask_units where worktask_id = %s returning 1",
        world.member(CONVENER).work_task_id,
    )
    world.rows("delete from access.opening where client = %s returning 1", world.client(SENJA).pk)
    found = suggested(world, CONVENER, SENJA)
    assert "Kaino Mallipelto" not in {one.membership.user.get_full_name() for one in found.people}


def test_where_nobody_is_behind_the_coordinator_comes_first(world: World) -> None:
    found = suggested(world, URHO, KARI)
    assert found.people[0].membership.title == "työkykykoordinaattori"
    assert found.people[0].reason == "kukaan muu ei ole asiakkaan takana"


def test_the_clients_wish_comes_before_all(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        case = Case.objects.get(client__number=SENJA)
        wish = "Laina Malli, jonka tapasin keväällä."
        yes = CaseAnswer.Answer.YES
        proposing.record_answer(case, by=sirkka, said=Said(yes, "Joo.", sirkka.today, wish=wish))
    assert first(suggested(world, CONVENER, SENJA)) == ("Laina Malli", "asiakkaan toive")


def test_whoever_is_asked_or_works_already_is_not_suggested(world: World) -> None:
    """Nor is another post of the same person: a pair is of two people."""
    found = suggested(world, VIENO, TIINA)
    assert found.people
    assert "Tuire Mallilainen" not in {one.membership.user.get_full_name() for one in found.people}


def test_loads_are_figures_that_a_job_keeps(world: World) -> None:
    with world.job("rinnalla_worker"):
        keep_loads()
    [(cases,)] = world.rows(
        "select cases from cases_load l join organizations_membership m on m.id = l.membership_id"
        " join accounts_user u on u.id = m.user_id where u.username = 'tuire.mallilainen'"
    )
    assert cases == 1
    with world.acting(CONVENER) as sirkka:
        case = Case.objects.get(client__number=SENJA)
        wish = "Tuire Mallilainen"
        yes = CaseAnswer.Answer.YES
        proposing.record_answer(case, by=sirkka, said=Said(yes, "Joo.", sirkka.today, wish=wish))
    by_unit = {
        one.membership.unit.code: one.cases
        for one in suggested(world, CONVENER, SENJA).people
        if one.membership.user.get_full_name() == "Tuire Mallilainen"
    }
    # The figure is of the post that answers for Tiina, and of no other post of the same person.
    assert by_unit["SO820"] == 1
    assert by_unit["SO810"] is None


def test_who_is_wished_for_is_suggested_at_the_post_that_knows_the_client(world: World) -> None:
    post = world.member(("kaino.mallipelto", "MP400"))
    with world.owner():
        Membership.objects.create(
            **{name: getattr(post, name) for name in ("user", "role", "title", "phone", "begins")},
            unit=Unit.objects.get(code="MP410"),
            work_task=post.work_task,
        )
    with world.acting(CONVENER) as sirkka:
        case = Case.objects.get(client__number=SENJA)
        yes = CaseAnswer.Answer.YES
        said = Said(yes, "Joo.", sirkka.today, wish="Kaino Mallipelto")
        proposing.record_answer(case, by=sirkka, said=said)
    people = suggested(world, CONVENER, SENJA).people
    wished = [one.membership for one in people if one.reason == "asiakkaan toive"]
    assert [(one.user.get_full_name(), one.unit.code) for one in wished] == [
        ("Kaino Mallipelto", "MP400")
    ]
