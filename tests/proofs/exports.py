"""A running export stops: the officer's membership ends while the client's log is read out.

The export is the program's own reading of the log's document, a page at a time.
"""

from dataclasses import dataclass, field
from random import Random
from threading import Event, Thread
from time import monotonic, sleep
from unittest.mock import patch
from uuid import UUID

from django.db import ProgrammingError, connection, transaction

from rinnalla.access.actor import seat
from rinnalla.closing.operations import end_membership
from rinnalla.officer import queries
from rinnalla.organizations.models import Membership
from tests.proofs.pooling import frozen
from tests.world import OFFICER, World, standing_in

# Seconds within which it must have stopped.
PATIENCE = 5.0


@dataclass
class Exports:
    """What came of the exports."""

    stopped: int = 0
    slowest: float = 0.0
    lines: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Export:
    """One export in a thread of its own, on a connection of its own."""

    officer: Membership
    request: UUID
    running: Event = field(default_factory=Event)
    # When each line came.
    lines: list[float] = field(default_factory=list)
    refused: float = 0.0
    fault: str = ""

    def run(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("set session authorization rinnalla_app")
            self._read_out(monotonic() + 4 * PATIENCE)
        except ProgrammingError as refusal:
            self.refused = monotonic()
            self.fault = "" if "not the officer" in str(refusal) else str(refusal)
        finally:
            self.running.set()
            connection.close()

    def _read_out(self, until: float) -> None:
        """The same log again and again, so that it is always being read."""
        with transaction.atomic():
            assert seat(self.officer.pk, self.officer.user_id) is not None
            while monotonic() < until:
                for _line in queries.log_lines(self.request):
                    self.lines.append(monotonic())
                    self.running.set()
                    sleep(0.001)


def stop_all(urls: dict[str, str], number: int, seed: int) -> Exports:
    """So many exports, each stopped by the end of the membership that makes it."""
    done, chance = Exports(), Random(seed)
    small_pages = patch.object(queries, "LINES_AT_ONCE", 2)
    with small_pages, frozen(urls), standing_in(urls, rolled_back=False) as world:
        request = world.rows("select public_id from officer.log_request order by public_id")[0][0]
        for _ in range(number):
            _stop_one(done, world, Export(world.member(OFFICER), request), chance)
    return done


def _stop_one(done: Exports, world: World, export: Export, chance: Random) -> None:
    thread = Thread(target=export.run)
    thread.start()
    export.running.wait()
    sleep(chance.uniform(0, 0.02))
    with world.job("rinnalla_worker"):
        end_membership(Membership.objects.get(pk=export.officer.pk))
    closed = monotonic()
    thread.join()
    world.rows(
        "update organizations_membership set ended_at = null where id = %s returning 1",
        export.officer.pk,
    )
    done.lines += len(export.lines)
    late = export.refused - closed
    if not export.lines or export.fault or not export.refused or late > PATIENCE:
        done.faults.append(f"{len(export.lines)} lines, stopped after {late:.3f} s: {export.fault}")
    done.stopped += bool(export.refused)
    done.slowest = max(done.slowest, late)
