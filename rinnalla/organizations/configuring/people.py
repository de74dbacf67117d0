"""Work tasks, accounts, memberships and managers; a membership ends by an act, never by a file."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from rinnalla.accounts.models import User
from rinnalla.lib.days import helsinki_day
from rinnalla.organizations.configuring.parts import Parts
from rinnalla.organizations.configuring.store import Kept, Tally, Wanted, keep, keep_units
from rinnalla.organizations.configuring.tables import BadFile, Folder, Row
from rinnalla.organizations.models import Membership, Organization, Unit, WorkTask

Role = Membership.Role
# Account, unit and role: what a membership is known by.
Place = tuple[UUID, UUID, str]


@dataclass(frozen=True)
class People:
    """Who is there: accounts by name, open memberships, and those that an act ended for good."""

    users: dict[str, User]
    open: list[Membership]
    ended: set[Place]

    def member(
        self, row: Row, column: str, units: set[UUID], role: Membership.Role
    ) -> Membership | None:
        """The named person's open membership in one of the units; None when an act has ended it."""
        user = row.one_of(column, self.users)
        for membership in self.open:
            who = (membership.user_id, membership.role)
            if who == (user.id, role.value) and membership.unit_id in units:
                return membership
        if not any((user.id, unit, role.value) in self.ended for unit in units):
            reason = _("henkilöllä %(user)s ei ole avointa jäsenyyttä täällä roolissa ”%(role)s”")
            row.refuse(column, reason % {"user": user.username, "role": role.label})
        return None


def load_people(county: Folder, parts: Parts, tally: Tally) -> People:
    """Bring work tasks, accounts, memberships and managers up to the files."""
    tasks = _load_tasks(county, parts, tally)
    rows = county.rows("henkilosto")
    users = _load_users(rows)
    ended = _last_days()
    opened = _load_memberships(rows, parts, (users, tasks, ended), tally)
    people = People(users, opened, set(ended))
    _load_managers(county, parts, people, tally)
    return people


def _load_tasks(county: Folder, parts: Parts, tally: Tally) -> dict[str, WorkTask]:
    rows = county.rows("tyotehtavat")
    wanted = [Wanted(row, {"code": row.text("KOODI"), "name": row.text("NIMI")}) for row in rows]
    kept = keep(WorkTask.objects.all(), ("code",), wanted, tally)
    tasks = {code: task for (code,), task in kept.rows.items()}
    units = {
        tasks[row.text("KOODI")].id: [unit.id for unit in row.all_of("YKSIKOT", parts.units)]
        for row in rows
    }
    keep_units(WorkTask.units.through, "worktask", units)
    return tasks


def _load_users(rows: list[Row]) -> dict[str, User]:
    known = {user.username: user for user in User.objects.all()}
    wanted: dict[str, Wanted] = {}
    for row in rows:
        name = row.text("TUNNUS")
        values = {
            "username": name,
            "first_name": row.text("ETUNIMI"),
            "last_name": row.text("SUKUNIMI"),
        }
        if name in wanted and wanted[name].values != values:
            row.refuse("SUKUNIMI", _("sama tunnus on toisella rivillä toisen nimisellä"))
        wanted[name] = Wanted(row, values)
    kept = keep(User.objects.all(), ("username",), wanted.values(), Tally())
    for user in kept.new:
        user.set_unusable_password()
    User.objects.bulk_update(kept.new, ["password"])
    return known | {name: user for (name,), user in kept.rows.items()}


def _load_memberships(
    rows: list[Row],
    parts: Parts,
    people: tuple[dict[str, User], dict[str, WorkTask], dict[Place, date]],
    tally: Tally,
) -> list[Membership]:
    users, tasks, last_days = people
    is_active = {user.id: user.is_active for user in users.values()}
    wanted = []
    for row in rows:
        values = _membership(row, parts, users, tasks)
        ended = last_days.get((values["user_id"], values["unit_id"], values["role"]))
        if is_active[values["user_id"]] and (ended is None or values["begins"] > ended):
            wanted.append(Wanted(row, values))
        else:
            tally.notes.append(_("Päättynyt teolla, ei avata: %s.") % _named(row))
    kept = keep(
        Membership.objects.filter(ended_at=None), ("user_id", "unit_id", "role"), wanted, tally
    )
    _tell_vanished(kept, users, parts, tally)
    return [*kept.rows.values(), *kept.vanished]


def _last_days() -> dict[Place, date]:
    """The last day of ended memberships that have not been opened again."""
    ended = Membership.objects.exclude(ended_at=None).order_by("ended_at")
    days = {(m.user_id, m.unit_id, m.role): helsinki_day(m.ended_at) for m in ended if m.ended_at}
    for open_one in Membership.objects.filter(ended_at=None):
        days.pop((open_one.user_id, open_one.unit_id, open_one.role), None)
    return days


def _membership(
    row: Row, parts: Parts, users: dict[str, User], tasks: dict[str, WorkTask]
) -> dict[str, Any]:
    begins = row.day("ALKAA")
    task = row.one_of("TYOTEHTAVA", tasks) if row.optional("TYOTEHTAVA") else None
    return {
        "user_id": users[row.text("TUNNUS")].id,
        "unit_id": row.one_of("YKSIKKO", parts.units).id,
        "role": row.choice("ROOLI", Role),
        "title": row.text("NIMIKE"),
        "phone": row.text("PUHELIN"),
        "email": _email(row),
        "work_task_id": task and task.id,
        "begins": begins,
        "planned_end": row.last_day("PAATTYY", begins),
    }


def _email(row: Row) -> str:
    """Where calls to meetings go, if the file has that column at all."""
    written = row.optional("SAHKOPOSTI")
    try:
        if written:
            validate_email(written)
    except ValidationError:
        row.refuse("SAHKOPOSTI", _("”%s” ei ole sähköpostiosoite") % written)
    return written


def _named(row: Row) -> str:
    return f"{row.text('TUNNUS')}, {row.text('YKSIKKO')}, {row.text('ROOLI')}"


def _tell_vanished(
    kept: Kept[Membership], users: dict[str, User], parts: Parts, tally: Tally
) -> None:
    names = {user.id: user.username for user in users.values()}
    codes = {unit.id: unit.code for unit in parts.units.values()}
    tally.notes += [
        _("Ei tiedostossa, päättyy vain teolla: %(user)s, %(unit)s, %(role)s.")
        % {
            "user": names.get(gone.user_id, str(gone.user_id)),
            "unit": codes.get(gone.unit_id, str(gone.unit_id)),
            "role": gone.get_role_display(),
        }
        for gone in kept.vanished
    ]


def _load_managers(county: Folder, parts: Parts, people: People, tally: Tally) -> None:
    organizations: list[Wanted] = []
    units: list[Wanted] = []
    for row in county.rows("esihenkilot"):
        organization = row.one_of("ORGANISAATIO", parts.organizations)
        own = {u.id for u in parts.units.values() if u.organization_id == organization.id}
        manager = people.member(row, "TUNNUS", own, Role.UNIT_MANAGER)
        if manager is None:
            continue
        led = {"manager_id": manager.id}
        if row.optional("YKSIKKO"):
            of_own = {code: u for code, u in parts.units.items() if u.id in own}
            units.append(Wanted(row, {"code": row.one_of("YKSIKKO", of_own).code, **led}))
        else:
            organizations.append(Wanted(row, {"code": organization.code, **led}))
    keep(Organization.objects.all(), ("code",), organizations, tally)
    kept = keep(Unit.objects.all(), ("code",), units, tally)
    # A unit that is no longer named is led by its organization's manager.
    Unit.objects.filter(id__in=[unit.id for unit in kept.vanished]).update(manager=None)
    _check_managers()


def _check_managers() -> None:
    alone = Unit.objects.filter(manager=None, organization__manager=None).order_by("code").first()
    if alone:
        sentence = _("esihenkilot.csv: yksiköllä %s ei ole esihenkilöä, eikä sen organisaatiolla.")
        raise BadFile(sentence % alone.code)
