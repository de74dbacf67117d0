"""`bin/drill access`: who may read, held by long campaigns. `--only races,pairs` runs those."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from random import Random
from time import monotonic

from django.conf import settings

from rinnalla.config import environment
from tests.databases import copy, drop, run, urls_of
from tests.differential import Tally, compare, finding_seed, smallest, story
from tests.policy_faults import FAULTS, SEEDS
from tests.replaying import Replay

NAME = f"drill_access_{os.getpid()}"


@contextmanager
def empty_database(name: str = NAME) -> Iterator[str]:
    """A migrated database of the drill's own, on the tests' server; its administrator's address."""
    environment.empty_test_database(os.environ, name)
    try:
        run("migrate", "owner", urls_of(name))
        yield urls_of(name)["DATABASE_ADMIN_URL"]
    finally:
        drop(name)


@contextmanager
def told_world(template: str) -> Iterator[dict[str, str]]:
    """A copy of the told world, for one part."""
    name = f"{NAME}_part"
    try:
        yield copy(template, name)
    finally:
        drop(name)


def campaign(replay: Replay, seed: int, cases: int) -> Tally:
    """Compares, and shows the smallest world of the first difference."""
    tally = compare(replay, count(seed), cases)
    for difference in tally.differences[:3]:
        say(str(difference))
    if tally.differences:
        say(f"smallest world:\n{story(smallest(replay, tally.differences[0]))}")
    return tally


def seeds_of_faults(replay: Replay, seed: int) -> dict[str, int | None]:
    """In which of a hundred worlds the comparison finds each seeded fault."""
    seeds = range(seed, seed + 100)
    return {name: finding_seed(replay, fault, seeds) for name, fault in FAULTS.items()}


# Each part says its lines and gives back what it found wrong.


def cases(address: str, options: argparse.Namespace) -> list[str]:
    replay = Replay(address)
    try:
        tally = campaign(replay, options.seed, options.cases)
    finally:
        replay.close()
    line("cases", f"{tally.cases} in {tally.worlds} worlds, from seed {options.seed}")
    line("disagreements", len(tally.differences))
    line("allowed", f"{tally.allow_share:.1%}")
    vacuous = ["hardly anything was allowed"] if tally.allow_share < 0.04 else []
    return [*vacuous, *map(str, tally.differences)]


def faults(address: str, options: argparse.Namespace) -> list[str]:
    replay = Replay(address)
    try:
        found = seeds_of_faults(replay, options.seed)
    finally:
        replay.close()
    missed = [name for name, seed in found.items() if seed is None]
    if options.remember:
        SEEDS.write_text(json.dumps({n: s for n, s in found.items() if s}, indent=1) + "\n")
    line("seeded faults caught", f"{len(FAULTS) - len(missed)} of {len(FAULTS)}")
    return [f"not caught: {name}" for name in missed]


def races(urls: dict[str, str], options: argparse.Namespace) -> list[str]:
    from tests.proofs.exports import stop_all
    from tests.proofs.races import course

    with course(urls, options.seed) as made:
        done = made.run(options.races)
    kinds = ", ".join(f"{name} {times}" for name, times in sorted(done.run.items()))
    line("revocation races", f"{done.run.total()} ({kinds})")
    line("  sent after the commit", f"{done.after} of {done.statements} statements")
    line("  rows after the commit", done.late_rows)
    pages = f"{done.exports}, at most {done.slowest_stop:.3f} s afterwards"
    line("  page by page stopped", pages)
    stopped = stop_all(urls, -(-options.races // 100), options.seed)
    line("  log exports stopped", f"{stopped.stopped}, at most {stopped.slowest:.3f} s afterwards")
    return [*done.faults, *stopped.faults]


def pairs(urls: dict[str, str], options: argparse.Namespace) -> list[str]:
    from tests.proofs.twins import compare as compare_twins
    from tests.world import standing_in

    with standing_in(urls, rolled_back=True) as world:
        done = compare_twins(world, options.pairs, options.seed)
    statuses = ", ".join(f"{status}: {times}" for status, times in sorted(done.answers.items()))
    line("non-interference", f"{done.pairs} pairs in {done.worlds} second worlds ({statuses})")
    line("  answers apart", len(done.faults))
    return done.faults


def interleaved(urls: dict[str, str], options: argparse.Namespace) -> list[str]:
    from tests.proofs.pooling import interleave

    done = interleave(urls, options.interleaved, options.seed)
    line("interleaved requests", f"{done.requests.total()} on {len(done.connections)} connections")
    line("  looks", f"{done.looks}, {done.rows} rows, each its actor's but for {len(done.faults)}")
    return done.faults


def forged(urls: dict[str, str], options: argparse.Namespace) -> list[str]:
    from tests.proofs.forging import forge

    done = forge(urls, options.seed)
    line("forged actors", f"{done.tried} ways, opened {len(done.opened)}")
    return done.opened


def canaries(urls: dict[str, str], options: argparse.Namespace) -> list[str]:
    from tests.proofs.canaries import Reach, sing
    from tests.table import ROLES
    from tests.world import standing_in

    found, fetched, words = list[str](), 0, 0
    with standing_in(urls, rolled_back=True) as world:
        sung = sing(world)
        for role in ROLES:
            reach = Reach(world, sung, role)
            reach.explore(options.canaries, 1, Random(options.seed))
            found += reach.faults
            fetched, words = fetched + reach.fetched, words + reach.words
    line("canaries", f"{len(sung.at)} words, {fetched} answers to {len(ROLES)} people")
    line("  own words read", words)
    line("  foreign words read", len(found))
    return found


ON_EMPTY: list[Callable[[str, argparse.Namespace], list[str]]] = [cases, faults]
ON_TOLD: list[Callable[[dict[str, str], argparse.Namespace], list[str]]] = [
    races, pairs, interleaved, forged, canaries,
]  # fmt: skip


def main(words: list[str]) -> int:
    options = chosen(words)
    begun, found = monotonic(), list[str]()
    settings.ALLOWED_HOSTS = ["testserver"]
    # What is refused is refused on purpose.
    logging.disable(logging.CRITICAL)
    with empty_database() as address:
        for part in ON_EMPTY:
            if part.__name__ in options.only:
                found += timed(part.__name__, partial(part, address, options))
        if wanted := [part for part in ON_TOLD if part.__name__ in options.only]:
            run("demo", "app", urls_of(NAME))
            for each in wanted:
                with told_world(NAME) as urls:
                    found += timed(each.__name__, partial(each, urls, options))
    for one in found[:10]:
        say(one)
    line("found", len(found))
    line("seconds", f"{monotonic() - begun:.0f}")
    return 1 if found else 0


def chosen(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/drill access")
    names = [part.__name__ for part in (*ON_EMPTY, *ON_TOLD)]
    parser.add_argument("--only", default=",".join(names), help="parts, with commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--races", type=int, default=500)
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--interleaved", type=int, default=10_000)
    parser.add_argument("--canaries", type=int, default=40, help="further pages for each person")
    parser.add_argument(
        "--remember", action="store_true", help="begin the tests with the worlds that find faults"
    )
    options = parser.parse_args(words)
    options.only = options.only.split(",")
    if unknown := {*options.only} - {*names}:
        parser.error(
            f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(names)}"
        )
    return options


def timed(name: str, part: Callable[[], list[str]]) -> list[str]:
    begun = monotonic()
    found = part()
    line(f"  seconds of {name}", f"{monotonic() - begun:.0f}")
    return found


def line(name: str, value: object) -> None:
    say(f"{name + ':':26} {value}")


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    import django

    django.setup()
    sys.exit(main(sys.argv[1:]))
