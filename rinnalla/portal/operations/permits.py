"""The client gives and withdraws permits: the act is the client's own."""

from datetime import date

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rinnalla.access.models import Mandate
from rinnalla.access.portal_actor import PortalActor
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Unit
from rinnalla.organizations.queries import setting
from rinnalla.permits.models import Permit, PermitRequest
from rinnalla.permits.operations import Giving, Informing, Scope, record_permit


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
