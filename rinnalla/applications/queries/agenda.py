"""Sessions of the actor's teams, and the agenda of one: cases for those who may see them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications.models import AgendaItem, ApplicationText, Outcome
from rinnalla.applications.queries.case import numbers_of
from rinnalla.applications.queries.clocks import Clocks, clocks
from rinnalla.organizations.models import TeamSession


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in the list: how many cases, and how many of them wait for the reader's view."""

    id: UUID
    team: str
    starts_at: datetime
    place: str
    cases: int
    unhandled: int
    waiting: int


_SESSIONS = """
with my_teams as (
    select t.id, t.name from organizations_team t
    where t.convener_id = %(me)s
       or exists (select from organizations_teammember tm
                  join organizations_teamseat s on s.id = tm.seat_id
                  where s.team_id = t.id and tm.membership_id = %(me)s and tm.ended_at is null)
), sessions as (
    (select s.*, t.name as team from organizations_teamsession s join my_teams t on t.id = s.team_id
     where s.starts_at >= %(since)s order by s.starts_at limit 12)
    union all
    (select s.*, t.name from organizations_teamsession s join my_teams t on t.id = s.team_id
     where s.starts_at < %(since)s order by s.starts_at desc limit 8)
)
select s.id, s.team, s.starts_at, s.place, n.cases, n.unhandled,
       (select count(*) from applications_agendaitem i
        where i.session_id = s.id and i.removed_at is null and i.handled_at is null
          and exists (select from organizations_teammember tm
                      join organizations_teamseat x on x.id = tm.seat_id
                      where x.team_id = s.team_id and tm.membership_id = %(me)s
                        and tm.ended_at is null)
          and not exists (select from applications_view v
                          where v.application_id = i.application_id
                            and v.membership_id = %(me)s and v.text <> ''))
from sessions s
cross join lateral (select count(*) as cases, count(*) filter (where not a.handled) as unhandled
                    from applications.agenda_numbers(s.id) a) n
order by s.starts_at
"""


def sessions_of(actor: Actor, since: datetime) -> list[SessionRow]:
    """The next twelve sessions of the actor's teams and the last eight before `since`, by time."""
    with connection.cursor() as cursor:
        cursor.execute(_SESSIONS, {"me": actor.membership_id, "since": since})
        return [SessionRow(*row) for row in cursor.fetchall()]


def has_team(actor: Actor) -> bool:
    """Whether the actor convenes a team or has a place in one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from organizations_team where convener_id = %(me)s)"
            " or exists (select from organizations_teammember"
            " where membership_id = %(me)s and ended_at is null)",
            {"me": actor.membership_id},
        )
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True)
class AgendaRow:
    """A number on the agenda; without an item when the reader does not see the case."""

    number: int
    item: AgendaItem | None = None
    text: ApplicationText | None = None
    clocks: Clocks | None = None
    outcome: Outcome | None = None
    is_paused: bool = False
    without_view: tuple[str, ...] = ()
    out: tuple[str, ...] = ()

    @property
    def state(self) -> tuple[str, str]:
        """The case's state as a tag: its kind and its word."""
        if self.outcome:
            return ("ok", self.outcome.get_kind_display())
        if self.is_paused:
            return ("hold", _("odottaa vastausta"))
        if self.item and self.item.handled_at:
            return ("ok", _("käsitelty"))
        return ("calm", _("käsittelemättä"))


def agenda_of(session: TeamSession, actor: Actor) -> list[AgendaRow]:
    """The agenda's numbers in order, with the cases that the reader may see."""
    items = {item.number: item for item in _items(session)}
    applications = [item.application_id for item in items.values()]
    without_view = _seats_without_view(applications)
    out = _out(applications) if session.team.convener_id == actor.membership_id else {}
    outcomes = {
        o.item_id: o for o in Outcome.objects.filter(item__in=items.values(), recalled_at=None)
    }
    return [
        _row(items[place.number], actor, (without_view, out), outcomes)
        if place.number in items
        else AgendaRow(place.number)
        for place in numbers_of(session.pk)
    ]


def _items(session: TeamSession) -> Iterable[AgendaItem]:
    return (
        AgendaItem.objects.filter(session=session, removed_at=None)
        .select_related(
            "application__client",
            "application__team",
            "application__text",
            "application__unit__organization",
            "application__referrer__user",
        )
        .prefetch_related("application__informationrequests", "application__clockpauses")
        .order_by("number")
    )


Names = dict[UUID, list[str]]


def _row(
    item: AgendaItem,
    actor: Actor,
    names: tuple[Names, Names],
    outcomes: dict[UUID | None, Outcome],
) -> AgendaRow:
    application = item.application
    requests = list(application.informationrequests.all())
    without_view, out = names
    return AgendaRow(
        number=item.number,
        item=item,
        text=getattr(application, "text", None),
        clocks=clocks(application, [*requests, *application.clockpauses.all()], actor.today),
        outcome=outcomes.get(item.pk),
        is_paused=any(r.answered_at is None for r in requests),
        without_view=tuple(without_view.get(application.pk, ())),
        out=tuple(out.get(application.pk, ())),
    )


# Of a seat whose units the reader may not read, it is not told whether there is a view; a seat
# whose members are all out of the room owes none (that they are, only the convener is told).
_WITHOUT_VIEW = """
with matters as materialized (
    select a.id, a.team_id, array(select applications.my_units(a.id)) as units
    from applications_application a where a.id = any (%s::uuid[])
)
select a.id, s.name
from matters a
join organizations_teamseat s on s.team_id = a.team_id
where exists (select from organizations_teamseat_units su
              where su.teamseat_id = s.id and su.unit_id = any (a.units))
  and not exists (select from applications_view v
                  where v.application_id = a.id and v.seat_id = s.id and v.text <> '')
  and exists (select from organizations_teammember tm
              where tm.seat_id = s.id and tm.ended_at is null
                and tm.membership_id not in (select membership from applications.unreached(a.id)))
order by s.position
"""

_OUT = """
select x.application, u.first_name || ' ' || u.last_name
from unnest(%s::uuid[]) as x(application)
cross join lateral (
    select membership from applications.unreached(x.application)
    union
    select d.membership_id from applications_disqualification d
    where d.application_id = x.application and d.removed_at is null
) o
join organizations_membership m on m.id = o.membership
join accounts_user u on u.id = m.user_id
order by u.last_name, u.first_name
"""


def _seats_without_view(applications: list[UUID]) -> Names:
    return _names(_WITHOUT_VIEW, applications)


def _out(applications: list[UUID]) -> Names:
    return _names(_OUT, applications)


def _names(statement: str, applications: list[UUID]) -> Names:
    found: Names = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, [applications])
        for application, name in cursor.fetchall():
            found[application].append(name)
    return found
