"""`bin/drill access`: many more random worlds, and every seeded fault of the policies."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from time import monotonic

from rinnalla.config import environment, roles
from tests.differential import Tally, compare, is_found, smallest, story
from tests.policy_faults import FAULTS
from tests.replaying import Replay

NAME = f"drill_access_{os.getpid()}"


@contextmanager
def empty_database() -> Iterator[str]:
    """A migrated database of the drill's own, on the tests' server; its administrator's address."""
    urls = environment.empty_test_database(os.environ, NAME)
    try:
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--verbosity=0"],
            env=os.environ | urls | {"RINNALLA_ROLE": "owner"},
            check=True,
        )
        yield urls["DATABASE_ADMIN_URL"]
    finally:
        roles.drop_database(os.environ["DATABASE_ADMIN_URL"], NAME)


def campaign(replay: Replay, seed: int, cases: int) -> Tally:
    """Compares, and shows the smallest world of the first difference."""
    tally = compare(replay, count(seed), cases)
    for difference in tally.differences[:3]:
        say(str(difference))
    if tally.differences:
        say(f"smallest world:\n{story(smallest(replay, tally.differences[0]))}")
    return tally


def faults(replay: Replay, seed: int) -> list[str]:
    """The seeded faults that the comparison does not find within a hundred worlds."""
    return [
        name
        for name, fault in FAULTS.items()
        if not is_found(replay, fault, range(seed, seed + 100))
    ]


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/drill access")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(words)
    begun = monotonic()
    with empty_database() as address:
        replay = Replay(address)
        try:
            tally = campaign(replay, options.seed, options.cases)
            missed = faults(replay, options.seed)
        finally:
            replay.close()
    found = len(FAULTS) - len(missed)
    say(f"cases:                {tally.cases} in {tally.worlds} worlds, from seed {options.seed}")
    say(f"disagreements:        {len(tally.differences)}")
    say(f"allowed:              {tally.allow_share:.1%}")
    say(f"seeded faults caught: {found} of {len(FAULTS)}")
    for name in missed:
        say(f"  not caught: {name}")
    say(f"seconds:              {monotonic() - begun:.0f}")
    return 1 if missed or tally.differences or tally.allow_share < 0.04 else 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    import django

    django.setup()
    sys.exit(main(sys.argv[1:]))
