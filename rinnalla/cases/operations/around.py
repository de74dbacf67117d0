"""Around the worker: the own team, ways of contact, and cover during an absence."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record_sharing
from rinnalla.cases import events
from rinnalla.cases.access import carries, reaches, require
from rinnalla.cases.models import Case, ContactWay, Cover, TeamPlace
from rinnalla.cases.operations.whole import changed, follow, locked, note, recorded
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Membership


@dataclass(frozen=True)
class Place:
    """Who takes part: a professional by membership, or a close one by name and contact."""

    role: str
    membership: UUID | None = None
    person: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Ways:
    """How the worker is reached: number, hours, and what else was agreed."""

    phone: str
    hours: str
    ways: str = ""


def _open(case: Case, by: Actor) -> Case:
    case = locked(case)
    require(carries(by, case))
    if case.state not in Case.OPEN:
        raise RuleBroken(changed(case))
    return case


@transaction.atomic
def add_to_team(case: Case, *, by: Actor, place: Place) -> TeamPlace:
    """Gives somebody a place in the own team; a professional works with the client from now on."""
    case = _open(case, by)
    if (
        place.membership
        and case.teamplaces.filter(membership=place.membership, ended_at=None).exists()
    ):
        raise RuleBroken(_("Hän on jo omassa tiimissä."))
    if place.membership:
        _require_open(place.membership)
    made = TeamPlace.objects.create(
        **recorded(case, by),
        membership_id=place.membership,
        person=place.person,
        contact=place.contact,
        role=place.role,
        added_by_id=by.membership_id,
        began_at=by.now,
    )
    follow(case)
    note(case, events.TEAM_PLACE_GIVEN, by, place=str(made.pk))
    if place.membership:
        thing = ("case", case.pk)
        record_sharing(case.client_id, [place.membership], [case.unit_id], thing=thing, what="case")
    return made


@transaction.atomic
def remove_from_team(place: TeamPlace, *, by: Actor) -> None:
    """Ends a place: what it opened is closed at once."""
    case = _open(place.case, by)
    if not TeamPlace.objects.filter(pk=place.pk, ended_at=None).update(ended_at=by.now):
        raise RuleBroken(_("Paikka on jo päättynyt. Lataa sivu uudelleen."))
    follow(case)
    note(case, events.TEAM_PLACE_ENDED, by, place=str(place.pk))


@transaction.atomic
def agree_on_contact(case: Case, *, by: Actor, ways: Ways) -> ContactWay:
    """Records how the client reaches the worker; the ways before end."""
    case = _open(case, by)
    if case.state != Case.State.ACTIVE:
        raise RuleBroken(_("Nimeä ensin vastuutyöntekijä."))
    case.contactways.filter(ended_at=None).update(ended_at=by.now)
    made = ContactWay.objects.create(
        **recorded(case, by),
        phone=ways.phone,
        ways=ways.ways,
        hours=ways.hours,
        agreed_by_id=by.membership_id,
        began_at=by.now,
    )
    note(case, events.CONTACT_WAYS_AGREED, by)
    return made


@transaction.atomic
def record_cover(case: Case, *, by: Actor, who: UUID, begins: date, ends: date) -> Cover:
    """Somebody answers for the actor from a day through a day, and sees the client only then."""
    case = _open(case, by)
    mine = case.assignments.filter(membership=by.membership_id, is_open=True).first()
    if mine is None:
        raise PermissionDenied
    if ends < begins:
        raise RuleBroken(_("Poissaolo ei voi päättyä ennen kuin se alkaa."))
    if ends < by.today:
        raise RuleBroken(_("Poissaolo on jo ohi. Valitse tuleva päivä."))
    if who == by.membership_id:
        raise RuleBroken(_("Et voi olla oma sijaisesi."))
    _require_open(who)
    if not reaches(case, who):
        raise RuleBroken(_("Sijainen työskentelee muualla. Pyydä ensin asiakkaalta suostumus."))
    case.covers.filter(membership=who, ended_at=None, ends__lt=by.today).update(ended_at=by.now)
    overlapping = case.covers.filter(ended_at=None, begins__lte=ends, ends__gte=begins)
    if overlapping.exists() or case.covers.filter(membership=who, ended_at=None).exists():
        raise RuleBroken(_("Näille päiville on jo sijainen. Päätä ensin entinen."))
    made = Cover.objects.create(
        **recorded(case, by),
        assignment=mine,
        membership_id=who,
        begins=begins,
        ends=ends,
        recorded_by_id=by.membership_id,
        recorded_at=by.now,
    )
    follow(case)
    note(case, events.COVER_RECORDED, by, cover=str(who))
    return made


@transaction.atomic
def end_cover(cover: Cover, *, by: Actor) -> None:
    """Ends a cover; the one who covered sees nothing more."""
    case = _open(cover.case, by)
    if not Cover.objects.filter(pk=cover.pk, ended_at=None).update(ended_at=by.now):
        raise RuleBroken(_("Sijaisuus on jo päättynyt. Lataa sivu uudelleen."))
    follow(case)
    note(case, events.COVER_ENDED, by, cover=str(cover.membership_id))


def _require_open(membership: UUID) -> None:
    member = Membership.objects.select_related("user").get(pk=membership)
    if not member.is_open:
        name = {"name": member.user.get_full_name()}
        raise RuleBroken(_("%(name)s ei ole enää tässä tehtävässä. Valitse toinen.") % name)
