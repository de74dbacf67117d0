"""One import in a process of its own, timed without the start of Python and Django.

Run by `bench.taking_in` as the import's role: `python -m bench.importing SOURCE FILE DAY`.
"""

import sys
import time
from datetime import date
from pathlib import Path

import django


def main(source: str, file: str, day: str) -> None:
    """Takes the file in and tells the seconds."""
    django.setup()
    from rinnalla.imports.importing import import_file
    from rinnalla.imports.mapping import load_source

    began = time.perf_counter()
    with Path(file).open("rb") as stream:
        import_file(load_source(source), stream, day=date.fromisoformat(day))
    sys.stdout.write(f"{time.perf_counter() - began}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
