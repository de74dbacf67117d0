"""A draft and what it still lacks; which team is proposed for a client, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from rinnalla.access.actor import Actor
from rinnalla.applications.models import Application, ApplicationText
from rinnalla.applications.queries.wanted import permit_rows, team_of
from rinnalla.clients.models import Client
from rinnalla.organizations.models import Team
from rinnalla.organizations.queries import ProposedArea, proposed_area
from rinnalla.permits.queries import Standing, permits_of

FIELDS = (
    *("question", "wish", "situation", "tried", "involved", "reaching", "support_needed"),
    *("urgency", "agreed", "version"),
)


@dataclass(frozen=True)
class Draft:
    """An application in the making: its text, and where each permit stands."""

    application: Application
    text: ApplicationText
    team: Team
    permits: list[Standing]

    @property
    def initial(self) -> dict[str, Any]:
        """The form's values as they are saved."""
        return {
            **{name: getattr(self.text, name) for name in FIELDS},
            "team": self.application.team_id,
        }

    @property
    def unasked(self) -> list[Standing]:
        """Permits that nobody has asked of the client."""
        return [row for row in self.permits if not row.state]


def draft_of(application: Application, today: date) -> Draft:
    """The draft as its writer goes on with it."""
    team = team_of(application)
    known = permits_of(application.client, today)
    text = ApplicationText.objects.get(application=application)
    return Draft(application, text, team, permit_rows(application, team, known))


def proposal_for(client: Client, actor: Actor) -> ProposedArea | None:
    """The area that the home municipality proposes; a protected client has none here."""
    if client.municipality_id is None or client.is_protected:
        return None
    return proposed_area(client.municipality_id, actor.today)


def earlier_drafts(client: Client, actor: Actor) -> list[Application]:
    """The reader's own unfinished applications for the client."""
    found = Application.objects.filter(
        client=client, referrer=actor.membership_id, state=Application.State.DRAFT
    )
    return list(found.select_related("team", "text").order_by("-created_at"))
