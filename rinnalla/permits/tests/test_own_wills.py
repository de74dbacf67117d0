"""A client's, and a guardian's, own acts: given, changed, denied, ended, without a worker."""

from datetime import date, timedelta

import pytest

from rinnalla.access.models import Mandate
from rinnalla.access.operations import MandateTerms, record_mandate
from rinnalla.access.portal_actor import PortalActor
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.models import Permit, PermitRequest
from rinnalla.permits.operations import (
    Giving,
    Scope,
    change_permit,
    record_permit,
    refuse_permit,
    withdraw_permit,
)
from tests.seats import enrolled, sit
from tests.world import CONVENER, LAURA, World

OPENED = (
    "select count(*) from access.opening o join organizations_unit u on u.id = o.unit"
    " where o.permit = %s and u.code = %s"
)
DENIED = "select count(*) from access.denial where permit = %s"
NOTICES = "select count(*) from permits_recipientnotice where permit_id = %s"


@pytest.fixture
def veikko(world: World) -> PortalActor:
    return sit(*enrolled(world))


def scope(*codes: str, denies: bool = False, ends: date | None = None) -> Scope:
    return Scope(
        list(Unit.objects.select_related("organization").filter(code__in=codes)),
        list(Organization.objects.filter(code="TA901")),
        purpose_code=Permit.Purpose.PLAN,
        ends=ends,
        denies=denies,
    )


def the_client(by: PortalActor) -> Client:
    return Client.objects.get(pk=by.client_id)


def portal(by: PortalActor) -> Giving:
    return Giving(by.today, Permit.Form.PORTAL)


def test_a_client_gives_changes_and_withdraws(world: World, veikko: PortalActor) -> None:
    permit = record_permit(
        the_client(veikko), by=veikko, scope=scope("TK010", "KE950"), giving=portal(veikko)
    )
    assert permit.recorded_by_id is None
    assert world.rows(OPENED, permit.pk, "TK010") == [(1,)]
    changed = change_permit(permit, by=veikko, scope=scope("KE950"), giving=portal(veikko))
    assert changed.replaces_id == permit.pk
    assert world.rows(OPENED, permit.pk, "TK010") == [(0,)]
    assert world.rows(OPENED, changed.pk, "KE950") == [(1,)]
    withdraw_permit(changed, by=veikko)
    assert world.rows(OPENED, changed.pk, "KE950") == [(0,)]
    # The recipient is told by a worker: the task is somebody's.
    assert world.rows(NOTICES, changed.pk) == [(1,)]
    with pytest.raises(RuleBroken):
        withdraw_permit(changed, by=veikko)


def test_a_client_denies_and_ends_the_denial(world: World, veikko: PortalActor) -> None:
    denial = record_permit(
        the_client(veikko), by=veikko, scope=scope("TK010", denies=True), giving=portal(veikko)
    )
    assert denial.kind == Permit.Kind.DENIAL
    assert world.rows(DENIED, denial.pk) == [(1,)]
    withdraw_permit(denial, by=veikko)
    assert world.rows(DENIED, denial.pk) == [(0,)]


def test_a_client_says_no_to_what_was_asked(veikko: PortalActor) -> None:
    request = PermitRequest.objects.filter(client=veikko.client_id, answer="")[0]
    refuse_permit(request, by=veikko)
    request.refresh_from_db()
    assert request.answer == PermitRequest.Answer.REFUSED


@pytest.mark.parametrize("days", [-1, -400])
def test_a_permit_that_is_over_is_refused(veikko: PortalActor, days: int) -> None:
    ended = scope("TK010", ends=veikko.today + timedelta(days))
    with pytest.raises(RuleBroken):
        record_permit(the_client(veikko), by=veikko, scope=ended, giving=portal(veikko))


def test_a_permit_for_nobody_is_refused(veikko: PortalActor) -> None:
    nobody = Scope(list(Unit.objects.filter(code="TK010")), purpose_code=Permit.Purpose.PLAN)
    with pytest.raises(RuleBroken):
        record_permit(the_client(veikko), by=veikko, scope=nobody, giving=portal(veikko))


def test_a_guardian_gives_within_the_mandate_and_no_further(world: World) -> None:
    guardian, account = enrolled(world, LAURA)
    with world.acting(CONVENER) as sirkka:
        terms = MandateTerms(guardian, Mandate.Scope.HEALTH, sirkka.today)
        mandate = record_mandate(world.client(), by=sirkka, terms=terms)
    laura = sit(world.client(), account, mandate.pk)
    assert laura.kind == "guardian"
    giving = Giving(laura.today, Permit.Form.PORTAL, Permit.Giver.GUARDIAN, mandate)
    permit = record_permit(the_client(laura), by=laura, scope=scope("TK010"), giving=giving)
    assert permit.mandate_id == mandate.pk
    with pytest.raises(RuleBroken):
        record_permit(the_client(laura), by=laura, scope=scope("SO810"), giving=giving)
    without = Giving(laura.today, Permit.Form.PORTAL, Permit.Giver.GUARDIAN)
    with pytest.raises(RuleBroken):
        record_permit(the_client(laura), by=laura, scope=scope("TK010"), giving=without)
