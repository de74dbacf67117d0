"""One server and one world for each module of browser tests."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from rinnalla.config import roles
from tests.browser.site import Site, running

# Playwright's loop makes Django believe that it is called from asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def site(
    another_world: Callable[[str], dict[str, str]],
    tmp_path_factory: pytest.TempPathFactory,
    chromium: Playwright,
    request: pytest.FixtureRequest,
) -> Iterator[Site]:
    """A running server over a world of the module's own."""
    name = Path(str(request.path)).stem
    urls = another_world(name)
    with running(urls, tmp_path_factory.mktemp("static"), chromium) as made:
        yield made
    database = urls["DATABASE_ADMIN_URL"].partition("?")[0].rpartition("/")[2]
    roles.drop_database(os.environ["DATABASE_ADMIN_URL"], database)
