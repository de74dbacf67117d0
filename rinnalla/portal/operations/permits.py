"""The client gives and withdraws permits: the act is the client's own."""

from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from rinnalla.access.portal_actor import PortalActor
from rinnalla.access.recording import record
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Organization, Unit
from rinnalla.organizations.queries import setting
from rinnalla.permits.access import lock
from rinnalla.permits.events import PERMIT_RECORDED, PERMIT_REFUSED, PERMIT_WITHDRAWN
from rinnalla.permits.models import Permit, PermitRecipient, PermitRequest, PermitUnit

Giver = Permit.Giver


def may_give(by: PortalActor) -> bool:
    """Whether the county lets one who signed in by link and code give a permit."""
    return setting("permits_by_link", by.today, "no") == "yes"


@transaction.atomic
def give(request: PermitRequest, *, by: PortalActor, ends: date | None) -> Permit:
    """Gives what was asked for; it is in force at once."""
    if not may_give(by):
        raise RuleBroken(_("Et voi antaa lupaa täällä. Soita yhteyshenkilöllesi."))
    if ends and ends < by.today:
        raise RuleBroken(_("Lupa ei voi loppua ennen kuin se alkaa."))
    lock(request.client)
    units = list(Unit.objects.filter(permitrequestunit__request=request))
    permit = Permit.objects.create(
        client=request.client,
        unit_id=request.unit_id,
        kind=_kind(units, request.recipient),
        purpose=request.reason,
        begins=by.today,
        ends=ends,
        form="portal",
        given_by=Giver.CLIENT if by.mandate_id is None else Giver.GUARDIAN,
        mandate_id=by.mandate_id,
        given_on=by.today,
        recorded_at=by.now,
    )
    part = {"permit": permit, "client_id": permit.client_id}
    PermitUnit.objects.bulk_create(PermitUnit(**part, unit=unit) for unit in units)
    PermitRecipient.objects.create(**part, organization=request.recipient)
    _follow(permit)
    record(by, PERMIT_RECORDED, ("permit", permit.pk), [permit.client_id], form="portal")
    _answer(request, PermitRequest.Answer.GIVEN, by, permit)
    return permit


@transaction.atomic
def refuse(request: PermitRequest, *, by: PortalActor) -> None:
    """Answers no."""
    _answer(request, PermitRequest.Answer.REFUSED, by, None)
    record(by, PERMIT_REFUSED, ("permit_request", request.pk), [request.client_id])


@transaction.atomic
def withdraw(permit: Permit, *, by: PortalActor) -> None:
    """Ends the permit: what it opened is closed on the next statement, everywhere."""
    lock(permit.client)
    changed = Permit.objects.filter(pk=permit.pk, withdrawn_at=None).update(withdrawn_at=by.now)
    if not changed:
        raise RuleBroken(_("Tämä lupa on jo peruttu."))
    _follow(permit)
    record(by, PERMIT_WITHDRAWN, ("permit", permit.pk), [permit.client_id])


def _kind(units: list[Unit], recipient: Organization) -> str:
    """A permit to disclose stays within the county; what crosses its border is a consent."""
    county = Organization.Kind.COUNTY
    owners = Organization.objects.filter(unit__in=units).exclude(kind=county)
    inside = recipient.kind == county and not owners.exists()
    return Permit.Kind.DISCLOSURE_PERMIT if inside else Permit.Kind.CONSENT


def _follow(permit: Permit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select permits.follow(%s)", [permit.pk])


def _answer(request: PermitRequest, answer: str, by: PortalActor, permit: Permit | None) -> None:
    changed = PermitRequest.objects.filter(pk=request.pk, answer="").update(
        answer=answer, answered_at=by.now, permit=permit
    )
    if not changed:
        raise RuleBroken(_("Tähän on jo vastattu."))
