"""A worker at their pages in the demonstration's world, under its policies."""

from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from rinnalla.applications.models import Application
from tests.world import Who, World

TEXTS = {
    "question": "Mikä auttaisi takaisin töihin?",
    "wish": "Haluan töihin.",
    "situation": "Työtön vuodesta 2024.",
    "agreed": "spoken",
}
UNKNOWN_TO_THE_STORIES = """
select c.number from clients_client c
join organizations_municipality m on m.code = c.municipality_id
where m.name = 'Nokia' and not c.is_protected and c.died_on is null
  and not exists (select from applications_application a where a.client_id = c.id)
order by c.number limit %s
"""


class Worker:
    """Somebody signed in as one membership; pages are asked for by path."""

    def __init__(self, world: World, who: Who) -> None:
        self.world = world
        self.browser = world.browser(who)

    def get(self, path: str) -> HttpResponse:
        return self.browser.get(path)  # type: ignore[return-value]

    def page(self, path: str) -> str:
        """The page's text; it must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    def post(self, path: str, **data: Any) -> HttpResponse:
        return self.browser.post(path, data)  # type: ignore[return-value]

    def statements(self, path: str) -> int:
        """How many SQL statements the page takes."""
        with CaptureQueriesContext(connection) as captured:
            self.page(path)
        return len(captured)


def newcomers(world: World, many: int = 1) -> list[str]:
    """Numbers of clients from Nokia whom no story knows."""
    return [number for (number,) in world.rows(UNKNOWN_TO_THE_STORIES, many)]


def begin(worker: Worker, number: str) -> Application:
    """Finds the client and begins an application to the proposed team."""
    here = worker.post("/asiakkaat/haku/", q=number).headers["Location"]
    [(team,)] = worker.world.rows("select id from organizations_team where code = 'tyky-tampere'")
    worker.post(f"{here}hakemus/", team=str(team))
    return worker.world.application(number)


def write(worker: Worker, application: Application, **more: str) -> HttpResponse:
    """Saves the whole form as a browser would; `version` and `then` may be given."""
    form = {"version": "1", "team": str(application.team_id), **TEXTS, **more}
    return worker.post(f"/hakemukset/{application.public_id}/muokkaa/", **form)


def state_of(world: World, application: Application) -> str:
    """The state as the table has it."""
    query = "select state from applications_application where id = %s"
    [(state,)] = world.rows(query, application.pk)
    return str(state)
