"""Every page with each role that reads it: by the access table, and further states of some."""

from dataclasses import dataclass

from django.test import Client as Browser
from django.urls import reverse

from tests.addresses import filled, values
from tests.table import ROLES, TABLE
from tests.world import World

# Answers with a file, which is no page.
FILES = {"attachment", "log-request-document"}
JOHANNA, LEENA, ELLA = "A100217", "A100338", "A100480"
BUCKETS = ("uudet", "ilman", "kysytyt", "listalla", "annetut")


@dataclass(frozen=True)
class Visit:
    """A page opened by somebody."""

    name: str
    role: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} as {self.role}"


def visits(world: World) -> list[Visit]:
    """Each page for each role that gets it, and the pages of matters in other states."""
    addresses = filled(world)
    rows = [row for row in TABLE if row.method == "get" and row.name not in FILES]
    return [
        *(
            Visit(row.name, role, addresses[row.name])
            for row in rows
            for role, status in row.statuses.items()
            if status == 200
        ),
        *further(world, addresses),
    ]


def further(world: World, addresses: dict[str, str]) -> list[Visit]:
    """Drafts, questions, unanswered outcomes; lists by their parts; forms that are begun."""
    asked = world.application(JOHANNA).public_id
    draft = world.application(LEENA).public_id
    unanswered = "select public_id from applications_outcome where client_id = %s"
    outcome = world.rows(unanswered, world.client(ELLA).pk)[0][0]
    past = "select id from organizations_teamsession where team_id = %s and starts_at < %s"
    now = world.rows("select rinnalla.now()")[0][0]
    session = world.rows(f"{past} order by starts_at desc", world.application().team_id, now)[0][0]
    record = f"{addresses['record-permit']}?request={values(world)['request_id']}"
    return [
        Visit("edit-application", "referrer", reverse("edit-application", args=[draft])),
        Visit("send-application", "referrer", reverse("send-application", args=[draft])),
        Visit("application", "referrer", reverse("application", args=[asked])),
        Visit("answer-application", "referrer", reverse("answer-application", args=[asked])),
        Visit("outcome", "referrer", reverse("outcome", args=[outcome])),
        Visit("accept-outcome", "referrer", reverse("accept-outcome", args=[outcome])),
        Visit("outcome", "convener", reverse("outcome", args=[outcome])),
        Visit("record-permit", "referrer", record),
        Visit("recommend", "convener", f"{addresses['recommend']}?palvelu=TO210-LAAKARI"),
        Visit("screen", "convener", f"{addresses['screen']}?kuva=0"),
        Visit("agenda", "convener", reverse("agenda", args=[session])),
        Visit("agenda", "health", reverse("agenda", args=[session])),
        *(Visit("inbox", "convener", f"{addresses['inbox']}?tila={bucket}") for bucket in BUCKETS),
    ]


def browsers(world: World) -> dict[str, Browser]:
    """A browser for each role; one request made, so that its session is not new."""
    made = {}
    for role, who in ROLES.items():
        made[role] = world.browser(who) if who else Browser()
        made[role].get("/")
    return made
