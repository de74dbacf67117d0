"""Which row of the access rule holds for a person and a client, in words; asked by the owner.

It reads what feeds the policies, not the policies: a test holds it to what they let be seen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import formats
from django.utils.translation import gettext as _

from rinnalla.access.queries import why
from rinnalla.access.recording import Basis
from rinnalla.accounts.models import User
from rinnalla.clients.models import Client
from rinnalla.journal.clock import now
from rinnalla.lib.days import helsinki_day
from rinnalla.organizations.models import Membership, Unit

WAYS = """
select c.cause, c.thing, c.requires, c.begins from access.circle c
where c.client = %s and c.membership = %s
  and c.begins <= rinnalla.now() and (c.ends is null or c.ends > rinnalla.now())
order by c.begins, c.cause
"""
OPENINGS = """
select o.unit, p.begins, p.ends, u.first_name || ' ' || u.last_name, p.recorded_at
from access.opening o
join permits_permit p on p.id = o.permit
left join organizations_membership m on m.id = p.recorded_by_id
left join accounts_user u on u.id = m.user_id
where o.client = %(client)s
  and (o.organization = %(organization)s or o.recipient_unit = %(unit)s)
  and o.begins <= rinnalla.now() and (o.ends is null or o.ends > rinnalla.now())
  and not exists (select from access.denial d where d.client = o.client and d.unit = o.unit
                  and d.begins <= rinnalla.now() and (d.ends is null or d.ends > rinnalla.now())
                  and (num_nonnulls(d.organization, d.recipient_unit) = 0
                       or d.organization = %(organization)s or d.recipient_unit = %(unit)s))
order by p.recorded_at
"""
DENIALS = """
select d.unit from access.denial d
where d.client = %(client)s
  and d.begins <= rinnalla.now() and (d.ends is null or d.ends > rinnalla.now())
  and (num_nonnulls(d.organization, d.recipient_unit) = 0
       or d.organization = %(organization)s or d.recipient_unit = %(unit)s)
"""
# Who has no circle, whatever rows say.
APART = (Membership.Role.ADMINISTRATOR, Membership.Role.OFFICER)
RECORD = """
select rinnalla.write_entry('access.explained', null, null, session_user::text, 'account', %s,
                            null, array[%s]::uuid[], array['process'])
"""


@dataclass
class Explained:
    """What one open membership may see of the client, and why; `readable` are units' ids."""

    membership: Membership
    circle: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    answers: dict[str, list[Unit]] = field(default_factory=dict)
    readable: set[UUID] = field(default_factory=set)


@dataclass(frozen=True)
class _Way:
    cause: str
    thing: UUID | None
    requires: UUID | None
    begins: datetime

    @property
    def words(self) -> str:
        return why(Basis(UUID(int=0), [], self.cause, self.begins))


def explain(user: User, client: Client) -> list[Explained]:
    """Each open membership of the person beside each unit; leaves a row in the journal."""
    _rows(RECORD, [user.pk, client.pk])
    units = list(Unit.objects.order_by("code"))
    with connection.cursor() as cursor:
        today = helsinki_day(now(cursor))
    memberships = Membership.objects.filter(user=user, is_open=True, begins__lte=today)
    return [
        _explain(membership, client, units)
        for membership in memberships.select_related("unit__organization").order_by("unit__code")
    ]


def _explain(membership: Membership, client: Client, units: list[Unit]) -> Explained:
    reasons = _own(membership) | _permitted(membership, client)
    ways = [_Way(*row) for row in _rows(WAYS, [client.pk, membership.pk])]
    ways = [] if membership.role in APART else ways
    counted = [way for way in ways if way.requires is None or way.requires in reasons]
    by_law = [way for way in counted if way.cause == "law"]
    found = Explained(membership, [way.words for way in counted])
    found.shared = [way.words for way in counted if way.thing is not None and way not in by_law]
    if not counted:
        found.answers = {_no_circle(ways, units): units}
        return found
    if by_law:
        words = _("laki – %(why)s") % {"why": by_law[0].words}
        reasons = {unit.pk: words for unit in units} | reasons
    found.readable = set(reasons)
    missing = _missing(membership, client)
    for unit in units:
        answer = reasons.get(unit.pk) or missing.get(unit.pk) or missing[None]
        found.answers.setdefault(answer, []).append(unit)
    return found


def _missing(membership: Membership, client: Client) -> dict[UUID | None, str]:
    """What is said of a unit that opens nothing: denied, or a permit is to be asked (None)."""
    recipient = membership.unit.organization
    values = {"client": client.pk, "unit": membership.unit_id, "organization": recipient.pk}
    ask = _("puuttuu – lupa kysyttävä, saajana %(recipient)s") % {"recipient": recipient.name}
    denied = _("puuttuu – asiakas on kieltänyt")
    return {row[0]: denied for row in _rows(DENIALS, values)} | {None: ask}


def _own(membership: Membership) -> dict[UUID, str]:
    """The row “own”: the unit itself, and the work task within the same register."""
    task = Unit.objects.filter(worktask=membership.work_task_id, register=membership.unit.register)
    return {unit.pk: _("oma – työtehtävään kuuluva yksikkö") for unit in task} | {
        membership.unit_id: _("oma – oma yksikkö")
    }


def _permitted(membership: Membership, client: Client) -> dict[UUID, str]:
    """The row “permit”: what is opened now to the unit or its organization; own comes before it."""
    own = _own(membership)
    values = {"client": client.pk, "unit": membership.unit_id}
    rows = _rows(OPENINGS, values | {"organization": membership.unit.organization_id})
    return {row[0]: _permit_words(*row[1:]) for row in rows if row[0] not in own}


def _permit_words(begins: Any, ends: Any, recorder: str | None, recorded_at: datetime) -> str:
    until = formats.date_format(ends, "SHORT_DATE_FORMAT") if ends else _("toistaiseksi")
    return _("lupa – %(begins)s–%(ends)s, kirjannut %(recorder)s %(day)s") % {
        "begins": formats.date_format(begins, "SHORT_DATE_FORMAT"),
        "ends": until,
        "recorder": recorder or _("asiakas itse"),
        "day": formats.date_format(helsinki_day(recorded_at), "SHORT_DATE_FORMAT"),
    }


def _no_circle(ways: Iterable[_Way], units: list[Unit]) -> str:
    """Nothing at all, or a way that waits for a permit."""
    codes = {unit.pk: unit.code for unit in units}
    waiting = sorted({codes[way.requires] for way in ways if way.requires})
    if not waiting:
        return _("puuttuu – ei asiayhteyttä")
    return _("puuttuu – asiayhteys alkaa vasta luvasta yksikön %(unit)s tietoihin") % {
        "unit": ", ".join(waiting)
    }


def _rows(query: str, values: Sequence[Any] | dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
