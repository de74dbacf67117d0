"""Openings by law are reviewed by another, and clients' inquiries answered; both with a clock."""

from django.urls import reverse

from rinnalla.access.law import Ground, Named, open_by_law
from rinnalla.access.models import LawOpening
from tests.world import OFFICER, STRANGER, World

EMERGENCY = Ground(LawOpening.EMERGENCY, "Tajuton, päivystyksessä.")
VEIKKO = "A100001"


def test_an_emergency_is_reviewed_in_time_by_the_officer(world: World) -> None:
    world.freeze("2026-10-30 22.00")
    with world.acting(STRANGER) as by:
        opened = open_by_law(Named(number="A100601"), by=by, ground=EMERGENCY)
    assert opened is not None
    officer, name = world.browser(OFFICER), str(world.client("A100601"))
    world.freeze("2026-11-05 09.00")
    listed = officer.get(reverse("law-openings")).content.decode()
    assert "Onerva Koepuro" in listed and "Hätätilanne" in listed and "Myöhässä" in listed
    assert name not in listed
    page = reverse("law-opening", args=[opened.opening_id])
    shown = officer.get(page).content.decode()
    assert "Tajuton" in shown and "Hillakuutamo" in shown
    assert officer.post(page, {"words": ""}).context["form"].errors
    assert "mikä avauksessa" in officer.post(page, {"verdict": "questioned"}).content.decode()
    assert officer.post(page, {"verdict": "justified"}).status_code == 302
    assert "jo arvioinut" in officer.post(page, {"verdict": "justified"}).content.decode()
    assert "Perusteltu" in officer.get(reverse("law-openings")).content.decode().replace(
        "perusteltu", "Perusteltu"
    )


def test_a_client_gets_an_answer(world: World) -> None:
    portal, officer = world.portal(VEIKKO), world.browser(OFFICER)
    entry = portal.get(reverse("portal-log")).context["log"].days[0][1][0].entry
    portal.post(reverse("portal-ask", args=[entry]), {"words": "Miksi hän katsoi?"})
    key = world.rows("select public_id from access_inquiry")[0][0]
    listed = officer.get(reverse("officer-inquiries")).content.decode()
    assert str(key) in listed and "Miksi" not in listed
    page = reverse("officer-inquiry", args=[key])
    assert "Miksi hän katsoi?" in officer.get(page).content.decode()
    assert officer.post(page, {"text": ""}).context["form"].errors
    assert officer.post(page, {"text": "Hän valmisteli kokousta."}).status_code == 302
    assert "Hän valmisteli kokousta." in portal.get(reverse("portal-log")).content.decode()
    officer.post(page, {"text": "Toinen vastaus."})
    assert "Toinen" not in portal.get(reverse("portal-log")).content.decode()
    kinds = "select count(*) from journal_entry where kind = 'inquiry.answered'"
    assert world.rows(kinds) == [(1,)]
