"""The client gives and withdraws permits: the act is the client's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rinnalla.access.models import Mandate
from rinnalla.access.portal_actor import PortalActor
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Organization, Unit
from rinnalla.organizations.queries import setting
from rinnalla.permits.models import Permit, PermitRequest
from rinnalla.permits.operations import Giving, Informing, Scope, change_permit, record_permit
from rinnalla.portal.queries.wills import named_units


def may_give(by: PortalActor) -> bool:
    """Whether the county lets one who signed in by link and code give a permit."""
    return setting("permits_by_link", by.today, "no") == "yes"


@transaction.atomic
def give(request: PermitRequest, *, by: PortalActor, ends: date | None) -> Permit:
    """Gives what was asked for, having read on the page what it changes; it is in force at once."""
    if not may_give(by):
        raise RuleBroken(_("Et voi antaa lupaa täällä. Soita yhteyshenkilöllesi."))
    units = Unit.objects.select_related("organization")
    scope = Scope(
        units=list(units.filter(permitrequestunit__request=request)),
        organizations=[request.recipient],
        purpose=request.reason,
        ends=ends,
    )
    return record_permit(request.client, by=by, scope=scope, giving=_giving(by), answers=request)


@dataclass(frozen=True)
class Will:
    """What a client decides: whose data, to or from which organizations, through which day."""

    units: Sequence[Unit]
    organizations: Sequence[Organization]
    ends: date | None


@transaction.atomic
def deny(client: Client, *, by: PortalActor, will: Will) -> Permit:
    """The client denies; it closes at once, and whom it shuts out is told by a worker."""
    scope = Scope(will.units, list(will.organizations), ends=will.ends, denies=True)
    return record_permit(client, by=by, scope=scope, giving=_giving(by))


@transaction.atomic
def change(permit: Permit, *, by: PortalActor, will: Will) -> Permit:
    """A new version of what the client gave takes the old one's place; what it was for stays."""
    if not may_give(by):
        raise RuleBroken(_("Et voi antaa lupaa täällä. Soita yhteyshenkilöllesi."))
    if permit.kind == Permit.Kind.DENIAL:
        raise RuleBroken(_("Kieltoa ei muuteta. Peru se ja tee uusi."))
    scope = Scope(
        will.units,
        list(will.organizations),
        named_units(permit),
        purpose_code=permit.purpose_code,
        purpose=permit.purpose,
        ends=will.ends,
    )
    return change_permit(permit, by=by, scope=scope, giving=_giving(by))


def _giving(by: PortalActor) -> Giving:
    language = (get_language() or "fi")[:2]
    return Giving(
        given_on=by.today,
        form=Permit.Form.PORTAL,
        given_by=Permit.Giver.GUARDIAN if by.mandate_id else Permit.Giver.CLIENT,
        mandate=Mandate.objects.get(pk=by.mandate_id) if by.mandate_id else None,
        language=language,
        informing=Informing(by.today, Permit.InformedBy.PORTAL, language),
    )
