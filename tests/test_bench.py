"""That the bench runs: a small county, one short round; it asserts no figure."""

import subprocess

from bench.works import WORKS
from rinnalla.config.places import REPOSITORY


def test_bench_measures_every_work() -> None:
    words = "--clients 200 --rounds 1 --seconds 1 --connections 2 --without-import --only-print"
    done = subprocess.run(
        [REPOSITORY / "bin" / "bench", *words.split()],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert all(work.title in done.stdout for work in WORKS)
