"""A running Rinnalla over a world of its own, and the browser that visits it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
)

from rinnalla.config.places import REPOSITORY
from rinnalla.demo.stage import moment
from rinnalla.journal.clock import move

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
PATIENCE = 20_000


@dataclass
class Site:
    """The server's address, its database, and what its pages did that no page may do."""

    url: str
    urls: dict[str, str]
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    def context(self, *, width: int = 1280, script: bool = True) -> BrowserContext:
        """A browser of somebody's own, which tells of errors and of requests to other hosts."""
        made = self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale="fi-FI",
        )
        made.set_default_timeout(PATIENCE)
        made.on("console", self._said)
        made.on("weberror", lambda fault: self.complaints.append(f"error: {fault.error}"))
        made.on("request", self._asked)
        made.on("response", self._answered)
        return made

    def person(self, name: str, unit: str, *, width: int = 1280, script: bool = True) -> Page:
        """Somebody signed in by a click, in a browser of their own."""
        page = self.context(width=width, script=script).new_page()
        page.goto("/esittely/")
        form = page.locator(f"form:has(input[value='{self.membership(name, unit)}'])").first
        if not form.is_visible():
            form.locator("xpath=ancestor::details").locator("summary").click()
        form.get_by_role("button").click()
        return page

    def client(self, number: str, for_whom: str = "", *, width: int = 320) -> Page:
        """A client at the own page by a click, or a guardian who has chosen for whom."""
        page = self.context(width=width).new_page()
        page.goto("/esittely/asiakas/")
        self._choose(page, "client", "select a.public_id from access_clientaccount a", number)
        if for_whom:
            self._choose(page, "seat", "select a.id from access_mandate a", for_whom)
        return page

    def _choose(self, page: Page, name: str, rows: str, number: str) -> None:
        query = f"{rows} join clients_client c on c.id = a.client_id"
        key = self.value(f"{query} where c.number = %s and a.ended_at is null", number)
        page.locator(f"form:has([name='{name}'][value='{key}']) button").click()

    def membership(self, name: str, unit: str) -> str:
        return self.value(
            "select m.id from organizations_membership m"
            " join accounts_user a on a.id = m.user_id"
            " join organizations_unit u on u.id = m.unit_id"
            " where a.username = %s and u.code = %s and m.is_open order by m.role limit 1",
            name,
            unit,
        )

    def clock(self, when: str) -> None:
        """Moves the demonstration's clock."""
        with psycopg.connect(self.urls["DATABASE_OWNER_URL"], autocommit=True) as owner:
            move(owner.cursor(), moment(when))

    def value(self, query: str, *parameters: object) -> str:
        """One value out of the database, past the policies."""
        with psycopg.connect(self.urls["DATABASE_OWNER_URL"]) as owner:
            row = owner.execute(query, parameters).fetchone()
        assert row is not None, f"{query} finds nothing with {parameters}"
        return str(row[0])

    def _said(self, message: ConsoleMessage) -> None:
        # The answers themselves are judged in `_answered`; a refused style or script is said here.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:")):
            self.complaints.append(f"another host: {request.url}")

    def _answered(self, response: Response) -> None:
        part = response.request.resource_type != "document"
        if response.status >= 500 or (response.status >= 400 and part):
            self.complaints.append(f"{response.status}: {response.url}")


@contextmanager
def running(urls: dict[str, str], static: Path, playwright: Playwright) -> Iterator[Site]:
    """The web server over the database, as in production but for one process; and Chromium."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
            *("--port", str(port), "--workers", "1", "--blocking-threads", "4"),
            *("--log-level", "warning", "rinnalla.config.wsgi:application"),
        ],
        env=served(urls, static),
        cwd=REPOSITORY,
    )
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu", *options])
    try:
        _wait_for(f"http://127.0.0.1:{port}/-/ready")
        yield Site(f"http://127.0.0.1:{port}", urls, browser)
    finally:
        browser.close()
        server.terminate()
        server.wait(10)


def served(urls: dict[str, str], static: Path) -> dict[str, str]:
    """The environment of the web server: the application's role, and files as in production."""
    variables = os.environ | urls | {"RINNALLA_ROLE": "app", "RINNALLA_STATIC": str(static)}
    variables["RINNALLA_DEMONSTRATION"] = "1"
    for name in ("RINNALLA_PLAIN_STATIC", "RINNALLA_DEBUG"):
        variables.pop(name, None)
    return variables


def collect(static: Path) -> None:
    """The files of pages with their hashes, compressed."""
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"],
        env=served({}, static),
        cwd=REPOSITORY,
        check=True,
    )


def _wait_for(address: str) -> None:
    for _try in range(300):
        try:
            urllib.request.urlopen(address, timeout=2)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not answer")
