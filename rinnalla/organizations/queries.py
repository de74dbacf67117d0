"""Questions about the county that need no actor: proposed areas, settings, teams, sessions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Case, Model, OuterRef, Q, QuerySet, Subquery, Value, When

from rinnalla.lib.days import helsinki_day, start_of
from rinnalla.lib.ordering import alphabetical
from rinnalla.organizations.models import MunicipalityArea, Setting, Team, TeamSession

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class ProposedArea:
    """Which team and employment unit serve a municipality on a day: a proposal, no rule."""

    municipality: str
    team_id: UUID
    team_name: str
    employment_unit_id: UUID
    employment_unit_code: str
    employment_unit_name: str


@dataclass(frozen=True)
class TeamChoice:
    """A team that one can apply to, with its area, convener and next session."""

    id: UUID
    code: str
    name: str
    kind: str
    kind_name: str
    area: str
    convener_name: str
    convener_phone: str
    next_session: datetime | None


@dataclass(frozen=True)
class SessionAhead:
    """A session of a team that is today or later."""

    id: UUID
    starts_at: datetime
    place: str


def setting(key: str, day: date, default: str = "") -> str:
    """The county's choice that holds on the day."""
    found = holding_setting(key, day).first()
    return default if found is None else found.value


def holding_setting(key: str, day: date) -> QuerySet[Setting]:
    """The row of the same, first of those found, with the day from which it holds."""
    return _holding(Setting.objects.filter(key=key), day).order_by("-begins")


def proposed_area(municipality_code: str, day: date) -> ProposedArea | None:
    """The area that a home municipality proposes on the day, a work-ability team before others."""
    areas = _holding(MunicipalityArea.objects.filter(municipality=municipality_code), day)
    area = (
        areas.select_related("municipality", "team", "employment_unit")
        .order_by(_work_ability_first("team__"), *alphabetical("team__name"), "-begins")
        .first()
    )
    if area is None:
        return None
    unit = area.employment_unit
    return ProposedArea(
        area.municipality.name, area.team_id, area.team.name, unit.id, unit.code, unit.name
    )


def teams_to_apply_to(day: date) -> list[TeamChoice]:
    """All teams, work-ability teams first, with the next session from the day on."""
    ahead = TeamSession.objects.filter(team=OuterRef("pk"), starts_at__gte=start_of(day))
    teams = (
        Team.objects.select_related("convener__user")
        .annotate(next_session=Subquery(ahead.order_by("starts_at").values("starts_at")[:1]))
        .order_by(_work_ability_first(), *alphabetical("name"))
    )
    return [_choice(team) for team in teams]


def sessions_ahead(team_id: UUID, now: datetime) -> list[SessionAhead]:
    """The team's sessions of today and later, the nearest first."""
    since = start_of(helsinki_day(now))
    sessions = TeamSession.objects.filter(team=team_id, starts_at__gte=since).order_by("starts_at")
    return [SessionAhead(*row) for row in sessions.values_list("id", "starts_at", "place")]


def _choice(team: Team) -> TeamChoice:
    convener = team.convener
    return TeamChoice(
        id=team.id,
        code=team.code,
        name=team.name,
        kind=team.kind,
        kind_name=team.get_kind_display(),
        area=team.area,
        convener_name=convener.user.get_full_name(),
        convener_phone=convener.phone,
        next_session=getattr(team, "next_session", None),
    )


def _holding(rows: QuerySet[M], day: date) -> QuerySet[M]:
    """Of rows that hold from day to day, those that hold on this one."""
    return rows.filter(Q(ends=None) | Q(ends__gte=day), begins__lte=day)


def _work_ability_first(prefix: str = "") -> Case:
    is_first = When(**{f"{prefix}kind": Team.Kind.WORK_ABILITY.value}, then=Value(0))
    return Case(is_first, default=Value(1))
