"""Which permits a matter needs, and who will see what when it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rinnalla.applications.models import Application
from rinnalla.organizations.models import Organization, Team, TeamSeat
from rinnalla.permits.queries import ClientPermits, Standing, Wanted, standings


@dataclass(frozen=True)
class Viewer:
    """An agency of the team, its people, and whether the application reaches them."""

    name: str
    people: list[str]
    sees: bool


def team_of(application: Application) -> Team:
    """The team with its convener, seats, units and members."""
    return (
        Team.objects.select_related("convener__user", "convener__unit__organization")
        .prefetch_related("seats__organization", "seats__units__organization")
        .get(pk=application.team_id)
    )


def wanted_permits(application: Application, team: Team) -> list[Wanted]:
    """The writer's own data to the others, then each agency's data to those who need it."""
    return [*_own(application, team), *_of_seats(application, team)]


def permit_rows(application: Application, team: Team, known: ClientPermits) -> list[Standing]:
    """Where each wanted permit stands."""
    return standings(wanted_permits(application, team), known)


def viewers(application: Application, team: Team, known: ClientPermits) -> list[Viewer]:
    """Who of the team gets the application to read, by the permits in force."""
    opened = {pair for line in known.in_force for pair in line.opens}
    own = application.unit

    def reached(organization: Organization, registers: set[object]) -> bool:
        return own.register_id in registers or (own.pk, organization.pk) in opened

    unit = team.convener.unit
    convener = Viewer(
        _("Koollekutsuja"),
        [f"{team.convener.user.get_full_name()}, {unit.name}"],
        reached(unit.organization, {unit.register_id}),
    )
    people = _people(team)
    return [
        convener,
        *(
            Viewer(
                seat.name,
                people.get(seat.pk, []),
                reached(seat.organization, {one.register_id for one in seat.units.all()}),
            )
            for seat in team.seats.all()
        ),
    ]


def _own(application: Application, team: Team) -> Iterator[Wanted]:
    unit = application.unit
    county = team.convener.unit
    others = {seat.organization_id: seat.organization for seat in team.seats.all()}
    if county.register_id == unit.register_id:
        others.pop(county.organization_id, None)
    elif county.organization_id != unit.organization_id:
        others = {county.organization_id: county.organization, **others}
    for organization in others.values():
        same = organization.pk == unit.organization_id
        if not same or county.register_id != unit.register_id:
            if same and county.organization_id != unit.organization_id:
                continue
            yield Wanted(_("Oman yksikkösi tiedot ja tämä hakemus"), [unit], organization)


def _of_seats(application: Application, team: Team) -> Iterator[Wanted]:
    home = application.unit.organization
    county = team.convener.unit
    for seat in team.seats.all():
        units = list(seat.units.all())
        if seat.organization_id == home.pk != county.organization_id:
            continue
        if _needs_opening(seat, county.organization_id, county.register_id):
            yield Wanted(seat.name, units, county.organization, seat.pk)
        if seat.organization_id == county.organization_id != home.pk:
            yield Wanted(seat.name, units, home, seat.pk)


def _needs_opening(seat: TeamSeat, organization: object, register: object) -> bool:
    """The convener's own register is read by work task; every other one only by permit."""
    return seat.organization_id != organization or any(
        unit.register_id != register for unit in seat.units.all()
    )


def _people(team: Team) -> dict[object, list[str]]:
    seats = TeamSeat.objects.filter(team=team, members__ended_at=None, members__isnull=False)
    rows = seats.values_list(
        "pk", "members__membership__user__first_name", "members__membership__user__last_name"
    )
    found: dict[object, list[str]] = {}
    for seat, first, last in rows:
        found.setdefault(seat, []).append(f"{first} {last}")
    return found
