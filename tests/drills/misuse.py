"""`bin/drill misuse`: one worker opens 583 people in two years, others work beside."""

import argparse
import os
import subprocess
import sys
from time import monotonic

from rinnalla.config import environment, roles
from tests.drills.access import say

NAME = f"drill_misuse_{os.getpid()}"
WORKING_DAYS = 500


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/drill misuse")
    parser.add_argument("--people", type=int, default=583)
    parser.add_argument("--workers", type=int, default=200)
    parser.add_argument("--days", type=int, default=30, help="how long the others work beside")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(words)
    begun = monotonic()
    urls = environment.empty_test_database(os.environ, NAME)
    try:
        return told(urls, options, begun)
    finally:
        roles.drop_database(os.environ["DATABASE_ADMIN_URL"], NAME)


def told(urls: dict[str, str], options: argparse.Namespace, begun: float) -> int:
    """Replays in a world of its own, and tells what came of it."""
    # Models can be imported only when Django is set up.
    from tests.misuse import Replay, two_years
    from tests.world import standing_in

    for command, role in (("migrate", "owner"), ("demo", "app")):
        subprocess.run(
            [sys.executable, "-m", "django", command, "--verbosity=0"],
            env=os.environ | urls | {"RINNALLA_ROLE": role},
            check=True,
        )
    with standing_in(urls, rolled_back=False) as world:
        replay = Replay(world, options.seed, options.workers)
        first = two_years(replay, options.people, WORKING_DAYS, options.days)
    tally = replay.tally
    rate = 1000 * tally.questions / max(1, tally.worker_days)
    say(f"one worker:     {tally.opened_by_the_one} people opened in {WORKING_DAYS} working days")
    say(f"  by way:       {', '.join(f'{way} {n}' for way, n in sorted(tally.ways.items()))}")
    say(f"first opened:   {first}; first question: {tally.first}")
    say(f"in a question:  {tally.asked_of_the_one} openings")
    say(f"the others:     {tally.openings} openings in {tally.worker_days} worker-days")
    kinds = ", ".join(f"{kind} {n}" for kind, n in sorted(tally.kinds.items()))
    say(f"questions:      {tally.questions}, {rate:.2f} for 1 000 worker-days ({kinds})")
    say(f"seconds:        {monotonic() - begun:.0f}")
    return 0 if tally.first == first and rate <= 1 else 1


if __name__ == "__main__":
    import django

    django.setup()
    sys.exit(main(sys.argv[1:]))
