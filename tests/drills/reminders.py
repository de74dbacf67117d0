"""`bin/drill reminders`: workers are killed as they send, and times move; nothing is lost, nothing
comes after its end. `--break` takes a promise away, to see that the drill notices."""

import argparse
import os
import sys
from random import Random
from time import monotonic

# Each life of a worker imports this module, too: whatever needs Django is imported later.
NAME = f"drill_reminders_{os.getpid()}"


def main(words: list[str]) -> int:
    from rinnalla.config import environment
    from tests.databases import drop, run
    from tests.drills.access import say
    from tests.reminding.campaign import BREAKS, Campaign
    from tests.reminding.judging import judge
    from tests.world import standing_in

    parser = argparse.ArgumentParser(prog="bin/drill reminders")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--break", choices=BREAKS, default="", dest="broken")
    options = parser.parse_args(words)
    begun = monotonic()
    urls = environment.empty_test_database(os.environ, NAME)
    try:
        for command, role in (("migrate", "owner"), ("demo", "app")):
            run(command, role, urls)
        with standing_in(urls, rolled_back=False) as world:
            record = Campaign(world, Random(options.seed), options.broken).run(options.kills)
    finally:
        drop(NAME)
    verdict = judge(record)
    for line in verdict.lines():
        say(line)
    for fault in verdict.faults[:10]:
        say(f"  {fault}")
    say(f"{'differences:':29} {len(verdict.faults)}, from seed {options.seed}")
    say(f"{'seconds:':29} {monotonic() - begun:.0f}")
    return 1 if verdict.faults else 0


if __name__ == "__main__":
    import django

    django.setup()
    sys.exit(main(sys.argv[1:]))
