"""The import of the five extracts beside COPY of the same rows, and how flat its memory is."""

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.house import EXTRACTS, Database, House
from rinnalla.config.places import REPOSITORY, CannotStart

DAY = "2026-10-31"
SOURCES = {
    "asiakkaat": "asiakkaat.csv",
    "pegasos": "pegasos_kaynnit.csv",
    "sosiaalihuolto": "sosiaalihuolto_palvelut.csv",
    "tyollisyysalue": "tyollisyysalue_asiakkuudet.csv",
    "kela": "kela_etuudet.csv",
}
TABLES = (
    "clients_client", "clients_clientidentifier", "clients_clientcontact", "clients_clientaddress",
    "clients_guardian", "clients_clientlock", "services_visit", "services_serviceuse",
    "services_benefit", "imports_rejection",
)  # fmt: skip
TIMES_LARGER = 5


@dataclass(frozen=True)
class TakenIn:
    """Seconds and megabytes of the imports, and seconds of COPY; `whole` is with the starts."""

    rows: int
    seconds: float
    whole: float
    copy_seconds: float
    peak: float
    peak_of_larger: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.copy_seconds


def measure(house: House) -> TakenIn:
    """The import into an empty county, COPY of what it made, and five times as many visits."""
    database = house.copy("bench_import")
    try:
        runs = [_import(database, key, EXTRACTS / file) for key, file in SOURCES.items()]
        with database.connect() as connection:
            rows = _count(connection)
            copied = min(_copy_seconds(connection) for _ in range(3))
        larger = _larger_visits(database)
    finally:
        house.drop("bench_import")
    seconds, whole, peaks = zip(*runs, strict=True)
    return TakenIn(rows, sum(seconds), sum(whole), copied, max(peaks), larger)


def _import(database: Database, source: str, file: Path) -> tuple[float, float, float]:
    """Seconds of the import, seconds with the start of its process, and peak megabytes."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.importing", source, str(file), DAY],
        env=database.of("import"),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _peak(process.pid))
        time.sleep(0.02)
    if process.returncode:
        raise CannotStart(f"The import of {source} failed.")
    whole = time.perf_counter() - began
    return float(process.communicate()[0]), whole, peak


def _peak(pid: int) -> float:
    """The most megabytes that the process has had; what wait4 tells counts its parent's, too."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def _count(connection: psycopg.Connection) -> int:
    counts = [connection.execute(f"select count(*) from {name}").fetchone() for name in TABLES]
    return sum(int(row[0]) for row in counts if row)


def _copy_seconds(connection: psycopg.Connection) -> float:
    """COPY of all rows into empty tables with the same indexes, in one transaction."""
    told = {name: _told(connection, name) for name in TABLES}
    for name in TABLES:
        connection.execute(f"drop table if exists bench_{name}")
        connection.execute(f"create table bench_{name} (like {name} including all)")
    began = time.perf_counter()
    with connection.transaction():
        for name, (columns, data) in told.items():
            with connection.cursor().copy(f"copy bench_{name} ({columns}) from stdin") as copy:
                copy.write(data)
    took = time.perf_counter() - began
    for name in TABLES:
        connection.execute(f"drop table bench_{name}")
    return took


def _told(connection: psycopg.Connection, name: str) -> tuple[str, bytes]:
    rows = connection.execute(
        "select quote_ident(attname) from pg_attribute where attrelid = %s::regclass"
        " and attnum > 0 and not attisdropped and attgenerated = ''",
        [name],
    ).fetchall()
    columns = ", ".join(str(row[0]) for row in rows)
    with connection.cursor().copy(f"copy {name} ({columns}) to stdout") as copy:
        return columns, b"".join(bytes(block) for block in copy)


def _larger_visits(database: Database) -> float:
    """Peak megabytes of an import of five times as many visits."""
    lines = (EXTRACTS / SOURCES["pegasos"]).read_bytes().splitlines(keepends=True)
    body = [line for line in lines[1:] if line[:1].isdigit()]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "larger.csv"
        with file.open("wb") as larger:
            larger.write(lines[0])
            for n in range(1, TIMES_LARGER + 1):
                larger.writelines(b"%d%s" % (n, line) for line in body)
            if lines[-1].startswith(b"***"):
                larger.write(lines[-1])
        _seconds, _whole, peak = _import(database, "pegasos", file)
    return peak
