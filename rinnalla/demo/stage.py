"""The stage of the stories: who acts, at which moment. Acts run as the application, with a seat."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import psycopg
from django.db import connection, transaction

from rinnalla.access.actor import Actor, seat
from rinnalla.organizations.models import Membership, Organization, TeamSession, Unit

HELSINKI = ZoneInfo("Europe/Helsinki")
# The demonstration begins on this Saturday.
DAY = "2026-10-31"


def moment(text: str) -> datetime:
    """Helsinki time from `2026-10-20 09.15`."""
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=HELSINKI)


class Stage:
    """Stops the clock at each moment in the owner's name, and seats people of the county."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.owner = owner

    @contextmanager
    def at(self, when: str, who: str, unit: str = "", role: str = "") -> Iterator[Actor]:
        """One transaction at a moment, as a person: `with stage.at(…) as hilppa:`."""
        # Stopped, not shifted: the stories are one transaction, whose own time stands still.
        self.owner.execute("update rinnalla.clock set frozen = %s", [moment(when)])
        with transaction.atomic():
            membership = member(who, unit, role)
            actor = seat(membership.pk, membership.user_id)
            if actor is None:
                raise LookupError(f"{who} has no seat at {when}")
            yield actor


def member(username: str, unit: str = "", role: str = "") -> Membership:
    """The person's open membership, of the unit and role when there are several."""
    rows = Membership.objects.filter(user__username=username, is_open=True)
    rows = rows.filter(unit__code=unit) if unit else rows
    rows = rows.filter(role=role) if role else rows
    return rows.order_by("unit__code", "role")[0]


def units(*codes: str) -> list[Unit]:
    """Units by their codes, with their organizations."""
    return list(Unit.objects.select_related("organization").filter(code__in=codes))


def organization(code: str) -> Organization:
    return Organization.objects.get(code=code)


def session(team: str, when: str) -> TeamSession:
    """The team's session that begins at the moment."""
    return TeamSession.objects.get(team__code=team, starts_at=moment(when))


@contextmanager
def owner_connection() -> Iterator[psycopg.Connection]:
    """A connection in the owner's name to the very database that Django is connected to."""
    connection.ensure_connection()
    with psycopg.connect(
        os.environ["DATABASE_OWNER_URL"], dbname=connection.settings_dict["NAME"], autocommit=True
    ) as owner:
        yield owner
