"""Acts that end what somebody may read, each with its way back, and who loses what by it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from rinnalla.access.actor import seat
from rinnalla.applications.models import AgendaItem
from rinnalla.applications.operations import consultation, reception, undoing
from rinnalla.clients.models import Client
from rinnalla.closing.operations import end_membership
from rinnalla.organizations.models import Membership, Unit
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import Giving, Scope, record_permit, withdraw_permit
from tests.proofs.people import Person, Rows, everybody, keys
from tests.world import CONVENER, HEALTH, KELA, REFERRER, SOCIAL, World

LEAVERS = ("vilppu.testinen", "kerkko.mallikas", "tuire.mallilainen")
# Openings that a denial narrows.
DENIED = """
select o.id, o.client from access.opening o join access.denial d on d.client = o.client
    and d.unit = o.unit
"""
# What an act may close by deleting: kept here, and put back as it was.
FEEDS = {"access.circle": "%s in (client, membership)", "access.opening": "client = %s"}


class Watcher(NamedTuple):
    """Somebody who reads until the end, and the rows that this end takes away, by table."""

    person: Person
    loses: dict[str, list[UUID]]


@dataclass
class End:
    """An act that ends something, and what puts it back for the next race."""

    name: str
    act: Callable[[], None]
    back: Callable[[], None]
    watchers: list[Watcher]


@dataclass(frozen=True)
class Extent:
    """At most so many ends of a name, and so many who watch each."""

    each: int = 1000
    watchers: int = 12


def ends(world: World, chance: Random, extent: Extent) -> list[End]:
    """Every end that the world has to offer, with those who lose something by it."""
    search = _Search(world, chance, extent)
    there = [*_permits(world), *_denials(world), *_agendas(world), *_leavers(world)]
    chance.shuffle(there)
    made: list[End] = []
    for end in there:
        if sum(one.name == end.name for one in made) < extent.each:
            end.watchers = search.watchers(end)
            made += [end] if end.watchers else []
    return made


def _permits(world: World) -> Iterator[End]:
    """A permit is withdrawn by its recorder."""
    # Those that the referrer finds; a denial opens nothing that its end could close.
    open_ones = (
        "select id, client_id from permits_permit where withdrawn_at is null and unit_id = %s"
        " and kind <> 'denial' and client_id in"
        " (select client from access.circle where membership = %s) order by id"
    )
    notices = "select id from permits_recipientnotice where permit_id = %s"
    referrer = world.member(REFERRER)
    for permit, client in world.rows(open_ones, referrer.unit_id, referrer.pk):
        before = [row[0] for row in world.rows(notices, permit)]
        kept = _kept(world, client)

        def withdraw(permit: UUID = permit) -> None:
            with world.acting(REFERRER) as by:
                withdraw_permit(Permit.objects.select_related("client").get(pk=permit), by=by)

        def back(
            permit: UUID = permit, kept: dict[str, str] = kept, before: list[UUID] = before
        ) -> None:
            world.rows(
                "update permits_permit set withdrawn_at = null, withdrawn_by_id = null,"
                " ended_as = '' where id = %s",
                permit,
            )
            world.rows(
                "delete from permits_recipientnotice where permit_id = %s and id <> all(%s)",
                permit,
                before,
            )
            _put_back(world, kept)

        yield End("a permit withdrawn", withdraw, back, [])


def _denials(world: World) -> Iterator[End]:
    """A client denies everybody what their permits had opened."""
    denied = "select id from permits_permit where client_id = %s and kind = 'denial'"
    opened_to_referrers = (
        "select distinct o.client from access.opening o join access.circle c on c.client = o.client"
        " where c.membership = %s order by o.client"
    )
    for (client,) in world.rows(opened_to_referrers, world.member(REFERRER).pk):
        opened = "select distinct unit from access.opening where client = %s"
        units = [row[0] for row in world.rows(opened, client)]
        before = [row[0] for row in world.rows(denied, client)]

        def deny(client: UUID = client, units: list[UUID] = units) -> None:
            with world.acting(REFERRER) as by:
                scope = Scope(list(Unit.objects.filter(pk__in=units)), denies=True)
                giving = Giving(by.today, Permit.Form.SPOKEN)
                record_permit(Client.objects.get(pk=client), by=by, scope=scope, giving=giving)

        def back(client: UUID = client, before: list[UUID] = before) -> None:
            made = [row[0] for row in world.rows(denied, client) if row[0] not in before]
            for statement in (
                "delete from access.denial where permit = any(%s)",
                "delete from permits_recipientnotice where permit_id = any(%s)",
                "delete from permits_permitunit where permit_id = any(%s)",
                "delete from permits_permit where id = any(%s)",
            ):
                world.rows(statement, made)

        yield End("a denial recorded", deny, back, [])


def _agendas(world: World) -> Iterator[End]:
    """A case goes off its agenda; a member is taken off a case."""
    items = (
        "select i.id from applications_agendaitem i"
        " join applications_application a on a.id = i.application_id"
        " where i.removed_at is null and i.handled_at is null and a.state = 'received'"
    )
    for (item,) in world.rows(items):
        acts = partial(_by_convener, world, item)
        yield End(
            "a place on an agenda ended",
            partial(acts, reception.remove),
            partial(acts, undoing.put_back),
            [],
        )
        for who in (HEALTH, KELA, SOCIAL):
            member = {"membership": world.member(who).pk}
            yield End(
                "a member taken off a case",
                partial(acts, consultation.disqualify, **member),
                partial(acts, consultation.requalify, **member),
                [],
            )


def _by_convener(world: World, item: UUID, verb: Callable[..., None], **values: Any) -> None:
    with world.acting(CONVENER) as by:
        rows = AgendaItem.objects.select_related("application")
        verb(rows.get(pk=item), by=by, **values)


def _leavers(world: World) -> Iterator[End]:
    """A membership that holds nothing ends, by the job's own role."""
    found = world.rows(
        "select m.id from organizations_membership m"
        " join accounts_user a on a.id = m.user_id"
        " where m.is_open and a.username = any(%s) and not m.unit_id in"
        "   (select id from organizations_unit where manager_id is null)"
        " and exists (select from access.circle c where c.membership = m.id)"
        " and not exists (select from plans_step s where s.owner_id = m.id)"
        " and not exists (select from organizations_teammember t where t.membership_id = m.id)"
        " order by m.id",
        list(LEAVERS),
    )
    for (key,) in found:
        kept = _kept(world, key)

        def leave(key: UUID = key) -> None:
            with world.job("rinnalla_worker"):
                end_membership(Membership.objects.get(pk=key))

        def back(key: UUID = key, kept: dict[str, str] = kept) -> None:
            world.rows("update organizations_membership set ended_at = null where id = %s", key)
            _put_back(world, kept)

        yield End("a membership ended", leave, back, [])


def _kept(world: World, key: UUID) -> dict[str, str]:
    """The rows of the small tables that are of this client or member."""
    rows = "select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text from {} t where {}"
    return {
        table: world.rows(rows.format(table, condition), key)[0][0]
        for table, condition in FEEDS.items()
    }


def _put_back(world: World, kept: dict[str, str]) -> None:
    for table, rows in kept.items():
        world.rows(
            f"insert into {table} select * from jsonb_populate_recordset(null::{table}, %s::jsonb)"
            " on conflict do nothing",
            rows,
        )


class _Search:
    """Looks for who loses what by an end: it is done and undone before the eyes of each."""

    def __init__(self, world: World, chance: Random, extent: Extent) -> None:
        self.world, self.chance, self.extent = world, chance, extent
        found = everybody(world.urls["DATABASE_ADMIN_URL"])
        self.people = {one.membership: one for one in found if one.membership}
        with world.owner():
            self.look = _look(keys(connection.connection))

    def watchers(self, end: End) -> list[Watcher]:
        """Who works with any client of whom the end closes something, and loses a row by it."""
        with transaction.atomic():
            circle, openings = self._feeds()
            end.act()
            circle_after, openings_after = self._feeds()
            transaction.set_rollback(True)
        closed = (circle - circle_after) | (openings - openings_after)
        clients = [*{client for _, client in closed}]
        concerned = sorted({key for key, client in circle if client in clients} & {*self.people})
        self.chance.shuffle(concerned)
        made: list[Watcher] = []
        for key in concerned:
            if len(made) < self.extent.watchers:
                loses = self._lost(end, self.people[key], clients)
                made += [Watcher(self.people[key], loses)] if loses else []
        return made

    def _feeds(self) -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
        rows = self.world.rows
        return (
            set(rows("select membership, client from access.circle")),
            set(rows("select id, client from access.opening")) - set(rows(DENIED)),
        )

    def _lost(self, end: End, person: Person, clients: list[UUID]) -> dict[str, list[UUID]]:
        with transaction.atomic():
            before = self._sight(person, clients)
            end.act()
            lost = before - self._sight(person, clients)
            transaction.set_rollback(True)
        return _by_table(lost)

    def _sight(self, person: Person, clients: list[UUID]) -> Rows:
        if not person.membership or seat(person.membership, person.account) is None:
            return set()
        with connection.cursor() as cursor:
            cursor.execute(self.look, {"clients": clients})
            return set(cursor.fetchall())


def _look(key_of: dict[str, str]) -> str:
    """Every row of some clients that the seated actor finds."""
    return " union all ".join(
        f"select '{table}', {key} from {table}"
        f" where {'id' if table == 'clients_client' else 'client_id'} = any(%(clients)s)"
        for table, key in key_of.items()
    )


def _by_table(rows: Iterable[tuple[str, UUID]]) -> dict[str, list[UUID]]:
    made: dict[str, list[UUID]] = {}
    for table, key in sorted(rows):
        made.setdefault(table, []).append(key)
    return made
