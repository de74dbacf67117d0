"""The environment that a process of Rinnalla gets: its database's address, its role, its keys."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from rinnalla.config import embedded, keys, places, roles, stamps
from rinnalla.config.embedded import Cluster

Variables = dict[str, str]


@dataclass(frozen=True)
class House:
    """A data folder with its database, and the variables that lead there."""

    data: Path
    variables: Variables
    identity: str
    cluster: Cluster | None = None
    started: bool = False


def is_given(role: str) -> bool:
    """Whether the operator gives this role's address; then nothing is started or migrated here."""
    name = f"DATABASE_{role.upper()}_URL"
    return name in os.environ or f"{name}_FILE" in os.environ


def given(name: str) -> str | None:
    """The operator's variable, or the contents of the file that NAME_FILE names."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name)


def open_house() -> House:
    """Start or find the database, with its roles made."""
    data = places.data_folder()
    if data != places.wanted_data_folder():
        places.say(f"Database and secrets are in {data}: the database's user cannot reach here.")
    secrets = keys.kept_in(data)
    if admin_url := given("DATABASE_URL"):
        return _house(data, secrets, admin_url)
    cluster = embedded.embedded_cluster(data)
    started = cluster.start(secrets["admin"])
    return _house(data, secrets, cluster.url(secrets["admin"]), cluster, started)


def for_tests(server: str | None = None) -> Variables:
    """The variables of tests, on a server of their own (18 or 15) that is started when needed.

    DATABASE_ADMIN_URL is there too: tests make their databases with it, in the owner's name.
    """
    server = server or os.environ.get("RINNALLA_TEST_SERVER", "18")
    data = places.data_folder()
    secrets = keys.kept_in(data)
    admin_url = given("TEST_DATABASE_URL")
    if not admin_url:
        cluster = embedded.test_cluster(data, server)
        cluster.start(secrets["admin"])
        admin_url = cluster.url(secrets["admin"])
    _with_roles(data, admin_url, secrets)
    return _variables(data, secrets, admin_url) | {
        "DATABASE_ADMIN_URL": admin_url,
        "RINNALLA_ROLE": "owner",
        "RINNALLA_DEMONSTRATION": "1",
        "RINNALLA_PLAIN_STATIC": "1",
        "RINNALLA_TEST_SERVER": server,
    }


def empty_test_database(variables: Mapping[str, str], name: str) -> Variables:
    """Make an empty database of that name on the tests' server; the variables that lead to it."""
    admin_url = variables["DATABASE_ADMIN_URL"]
    roles.drop_database(admin_url, name)
    roles.create_database(admin_url, name)
    return {
        variable: roles.in_database(url, name)
        for variable, url in variables.items()
        if variable.startswith("DATABASE_") and variable.endswith("_URL")
    }


def stop_all(data: Path, tests_only: bool = False) -> list[str]:
    """Stop every server that was started in the data folder; their names."""
    clusters = [] if tests_only else [embedded.embedded_cluster(data)]
    made = [server for server in ("18", "15") if (data / f"test-{server}").exists()]
    clusters += [embedded.test_cluster(data, server) for server in made]
    return [cluster.folder.name for cluster in clusters if cluster.stop()]


def _house(
    data: Path,
    secrets: Mapping[str, str],
    admin_url: str,
    cluster: Cluster | None = None,
    started: bool = False,
) -> House:
    identity = _with_roles(data, admin_url, secrets)
    variables = {
        name: value
        for name, value in _variables(data, secrets, admin_url).items()
        # What the operator gives, by value or by file, is not overruled.
        if name == "RINNALLA_DATA" or given(name) is None
    }
    demonstration = cluster is not None or stamps.is_done(data, "demo", identity)
    # A server that was given becomes a demonstration only when somebody makes it one.
    if demonstration and "RINNALLA_DEMONSTRATION" not in os.environ:
        variables["RINNALLA_DEMONSTRATION"] = "1"
    return House(data, variables, identity, cluster, started)


def _with_roles(data: Path, admin_url: str, secrets: Mapping[str, str]) -> str:
    owner_url = roles.url_for(admin_url, "owner", secrets["owner"])
    with places.locked(data / "database.lock"):
        identity = _identity(owner_url)
        if identity is None:
            _make_database(admin_url, secrets)
            identity = _identity(owner_url)
    if identity is None:
        raise places.CannotStart("The database's owner cannot sign in to it: see its log.")
    return identity


def _make_database(admin_url: str, secrets: Mapping[str, str]) -> None:
    try:
        psycopg.connect(admin_url).close()
    except psycopg.OperationalError as error:
        if "does not exist" not in str(error):
            raise places.CannotStart(f"The database does not answer: {error}") from error
        name = psycopg.conninfo.conninfo_to_dict(admin_url)["dbname"]
        server = roles.in_database(admin_url, "postgres")
        roles.make_roles(server, secrets)
        roles.create_database(server, str(name))
    else:
        roles.prepare(admin_url, secrets)


def _identity(owner_url: str) -> str | None:
    """What tells this database from one made anew in its place; none when there is no way in."""
    try:
        with psycopg.connect(owner_url) as connection:
            row = connection.execute(
                "SELECT system_identifier || '/' || oid FROM pg_control_system(), pg_database "
                "WHERE datname = current_database()"
            ).fetchone()
    except psycopg.OperationalError:
        return None
    return str(row[0]) if row else None


def _variables(data: Path, secrets: Mapping[str, str], admin_url: str) -> Variables:
    variables = {name: secrets[name] for name in keys.KEYS}
    variables |= {
        f"DATABASE_{role.upper()}_URL": roles.url_for(admin_url, role, secrets[role])
        for role in roles.ROLES
    }
    return variables | {
        "RINNALLA_DATA": str(data),
        "RINNALLA_STATIC": str(data / "static"),
        "RINNALLA_CHECKPOINTS": str(data / "checkpoints.jsonl"),
    }
