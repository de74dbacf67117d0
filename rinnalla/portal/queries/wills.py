"""A permit as its giver changes it: how it is, and what a new version would change."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from rinnalla.access.models import Mandate
from rinnalla.access.portal_actor import PortalActor
from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.models import Permit
from rinnalla.permits.queries import permits_of
from rinnalla.permits.queries.effect import Pair, effect_of, sights
from rinnalla.permits.queries.lines import denied


def mandate_of(actor: PortalActor) -> Mandate | None:
    """Within which a guardian decides."""
    return Mandate.objects.get(pk=actor.mandate_id) if actor.mandate_id else None


def named_units(permit: Permit) -> list[Unit]:
    """The single units that the permit names as recipients."""
    keys = permit.recipients.filter(unit__isnull=False).values("unit")
    return list(Unit.objects.select_related("organization").filter(pk__in=keys))


def as_it_is(permit: Permit) -> dict[str, Any]:
    """The permit's choices, as its form begins."""
    units = Unit.objects.filter(permitunit__permit=permit)
    return {
        "units": list(units),
        "organizations": list(Organization.objects.filter(permitrecipient__permit=permit)),
        "ends": permit.ends,
    }


def difference(
    permit: Permit, today: date, units: Sequence[Unit], organizations: Sequence[Organization]
) -> dict[str, Any]:
    """What the new version no longer opens, and what it opens that the old one did not.

    A denial in force keeps shut what the new version would open.
    """
    now, wills = effect_of(permit), permits_of(permit.client, today)
    kept = {unit.pk for unit in units}
    parties: list[Organization | Unit] = [*organizations, *named_units(permit)]
    to = {party.pk for party in parties}
    closes = [
        pair for pair in now if pair.closes and (pair.unit.pk not in kept or _party(pair) not in to)
    ]
    known = {(_party(pair), pair.unit.pk) for pair in now}
    opens = [
        Pair(party, unit, closes=False)
        for party in parties
        for unit in units
        if (party.pk, unit.pk) not in known
        and party.pk not in (unit.organization_id, unit.pk)
        and not denied(wills, unit.pk, party.pk)
    ]
    return {"closes": sights(closes), "opens": sights(opens)}


def _party(pair: Pair) -> UUID:
    return pair.recipient.pk
