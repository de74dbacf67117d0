"""What the address prefills a permit's form with: a request, a seat, a unit, a recipient."""

from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.clients.models import Client
from rinnalla.lib.days import months_later
from rinnalla.organizations.models import Organization, TeamSeat, Unit
from rinnalla.organizations.queries import setting
from rinnalla.permits.access import request_for
from rinnalla.permits.models import Permit, PermitRequest
from rinnalla.permits.queries import PermitLine


def asked_by(actor: Actor, client: Client, public_id: str) -> PermitRequest | None:
    """The request that the permit answers; one of another client is not found."""
    if not public_id:
        return None
    request = request_for(actor, _uuid(public_id))
    if request.client_id != client.pk:
        raise Http404
    return request


def prefilled(
    actor: Actor, query: QueryDict, request: PermitRequest | None = None
) -> dict[str, Any]:
    """Initial values of the form: what the address names, today, and the client as the giver."""
    units, recipients = _units(query), _recipients(actor, query)
    reason = query.get("reason", "")[:300]
    if request:
        units = list(Unit.objects.filter(permitrequestunit__request=request))
        recipients, reason = [request.recipient], request.reason
    return {
        "units": units,
        "organizations": recipients,
        "recipient": recipients[0] if recipients else None,
        "purpose_code": Permit.Purpose.MATTER,
        "purpose": reason,
        "reason": reason or _("Asian käsittely tiimissä"),
        "begins": actor.today,
        "given_on": actor.today,
        "given_by": Permit.Giver.CLIENT,
    }


def told_before(client: Client, lines: list[PermitLine]) -> dict[str, Any]:
    """The client's language, and the informing that the newest permit tells of."""
    known = next((line.permit for line in lines if line.permit.informed_on), None)
    found: dict[str, Any] = {"language": client.contact_language}
    for name in ("informed_on", "informed_way", "informed_language", "informed_by", "leaflet"):
        if known is not None:
            found[name] = getattr(known, name)
    return found


def of_permit(actor: Actor, line: PermitLine, *, renew: bool) -> dict[str, Any]:
    """A new version's form, filled with the old one; a renewal goes on for the county's months."""
    permit = line.permit
    ends = permit.ends
    if renew:
        months = int(setting("permit_months", actor.today, "12"))
        ends = months_later(max(ends or actor.today, actor.today), months)
    same = ("purpose", "given_by", "language", "explained_by", "helped_by")
    informing = ("informed_on", "informed_way", "informed_language", "informed_by", "leaflet")
    return {name: getattr(permit, name) for name in (*same, *informing)} | {
        "units": line.units,
        "organizations": [one.organization for one in line.recipients if one.organization],
        "recipient_units": [one.unit for one in line.recipients if one.unit],
        "purpose_code": permit.purpose_code or Permit.Purpose.OTHER,
        "begins": actor.today,
        "ends": ends,
        "given_on": actor.today,
    }


def _units(query: QueryDict) -> list[Unit]:
    if seat := query.get("seat"):
        return list(Unit.objects.filter(teamseat=TeamSeat.objects.filter(pk=_uuid(seat)).first()))
    return list(Unit.objects.filter(pk__in=[_uuid(key) for key in query.getlist("unit")]))


def _recipients(actor: Actor, query: QueryDict) -> list[Organization]:
    keys = [_uuid(key) for key in query.getlist("to")] or [actor.organization_id]
    return list(Organization.objects.filter(pk__in=keys))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
