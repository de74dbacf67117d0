"""One command that makes everything ready and runs it, and ends what it started."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from rinnalla.config import commands, environment, places, serve, stamps, texts
from rinnalla.config.environment import House
from rinnalla.config.places import REPOSITORY, CannotStart, say

# Says that the database was started by a run, also to the run after one that was killed.
MARK_OF_RUN = "database-of-run"


def run(port: int) -> int:
    """Make ready, start web and worker, and stay until asked to end; the exit code."""
    # Whoever asks to end during the preparations is heard by the same `finally`.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    data = places.data_folder()
    serve.hold_run_lock(data)
    serve.check_port(port)
    mark = data / MARK_OF_RUN
    # A signal waits until it is known whether the database is ours to stop.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    house = environment.open_house()
    if house.started:
        mark.touch()
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
        if "RINNALLA_DEMONSTRATION" not in os.environ:
            house.variables["RINNALLA_DEMONSTRATION"] = "1"
        if "RINNALLA_URL" not in os.environ:
            house.variables["RINNALLA_URL"] = f"http://localhost:{port}"
        make_ready(house)
        load_demonstration(house)
        return serve.supervise(*_children(house, port), port, lambda: _greet(house, port))
    except KeyboardInterrupt:
        return 0
    finally:
        if mark.exists() and house.cluster:
            house.cluster.stop()
        mark.unlink(missing_ok=True)
        say("Ended.")


def make_ready(house: House) -> None:
    """Tables, texts and static files as the code wants them; what is so already is left alone."""
    texts.compile_texts()
    make_tables(house)
    static = [file for file in commands.apps_file("static/**/*") if file.is_file()]
    wanted = stamps.sum_of([*static, REPOSITORY / "requirements.txt"])
    with places.locked(house.data / "static.lock"):
        there = (house.data / "static").exists()
        if not there or not stamps.is_done(house.data, "static", wanted):
            call(house, "collectstatic", "--noinput", "--clear", "--verbosity=0")
            stamps.mark(house.data, "static", wanted)


def make_tables(house: House) -> None:
    """Migrate when the migrations, or the database, are not those of the last time."""
    files = [REPOSITORY / "requirements.txt", *commands.apps_file("migrations/**/*.py")]
    wanted = stamps.sum_of(files, house.identity)
    with places.locked(house.data / "tables.lock"):
        if not stamps.is_done(house.data, "tables", wanted):
            say("Making the tables …")
            call(house, "migrate", "--noinput", "--verbosity=0")
            # The database may be older than this folder's keys.
            call(house, "seat_key")
            stamps.mark(house.data, "tables", wanted)


def load_demonstration(house: House) -> None:
    """Tell the demonstration's stories once in the life of a database."""
    wanted = house.variables.get("RINNALLA_DEMONSTRATION", os.environ.get("RINNALLA_DEMONSTRATION"))
    if wanted != "1" or not commands.exists("demo"):
        return
    if not stamps.is_done(house.data, "demo", house.identity):
        say("Loading the demonstration …")
        call(house, "demo")
        stamps.mark(house.data, "demo", house.identity)


def call(house: House, command: str, *arguments: str) -> None:
    """Run one of our commands in a process of its own, since each has its own database role."""
    program = [sys.executable, "-m", "rinnalla", command, *arguments]
    variables = os.environ | house.variables
    done = subprocess.run(program, env=variables, cwd=REPOSITORY, stdout=sys.stderr, check=False)
    if done.returncode:
        raise CannotStart(f"The step “{command}” failed (code {done.returncode}).")


def _children(house: House, port: int) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
    ours = [sys.executable, "-m", "rinnalla"]
    children = {"web": [*ours, "serve", "--port", str(port)]}
    roles = {"web": "app", "worker": "worker"}
    if commands.exists("worker"):
        children["worker"] = [*ours, "worker"]
    return children, {name: _only(house, roles[name]) for name in children}


def _only(house: House, role: str) -> dict[str, str]:
    """The environment without what the process has no use for: the other roles' addresses, and
    the key that seals the journal."""
    own = {f"DATABASE_{role.upper()}_URL"} | ({"RINNALLA_SEAL_KEY"} if role == "worker" else set())
    return {
        name: value
        for name, value in (os.environ | house.variables).items()
        if not name.startswith(("DATABASE_", "RINNALLA_SEAL_KEY"))
        or name.removesuffix("_FILE") in own
    }


def _greet(house: House, port: int) -> None:
    say(f"\nRinnalla answers at http://localhost:{port}/  (Ctrl-C ends it)\n")
    if commands.exists("people"):
        call(house, "people")


def forget_database(data: Path) -> None:
    """Forget that a run started the database: somebody has stopped it."""
    (data / MARK_OF_RUN).unlink(missing_ok=True)
