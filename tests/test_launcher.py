"""The private server and its roles: started twice, killed, stopped; nobody passes by the rules."""

import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from rinnalla.config import commands, embedded, keys, places, roles, run, serve, stamps
from rinnalla.config.embedded import Cluster

PASSWORD = "a password with ' and / in it"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server of this file's own, where the server's user can reach it."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        data.chmod(0o711)
        made = embedded.test_cluster(data, "18")
        yield made
        made.stop()


def pid_of(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_the_second_start_finds_the_first(cluster: Cluster) -> None:
    cluster.start(PASSWORD)
    pid = pid_of(cluster)
    assert cluster.start(PASSWORD) is False
    assert pid_of(cluster) == pid


def test_a_killed_server_starts_again(cluster: Cluster) -> None:
    cluster.start(PASSWORD)
    os.kill(pid_of(cluster), signal.SIGKILL)
    assert cluster.start(PASSWORD) is True
    psycopg.connect(cluster.url(PASSWORD, "postgres")).close()


def test_a_pid_file_of_another_process_is_no_server(cluster: Cluster) -> None:
    cluster.start(PASSWORD)
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert cluster.stop() is False
    assert cluster.start(PASSWORD) is True


def test_only_its_user_reaches_the_server(cluster: Cluster) -> None:
    cluster.start(PASSWORD)
    assert stat.S_IMODE(cluster.socket_folder.stat().st_mode) == 0o700
    with psycopg.connect(cluster.url(PASSWORD, "postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(cluster.url("wrong", "postgres"))


def test_no_role_passes_by_the_rules(cluster: Cluster) -> None:
    cluster.start(PASSWORD)
    passwords = {role: f"{role}-secret" for role in roles.ROLES}
    server = cluster.url(PASSWORD, "postgres")
    roles.make_roles(server, passwords)
    roles.create_database(server, "launcher")
    admin = roles.in_database(server, "launcher")
    roles.prepare(admin, passwords)
    with psycopg.connect(admin) as connection:
        found = connection.execute(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole "
            "FROM pg_roles WHERE rolname LIKE 'rinnalla_%' ORDER BY rolname"
        ).fetchall()
    assert found == [(roles.login(role), False) for role in sorted(roles.ROLES)]
    with psycopg.connect(roles.url_for(admin, "app", "app-secret")) as connection:
        for statement in ("CREATE TABLE x (id int)", "CREATE TEMP TABLE x (id int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(statement)
    with psycopg.connect(roles.url_for(admin, "owner", "owner-secret")) as connection:
        connection.execute("CREATE TABLE x (id int)")


def test_letters_are_unicode_and_order_is_by_byte(cluster: Cluster) -> None:
    cluster.start(PASSWORD)
    with psycopg.connect(cluster.url(PASSWORD, "postgres")) as connection:
        assert connection.execute("SELECT lower('ÄÖ'), 'Z' < 'a'").fetchone() == ("äö", True)


def test_secrets_are_made_once_and_private(tmp_path: Path) -> None:
    first = keys.kept_in(tmp_path)
    assert keys.kept_in(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert len(set(first.values())) == len(first)


def test_the_web_process_gets_no_key_that_seals() -> None:
    house: Any = type("House", (), {"variables": {"RINNALLA_SEAL_KEY": "x", "A": "1"}})
    assert "RINNALLA_SEAL_KEY" not in run._only(house, "app")
    assert run._only(house, "worker")["RINNALLA_SEAL_KEY"] == "x"


def test_a_stamp_holds_until_the_content_changes(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("one")
    stamps.mark(tmp_path, "step", stamps.sum_of([file]))
    assert stamps.is_done(tmp_path, "step", stamps.sum_of([file]))
    file.write_text("two")
    assert not stamps.is_done(tmp_path, "step", stamps.sum_of([file]))


def test_an_occupied_port_is_told_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(places.CannotStart, match=f"Port {port} cannot be used"):
            serve.check_port(port)


def test_a_word_means_its_command() -> None:
    assert commands.name_of("explain-access") == "explain_access"
    assert commands.role_of(commands.name_of("import")) == "import"


def test_children_die_with_a_killed_parent() -> None:
    program = (
        "import sys, time; from rinnalla.config import serve;"
        "child = serve._start(['/bin/sleep', '60'], {});"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=places.REPOSITORY
    )
    assert parent.stdout
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert _ends(child)


def _ends(pid: int) -> bool:
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False
