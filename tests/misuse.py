"""Working days replayed: ordinary workers, whose work stands beside what they open, and one who
opens people without any."""

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from rinnalla.access.actor import Actor, seat
from rinnalla.access.law import Ground, Named, law_grounds, open_by_law
from rinnalla.access.models import LawOpening
from rinnalla.applications.operations.drafting import begin
from rinnalla.clients.models import Client
from rinnalla.lib.days import HELSINKI
from rinnalla.lib.working_days import is_working_day, working_day_after
from rinnalla.officer.sweeping import sweep
from rinnalla.organizations.models import Team
from tests.world import World

BEGIN = date(2026, 11, 2)
# What is taken to be ordinary: openings a day, and of a thousand those that no work ever follows
# (a wrong person, a call that came to nothing and was not written down).
OPENINGS_A_DAY, NEVER = 0.8, 0.0005
UNITS = ("TK010", "TK020", "MP400", "SO810", "TA901")


@dataclass(frozen=True)
class Worker:
    """One who opens clients' data, and how busy they are beside the others."""

    membership: UUID
    user: UUID
    pace: float


@dataclass
class Tally:
    """What the replay did, and what came of it."""

    worker_days: int = 0
    openings: int = 0
    questions: int = 0
    of_the_one: list[tuple[date, int]] = field(default_factory=list)
    first: date | None = None
    opened_by_the_one: int = 0
    asked_of_the_one: int = 0
    ways: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)


class Replay:
    """Days of work in a world of its own, each thing done by the program's own functions."""

    def __init__(self, world: World, seed: int, workers: int) -> None:
        self.world, self.chance, self.tally = world, random.Random(seed), Tally()
        self.clients = [
            (key, number)
            for key, number in world.rows(
                "select id, number from clients_client"
                " where number is not null and not is_protected order by number"
            )
        ]
        self.names = [name for (name,) in world.rows("select family_name from clients_client")]
        with world.owner():
            self.team = Team.objects.order_by("code")[0]
        self.workers = [self._worker() for _ in range(workers)]
        # Who takes people in finds anybody by number, and may open by law.
        self.one = self._worker("intake")

    def _worker(self, role: str = "practitioner") -> Worker:
        """A person with a name as common as the clients' own."""
        user, membership = uuid4(), uuid4()
        self.world.rows(
            "insert into accounts_user (id, username, first_name, last_name, password, is_active)"
            " values (%s, %s, 'Koe', %s, '!', true)",
            *(user, str(user), self.chance.choice(self.names)),
        )
        self.world.rows(
            "insert into organizations_membership"
            " (id, user_id, unit_id, role, title, phone, begins)"
            " select %s, %s, id, %s, 'hoitaja', '040 000 0000', '2024-01-01'"
            " from organizations_unit where code = %s",
            *(membership, user, role, self.chance.choice(UNITS)),
        )
        return Worker(membership, user, self.chance.lognormvariate(0, 0.5) / math.exp(0.125))

    def day(self, day: date, workers: list[Worker], of_the_one: int) -> None:
        """One working day of all of them, in the order of the clock, and its end."""
        things: list[tuple[datetime, Callable[[datetime], None]]] = []
        for worker in workers:
            for _ in range(self._poisson(OPENINGS_A_DAY * worker.pace)):
                things += self._ordinary(worker, day)
        for _ in range(of_the_one):
            at = self._instant(day, 8, 15.9)
            things.append((at, lambda now: self._unfounded()))
        for at, act in sorted(things, key=lambda thing: thing[0]):
            self.world.freeze(at)
            act(at)
        self.tally.worker_days += len(workers)
        self.end(day)

    def _ordinary(
        self, worker: Worker, day: date
    ) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
        client = self.chance.choice(self.clients)
        at = self._instant(day, 8, 15.9)
        last = datetime.combine(day, time(17, 55), tzinfo=HELSINKI)
        works = (self._appointment, self._task, self.propose)
        work = self.chance.choice(works)
        yield at, lambda now: self.open(worker, client)
        if self.chance.random() < NEVER:
            return
        before = work != self.propose and self.chance.random() < 0.6
        minutes = self.chance.expovariate(1 / 25) * (6 if self.chance.random() < 0.15 else 1)
        then = at + timedelta(minutes=-minutes if before else minutes)
        yield min(then, last), lambda now: work(worker, client[0], now)

    def open(self, worker: Worker, client: tuple[UUID, str]) -> None:
        """Finds the client by number, as a page does."""
        with self._seated(worker), connection.cursor() as cursor:
            cursor.execute("select access.find_client(null, %s)", [client[1]])
        self.tally.openings += 1

    def _unfounded(self) -> None:
        """The one opens somebody: by the search, by a section of law, in an emergency."""
        client = self.chance.choice(self.clients)
        way = self.chance.choice(("search", "law", "emergency"))
        if way == "search":
            self.open(self.one, client)
            self.tally.openings -= 1
        else:
            with self._seated(self.one) as actor:
                section = self.chance.choice(law_grounds()).code
                emergency = Ground(LawOpening.EMERGENCY, "Puhelimessa sanottiin hätä.")
                ground = Ground(section) if way == "law" else emergency
                assert open_by_law(Named(number=client[1]), by=actor, ground=ground)
        self.tally.ways[way] += 1
        self.tally.opened_by_the_one += 1

    def _appointment(self, worker: Worker, client: UUID, now: datetime) -> None:
        self.world.rows(
            "insert into services_visit (id, client_id, unit_id, source, source_key, fingerprint,"
            " known_on, day, profession, way, reason, state, note, worker)"
            " select %s, %s, unit_id, 'pegasos', %s, '', %s, %s, '', '', '', 'V', '', ''"
            " from organizations_membership where id = %s",
            *(uuid4(), client, str(uuid4()), now.date(), now.date(), worker.membership),
        )

    def _task(self, worker: Worker, client: UUID, _now: datetime) -> None:
        self.world.rows(
            "select access.open_ways(array[%s], array[%s], 'own_worker', array[null]::uuid[])",
            *(client, worker.membership),
        )

    def propose(self, worker: Worker, client: UUID, _now: datetime) -> None:
        """Begins an application about the client."""
        with self._seated(worker) as actor:
            begin(Client.objects.get(pk=client), by=actor, team=self.team)

    @contextmanager
    def _seated(self, worker: Worker) -> Iterator[Actor]:
        with transaction.atomic():
            actor = seat(worker.membership, worker.user)
            assert actor is not None
            yield actor

    def end(self, day: date) -> None:
        """The worker process sweeps at six; what it raised is counted."""
        self.world.freeze(datetime.combine(day, time(18), tzinfo=HELSINKI))
        with self.world.job("rinnalla_worker"):
            sweep(day)
        raised: list[tuple[Any, ...]] = self.world.rows(
            "select membership_id, openings, kind from officer_question where day = %s", day
        )
        # Others are of the stories that the world was told.
        own = {worker.membership for worker in self.workers}
        for membership, openings, kind in raised:
            if membership == self.one.membership:
                self.tally.first = self.tally.first or day
                self.tally.asked_of_the_one += openings
            elif membership in own:
                self.tally.questions += 1
                self.tally.kinds[kind] += 1

    def _instant(self, day: date, begin: float, end: float) -> datetime:
        hours = self.chance.uniform(begin, end)
        return datetime.combine(day, time(0), tzinfo=HELSINKI) + timedelta(hours=hours)

    def _poisson(self, mean: float) -> int:
        count, product, floor = 0, self.chance.random(), math.exp(-mean)
        while product > floor:
            count += 1
            product *= self.chance.random()
        return count


def two_years(replay: Replay, unfounded: int, working_days: int, ordinary_days: int) -> date:
    """The one opens so many people over so many working days; the others work beside for some of
    them. The day of the first opening."""
    days = [BEGIN if is_working_day(BEGIN) else working_day_after(BEGIN)]
    while len(days) < working_days:
        days.append(working_day_after(days[-1]))
    when = [0, *(replay.chance.randrange(working_days) for _ in range(unfounded - 1))]
    for number, day in enumerate(days):
        workers = replay.workers if number < ordinary_days else []
        of_the_one = when.count(number)
        if workers or of_the_one:
            replay.day(day, workers, of_the_one)
    return days[0]
