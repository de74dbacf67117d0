"""The floor: the same rows by one prepared statement, read past the policies, by pgbench."""

import os
import re
import subprocess
from dataclasses import dataclass

from bench.county import SQL
from bench.house import Database, House, parts_of
from rinnalla.config.places import CannotStart

RATE = re.compile(r"tps = ([0-9.]+)")


@dataclass(frozen=True)
class Floor:
    """How pgbench is started in one database."""

    house: House
    database: Database
    connections: int

    def rate(self, name: str, seconds: int) -> float:
        """Statements a second of `floor_NAME.sql`, on as many connections as the pages had."""
        user, password, place = parts_of(self.database.owner_url)
        done = subprocess.run(
            [
                str(self.house.cluster.binaries / "pgbench"), "--no-vacuum", "--protocol=prepared",
                f"--client={self.connections}", "--jobs=2", f"--time={seconds}",
                f"--file={SQL / f'floor_{name}.sql'}",
                f"--define=clients={self._last('client')}",
                f"--define=cases={self._last('open_case')}",
                f"--define=teams={self._last('team')}",
                f"--host={place}", f"--username={user}", self.database.name,
            ],
            env={**os.environ, "PGPASSWORD": password},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        found = RATE.search(done.stdout)
        if done.returncode or not found:
            raise CannotStart(f"pgbench failed on {name}:\n{done.stderr[-2000:]}")
        return float(found[1])

    def _last(self, table: str) -> int:
        with self.database.connect() as connection:
            row = connection.execute(f"select count(*) from bench.{table}").fetchone()
        return int(row[0]) if row else 0
