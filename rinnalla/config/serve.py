"""The processes of one run: started together, ended together, gone when their parent is."""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import NoReturn

from rinnalla.config.places import REPOSITORY, CannotStart, say

WEB_PROCESSES = "2"
THREADS_OF_A_PROCESS = "4"
PATIENCE_SECONDS = 15
PR_SET_PDEATHSIG = 1


class Asked(Exception):
    """Somebody asked the run to end."""


def web(port: int) -> NoReturn:
    """Become the web server, on loopback only: a proxy brings TLS and the world."""
    os.execv(
        sys.executable,
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws",
            "--host", os.environ.get("RINNALLA_HOST", "127.0.0.1"), "--port", str(port),
            "--workers", WEB_PROCESSES, "--blocking-threads", THREADS_OF_A_PROCESS,
            "--respawn-failed-workers", "--log-level", "warning",
            "rinnalla.config.wsgi:application",
        ],
    )  # fmt: skip


def hold_run_lock(data: Path) -> None:
    """One run for a data folder; the lock ends with this process, however it ends."""
    file = os.open(data / "run.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise CannotStart(f"A run with the data folder {data} is going on already.") from error


def check_port(port: int) -> None:
    """Say in one sentence that somebody else has the port, before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotStart(
                f"Port {port} cannot be used ({error.strerror}): choose another with --port N."
            ) from error


def supervise(
    children: Mapping[str, list[str]], environments: Mapping[str, Mapping[str, str]], port: int,
    when_ready: Callable[[], None],
) -> int:  # fmt: skip
    """Run the children until one ends or somebody asks; the exit code."""
    signal.signal(signal.SIGTERM, _ask)
    signal.signal(signal.SIGINT, _ask)
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, program in children.items():
            running[name] = _start(program, environments[name])
        if _answers(port, running):
            when_ready()
        ended = _first_that_ends(running)
        say(f"The process “{ended}” ended (code {running[ended].returncode}); the rest is ended.")
        return 1
    except Asked:
        return 0
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _end(running)


def _ask(_signal: int, _frame: FrameType | None) -> None:
    raise Asked


def _start(program: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    parent = os.getpid()

    def die_with_parent() -> None:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        # The parent may have died between the fork and the call above.
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return subprocess.Popen(
        program,
        cwd=REPOSITORY,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        # Ctrl-C at the terminal reaches only the parent, which ends all in order.
        start_new_session=True,
        # Safe: this process has one thread.
        preexec_fn=die_with_parent,  # noqa: PLW1509
    )


def _answers(port: int, running: Mapping[str, subprocess.Popen[bytes]]) -> bool:
    """Whether the web server came up, and nothing has ended meanwhile."""
    for _ in range(600):
        if any(process.poll() is not None for process in running.values()):
            return False
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _first_that_ends(running: Mapping[str, subprocess.Popen[bytes]]) -> str:
    while True:
        for name, process in running.items():
            if process.poll() is not None:
                return name
        time.sleep(0.5)


def _end(running: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for process in running.values():
        if process.poll() is None:
            process.terminate()
    latest = time.monotonic() + PATIENCE_SECONDS
    for process in running.values():
        try:
            process.wait(max(0.1, latest - time.monotonic()))
        except subprocess.TimeoutExpired:
            # Its own children are in its session, so that none is left behind.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
