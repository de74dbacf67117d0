"""The signed form beside its permit: attached on the permit's page, refused at its field."""

import html
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import Settings

from rinnalla.permits.models import Permit
from tests.world import CONVENER, HEALTH, KELA, REFERRER, World

PDF = b"%PDF-1.7\n%%EOF"
WRITTEN = """
select (select count(*) from files_attachment), (select count(*) from files_attachmentcontent),
       (select count(*) from journal_entry where kind not like 'read.%%')
"""


def paper_permit(world: World) -> Permit:
    """Veikko's permit to Kela's data, which he signed; its scan is taken away."""
    world.rows("delete from files_attachmentcontent returning 1")
    world.rows("delete from files_attachment returning 1")
    client = world.client()
    with world.owner():
        rows = Permit.objects.select_related("client")
        return rows.get(client=client, form=Permit.Form.PAPER)


def post(browser: Browser, permit: Permit, name: str, content: bytes, kind: str) -> Any:
    file = SimpleUploadedFile(name, content, content_type=kind)
    return browser.post(reverse("attach-scan", args=[permit.public_id]), {"file": file})


def test_a_signed_form_is_attached_and_shown(world: World) -> None:
    permit, browser = paper_permit(world), world.browser(REFERRER)
    page, listing = (
        reverse("permit-paper", args=[permit.public_id]),
        reverse("client-permits", args=[permit.client.public_id]),
    )
    missing = "Allekirjoitettu lomake puuttuu"
    assert missing in browser.get(listing).content.decode()
    assert "Liitä allekirjoitettu lomake tähän." in browser.get(page).content.decode()
    answer = post(browser, permit, "Lupa Kela.PDF", PDF, "application/pdf")
    assert (answer.status_code, answer["Location"]) == (302, page)
    shown = browser.get(page).content.decode()
    assert "Lupa Kela.pdf" in shown and "Hilppa" in shown
    assert missing not in browser.get(listing).content.decode()


BAD = {
    "too large": (("lupa.pdf", PDF + b"x" * (10 << 20), "application/pdf"), "liian suuri"),
    "of another type": (("lupa.pdf", b"<html>", "application/pdf"), "muuta lajia"),
    "of another type than it says": (("lupa.png", PDF, "image/png"), "kuin sen nimi sanoo"),
    "empty": (("lupa.pdf", b"", "application/pdf"), "tyhjä"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_at_its_field(name: str, world: World) -> None:
    permit, browser = paper_permit(world), world.browser(REFERRER)
    (file, content, kind), words = BAD[name]
    before = world.rows(WRITTEN)
    answer = post(browser, permit, file, content, kind)
    assert answer.status_code == 200
    assert words in " ".join(answer.context["form"].errors["file"])
    page = html.unescape(answer.content.decode())
    assert 'aria-invalid="true"' in page and "Tarkista nämä kohdat" in page
    assert world.rows(WRITTEN) == before


def test_an_infected_file_is_refused_at_its_field(world: World, settings: Settings) -> None:
    permit, browser, before = paper_permit(world), world.browser(REFERRER), world.rows(WRITTEN)
    for scanner, words in (("command:sh -c 'exit 1'", "haittaohjelma"), ("", "ei voitu")):
        settings.SCANNER = scanner
        answer = post(browser, permit, "lupa.pdf", PDF, "application/pdf")
        assert words in " ".join(answer.context["form"].errors["file"])
    assert world.rows(WRITTEN) == before


def test_without_a_file_the_field_asks_for_one(world: World) -> None:
    permit = paper_permit(world)
    address = reverse("attach-scan", args=[permit.public_id])
    answer = world.browser(REFERRER).post(address)
    assert answer.context["form"].errors["file"] == ["Valitse tiedosto."]


def test_who_may_read_the_permit_reads_its_scan(world: World) -> None:
    """Also when nothing else of the unit that attached it is open."""
    permit, browser = paper_permit(world), world.browser(REFERRER)
    post(browser, permit, "lupa.pdf", PDF, "application/pdf")
    key = world.rows("select public_id from files_attachment")[0][0]
    address = reverse("attachment", args=[key])
    assert world.browser(CONVENER).get(address).status_code == 200
    world.rows("delete from access.opening returning 1")
    assert world.browser(CONVENER).get(address).status_code == 200
    assert world.browser(HEALTH).get(address).status_code == 404  # The session needs the permit.
    assert world.browser(KELA).get(address).status_code == 404


def test_a_scan_at_another_client_s_permit_opens_nothing(world: World) -> None:
    """The tie to the permit counts only for the client whose permit it is."""
    permit, browser = paper_permit(world), world.browser(REFERRER)
    post(browser, permit, "lupa.pdf", PDF, "application/pdf")
    key = world.rows("select public_id from files_attachment")[0][0]
    world.rows("delete from access.opening returning 1")
    other = "select id from permits_permit where client_id <> %s limit 1"
    world.rows(f"update files_attachment set subject_id = ({other}) returning 1", permit.client_id)
    address = reverse("attachment", args=[key])
    assert world.browser(CONVENER).get(address).status_code == 404
    assert browser.get(address).status_code == 200  # Recorded by the own unit.
