"""What each page costs inside, asked of a process of its own (`bench.inside`)."""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from bench.house import Database
from bench.works import VIEW
from rinnalla.config.places import REPOSITORY, CannotStart


@dataclass(frozen=True)
class Cost:
    """Statements of one request, milliseconds of its parts, and its dearest functions."""

    statements: list[str]
    where: dict[str, float]
    dearest: list[str]

    @property
    def read(self) -> int:
        """Statements that ask something, without the frame of the transaction."""
        frames = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
        return sum(not text.startswith(frames) for text in self.statements)


def costs(database: Database) -> dict[str, Cost]:
    """The cost of each work in one county, for the first team and the first coach."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.inside"],
        input=json.dumps(_requests(database)),
        env=database.of("app"),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotStart(f"bench.inside failed:\n{done.stderr[-3000:]}")
    return {name: Cost(**told) for name, told in json.loads(done.stdout).items()}


def _requests(database: Database) -> list[dict[str, Any]]:
    with database.connect() as connection:
        # The last case of the first team, whose view was saved in the rounds or was not.
        found = connection.execute(
            "select o.session, o.number, s.id, coalesce(v.version, 0) from bench.open_case o"
            " join bench.seat s on s.k = o.team and s.position = 1"
            " join bench.worker w on w.kind = 'health' and w.k = o.team"
            " left join applications_view v on v.application_id = o.application"
            " and v.membership_id = w.membership"
            " where o.team = 1 order by o.i desc limit 1"
        ).fetchone()
        sought = connection.execute("select hetu from bench.client where n = 60").fetchone()
    if not found or not sought:
        raise CannotStart("The county is too small to be measured.")
    session, number, seat, version = found
    case = f"/kokoukset/{session}/{number}/"
    fields = {"text": VIEW * 4, "window": "sisalta"}
    return [
        {"name": "case", "username": "convener1", "path": case},
        {"name": "inbox", "username": "convener1", "path": "/saapuneet/"},
        {
            "name": "find",
            "username": "valmentaja1",
            "path": "/asiakkaat/haku/",
            "fields": {"q": sought[0]},
        },
        {
            "name": "view",
            "username": "health1",
            "path": f"{case}nakemys/{seat}/?itsestaan=1",
            "fields": fields,
            "saved": version,
        },
    ]
