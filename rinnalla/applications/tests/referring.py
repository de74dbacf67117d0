"""A referrer at work in the configured county, with one client of the master."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from rinnalla.access.actor import Actor, seat
from rinnalla.applications.models import Application
from rinnalla.clients.identifiers import encrypt_hetu, hetu_digest
from rinnalla.clients.models import Client, ClientIdentifier, ClientLock
from rinnalla.organizations.configuring.tables import Folder
from rinnalla.organizations.models import Membership, Municipality, Team, Unit
from rinnalla.services.management.commands.configure import configure

HETU = "170479-939V"
TEXTS = {
    "question": "Mikä auttaisi takaisin töihin?",
    "wish": "Haluan töihin.",
    "situation": "Työtön vuodesta 2024.",
    "agreed": "spoken",
}


def make_county() -> None:
    """The demonstration's county, from its own files."""
    configure(Folder(settings.COUNTY_DATA), Folder(Path(settings.BASE_DIR) / "data" / "extracts"))


def make_client(number: str = "A1", hetu: str = HETU) -> Client:
    """A client of the master from Nokia."""
    master = Unit.objects.get(keeps_master=True)
    client = Client.objects.create(
        unit=master,
        number=number,
        family_name="Kaarnakivelä",
        given_names="Veikko",
        birth_date=date(1979, 4, 17),
        contact_language="fi",
        municipality=Municipality.objects.get(name="Nokia"),
    )
    ClientLock.objects.create(client=client)
    ClientIdentifier.objects.create(
        client=client, unit=master, digest=hetu_digest(hetu), ciphertext=encrypt_hetu(hetu)
    )
    return client


@dataclass
class Worker:
    """Somebody signed in as one membership; pages are asked for by path."""

    username: str
    unit: str
    browser: Browser = field(default_factory=Browser)

    def __post_init__(self) -> None:
        membership = self.membership
        self.browser.force_login(
            membership.user, backend="django.contrib.auth.backends.ModelBackend"
        )
        session = self.browser.session
        session["membership"] = str(membership.pk)
        session.save()

    @property
    def membership(self) -> Membership:
        return Membership.objects.select_related("user").get(
            user__username=self.username, unit__code=self.unit
        )

    def get(self, path: str) -> HttpResponse:
        return self.browser.get(path)  # type: ignore[return-value]

    def post(self, path: str, **data: Any) -> HttpResponse:
        return self.browser.post(path, data)  # type: ignore[return-value]

    def statements(self, path: str) -> int:
        """How many SQL statements the page takes."""
        with CaptureQueriesContext(connection) as captured:
            assert self.get(path).status_code == 200
        return len(captured)

    @contextmanager
    def acting(self) -> Iterator[Actor]:
        """Seated in the test's own transaction, for acts of other people's pages."""
        membership = self.membership
        actor = seat(membership.pk, membership.user_id)
        assert actor is not None
        yield actor


def begin(worker: Worker, client: Client) -> Application:
    """Finds the client and begins an application to the proposed team."""
    worker.post("/asiakkaat/haku/", q=client.number or "")
    team = Team.objects.get(code="tyky-tampere")
    worker.post(f"/asiakkaat/{client.public_id}/hakemus/", team=str(team.pk))
    return Application.objects.latest("created_at", "pk")


def write(worker: Worker, application: Application, **more: str) -> HttpResponse:
    """Saves the whole form as a browser would; `version` and `then` may be given."""
    team = str(application.team_id)
    texts = {"version": "1", "team": team, **TEXTS, **more}
    return worker.post(f"/hakemukset/{application.public_id}/muokkaa/", **texts)
