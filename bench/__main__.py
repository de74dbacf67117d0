"""The command: `bin/bench --clients N`, more than once to compare counties of different sizes."""

import argparse
import os
import signal
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field

from bench import county, house, report, taking_in
from bench.costs import Cost, costs
from bench.floor import Floor
from bench.house import Database, House
from bench.rounds import Measured, Measurement
from bench.taking_in import TakenIn
from bench.works import WORKS
from rinnalla.config.places import REPOSITORY, CannotStart, say


@dataclass
class Results:
    """All figures of one run; counties by their number of clients, works by name."""

    rounds: int
    seconds: int
    connections: int
    versions: dict[str, str]
    counties: dict[int, dict[str, Measured]] = field(default_factory=dict)
    costs: dict[str, Cost] = field(default_factory=dict)
    taken_in: TakenIn | None = None


def main() -> int:
    """Measures, prints, and writes docs/performance.md; the exit code."""
    wanted = _arguments()
    # Asked to end either way, it ends what it started, also in the background of a shell.
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, signal.default_int_handler)
    try:
        with house.opened() as opened:
            results = Results(
                wanted.rounds, wanted.seconds, wanted.connections, report.versions(opened)
            )
            _measure(opened, sorted(set(wanted.clients or [10_000])), results)
            if not wanted.without_import:
                say("Importing the extracts …")
                results.taken_in = taking_in.measure(opened)
    except CannotStart as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        say("Ended.")
        return 130
    text = report.document(results)
    sys.stdout.write(text)
    if not wanted.only_print:
        (REPOSITORY / "docs").mkdir(exist_ok=True)
        (REPOSITORY / "docs" / "performance.md").write_text(text)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--clients", type=int, action="append", help="size of a county (10 000)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4, help="of pages, then of floor, a round")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--without-import", action="store_true")
    parser.add_argument("--only-print", action="store_true", help="write no document")
    return parser.parse_args()


def _measure(opened: House, sizes: list[int], results: Results) -> None:
    with ExitStack() as stack:
        databases: dict[int, Database] = {}
        for size in sizes:
            databases[size] = _county(opened, size, stack)
        ports = {size: stack.enter_context(house.web(databases[size])) for size in sizes}
        results.counties = {size: {} for size in sizes}
        for work in WORKS:
            measurements = {
                size: Measurement(
                    databases[size],
                    ports[size],
                    Floor(opened, databases[size], results.connections),
                    work,
                )
                for size in sizes
            }
            for n in range(results.rounds):
                for measurement in measurements.values():
                    say(f"{work.name}, round {n + 1} of {results.rounds}")
                    measurement.round(results.seconds)
            for size, measurement in measurements.items():
                results.counties[size][work.name] = measurement.result
                measurement.close()
        results.costs = costs(databases[sizes[0]])


def _county(opened: House, size: int, stack: ExitStack) -> Database:
    say(f"Making a county of {size} clients …")
    name = f"bench_{size}"
    database = opened.copy(name)
    stack.callback(opened.drop, name)
    os.environ.update(database.of("app"))
    county.make(database, size)
    return database


if __name__ == "__main__":
    sys.exit(main())
