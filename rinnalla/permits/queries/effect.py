"""What ends with a permit, and what it has handed out: asked of the database, shown by name."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rinnalla.clients.models import Client
from rinnalla.lib.days import helsinki_day
from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.models import Permit
from rinnalla.permits.queries.lines import units_by_organization


@dataclass(frozen=True)
class Pair:
    """One unit's data to one recipient; `closes` unless another permit leaves it open."""

    recipient: Organization | Unit
    unit: Unit
    closes: bool

    @property
    def facts(self) -> dict[str, str]:
        """As the journal keeps it."""
        return {"to": str(self.recipient.pk), "unit": str(self.unit.pk)}


@dataclass(frozen=True)
class Sight:
    """Whose data one recipient sees, or no longer sees."""

    who: str
    whose: list[str]


@dataclass(frozen=True)
class Disclosed:
    """Something that an act handed out by the permit to a unit or an organization: it cannot be
    recalled."""

    at: datetime
    to: Organization | Unit
    what: Sequence[str]

    @property
    def words(self) -> str:
        """What it was, in the reader's language."""
        known = {
            "application": _("hakemus tiimille"),
            "agenda": _("asia kokouksen esityslistalla"),
            "consultation": _("läsnä asian käsittelyssä"),
            "view": _("näkemys asiasta"),
            "column": _("lisäys taulukkoon"),
            "screen": _("yhteinen näyttö"),
            "outcome": _("suositus tai päätös"),
            "case": _("yhteinen työ"),
        }
        return ", ".join(known.get(one, one) for one in self.what)


@dataclass(frozen=True)
class Told:
    """What the journal tells of one permit."""

    disclosed: list[Disclosed]
    closed: list[Sight]


def effect_of(permit: Permit) -> list[Pair]:
    """Each unit's data that the permit opens now, to each recipient."""
    rows = _rows("select * from permits.effect(%s)", permit.pk)
    parties = _parties(key for row in rows for key in row[:3])
    return [
        Pair(parties[organization or recipient], _unit(parties, unit), closes)
        for organization, recipient, unit, closes in rows
    ]


def shut_by(
    client: Client,
    units: Sequence[Unit],
    organizations: Sequence[Organization],
    recipient_units: Sequence[Unit],
) -> list[Pair]:
    """What a denial with these parts would close now, as far as it concerns the reader."""
    keys = [[row.pk for row in rows] for rows in (units, organizations, recipient_units)]
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from permits.shut_by(%s, %s::uuid[], %s::uuid[], %s::uuid[])",
            [client.pk, *keys],
        )
        rows = list(cursor.fetchall())
    parties = _parties(key for row in rows for key in row)
    return [
        Pair(parties[organization or recipient], _unit(parties, unit), closes=True)
        for organization, recipient, unit in rows
    ]


def sights(pairs: Iterable[Pair]) -> list[Sight]:
    """The pairs recipient by recipient, as the page says them."""
    groups: dict[str, list[Unit]] = {}
    for pair in pairs:
        groups.setdefault(pair.recipient.name, []).append(pair.unit)
    return [Sight(who, units_by_organization(units)) for who, units in sorted(groups.items())]


def told_of(permit: Permit) -> Told:
    """What was handed out by the permit, newest first, and what closed when it ended."""
    found = _rows("select at, kind, facts from permits.told_of(%s)", permit.pk)
    rows = [(at, kind, json.loads(facts)) for at, kind, facts in found]
    out = [(at, facts) for at, kind, facts in rows if kind == "disclosed"]
    ended = [
        pair for _at, kind, facts in rows if kind != "disclosed" for pair in facts.get("closed", [])
    ]
    keys = [_receiver(facts) for _at, facts in out]
    keys += [key for pair in ended for key in pair.values()]
    parties = _parties(UUID(key) for key in keys)
    # Several people of one unit received the same: it is told once.
    handed = {
        (helsinki_day(at), _receiver(facts), tuple(facts["what"])): Disclosed(
            at, parties[UUID(_receiver(facts))], facts["what"]
        )
        for at, facts in out
    }
    closed = [
        Pair(parties[UUID(pair["to"])], _unit(parties, UUID(pair["unit"])), closes=True)
        for pair in ended
    ]
    return Told(list(handed.values())[::-1], sights(closed))


def _receiver(facts: dict[str, Any]) -> str:
    key: str = facts.get("unit") or facts["organization"]
    return key


def _parties(keys: Iterable[UUID | None]) -> dict[UUID, Organization | Unit]:
    wanted = {key for key in keys if key}
    units = Unit.objects.select_related("organization").filter(pk__in=wanted)
    organizations = Organization.objects.filter(pk__in=wanted)
    found: dict[UUID, Organization | Unit] = {unit.pk: unit for unit in units}
    return found | {organization.pk: organization for organization in organizations}


def _unit(parties: dict[UUID, Organization | Unit], key: UUID) -> Unit:
    party = parties[key]
    assert isinstance(party, Unit)
    return party


def _rows(statement: str, permit: UUID) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [permit])
        return list(cursor.fetchall())
