"""What a page costs inside: its statements, and where the time of one request goes.

Run by `bench.costs` in a process of its own as the application's role; its answer is JSON.
"""

import cProfile
import json
import pstats
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.db import connection
from django.template.base import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

WARM = 12
TIMES = 40
Request = dict[str, Any]
PLAIN_RENDER = Template.render


class Clock:
    """Seconds of statements, and processor seconds of their driver and of templates."""

    def __init__(self) -> None:
        self.statements = self.driver = self.templates = 0.0
        self._depth = 0

    def statement(self, execute: Callable[..., Any], *given: Any) -> Any:
        began, busy = time.perf_counter(), time.process_time()
        try:
            return execute(*given)
        finally:
            self.statements += time.perf_counter() - began
            self.driver += time.process_time() - busy

    def render(self, template: Template, context: Any) -> Any:
        if self._depth:
            return PLAIN_RENDER(template, context)
        self._depth += 1
        busy, driver = time.process_time(), self.driver
        try:
            return PLAIN_RENDER(template, context)
        finally:
            self._depth -= 1
            self.templates += time.process_time() - busy - (self.driver - driver)


def browser(username: str) -> Client:
    """Somebody signed in, without a connection between."""
    from rinnalla.accounts.models import User

    made = Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_LANGUAGE="fi")
    user = User.objects.get(username=username)
    made.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return made


def ask(made: Client, request: Request) -> None:
    """The request, and what it leads to."""
    if "fields" in request:
        fields = {**request["fields"], "version": str(request.get("saved", 0))}
        answer = made.post(request["path"], fields)
        request["saved"] = request.get("saved", 0) + 1
    else:
        answer = made.get(request["path"])
    if answer.status_code == 302:
        answer = made.get(answer["Location"])
    if answer.status_code not in (200, 204):
        raise SystemExit(f"{request}: {answer.status_code}")


def statements(made: Client, request: Request) -> list[str]:
    """The statements of one request."""
    with CaptureQueriesContext(connection) as captured:
        ask(made, request)
    return [query["sql"] for query in captured.captured_queries]


def where(made: Client, request: Request) -> dict[str, float]:
    """Milliseconds of one request: waiting for PostgreSQL, and the processor's by part."""
    clock = Clock()
    setattr(Template, "render", _measured(clock))  # noqa: B010
    began, busy = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(clock.statement):
        for _ in range(TIMES):
            ask(made, request)
    whole, cpu = time.perf_counter() - began, time.process_time() - busy
    setattr(Template, "render", PLAIN_RENDER)  # noqa: B010
    parts = {
        "whole": whole,
        "waiting": clock.statements - clock.driver,
        "driver": clock.driver,
        "templates": clock.templates,
        "python": cpu - clock.driver - clock.templates,
    }
    return {name: seconds / TIMES * 1000 for name, seconds in parts.items()}


def _measured(clock: Clock) -> Callable[[Template, Any], Any]:
    # A bound method would not get the template.
    return lambda template, context: clock.render(template, context)  # noqa: PLW0108


def dearest(made: Client, request: Request) -> list[str]:
    """The functions with the most time of their own."""
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(TIMES // 2):
        ask(made, request)
    profile.disable()
    rows = pstats.Stats(profile).get_stats_profile()
    functions = sorted(rows.func_profiles.items(), key=lambda row: -row[1].tottime)
    return [
        f"{own.tottime / rows.total_tt:.0%} {_place(own.file_name, name)}"
        for name, own in functions[:10]
    ]


def _place(file: str, name: str) -> str:
    return name if file == "~" else f"{'/'.join(file.split('/')[-2:])} {name}"


def main() -> None:
    """Reads the requests from standard input."""
    django.setup()
    told: dict[str, Any] = {}
    for request in json.load(sys.stdin):
        made = browser(request["username"])
        for _ in range(WARM):
            ask(made, request)
        told[request["name"]] = {
            "statements": statements(made, request),
            "where": where(made, request),
            "dearest": dearest(made, request),
        }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
