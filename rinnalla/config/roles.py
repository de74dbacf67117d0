"""The four login roles of a database: who owns it, and who merely works in it."""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROLES = ("owner", "app", "import", "worker")
# Nobody here may pass row-level security by, make databases or make roles.
RIGHTS = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"


def login(role: str) -> str:
    """The role's name in PostgreSQL."""
    return f"rinnalla_{role}"


def url_for(admin_url: str, role: str, password: str) -> str:
    """The same database's address for one of the four roles."""
    parts = urlsplit(admin_url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{login(role)}:{quote(password, safe='')}@{place}"))


def in_database(url: str, name: str) -> str:
    """The same server's and person's address for another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def create_database(admin_url: str, name: str) -> None:
    """Make an empty database, in byte order with Unicode letters, for roles that are there."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL(
                "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' "
                "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
            ).format(sql.Identifier(name))
        )
    give_database(in_database(admin_url, name))


def drop_database(admin_url: str, name: str) -> None:
    """Remove a database, whoever is in it."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def prepare(admin_url: str, passwords: Mapping[str, str]) -> None:
    """Make the roles and give them the database of the address."""
    make_roles(admin_url, passwords)
    give_database(admin_url)


def make_roles(admin_url: str, passwords: Mapping[str, str]) -> None:
    """Make the four roles, or set their passwords and take what powers they were given."""
    with psycopg.connect(admin_url) as connection:
        # Two processes that do this at once would change the same rows of the catalogue.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('rinnalla roles'))")
        for role in ROLES:
            _make_role(connection, login(role), passwords[role])


def give_database(admin_url: str) -> None:
    """Give the database to its owner and take from everybody what they need not."""
    with psycopg.connect(admin_url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('rinnalla roles'))")
        _give_to_owner(connection)
        _take_from_public(connection)


def _make_role(connection: psycopg.Connection, name: str, password: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    # Hashed here, so that the password is in no server's log.
    hashed = connection.pgconn.encrypt_password(
        password.encode(), name.encode(), b"scram-sha-256"
    ).decode()
    if not known:
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))
    _make_harmless(connection, name)
    connection.execute(
        sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(name), sql.Literal(hashed))
    )


def _make_harmless(connection: psycopg.Connection, name: str) -> None:
    powers = connection.execute(
        "SELECT 1 FROM pg_roles WHERE rolname = %s "
        "AND (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication)",
        [name],
    ).fetchone()
    # Only a superuser may name these rights at all, so they are taken where there is one to take.
    if powers:
        connection.execute(
            sql.SQL("ALTER ROLE {} {}").format(sql.Identifier(name), sql.SQL(RIGHTS))
        )


def _give_to_owner(connection: psycopg.Connection) -> None:
    owner = sql.Identifier(login("owner"))
    database = sql.Identifier(connection.info.dbname)
    connection.execute(
        sql.SQL("GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {} TO {}").format(database, owner)
    )
    may = connection.execute(
        "SELECT rolsuper, rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    is_superuser, may_give = may or (False, False)
    if not is_superuser:
        # One gives to a role only what one could own as that role.
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))
    connection.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(owner))
    if may_give:
        connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(database, owner))


def _take_from_public(connection: psycopg.Connection) -> None:
    database = sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for role in ROLES:
        name = sql.Identifier(login(role))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, name))
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
    connection.execute(
        sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(
            database, sql.Identifier(login("import"))
        )
    )
