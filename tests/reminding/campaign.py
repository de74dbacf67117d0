"""Times of meetings move and end at random, while the workers that remind of them are killed."""

import multiprocessing
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess
from random import Random
from signal import SIGKILL
from threading import Event
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from rinnalla.cases.models import Case
from rinnalla.journal.clock import now
from rinnalla.meetings.models import Meeting, MeetingTime
from rinnalla.notifications.operations import Way, send_by_job
from tests.reminding import worker
from tests.reminding.clerks import NEWS, Clerks
from tests.reminding.judging import Put, Record
from tests.reminding.post_office import PostOffice
from tests.world import CONVENER, World

MEETINGS, WORKERS = 12, 2
# Seconds, of which chance takes a part.
LONGEST_LIFE, LONGEST_PAUSE, LATEST_DUE = 0.5, 0.03, 0.2
# One turn of so many ends a time without another; one time of so many has a letter, too.
ENDS, LETTERS = 4, 5
# Whose case it is; its unit is the convener's.
CLIENT = "A100002"
BREAKS = ("silence", *worker.BREAKS)
QUEUED = (
    "select count(*) from notifications_message"
    " where state = 'queued' and channel in ('email', 'sms')"
)
STATES = """
select m.public_id::text, m.state, count(*) filter (where e.kind = 'message.sent'),
       count(*) filter (where e.kind = 'message.printed')
from notifications_message m left join journal_entry e on e.subject = m.id
where m.once like 'meetingtime:%%' group by 1, 2
"""


@dataclass
class Campaign:
    """A campaign in a told world, which it changes for good."""

    world: World
    random: Random
    broken: str = ""
    record: Record = field(default_factory=Record)
    lives: int = 0

    def run(self, kills: int) -> Record:
        """Kills so often, lets the rest be sent, and notes what became of it."""
        if self.broken == "silence":
            self.world.rows("alter table meetings_meetingtime disable trigger silence")
        # What the stories have put is not the drill's.
        self.world.rows("update notifications_message set state = 'cancelled'")
        with self.world.owner():
            case = Case.objects.select_related("client", "unit").get(client__number=CLIENT)
        office = PostOffice(Random(self.random.random()))
        clerks = Clerks(self.world, case.client)
        mover = Mover(case, self.world.member(CONVENER).pk, clerks, self.record, self.random)
        with office.open(), ThreadPoolExecutor(2) as threads:
            others = [threads.submit(mover.work), threads.submit(clerks.work)]
            try:
                mover.begun.wait()
                self._kill(office, kills)
            finally:
                mover.stop.set()
            others[0].result()
            self._send_rest(office)
            clerks.times.put(None)
            others[1].result()
        self._note(office, clerks)
        return self.record

    def _kill(self, office: PostOffice, kills: int) -> None:
        """Two work at once; one of them is killed at a random moment, and another takes over."""
        chance = Random(self.random.random())
        living = [self._start(office) for _ in range(min(WORKERS, kills))]
        while living:
            sleep(chance.uniform(0, LONGEST_LIFE / WORKERS))
            life, process = living.pop(chance.randrange(len(living)))
            self.record.killed[life] = monotonic()
            process.kill()
            process.join()
            if process.exitcode != -SIGKILL:
                self.record.faults.append(f"life {life} ended by itself: {process.exitcode}")
            if self.lives < kills:
                living.append(self._start(office))

    def _start(
        self, office: PostOffice, *, until_empty: bool = False
    ) -> tuple[int, ForkServerProcess]:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([worker.__name__])
        self.lives += 1
        errand = worker.Errand(
            self.lives,
            self.world.urls["DATABASE_WORKER_URL"],
            (office.smtp_port, office.http_port),
            self.broken,
            until_empty,
        )
        process = context.Process(target=worker.work, args=[errand], daemon=True)
        process.start()
        return self.lives, process

    def _send_rest(self, office: PostOffice) -> None:
        """Nobody is killed any more."""
        sleep(LATEST_DUE)
        # What a killed worker held may be let go only now.
        for _ in range(10):
            _, process = self._start(office, until_empty=True)
            process.join()
            if self.world.rows(QUEUED) == [(0,)]:
                return

    def _note(self, office: PostOffice, clerks: Clerks) -> None:
        self.record.receipts, self.record.letters = office.receipts, clerks.letters
        for message, state, sent, printed in self.world.rows(STATES):
            self.record.states[message] = state
            self.record.told_sent[message], self.record.told_printed[message] = sent, printed


class Mover:
    """Whoever moves and ends the times of meetings, as the database's owner."""

    def __init__(
        self, case: Case, convener: UUID, clerks: Clerks, record: Record, random: Random
    ) -> None:
        self.case, self.convener, self.clerks, self.record = case, convener, clerks, record
        self.random = Random(random.random())
        self.begun, self.stop = Event(), Event()
        self._times: dict[UUID, MeetingTime | None] = {}
        self._changes: Counter[UUID] = Counter()
        self._receivers = 0

    def work(self) -> None:
        """In a thread of its own, until told to stop."""
        try:
            self._call_together()
            self.begun.set()
            while not self.stop.wait(self.random.uniform(0, LONGEST_PAUSE)):
                self._turn(self.random.choice(list(self._times)))
        finally:
            self.begun.set()
            connection.close()

    def _call_together(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            at = now(cursor)
            for _ in range(MEETINGS):
                made = Meeting.objects.create(
                    **self._of_case(), purpose="?", convener_id=self.convener, called_at=at
                )
                self._times[made.pk] = None
        for meeting in self._times:
            self._turn(meeting)

    def _turn(self, meeting: UUID) -> None:
        """The meeting gets another time, or none; the reminders of a new one are put with it."""
        old, new, put = self._times[meeting], None, []
        with transaction.atomic(), connection.cursor() as cursor:
            at = now(cursor)
            if old is not None:
                MeetingTime.objects.filter(pk=old.pk).update(ended_at=at)
            if old is None or self.random.randrange(ENDS):
                new = self._new_time(meeting, at)
                put = [self._put(new, kind, at) for kind in ("day", "hour")]
        acknowledged = monotonic()
        if old is not None:
            self.record.ended[str(old.pk)] = acknowledged
        self.record.put += put
        self._times[meeting] = new
        if new is not None and not self.random.randrange(LETTERS):
            self.clerks.times.put(new)

    def _new_time(self, meeting: UUID, at: datetime) -> MeetingTime:
        starts = at + timedelta(days=self.random.randrange(1, 60))
        self._changes[meeting] += 1
        return MeetingTime.objects.create(
            **self._of_case(),
            meeting_id=meeting,
            sequence=self._changes[meeting],
            starts=starts,
            ends=starts + timedelta(hours=1),
            set_by_id=self.convener,
            set_at=at,
        )

    def _put(self, time: MeetingTime, kind: str, at: datetime) -> Put:
        """To a receiver of its own, so that repeats are known by it, whatever id they bear."""
        self._receivers += 1
        channel, receiver = self.random.choice([
            ("email", f"drill{self._receivers}@example.org"),
            ("sms", f"+358000{self._receivers:07}"),
        ])  # fmt: skip
        due = at + timedelta(seconds=self.random.uniform(0, LATEST_DUE))
        way = Way(channel, receiver, due, f"meetingtime:{time.pk}:{kind}")
        message = send_by_job(self.case.client, NEWS, way, unit=self.case.unit_id, at=at)
        return Put(str(message.public_id), receiver, str(time.pk))

    def _of_case(self) -> dict[str, Any]:
        return {"case": self.case, "client": self.case.client, "unit": self.case.unit}
