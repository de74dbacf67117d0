"""Whom a meeting could be called together from: the own team, the workers, everybody at work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.cases.models import Assignment, Case, TeamPlace
from rinnalla.clients.models import Client, ClientContact
from rinnalla.meetings.access import has_own_page, unreached
from rinnalla.meetings.models import Meeting
from rinnalla.notifications.channels import is_open
from rinnalla.organizations.models import Membership

Way = Meeting.Way
# How the master's field names the channels.
WORDS = {
    "tekstiviesti": Way.SMS,
    "sähköposti": Way.EMAIL,
    "kirje": Way.PRINT,
    "puhelin": Way.CALL,
    "soitto": Way.CALL,
}


@dataclass(frozen=True)
class Proposed:
    """A professional proposed for the meeting, and why; `is_reached` when they may be told."""

    member: Membership
    reason: str
    is_reached: bool


def proposed(case: Case, actor: Actor, others: Iterable[tuple[UUID, str]] = ()) -> list[Proposed]:
    """The workers and the own team, then `others` with their reasons; each once, without the
    actor."""
    rows = Assignment.objects.filter(case=case, declined_at=None, ended_at=None)
    found = [(one.membership_id, _worker(one)) for one in rows.order_by("-is_first_contact")]
    places = TeamPlace.objects.filter(case=case, ended_at=None, membership__isnull=False)
    found += [
        (one.membership_id, one.role) for one in places.order_by("began_at") if one.membership_id
    ]
    reasons: dict[UUID, str] = {}
    for key, why in [*found, *others]:
        reasons.setdefault(key, why)
    reasons.pop(actor.membership_id, None)
    if not reasons:
        return []
    members = Membership.objects.select_related("user", "unit__organization").in_bulk(list(reasons))
    out = unreached(case, reasons)
    return [
        Proposed(members[key], why, key not in out)
        for key, why in reasons.items()
        if key in members and members[key].is_open
    ]


def _worker(one: Assignment) -> str:
    return _("vastuutyöntekijä") if one.accepted_at else _("pyydetty vastuutyöntekijäksi")


def close_ones(case: Case) -> list[TeamPlace]:
    """Those of the own team who are no professionals, by name."""
    return list(TeamPlace.objects.filter(case=case, ended_at=None, membership=None))


def ways_of(client: Client) -> list[str]:
    """How the client can be invited or reminded, as far as the reader knows; no way out of the
    house that is not open."""
    contact = ClientContact.objects.filter(client=client).first()
    found = [
        (Way.CALL, True),
        (Way.SMS, bool(contact and contact.phone) and is_open(Way.SMS)),
        (Way.EMAIL, bool(contact and contact.email) and is_open(Way.EMAIL)),
        (Way.PRINT, True),
        (Way.PORTAL, has_own_page(client)),
        (Way.NONE, True),
    ]
    return [way.value for way, there in found if there]


def usual_way(client: Client, ways: Sequence[str]) -> str:
    """What the register says of the client's own channel, if that is open; else a call."""
    contact = ClientContact.objects.filter(client=client).first()
    wished = WORDS.get(contact.way.strip().lower(), Way.CALL) if contact else Way.CALL
    return wished if wished in ways else Way.CALL


def members_of(keys: Sequence[UUID]) -> list[Membership]:
    """The professionals with these keys, in this order."""
    found = Membership.objects.select_related("user", "unit").in_bulk(list(keys))
    return [found[key] for key in keys if key in found]
