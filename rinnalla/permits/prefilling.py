"""What the address prefills a permit's form with: a request, a seat, a unit, a recipient."""

from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.clients.models import Client
from rinnalla.organizations.models import Organization, TeamSeat, Unit
from rinnalla.permits.access import request_for
from rinnalla.permits.models import Permit, PermitRequest


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
    reason = query.get("reason", "")[:300] or _("Asian käsittely tiimissä")
    if request:
        units = list(Unit.objects.filter(permitrequestunit__request=request))
        recipients, reason = [request.recipient], request.reason
    return {
        "units": units,
        "organizations": recipients,
        "recipient": recipients[0] if recipients else None,
        "purpose": reason,
        "reason": reason,
        "begins": actor.today,
        "given_on": actor.today,
        "given_by": Permit.Giver.CLIENT,
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
