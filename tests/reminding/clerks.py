"""Letters: two put the same one at once, and two mark it as printed at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from queue import SimpleQueue
from threading import Barrier
from time import monotonic
from typing import TypeVar

from django.db import IntegrityError, connection, connections, transaction

from rinnalla.clients.models import Client
from rinnalla.journal.clock import now
from rinnalla.lib.errors import RuleBroken
from rinnalla.meetings.models import MeetingTime
from rinnalla.notifications.models import Message
from rinnalla.notifications.operations import Letter as Words
from rinnalla.notifications.operations import Way, mark_printed, send_by_job
from tests.reminding.judging import Letter
from tests.world import CONVENER, World

NEWS = Words("notifications/messages/news.txt", "fi", {"link": "http://localhost:8000/oma/"})
# As long as this holds, nobody ends the time; others may hold it, too.
HOLDS = "select from meetings_meetingtime where id = %s and ended_at is null for share"
T = TypeVar("T")


class Clerks:
    """Two who do the same at the same moment, for one time of a meeting after the other."""

    def __init__(self, world: World, client: Client) -> None:
        self.world, self.client = world, client
        # Times whose letter is due; none closes the office.
        self.times: SimpleQueue[MeetingTime | None] = SimpleQueue()
        self.letters: list[Letter] = []

    def work(self) -> None:
        """In a thread of its own, until there is no further time."""
        with ThreadPoolExecutor(2) as two:
            while (time := self.times.get()) is not None:
                put = _at_once(two, partial(self._put, time))
                if put:
                    marks = _at_once(two, partial(self._mark, put[0]))
                    one = Letter(str(put[0].public_id), str(time.pk), len(put), tuple(marks))
                    self.letters.append(one)
            _at_once(two, connections.close_all)

    def _put(self, time: MeetingTime) -> Message | None:
        """Puts the letter while the time holds; the database refuses a second of one name."""
        try:
            with self.world.owner(), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(HOLDS, [time.pk])
                if cursor.fetchone() is None:
                    return None
                way = Way("print", once=f"meetingtime:{time.pk}:letter")
                return send_by_job(self.client, NEWS, way, unit=time.unit_id, at=now(cursor))
        except IntegrityError:
            return None

    def _mark(self, letter: Message) -> float | None:
        """Marks it, as one who keeps the case; when it was begun, if it succeeded."""
        begun = monotonic()
        try:
            with self.world.acting(CONVENER) as by:
                mark_printed(letter, by=by)
        except RuleBroken:
            return None
        return begun


def _at_once(two: ThreadPoolExecutor, act: Callable[[], T | None]) -> list[T]:
    """What came of the act for each of two who begin it together, where anything came."""
    barrier = Barrier(2)

    def begin() -> T | None:
        barrier.wait()
        return act()

    done = [future.result() for future in [two.submit(begin) for _ in range(2)]]
    return [one for one in done if one is not None]
