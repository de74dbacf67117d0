"""The applications that go along with an earlier one, as far as the reader is told of them."""

from dataclasses import dataclass
from uuid import UUID

from rinnalla.applications.models import Application, ApplicationText
from rinnalla.lib.prepared import Prepared

State = Application.State


@dataclass(frozen=True, slots=True)
class Joined:
    """A later application; `text` is None where no permit reaches the reader."""

    application: Application
    text: ApplicationText | None


_JOINED = Prepared(
    lambda key: (
        Application.objects.filter(joinings__into=key, joinings__undone_at=None)
        .select_related("unit__organization", "referrer__user", "text")
        .order_by("sent_at")
    ),
    UUID,
)
_MINE = Prepared(
    lambda client, member, this: (
        Application.objects.filter(
            client=client,
            referrer=member,
            state__in=[State.SENT, State.RECEIVED, State.RECOMMENDED, State.CALLED],
        )
        .exclude(pk=this)
        .select_related("team")
        .order_by("sent_at")
    ),
    UUID,
    UUID,
    UUID,
)


def joined_of(application_id: UUID) -> list[Joined]:
    """Those that go along with the application, oldest first; one statement."""
    return [Joined(row, getattr(row, "text", None)) for row in _JOINED.rows(application_id)]


def also_mine(application: Application, member: UUID) -> list[Application]:
    """What the same referrer has sent of the client to other teams, too: they alone are asked."""
    mine = _MINE.rows(application.client_id, member, application.pk)
    return [row for row in mine if row.team_id != application.team_id]
