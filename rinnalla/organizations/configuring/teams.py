"""Teams with seats, members and sessions, and which of them serve a municipality."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rinnalla.organizations.configuring.parts import Parts, load_municipalities
from rinnalla.organizations.configuring.people import People
from rinnalla.organizations.configuring.store import Tally, Wanted, keep, keep_units
from rinnalla.organizations.configuring.tables import Folder, Row
from rinnalla.organizations.models import (
    Membership,
    MunicipalityArea,
    Team,
    TeamMember,
    TeamSeat,
    TeamSession,
)

Role = Membership.Role
Teams = dict[str, Team]


def load_teams(county: Folder, parts: Parts, people: People, tally: Tally, now: datetime) -> None:
    """Bring teams and what belongs to them up to the files."""
    teams = _load_teams(county, parts, people, tally)
    seats = _load_seats(county, parts, teams, tally)
    _load_members(county, parts, people, (teams, seats), (tally, now))
    _load_sessions(county, teams, tally)
    _load_areas(county, parts, teams, tally)


def _load_teams(county: Folder, parts: Parts, people: People, tally: Tally) -> Teams:
    known = set(Team.objects.values_list("code", flat=True))
    wanted = []
    for row in county.rows("tiimit"):
        unit = row.one_of("YKSIKKO", parts.units)
        convener = people.member(row, "KOOLLEKUTSUJA", {unit.id}, Role.CONVENER)
        values: dict[str, Any] = {
            "code": row.text("KOODI"),
            "name": row.text("NIMI"),
            "kind": row.choice("LAJI", Team.Kind),
            "area": row.text("ALUE"),
            "consultation_days": row.number("KONSULTAATIO_PV"),
            "meeting_days": row.number("TAPAAMINEN_PV"),
        }
        if convener:
            values["convener_id"] = convener.id
        elif values["code"] not in known:
            row.refuse("KOOLLEKUTSUJA", _("koollekutsujan jäsenyys on päättynyt"))
        wanted.append(Wanted(row, values))
    kept = keep(Team.objects.all(), ("code",), wanted, tally)
    tally.teams |= {team.id for team in kept.changed}
    tally.notes += [
        _("Tiimi %s ei ole enää tiedostossa; se jää, koska sillä voi olla asioita.") % team.code
        for team in kept.vanished
    ]
    return {code: team for (code,), team in kept.rows.items()}


def _load_seats(
    county: Folder, parts: Parts, teams: Teams, tally: Tally
) -> dict[tuple[UUID, str], TeamSeat]:
    rows = county.rows("tiimien_paikat")
    wanted, units = [], []
    for row in rows:
        organization = row.one_of("ORGANISAATIO", parts.organizations)
        own = row.all_of("YKSIKOT", parts.units)
        if any(unit.organization_id != organization.id for unit in own):
            row.refuse("YKSIKOT", _("yksikkö on toisen organisaation"))
        units.append([unit.id for unit in own])
        values = {
            "team_id": row.one_of("TIIMI", teams).id,
            "code": row.text("PAIKKA"),
            "name": row.text("NIMI"),
            "organization_id": organization.id,
            "position": row.number("JARJESTYS"),
        }
        wanted.append(Wanted(row, values))
    kept = keep(TeamSeat.objects.all(), ("team_id", "code"), wanted, tally)
    seats = list(kept.rows.values())
    keep_units(
        TeamSeat.units.through, "teamseat", dict(zip([s.id for s in seats], units, strict=True))
    )
    tally.notes += [
        _("Paikka %s ei ole enää tiedostossa; se jää tyhjäksi.") % seat.code
        for seat in kept.vanished
    ]
    return {(seat.team_id, seat.code): seat for seat in seats}


def _load_members(
    county: Folder,
    parts: Parts,
    people: People,
    found: tuple[Teams, dict[tuple[UUID, str], TeamSeat]],
    run: tuple[Tally, datetime],
) -> None:
    teams, seats = found
    tally, now = run
    wanted = []
    for row in county.rows("tiimien_jasenet"):
        unit = row.one_of("YKSIKKO", parts.units)
        team = row.one_of("TIIMI", teams)
        of_team = {code: seat for (team_id, code), seat in seats.items() if team_id == team.id}
        seat = row.one_of("PAIKKA", of_team)
        if member := people.member(row, "TUNNUS", {unit.id}, Role.PRACTITIONER):
            values = {"seat_id": seat.id, "membership_id": member.id, "begins": row.day("ALKAA")}
            wanted.append(Wanted(row, values))
    kept = keep(
        TeamMember.objects.filter(ended_at=None), ("seat_id", "membership_id"), wanted, tally
    )
    gone = [place.id for place in kept.vanished]
    TeamMember.objects.filter(id__in=gone).update(ended_at=now)
    tally.of("tiimien_jasenet.csv").ended += len(gone)
    changed = [place.seat_id for place in (*kept.new, *kept.vanished)]
    tally.teams |= set(TeamSeat.objects.filter(id__in=changed).values_list("team_id", flat=True))


def _load_sessions(county: Folder, teams: Teams, tally: Tally) -> None:
    wanted = [
        Wanted(
            row,
            {
                "team_id": row.one_of("TIIMI", teams).id,
                "starts_at": row.instant("PAIVA", "KLO"),
                "place": row.optional("PAIKKA"),
            },
        )
        for row in county.rows("kokoukset")
    ]
    kept = keep(TeamSession.objects.all(), ("team_id", "starts_at"), wanted, tally)
    if kept.vanished:
        tally.notes.append(
            _("Kokouksia, joita tiedostossa ei enää ole: %d. Ne jäävät.") % len(kept.vanished)
        )


def _load_areas(county: Folder, parts: Parts, teams: Teams, tally: Tally) -> None:
    rows = county.rows("kunnat")
    municipalities = load_municipalities(rows, tally)
    wanted = []
    for row in rows:
        begins = row.day("ALKAEN")
        values = {
            "municipality_id": row.one_of("KUNTA", municipalities).code,
            "team_id": row.one_of("TIIMI", teams).id,
            "employment_unit_id": row.one_of("TYOLLISYYSYKSIKKO", parts.units).id,
            "begins": begins,
            "ends": row.last_day("PAATTYEN", begins),
        }
        wanted.append(Wanted(row, values))
    _check_overlaps(wanted, {team.id: team.kind for team in teams.values()})
    key = ("municipality_id", "team_id", "begins")
    kept = keep(MunicipalityArea.objects.all(), key, wanted, tally)
    # The file tells former areas, too, so what it no longer tells was never meant.
    MunicipalityArea.objects.filter(id__in=[area.id for area in kept.vanished]).delete()


def _check_overlaps(wanted: list[Wanted], kinds: dict[UUID, str]) -> None:
    spans: dict[tuple[Any, ...], list[Wanted]] = defaultdict(list)
    for want in wanted:
        # A centre's team serves a part of a municipality, so there may be several.
        kind = kinds[want.values["team_id"]]
        if kind != Team.Kind.CENTRE:
            spans[want.values["municipality_id"], kind].append(want)
    for same in spans.values():
        same.sort(key=lambda want: want.values["begins"])
        for earlier, later in zip(same, same[1:], strict=False):
            if later.values["begins"] <= (earlier.values["ends"] or date.max):
                _refuse_overlap(later.row)


def _refuse_overlap(row: Row) -> None:
    row.refuse("ALKAEN", _("kunnalla on samana päivänä kaksi samanlaista tiimiä"))
