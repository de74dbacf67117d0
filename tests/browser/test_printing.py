"""What goes on paper: two sheets at most, the matter's words, and nothing that one would press."""

import shutil
import subprocess
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.addresses import filled
from tests.browser.site import Site
from tests.world import CONVENER, REFERRER, Who, standing_in

pytestmark = pytest.mark.browser
PRINTED = [
    (CONVENER, "case", "Miten Veikko pääsee takaisin töihin"),
    (CONVENER, "agenda", "Kaarnakivelä"),
    (REFERRER, "outcome", "Työkykylääkärin arvio"),
    (REFERRER, "receipt-application", "Hakemuksesi on lähetetty"),
]
# What the frame has, and what the bars of acts have.
NOT_ON_PAPER = ("Oma päivä", "Hae asiakasta", "Saavutettavuusseloste", "Suosita palvelua", "Kirjaa")


@pytest.fixture(scope="module")
def addresses(
    site: Site, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> dict[str, str]:
    with django_db_blocker.unblock(), standing_in(site.urls, rolled_back=True) as world:
        return filled(world)


@pytest.mark.parametrize(("who", "name", "words"), PRINTED, ids=[row[1] for row in PRINTED])
def test_main_pages_print_on_two_sheets(
    site: Site, addresses: dict[str, str], tmp_path: Path, who: Who, name: str, words: str
) -> None:
    page = site.person(*who)
    page.goto(addresses[name])
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(page.pdf(format="A4"))
    page.emulate_media(media="print")
    shown = page.locator("body").inner_text()
    page.context.close()
    assert 0 < paper.read_bytes().count(b"/Type /Page\n") <= 2
    assert words in shown
    assert [word for word in NOT_ON_PAPER if word in shown] == []
    if reader := shutil.which("pdftotext"):
        told = subprocess.run([reader, paper, "-"], capture_output=True, text=True, check=True)
        assert words in " ".join(told.stdout.split())
