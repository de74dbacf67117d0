"""Who could read this: what the page says is what the database shows, to each who could serve."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection

from rinnalla.access.actor import Actor, seat
from rinnalla.access.audience import Audience, Kind
from rinnalla.access.portal_actor import seat_client
from rinnalla.applications.operations import clocks, consultation, outcome, reception
from rinnalla.organizations.models import Team, TeamSeat
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import withdraw_permit
from tests.addresses import values
from tests.world import CONVENER, HEALTH, REFERRER, STRANGER, World

pytestmark = pytest.mark.server
# The tables that keep what a page's text field writes.
WRITTEN = {
    "applications_applicationtext": Kind.PART,
    "applications_informationanswer": Kind.PART,
    "applications_view": Kind.PART,
    "applications_columnentry": Kind.PART,
    "applications_outcome": Kind.PART,
    "applications_outcomeanswer": Kind.PART,
    "applications_telling": Kind.PART,
    "applications_ending": Kind.PART,
    "plans_step": Kind.TASK,
    "plans_stepreport": Kind.CONTENT,
    "applications_informationrequest": Kind.THING,
    "applications_forwarding": Kind.THING,
    "applications_clockpause": Kind.THING,
    "cases_proposal": Kind.SAID,
    "cases_caseanswer": Kind.SAID,
    "cases_assignment": Kind.CASE,
    "cases_teamplace": Kind.CASE,
    "cases_contactway": Kind.CASE,
    "cases_servicepackage": Kind.CASE,
    "meetings_meeting": Kind.MET,
    "meetings_participant": Kind.MET,
    "meetings_answer": Kind.MET,
    "meetings_agreedthing": Kind.MET,
    "meetings_meetingnote": Kind.NOTED,
    "meetings_appointment": Kind.TASK,
    "meetings_invitingcall": Kind.SAID,
    "meetings_unclearpoint": Kind.SAID,
    "permits_permit": Kind.PERMIT,
    "permits_permitrequest": Kind.REQUEST,
}
KEPT = "applications_applicationtext"
KEYS = {"applications_applicationtext": "application_id"}
OPEN = "select access.open_ways(%s::uuid[], %s::uuid[], 'own_worker', %s::uuid[])"
MEMBERSHIPS = """
select m.id, m.user_id, m.unit_id, u.name, t.name,
       m.role not in ('officer', 'administrator') from organizations_membership m
join organizations_unit u on u.id = m.unit_id
left join organizations_worktask t on t.id = m.work_task_id
where m.is_open and m.begins <= rinnalla.today()
"""
TAKERS = """
select membership from access.circle where thing = %s
and cause in ('referrer', 'reception', 'session', 'interim')
"""
OF_CASE = "select membership from access.circle where thing = %s"
THINGS = {"applications": "application_id", "cases": "case_id", "meetings": "case_id"}
CALLED = f"{OF_CASE} and cause = 'meeting'"
DOERS = """
select m.id from plans_step s join organizations_membership m on m.id in (s.owner_id, s.watcher_id)
where s.id = %s
union all select minder_id from meetings_appointment where id = %s
"""
CARRIERS = f"{OF_CASE} and cause in ('holder', 'asked', 'worker', 'interim')"
# Whose data a permit opens by work, and to whom.
CONCERNED = """
select m.id from organizations_membership m join organizations_unit u on u.id = m.unit_id
where exists (select from permits_permitrecipient r where r.permit_id = %(row)s
              and (r.organization_id = u.organization_id or r.unit_id = u.id))
   or exists (select from permits_permitunit o
              join organizations_unit d on d.id = o.unit_id
              left join organizations_worktask_units w
                  on w.unit_id = d.id and w.worktask_id = m.work_task_id
              where o.permit_id = %(row)s and (d.id = u.id
                    or (w.unit_id is not null and d.register_id = u.register_id)))
"""
Pair = tuple[str, str | None]


@dataclass(frozen=True)
class Post:
    membership: UUID
    user: UUID
    unit: UUID
    unit_name: str
    task: str | None
    serves: bool  # a role that works with clients

    @property
    def pair(self) -> Pair:
        return self.unit_name, self.task


@dataclass(frozen=True)
class Written:
    table: str
    key: UUID
    client: UUID
    unit: UUID
    thing: UUID | None
    meeting: UUID | None


def posts(world: World) -> list[Post]:
    return [Post(*row) for row in world.rows(MEMBERSHIPS)]


def written(world: World, client: UUID | None = None) -> list[Written]:
    """Some rows of each kind, of several units and clients, or of one client."""
    found = []
    for table in WRITTEN:
        thing = THINGS.get(table.split("_")[0], "null::uuid")
        meeting = "null::uuid"
        if table == "meetings_appointment":  # It belongs to a step.
            thing = "null::uuid"
        elif table.startswith("meetings_"):
            meeting = "id" if table == "meetings_meeting" else "meeting_id"
        key = KEYS.get(table, "id")
        rows = world.rows(
            f"select distinct on (unit_id, client_id) {key}, client_id, unit_id,"
            f" {thing}, {meeting}"
            f" from {table} where client_id = coalesce(%s, client_id)"
            f" order by unit_id, client_id, {key}",
            client,
        )
        found += [Written(table, *row) for row in rows[:6]]
    return found


def write_the_rest(world: World) -> None:
    """What the story does not tell: a column's line, an answer, a forwarding, an ending, a stop."""
    seat_id = str(values(world)["seat_id"])
    with world.acting(HEALTH) as laina:
        place = TeamSeat.objects.get(pk=seat_id)
        consultation.add_entry(world.application(), by=laina, seat=place, row="used", text="Kävi.")
    with world.acting(REFERRER) as hilppa:
        reception.answer(world.application("A100217"), by=hilppa, text="Hän on kotona.")
        outcome.end(world.application("A100116"), by=hilppa, what_came="AKSE alkoi.")
        asked = world.application("A100217")
        clocks.pause_clock(asked, by=hilppa, reason="wish", returns_on=date(2026, 11, 9))
    with world.acting(CONVENER) as sirkka:
        matter = world.application("A100379")
        to = Team.objects.exclude(pk=matter.team_id).order_by("code")[0]
        reception.forward(matter, by=sirkka, to=to, reason="Asuu siellä.")


def serve_all(world: World, clients: set[UUID], everybody: list[Post]) -> None:
    """Every membership gets every one of the clients into its circle."""
    pairs = [(client, post.membership) for client in clients for post in everybody]
    with world.job("rinnalla_worker"), connection.cursor() as cursor:
        cursor.execute(OPEN, [[c for c, _ in pairs], [m for _, m in pairs], [None] * len(pairs)])


def sit(post: Post) -> Actor:
    actor = seat(post.membership, post.user)
    assert actor is not None
    return actor


def who_reads(rows: list[Written], everybody: list[Post]) -> dict[Written, set[Post]]:
    """By each membership's own seat, one statement for all rows."""
    query = " union all ".join(
        f"(select %s::int from {row.table} where {KEYS.get(row.table, 'id')} = %s)" for row in rows
    )
    parameters = [value for n, row in enumerate(rows) for value in (n, row.key)]
    found: dict[Written, set[Post]] = {row: set() for row in rows}
    for post in everybody:
        sit(post)
        with connection.cursor() as cursor:
            cursor.execute(query, parameters)
            for (n,) in cursor.fetchall():
                found[rows[n]].add(post)
    return found


def told(row: Written, everybody: list[Post]) -> Audience:
    """As somebody of the unit that wrote the row is told."""
    writer = next(post for post in everybody if post.serves and post.unit == row.unit)
    return Audience(sit(writer), _client(row.client), WRITTEN[row.table], unit=row.unit)


def _client(key: UUID) -> Any:
    return apps.get_model("clients", "Client").objects.get(pk=key)


def differences(world: World, rows: list[Written], everybody: list[Post]) -> list[str]:
    """Everyone who is shown reads, and everyone who reads is shown, as a unit or in words."""
    found = []
    reading = who_reads(rows, everybody)
    for row in rows:
        audience = told(row, everybody)
        shown = {(one.unit, one.task) for one in audience.reaches}
        others = others_of(world, row)
        for post in everybody:
            reads = post in reading[row]
            may = post.pair in shown or post.membership in others
            if (post.serves and may) != reads:
                found.append(f"{row.table} of {row.unit}: {post.pair} reads {reads}")
    return found


def others_of(world: World, row: Written) -> set[UUID]:  # noqa: PLR0911
    """Whom the roles mean, beside the units: by the matter, by the permit, or everybody."""
    match WRITTEN[row.table]:
        case Kind.THING:
            return {key for (key,) in world.rows(TAKERS, row.thing)}
        case Kind.PART:
            stand_ins = f"{TAKERS} and stands_for = %s"
            return {key for (key,) in world.rows(stand_ins, row.thing, row.unit)}
        case Kind.CASE:
            return {key for (key,) in world.rows(OF_CASE, row.thing)}
        case Kind.TASK:
            return {key for (key,) in world.rows(DOERS, row.key, row.key)}
        case Kind.MET:
            both = [*world.rows(OF_CASE, row.thing), *world.rows(OF_CASE, row.meeting)]
            return {key for (key,) in both}
        case Kind.NOTED:
            both = [*world.rows(CARRIERS, row.thing), *world.rows(CALLED, row.meeting)]
            return {key for (key,) in both}
        case Kind.SAID:
            return {key for (key,) in world.rows(CARRIERS, row.thing)}
        case Kind.PERMIT:
            with world.owner(), connection.cursor() as cursor:
                cursor.execute(CONCERNED, {"row": row.key})
                return {key for (key,) in cursor.fetchall()}
        case Kind.REQUEST:
            return {post.membership for post in posts(world)}
    return set()


def test_what_is_shown_is_what_is_read(world: World) -> None:
    write_the_rest(world)
    everybody, rows = posts(world), written(world)
    assert {row.table for row in rows} == set(WRITTEN)
    serve_all(world, {row.client for row in rows}, everybody)
    assert differences(world, rows, everybody) == []


def test_a_withdrawal_a_denial_and_a_single_unit_are_shown_at_once(world: World) -> None:
    everybody, veikko = posts(world), world.client().pk
    serve_all(world, {veikko}, everybody)
    rows = [row for row in written(world, veikko) if "permit" not in row.table]
    own = next(row for row in rows if row.table == "applications_applicationtext")
    before = {(one.unit, one.task) for one in told(own, everybody).reaches}
    assert len(before) > 10
    give = "insert into access.opening (client, unit, recipient_unit, permit, begins) values"
    world.rows(f"{give} (%s, %s, %s, %s, '2026-01-01') returning 1", veikko, own.unit,
               world.member(STRANGER).unit_id, uuid4())  # fmt: skip
    deny = "insert into access.denial (client, unit, recipient_unit, permit, begins) values"
    world.rows(f"{deny} (%s, %s, %s, %s, '2026-01-01') returning 1", veikko, own.unit,
               world.member(HEALTH).unit_id, uuid4())  # fmt: skip
    denied = {(one.unit, one.task) for one in told(own, everybody).reaches}
    assert {unit for unit, _ in before - denied} == {world.member(HEALTH).unit.name}
    assert differences(world, rows, everybody) == []
    with world.acting(REFERRER) as hilppa:
        opening = Permit.objects.filter(client=veikko, opened_units__unit=hilppa.unit_id)
        for permit in opening.filter(withdrawn_at=None):
            withdraw_permit(permit, by=hilppa)
    left = {one.unit for one in told(own, everybody).reaches}
    assert left == {world.member(REFERRER).unit.name, world.member(STRANGER).unit.name}
    assert differences(world, rows, everybody) == []


def test_the_client_and_who_opens_by_law_are_named_unless_it_is_withheld(world: World) -> None:
    everybody, veikko = posts(world), world.client()
    [row] = [one for one in written(world, veikko.pk) if one.table == KEPT]
    account = enrolled(world, veikko.pk)
    shown = {(one.unit, one.task) for one in told(row, everybody).reaches}
    lawyer = next(post for post in everybody if post.serves and post.pair not in shown)
    give = "insert into access.circle (client, membership, cause, begins) values (%s, %s, 'law',"
    world.rows(f"{give} '2026-01-01') returning 1", veikko.pk, lawyer.membership)
    for withheld in (False, True):
        if withheld:
            with world.acting(REFERRER), connection.cursor() as cursor:
                cursor.execute("select access.withhold(%s, %s, 'x', true, '')", [KEPT, row.key])
        audience = told(row, everybody)
        said = Audience(audience.actor, veikko, Kind.PART, unit=row.unit, row=(KEPT, row.key)).roles
        assert [role for role in said if "Asiakas itse" in role or "lain" in role] == (
            [] if withheld else ["Asiakas itse", said[-1]]
        )
        assert (lawyer in who_reads([row], [lawyer])[row]) is not withheld
        assert seat_client(veikko.pk, account) is not None
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {KEPT} where application_id = %s", [row.key])
            assert cursor.fetchone() == (0 if withheld else 1,)


def enrolled(world: World, client: UUID) -> UUID:
    """A client's account, enrolled by a worker of the county."""
    world.rows(OPEN, [client], [world.member(HEALTH).pk], [None])
    with world.acting(HEALTH), connection.cursor() as cursor:
        cursor.execute("select access.enrol_client(%s, %s, '')", [client, "v@example.org"])
        return UUID(str(cursor.fetchone()[0]))


def test_nothing_is_told_of_who_serves_the_client(world: World) -> None:
    everybody, veikko = posts(world), world.client()
    before = all_said(world, veikko)
    serve_all(world, {veikko.pk}, everybody)
    # A permit about somebody else's data does not concern the writer.
    give = "insert into access.opening (client, unit, recipient_unit, permit, begins) values"
    world.rows(f"{give} (%s, %s, %s, %s, '2026-01-01') returning 1", veikko.pk,
               world.member(STRANGER).unit_id, world.member(CONVENER).unit_id, uuid4())  # fmt: skip
    assert all_said(world, veikko) == before
    with world.acting(REFERRER) as hilppa:
        alien = Audience(hilppa, veikko, Kind.PART, unit=world.member(STRANGER).unit_id)
        assert alien.rows == []
        other = world.client("A100002")
        assert Audience(hilppa, other, Kind.PART).rows == []


def all_said(world: World, client: Any) -> list[object]:
    found: list[object] = []
    for who in (REFERRER, CONVENER, HEALTH):
        with world.acting(who) as actor:
            for kind in Kind:
                audience = Audience(actor, client, kind)
                found += [audience.places, audience.roles]
    return found
