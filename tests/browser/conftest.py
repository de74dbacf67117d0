"""One server and one world for each module of browser tests."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from rinnalla.config import roles
from tests.browser.judging import Within
from tests.browser.site import Site, collect, running

# Playwright's loop makes Django believe that it is called from asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of pages, collected once."""
    folder = tmp_path_factory.mktemp("static")
    collect(folder)
    return folder


@pytest.fixture(scope="module")
def site(
    another_world: Callable[[str], dict[str, str]],
    static: Path,
    chromium: Playwright,
    request: pytest.FixtureRequest,
) -> Iterator[Site]:
    """A running server over a world of the module's own."""
    urls = another_world(Path(str(request.path)).stem)
    with running(urls, static, chromium) as made:
        yield made
    database = urls["DATABASE_ADMIN_URL"].partition("?")[0].rpartition("/")[2]
    roles.drop_database(os.environ["DATABASE_ADMIN_URL"], database)


@pytest.fixture
def keep_within(record_property: Callable[[str, object], None]) -> Within:
    """Fails what takes more than its budget; the run ends with the table of them all."""

    def within(
        number: int, task: str, most: int, took: int | None = None, keys: int | None = None
    ) -> None:
        record_property("budget", [number, task, most, took, keys])
        assert took is None or took <= most, task

    return within
