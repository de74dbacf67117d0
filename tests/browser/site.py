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
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from rinnalla.config.places import REPOSITORY
from rinnalla.demo.stage import moment
from rinnalla.journal.clock import move

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass
class Site:
    """The server's address, its database, and the contexts of those who are signed in."""

    url: str
    urls: dict[str, str]
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    def person(self, name: str, unit: str, *, width: int = 1280, script: bool = True) -> Page:
        """Somebody signed in by a click, in a browser window of their own."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale="fi-FI",
        )
        page = context.new_page()
        self._listen(context, page)
        page.goto(f"{self.url}/esittely/")
        with psycopg.connect(self.urls["DATABASE_OWNER_URL"]) as owner:
            key = owner.execute(
                "select m.id from organizations_membership m"
                " join accounts_user a on a.id = m.user_id"
                " join organizations_unit u on u.id = m.unit_id"
                " where a.username = %s and u.code = %s and m.is_open order by m.role limit 1",
                [name, unit],
            ).fetchone()
        assert key is not None
        form = page.locator(f"form:has(input[value='{key[0]}'])").first
        if not form.is_visible():
            form.locator("xpath=ancestor::details").locator("summary").click()
        form.get_by_role("button").click()
        return page

    def clock(self, when: str) -> None:
        """Moves the demonstration's clock."""
        with psycopg.connect(self.urls["DATABASE_OWNER_URL"], autocommit=True) as owner:
            move(owner.cursor(), moment(when))

    def value(self, query: str, *parameters: object) -> str:
        """One value out of the database, past the policies."""
        with psycopg.connect(self.urls["DATABASE_OWNER_URL"]) as owner:
            row = owner.execute(query, parameters).fetchone()
        assert row is not None
        return str(row[0])

    def _listen(self, context: BrowserContext, page: Page) -> None:
        page.on(
            "console",
            lambda said: (
                self.complaints.append(f"{page.url}: {said.text}")
                if said.type == "error" and "Failed to load resource" not in said.text
                else None
            ),
        )
        context.on(
            "request",
            lambda asked: (
                None
                if asked.url.startswith((self.url, "data:"))
                else self.complaints.append(f"another host: {asked.url}")
            ),
        )


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{page.url} {rule['id']}: {', '.join(str(n['target']) for n in rule['nodes'][:3])}"
        for rule in found
    ]


@contextmanager
def running(urls: dict[str, str], static: Path, playwright: Playwright) -> Iterator[Site]:
    """The web server over the database, as in production but for one process; and Chromium."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    variables = os.environ | urls | {"RINNALLA_ROLE": "app", "RINNALLA_STATIC": str(static)}
    variables.pop("RINNALLA_PLAIN_STATIC", None)
    django = [sys.executable, "-m", "django"]
    subprocess.run(
        [*django, "collectstatic", "--noinput", "-v0"], env=variables, cwd=REPOSITORY, check=True
    )
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--port"]
    server = subprocess.Popen(
        [*granian, str(port), "--log-level", "warning", "rinnalla.config.wsgi:application"],
        env=variables,
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


def _wait_for(address: str) -> None:
    for _try in range(200):
        try:
            urllib.request.urlopen(address, timeout=2)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not answer")
