"""The pages of imports: who sees what, deciding and undoing, and how many statements it takes."""

from io import BytesIO
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from rinnalla.access import seat_key
from rinnalla.imports.importing import import_file
from rinnalla.imports.mapping import load_source
from rinnalla.imports.models import DoubtfulPair, ImportRun
from rinnalla.imports.tests.county import make_county, make_member
from rinnalla.imports.tests.test_reading import DAY, contents
from rinnalla.journal.models import Entry, EntrySubject

pytestmark = pytest.mark.django_db


def browser(role: str) -> Browser:
    """Somebody of the master's keeper, signed in."""
    member = make_member("AR001", f"Onerva {role.title()}", "Rekisterinhoitaja", role)
    made = Browser()
    made.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return made


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    make_county()
    seat_key.install(connection)


@pytest.fixture
def intake() -> Browser:
    made = browser("intake")
    import_file(load_source("asiakkaat"), BytesIO(contents("asiakkaat")), day=DAY)
    return made


def test_reports_are_read_by_intake_and_administrators(intake: Browser) -> None:
    run = ImportRun.objects.get()
    pages = ["/tuonnit/", f"/tuonnit/{run.public_id}/"]
    for reader, status in (
        (intake, 200),
        (browser("administrator"), 200),
        (browser("practitioner"), 403),
    ):
        assert [reader.get(page).status_code for page in pages] == [status, status]
    assert intake.get(f"/tuonnit/{UUID(int=0)}/").status_code == 404


def test_report_tells_row_line_column_and_reason(intake: Browser) -> None:
    page = intake.get(f"/tuonnit/{ImportRun.objects.get().public_id}/").content.decode()
    assert "Henkilö on merkitty omaksi huoltajakseen." in page
    assert "HUOLTAJA1_HETU" in page
    assert "161296-9115" not in page


def test_pairs_are_the_intakes_alone(intake: Browser) -> None:
    pair = DoubtfulPair.objects.first()
    assert pair is not None
    for role in ("administrator", "practitioner", "unit_manager"):
        stranger = browser(role)
        assert stranger.get("/tuonnit/epaselvat/").status_code == 403
        answer = stranger.post(f"/tuonnit/epaselvat/{pair.public_id}/", {"answer": "same"})
        assert answer.status_code == 403
    pair.refresh_from_db()
    assert pair.state == DoubtfulPair.State.OPEN


def test_reading_pairs_leaves_one_row_and_one_for_each_client(intake: Browser) -> None:
    assert intake.get("/tuonnit/epaselvat/").status_code == 200
    entry = Entry.objects.get(kind="read.doubtful-pairs")
    assert EntrySubject.objects.filter(entry=entry.pk).count() == 20


def test_a_decision_can_be_undone(intake: Browser) -> None:
    pair = DoubtfulPair.objects.first()
    assert pair is not None
    url = f"/tuonnit/epaselvat/{pair.public_id}/"
    refused = intake.post(url, {"answer": "perhaps"}, follow=True).content.decode()
    assert "Valitse, onko kyseessä" in refused
    assert intake.post(url, {"answer": "different"}).status_code == 302
    pair.refresh_from_db()
    assert (pair.state, pair.decided_at is not None) == (DoubtfulPair.State.DIFFERENT, True)
    refused = intake.post(url, {"answer": "same"}, follow=True).content.decode()
    assert "Joku on jo ratkaissut" in refused
    assert "Peru päätös" in refused
    assert intake.post(f"{url}peru/").status_code == 302
    assert "ei ole ratkaistu" in intake.post(f"{url}peru/", follow=True).content.decode()
    pair.refresh_from_db()
    assert (pair.state, pair.decided_at) == (DoubtfulPair.State.OPEN, None)
    kinds = Entry.objects.filter(kind__startswith="pair.").order_by("recorded_at")
    assert list(kinds.values_list("kind", flat=True)) == ["pair.decided", "pair.reopened"]


def test_statements_do_not_grow_with_pairs(intake: Browser) -> None:
    intake.get("/tuonnit/")
    counts = []
    for kept in (10, 1):
        few = DoubtfulPair.objects.values_list("pk", flat=True)[:kept]
        DoubtfulPair.objects.exclude(pk__in=list(few)).delete()
        with CaptureQueriesContext(connection) as statements:
            assert intake.get("/tuonnit/epaselvat/").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
