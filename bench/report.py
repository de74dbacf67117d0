"""The figures as people read them: docs/performance.md."""

import os
import platform
import statistics
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bench.costs import Cost
from bench.house import House
from bench.rounds import Measured
from bench.taking_in import TIMES_LARGER, TakenIn
from bench.works import WORKS

if TYPE_CHECKING:
    from bench.__main__ import Results

IMPORT_GOAL = 10
SLOWER_GOAL = 10
NOTES = """\
The consultation page is opened by conveners and members by turns. Finding is a search that is sent
and the client's page to which it leads: two requests, two seats, two journal rows, and statements
are those of both. A view is saved as the page does it by itself, and its floor writes the same row
and the journal, durably. Statements do not count the transaction's own.
"""


def versions(house: House) -> dict[str, str]:
    """What was measured on and with."""
    return {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory()} GiB",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "PostgreSQL": house.version,
        "Python": platform.python_version(),
        "Django": version("Django"),
        "psycopg": version("psycopg"),
        "granian": version("granian"),
    }


def document(results: "Results") -> str:
    """The whole document."""
    parts = [_head(results), _works(results), _import(results.taken_in), _growth(results)]
    return "\n".join([*parts, _inside(results)])


def _head(results: "Results") -> str:
    told = ", ".join(f"{name} {what}" for name, what in results.versions.items())
    return f"""# Performance

Written by `bin/bench` on {datetime.now(UTC):%Y-%m-%d}. {told}.

Pages are answered with production settings: granian with two processes, {results.connections}
connections, each a person signed in by name and password, seated, under the policies, with one
durable journal row for each read. Beside each stands its **floor**: the same rows by one prepared
statement under pgbench on as many connections, past the policies and without a journal row for
reads. Pages and floor take turns of {results.seconds} s, {results.rounds} rounds; a ratio is the
median of the rounds. Everything shares the machine's cores with the browsers that ask: **the ratios
are the message**, and the milliseconds are those of a fully loaded machine.
"""


def _works(results: "Results") -> str:
    size, measured = next(iter(results.counties.items()))
    lines = [
        f"## Pages, a county of {_number(size)} clients\n",
        "| work | goal | ratio | | pages/s | floor/s | p50 ms | p95 ms | statements |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for work in WORKS:
        one = measured[work.name]
        lines.append(
            f"| {work.title} | 1 : {work.goal} | **1 : {one.ratio:.1f}** |"
            f" {_verdict(one.ratio <= work.goal)} | {statistics.median(one.pages):.0f} |"
            f" {statistics.median(one.floors):.0f} | {one.percentile(50):.0f} |"
            f" {one.percentile(95):.0f} | {results.costs[work.name].read} |"
        )
    lines.append("")
    lines.append(NOTES)
    return "\n".join(lines)


def _import(taken: TakenIn | None) -> str:
    if taken is None:
        return ""
    flat = taken.peak_of_larger / taken.peak
    met = _verdict(taken.ratio <= IMPORT_GOAL)
    memory = (
        f"{taken.peak:.0f} MiB; {taken.peak_of_larger:.0f} MiB with {TIMES_LARGER} times the visits"
    )
    return f"""## Import

The five extracts make {_number(taken.rows)} rows. `COPY` writes the same rows into empty tables
with the same indexes in one transaction in {taken.copy_seconds:.2f} s. The five imports take
{taken.seconds:.1f} s, with five starts of Python and Django {taken.whole:.1f} s.

| | goal | figure | |
|---|---|---|---|
| imports beside COPY | 1 : {IMPORT_GOAL} | **1 : {taken.ratio:.1f}** | {met} |
| peak memory of an import | flat | {memory} | {_verdict(flat < 1.25)} |

An import reads, checks and matches each row, keeps what it rejects, and compares with what is
stored; `COPY` does none of it.
"""


def _growth(results: "Results") -> str:
    if len(results.counties) < 2:
        return ""
    (small, before), *_, (large, after) = results.counties.items()
    lines = [
        f"## Growth, {_number(small)} → {_number(large)} clients\n",
        "Both counties are up at the same time and take turns within each round.\n",
        f"| work | goal | slower | | ratio at {_number(large)} |",
        "|---|---|---|---|---|",
    ]
    for work in WORKS:
        slower = _slower(before[work.name], after[work.name])
        lines.append(
            f"| {work.title} | ≤ {SLOWER_GOAL} % | **{slower:.0f} %** |"
            f" {_verdict(slower <= SLOWER_GOAL)} | 1 : {after[work.name].ratio:.1f} |"
        )
    return "\n".join([*lines, ""])


def _slower(before: Measured, after: Measured) -> float:
    pairs = zip(before.pages, after.pages, strict=True)
    return (statistics.median(small / large for small, large in pairs) - 1) * 100


def _inside(results: "Results") -> str:
    _size, measured = next(iter(results.counties.items()))
    missed = [work for work in WORKS if measured[work.name].ratio > work.goal]
    lines = [
        "## Where the time goes\n",
        "One request after another inside one process, milliseconds: waiting for PostgreSQL (and",
        "for the disk), and the processor's time in the driver, in templates, and in the rest of",
        "Python (Django's middleware and ORM, our queries and views).\n",
        "| work | whole | waiting | driver | templates | rest of Python |",
        "|---|---|---|---|---|---|",
    ]
    for work in WORKS:
        parts = results.costs[work.name].where
        names = ("whole", "waiting", "driver", "templates", "python")
        lines.append(f"| {work.title} | " + " | ".join(f"{parts[n]:.1f}" for n in names) + " |")
    lines.append("")
    for work in missed:
        floor = statistics.median(measured[work.name].floors)
        budget = (os.cpu_count() or 1) * 1000 * work.goal / floor
        lines.append(_why(work.title, results.costs[work.name], budget))
    return "\n".join(lines)


def _why(title: str, cost: Cost, budget: float) -> str:
    parts = cost.where
    python = parts["templates"] + parts["python"] + parts["driver"]
    share = python / parts["whole"] * 100
    dearest = "\n".join(f"- {line}" for line in cost.dearest)
    waiting = parts["waiting"] / parts["whole"] * 100
    return f"""### {title[0].upper()}{title[1:]}: the goal is missed

{share:.0f} % of a request is Python's work on one core, {waiting:.0f} % is waiting for the
{cost.read} statements. The floor uses no Python: what a page costs above it is mostly making HTML
({parts["templates"]:.1f} ms) and building statements and objects ({parts["python"]:.1f} ms).
At the goal all cores together would have {budget:.1f} ms for a page, PostgreSQL's and the browser's
own work included. Functions by their own time under the profiler:

{dearest}
"""


def _verdict(met: bool) -> str:
    return "met" if met else "missed"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
