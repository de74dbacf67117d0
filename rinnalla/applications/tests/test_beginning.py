"""A case that begins from a consultation: who may, what is kept, and what the database refuses."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from rinnalla.access.actor import Actor
from rinnalla.applications import events
from rinnalla.applications.models import Application
from rinnalla.applications.operations import beginning, outcome
from rinnalla.cases.models import Case, CaseAnswer
from rinnalla.cases.operations import proposing
from rinnalla.cases.operations.proposing import Said, Told
from rinnalla.lib.errors import RuleBroken
from rinnalla.services.models import CatalogueService
from tests.cases import propose
from tests.world import CONVENER, HEALTH, LAURA, REFERRER, World

pytestmark = pytest.mark.server
REASON = "Monta palvelua, eikä kukaan katso kokonaisuutta."


def begin(application: Application, by: Actor) -> Case:
    told = Told(REASON, "meeting", by.today)
    return beginning.begin_case(application, by=by, told=told)[0]


def led_to(world: World) -> Case | None:
    with world.owner():
        return Application.objects.select_related("case").get(pk=world.application().pk).case


def recommend(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        application = world.application()
        akse = CatalogueService.objects.get(code="AKSE")
        steps = outcome.steps_of(akse, application, sirkka.today)
        proposal = outcome.Proposal(akse, "Selkä ei kestä.", steps)
        outcome.recommend(application, by=sirkka, proposal=proposal)


def test_the_convener_begins_a_case_and_the_matter_keeps_it(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        case = begin(world.application(), sirkka)
        assert case.holder_id == sirkka.membership_id
    assert led_to(world) == case
    [(kinds,)] = world.rows(
        "select array_agg(kind order by kind) from journal_entry"
        " where kind in ('application.case_begun', 'case.proposed')"
        " and at = (select max(at) from journal_entry where kind = 'application.case_begun')"
    )
    assert kinds == [events.CASE_BEGUN, "case.proposed"]


def test_the_referrer_begins_one_after_an_outcome_and_not_before(world: World) -> None:
    with world.acting(REFERRER) as hilppa, pytest.raises(PermissionDenied):
        begin(world.application(), hilppa)
    recommend(world)
    with world.acting(REFERRER) as hilppa:
        case = begin(world.application(), hilppa)
    assert led_to(world) == case


def test_who_sits_in_the_team_begins_none(world: World) -> None:
    with world.acting(HEALTH) as laina, pytest.raises(PermissionDenied):
        begin(world.application(), laina)
    assert led_to(world) is None


def test_a_second_one_is_not_begun_until_the_client_has_said_no(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        first = begin(world.application(), sirkka)
    with world.acting(CONVENER) as sirkka, pytest.raises(RuleBroken, match="on jo ehdotettu"):
        begin(world.application(), sirkka)
    with world.acting(CONVENER) as sirkka:
        said = Said(CaseAnswer.Answer.NO, "", sirkka.today)
        proposing.record_answer(first, by=sirkka, said=said)
    with world.acting(CONVENER) as sirkka:
        second = begin(world.application(), sirkka)
    assert led_to(world) == second != first


def test_the_matter_is_linked_to_the_case_that_the_client_has(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        [case] = propose(world, sirkka)
    with world.acting(CONVENER) as sirkka, pytest.raises(RuleBroken, match="on jo"):
        begin(world.application(), sirkka)
    with world.acting(CONVENER) as sirkka:
        beginning.link_to_case(world.application(), case, by=sirkka)
    assert led_to(world) == case


def test_another_clients_case_is_refused_by_the_act(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        [other] = propose(world, sirkka, LAURA)
        with pytest.raises(RuleBroken, match="on päättynyt"):
            beginning.link_to_case(world.application(), other, by=sirkka)
    assert led_to(world) is None


def test_another_clients_case_is_refused_by_the_database(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        [other] = propose(world, sirkka, LAURA)
    point = "update applications_application set case_id = %s where id = %s"
    keys = [other.pk, world.application().pk]
    with (
        world.acting(CONVENER),
        pytest.raises(IntegrityError, match="case_of_its_client"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(point, keys)
    with (
        world.owner(),
        pytest.raises(IntegrityError, match="case_of_its_client"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(point, keys)
