"""A database server and web servers of the bench's own, with the settings of production."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from rinnalla.config import keys, places, roles, texts
from rinnalla.config.embedded import Cluster
from rinnalla.config.places import REPOSITORY, CannotStart

EXTRACTS = REPOSITORY / "data" / "extracts"
TEMPLATE = "bench_configured"


@dataclass(frozen=True)
class Database:
    """One database of the bench and the variables that lead to it."""

    name: str
    variables: dict[str, str]

    @property
    def owner_url(self) -> str:
        return self.variables["DATABASE_OWNER_URL"]

    def of(self, role: str) -> dict[str, str]:
        """A process's environment in one role, without the other roles' addresses."""
        own = f"DATABASE_{role.upper()}_URL"
        kept = {k: v for k, v in self.variables.items() if k[:9] != "DATABASE_" or k == own}
        mine = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "RINNALLA_"))}
        return mine | kept | {"RINNALLA_ROLE": role}

    def connect(self) -> psycopg.Connection:
        """As the owner, whom policies do not bind: the county's maker and the floor."""
        return psycopg.connect(self.owner_url, autocommit=True)


@dataclass(frozen=True)
class House:
    """The server, and what makes databases in it."""

    cluster: Cluster
    data: Path
    secrets: dict[str, str]

    @property
    def admin_url(self) -> str:
        return self.cluster.url(self.secrets["admin"], "postgres")

    @property
    def version(self) -> str:
        with psycopg.connect(self.admin_url) as connection:
            row = connection.execute("show server_version").fetchone()
        return str(row[0]) if row else ""

    def database(self, name: str) -> Database:
        url = roles.in_database(self.admin_url, name)
        variables = {key: self.secrets[key] for key in keys.KEYS} | {
            "DJANGO_SETTINGS_MODULE": "rinnalla.config.settings",
            "RINNALLA_DATA": str(self.data),
            "RINNALLA_STATIC": str(self.data / "bench-static"),
        }
        for role in roles.ROLES:
            variables[f"DATABASE_{role.upper()}_URL"] = roles.url_for(url, role, self.secrets[role])
        return Database(name, variables)

    def copy(self, name: str) -> Database:
        """A configured county without clients."""
        roles.drop_database(self.admin_url, name)
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("create database {} template {}").format(
                    sql.Identifier(name), sql.Identifier(TEMPLATE)
                )
            )
        roles.give_database(roles.in_database(self.admin_url, name))
        return self.database(name)

    def drop(self, name: str) -> None:
        roles.drop_database(self.admin_url, name)


@contextmanager
def opened() -> Iterator[House]:
    """The server with a configured county to copy; it ends with the bench."""
    data = places.data_folder()
    secrets = keys.kept_in(data)
    user = places.database_user(data)
    cluster = Cluster(places.server_binaries(user), data / "bench", user)
    with places.locked(data / "bench-run.lock"):
        cluster.start(secrets["admin"])
        house = House(cluster, data, secrets)
        try:
            _make_template(house)
            yield house
        finally:
            cluster.stop()


def _make_template(house: House) -> None:
    texts.compile_texts()
    roles.make_roles(house.admin_url, house.secrets)
    roles.drop_database(house.admin_url, TEMPLATE)
    roles.create_database(house.admin_url, TEMPLATE)
    database = house.database(TEMPLATE)
    manage(database, "owner", "migrate", "--verbosity=0")
    manage(database, "import", "configure", str(EXTRACTS))
    manage(database, "app", "collectstatic", "--noinput", "--clear", "--verbosity=0")


def manage(database: Database, role: str, *words: str) -> None:
    """A command of Rinnalla in a process of its own; tables are made as for the tests."""
    module = "tests.migrating" if words[0] == "migrate" else "django"
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env=database.of(role),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotStart(f"{words[0]} failed:\n{done.stderr[-2000:]}")


@contextmanager
def web(database: Database) -> Iterator[int]:
    """The web server as `bin/rinnalla serve` starts it; its port."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "rinnalla", "serve", "--port", str(port)],
        env=database.of("app"),
        cwd=REPOSITORY,
        start_new_session=True,
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise CannotStart("The web server ended at once.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise CannotStart("The web server does not answer.")


def parts_of(url: str) -> tuple[str, str, str]:
    """User, password and socket folder of an address, for programs that want them apart."""
    settings = psycopg.conninfo.conninfo_to_dict(url)
    return urlsplit(url).username or "", str(settings["password"]), str(settings["host"])
