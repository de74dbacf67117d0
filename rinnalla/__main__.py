"""The command line: `bin/rinnalla COMMAND …`, or `python -m rinnalla COMMAND …`."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from rinnalla.config import commands, environment, places, run, serve, stamps, texts

USAGE = """\
usage: bin/rinnalla COMMAND [ARGUMENTS]

  run [--port N]      make everything ready, run web and worker (what bin/run does)
  serve [--port N]    the web server alone
  prepare             database, roles, tables, texts, static files
  stop [--tests]      end the embedded databases, or only those of the tests
  in-tests PROGRAM …  run a program in the environment of the tests
  help                all other commands; help COMMAND explains one

Commands start the embedded database when no other is given and it is not running."""


def main(words: list[str]) -> int:
    """Run one command; the exit code."""
    if not words or words[0] in {"-h", "--help"}:
        places.say(USAGE)
        return 0 if words else 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rinnalla.config.settings")
    command, arguments = commands.name_of(words[0]), words[1:]
    try:
        if command in OURS:
            return OURS[command](arguments)
        return _django(command, arguments)
    except places.CannotStart as reason:
        places.say(str(reason))
        return 1


def _run(arguments: list[str]) -> int:
    return run.run(_port(arguments))


def _serve(arguments: list[str]) -> int:
    port = _port(arguments)
    serve.check_port(port)
    if house := _open("serve"):
        run.make_ready(house)
    serve.web(port)


def _prepare(_arguments: list[str]) -> int:
    run.make_ready(environment.open_house())
    return 0


def _stop(arguments: list[str]) -> int:
    data = places.data_folder()
    tests_only = "--tests" in arguments
    stopped = environment.stop_all(data, tests_only)
    if not tests_only:
        run.forget_database(data)
    places.say(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")
    return 0


def _in_tests(arguments: list[str]) -> int:
    texts.compile_texts()
    variables = os.environ | environment.for_tests()
    # The tools of the virtual environment come before those of the machine.
    variables["PATH"] = f"{Path(sys.prefix) / 'bin'}:{variables.get('PATH', os.defpath)}"
    program = shutil.which(arguments[0], path=variables["PATH"]) if arguments else None
    if program is None:
        raise places.CannotStart("in-tests needs a program that exists: in-tests pytest tests")
    return subprocess.run([program, *arguments[1:]], env=variables, check=False).returncode


def _compile_texts(_arguments: list[str]) -> int:
    places.say(f"Compiled: {texts.compile_texts()}.")
    return 0


def _django(command: str, arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    house = _open(command)
    if house and command not in commands.NEED_NO_TABLES:
        texts.compile_texts()
        run.make_tables(house)
    execute_from_command_line(["bin/rinnalla", command, *arguments])
    if house and command == "demo":
        stamps.mark(house.data, "demo", house.identity)
    return 0


def _open(command: str) -> environment.House | None:
    """Put into the environment what the command needs; no house when the operator gave it all."""
    role = os.environ.setdefault("RINNALLA_ROLE", commands.role_of(command))
    if environment.is_given(role):
        return None
    house = environment.open_house()
    os.environ.update(house.variables)
    return house


def _port(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/rinnalla")
    parser.add_argument("--port", type=int, default=8000)
    port: int = parser.parse_args(arguments).port
    return port


OURS: dict[str, Callable[[list[str]], int]] = {
    "run": _run,
    "serve": _serve,
    "prepare": _prepare,
    "stop": _stop,
    "in_tests": _in_tests,
    "compile_texts": _compile_texts,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
