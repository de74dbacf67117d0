"""Databases of tests and drills: an address for every role, a copy of a template, a command."""

import os
import subprocess
import sys

import psycopg
from django.conf import settings
from psycopg import sql

from rinnalla.config import roles


def urls_of(name: str) -> dict[str, str]:
    """The addresses of a database on the tests' server, for all roles."""
    return {
        variable: roles.in_database(os.environ[variable], name)
        for variable in os.environ
        if variable.startswith("DATABASE_") and variable.endswith("_URL")
    }


def copy(template: str, name: str) -> dict[str, str]:
    """A copy of a database that nobody is connected to."""
    admin = os.environ["DATABASE_ADMIN_URL"]
    roles.drop_database(admin, name)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(
            sql.SQL("create database {} template {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    roles.give_database(roles.in_database(admin, name))
    return urls_of(name)


def drop(name: str) -> None:
    """Removes a database of the tests' server."""
    roles.drop_database(os.environ["DATABASE_ADMIN_URL"], name)


def run(command: str, role: str, urls: dict[str, str]) -> None:
    """A command in a process of its own, as one of the roles."""
    module = "tests.migrating" if command == "migrate" else "django"
    subprocess.run(
        [sys.executable, "-m", module, command, "--verbosity=0"],
        env=os.environ | urls | {"RINNALLA_ROLE": role},
        cwd=settings.BASE_DIR,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
