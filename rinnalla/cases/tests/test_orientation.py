"""The county's words on the role: read, confirmed once a version, and seen by who leads."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rinnalla.cases.models import Orientation
from rinnalla.cases.operations.orientation import confirm_reading
from rinnalla.organizations.models import Setting
from tests.cases import agreed_case, ask
from tests.world import ADMINISTRATOR, CONVENER, INTAKE, MANAGER, REFERRER, SOCIAL, VEIKKO, World

pytestmark = pytest.mark.server
ROLE, READERS = "/vastuutyontekijan-tehtava/", "/vastuutyontekijan-tehtava/luettu/"
CONFIRM = "Olen lukenut tämän"


def test_the_reader_confirms_once_for_each_version(world: World) -> None:
    browser = world.browser(SOCIAL)
    page = browser.get(ROLE).content.decode()
    assert "Voimassa 1.1.2026 alkaen." in page and CONFIRM in page
    for _again in range(2):
        page = browser.post(ROLE, follow=True).content.decode()
    assert "Olet lukenut tämän 31.10.2026." in page and CONFIRM not in page
    member = world.member(SOCIAL).pk
    told = "select count(*) from journal_entry where kind = 'role.read' and subject = %s"
    assert world.rows(told, member) == [(1,)]
    with world.owner():
        Setting.objects.create(key="worker_role_fi", value="Uusi.", begins="2026-10-31")
    page = browser.get(ROLE).content.decode()
    assert "<p>Uusi.</p>" in page and CONFIRM in page


@pytest.mark.parametrize(
    ("language", "begins"),
    [("sv", "Den ansvariga arbetstagaren ser till"), ("en", "The responsible worker sees to it")],
)
def test_the_words_come_in_the_readers_language(world: World, language: str, begins: str) -> None:
    browser = world.browser(SOCIAL)
    browser.cookies["language"] = language
    assert begins in browser.get(ROLE).content.decode()
    world.rows(
        "delete from organizations_setting where key = %s returning 1", f"worker_role_{language}"
    )
    assert "Vastuutyöntekijä pitää huolta" in browser.get(ROLE).content.decode()


def test_nobody_confirms_for_another(world: World) -> None:
    other = world.member(CONVENER)
    with (
        world.acting(SOCIAL) as aatu,
        pytest.raises((ProgrammingError, IntegrityError), match="row-level security"),
        transaction.atomic(),
    ):
        Orientation.objects.create(membership=other, version=aatu.today, read_at=aatu.now)
    assert world.browser(INTAKE).post(ROLE).status_code == 403


def test_who_leads_sees_who_has_read(world: World) -> None:
    with world.acting(REFERRER) as hilppa:
        confirm_reading(by=hilppa)
    page = world.browser(MANAGER).get(READERS).content.decode()
    row = page.partition("Kokeilija Hilppa")[2].partition("</tr>")[0]
    assert "31.10.2026" in row and "ei vielä" in page
    assert "Koehenkilö Aatu" not in page, "another organization's"
    assert "Koehenkilö Aatu" in world.browser(ADMINISTRATOR).get(READERS).content.decode()
    assert world.browser(SOCIAL).get(READERS).status_code == 403


def test_the_list_takes_the_same_statements_however_long(world: World) -> None:
    counts = []
    for who in (MANAGER, ADMINISTRATOR):
        browser = world.browser(who)
        browser.get(READERS)
        with CaptureQueriesContext(connection) as captured:
            browser.get(READERS)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_who_is_asked_is_reminded_until_it_is_read(world: World) -> None:
    case = agreed_case(world)
    asked = ask(world, case, SOCIAL)
    browser = world.browser(SOCIAL)
    unread = "Et ole vielä lukenut"
    assert unread in browser.get(reverse("my-cases")).content.decode()
    page = browser.get(reverse("answer-asking", args=[case.public_id, asked.pk]))
    assert ROLE in page.content.decode()
    browser.post(ROLE)
    assert unread not in browser.get(reverse("my-cases")).content.decode()


def test_who_names_sees_who_has_yet_to_read(world: World) -> None:
    case = agreed_case(world)
    page = reverse("name-worker", args=[case.public_id])
    label = "sinä itse · ei vielä lukenut tehtävän kuvausta"
    assert label in world.browser(CONVENER).get(page).content.decode()
    with world.acting(CONVENER) as sirkka:
        confirm_reading(by=sirkka)
    after = world.browser(CONVENER).get(page).content.decode()
    assert "sinä itse" in after and label not in after


def test_the_client_reads_it_at_the_own_page(world: World) -> None:
    address = reverse("portal-worker-role")
    assert address in world.portal("A100004").get(reverse("portal-home")).content.decode()
    assert "sinun oma yhteyshenkilösi" in world.portal(VEIKKO).get(address).content.decode()
