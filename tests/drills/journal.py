"""`bin/drill journal`: a sealed journal is tampered with as its owner; each time it is found."""

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import connection, transaction

from rinnalla.config.settings import database
from rinnalla.journal.sealing import checkpoints
from rinnalla.journal.sealing.exporting import export
from rinnalla.journal.sealing.sealer import seal_all
from rinnalla.journal.sealing.verifying import verify
from tests.drills.access import empty_database, say
from tests.tampering import KINDS, fill, unlock
from tools import verify_journal

ROWS, BATCH = 150, 12
# So often the untouched journal is verified and grows, and so often an export is judged.
GROWS, EXPORTS = 10, 20


@dataclass
class Campaign:
    """What came of the tries."""

    tried: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    placed: int = 0
    clean: int = 0
    exports: int = 0
    faults: list[str] = field(default_factory=list)


def campaign(tries: int, seed: int, folder: Path) -> Campaign:
    """Fills, seals, tampers and takes back, again and again; the checkpoint lies in the folder."""
    chance, done = random.Random(seed), Campaign()
    settings.CHECKPOINTS = str(folder / "checkpoints.jsonl")
    fill(chance, ROWS)
    seal_all(BATCH)
    unlock()
    for number in range(tries):
        if number % GROWS == 0:
            _clean(done, chance, folder)
        _try(done, number, chance, folder)
    _clean(done, chance, folder)
    return done


def _try(done: Campaign, number: int, chance: random.Random, folder: Path) -> None:
    name = chance.choice(list(KINDS))
    with transaction.atomic():
        batch = KINDS[name](chance)
        verdict = verify(Path(settings.CHECKPOINTS))
        if number % EXPORTS == 0 and _judged(done, folder) == 0:
            done.faults.append(f"try {number}: {name}: the other program found nothing")
        transaction.set_rollback(True)
    done.tried[name] += 1
    done.found[name] += not verdict.ok
    done.placed += verdict.seals == batch - 1
    if verdict.ok or verdict.seals != batch - 1:
        done.faults.append(f"try {number}: {name} in {batch}: {verdict}")


def _clean(done: Campaign, chance: random.Random, folder: Path) -> None:
    """Rows are written; the untouched journal is verified by both programs: nothing is wrong."""
    fill(chance, chance.choice([0, 1, 5]))
    if len(checkpoints.read(Path(settings.CHECKPOINTS))) < 2 * ROWS // BATCH:
        seal_all(BATCH)
    verdict = verify(Path(settings.CHECKPOINTS))
    done.clean += 1
    if not verdict.ok or _judged(done, folder):
        done.faults.append(f"false alarm: {verdict}")


def _judged(done: Campaign, folder: Path) -> int:
    """What the standalone program says of an export of now."""
    done.exports += 1
    with (folder / "export.jsonl").open("w") as file:
        export(file)
    words = [str(folder / "export.jsonl"), "--checkpoints", settings.CHECKPOINTS]
    said: Callable[[list[str]], int] = verify_journal.main
    with redirect_stdout(StringIO()):
        return said(words)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/drill journal")
    parser.add_argument("--tries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(words)
    begun = monotonic()
    with empty_database() as address, tempfile.TemporaryDirectory() as folder:
        connection.settings_dict.update(database(os.environ["DATABASE_OWNER_URL"]))
        connection.settings_dict["NAME"] = database(address)["NAME"]
        done = campaign(options.tries, options.seed, Path(folder))
        connection.close()
    for name, tried in sorted(done.tried.items()):
        say(f"{name + ':':27} {done.found[name]} of {tried} found")
    say(f"{'all:':27} {done.found.total()} of {done.tried.total()} found, from seed {options.seed}")
    say(f"{'in the right batch:':27} {done.placed}")
    say(f"{'untouched:':27} {done.clean} verified, exports judged {done.exports}")
    for fault in done.faults[:10]:
        say(f"  {fault}")
    say(f"{'seconds:':27} {monotonic() - begun:.0f}")
    return 1 if done.faults else 0


if __name__ == "__main__":
    import django

    django.setup()
    sys.exit(main(sys.argv[1:]))
