"""What the seated actor did and saw, written to the journal in the same transaction.

A member, a client and a guardian are recorded by the same functions: the seat says who it was.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from rinnalla.access.actor import Actor
from rinnalla.access.portal_actor import PortalActor


@dataclass(frozen=True)
class Basis:
    """Why the actor may see a client: the rows of the rule that hold, and the oldest cause."""

    client_id: UUID
    bases: list[str]
    cause: str
    since: datetime


@dataclass(frozen=True)
class Disclosure:
    """What is handed out to whom: `thing` is its kind and key, `what` its kinds of data.

    Without a permit it is handed out to the client, or on a section of law named in `ground`.
    """

    thing: tuple[str, UUID]
    what: Sequence[str]
    organization_id: UUID
    unit_id: UUID | None = None
    membership_id: UUID | None = None
    permit_id: UUID | None = None
    ground: str = ""


def record(
    by: Actor | PortalActor,
    kind: str,
    subject: tuple[str, UUID],
    clients: Iterable[UUID],
    **facts: Any,
) -> None:
    """One journal row of an act of the actor, who must be seated; facts are ids, days and codes,
    no text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.record_act(%s, %s, %s, %s::uuid[], %s::jsonb)",
            [kind, *subject, list(clients), json.dumps(facts)],
        )


def record_disclosure(by: Actor | PortalActor, client_id: UUID, given: Disclosure) -> None:
    """One journal row of kind *disclosed*; every act that shares something writes it."""
    ids = {
        "permit": given.permit_id,
        "organization": given.organization_id,
        "unit": given.unit_id,
        "membership": given.membership_id,
    }
    facts = {name: str(key) for name, key in ids.items() if key}
    if given.ground:
        facts["ground"] = given.ground
    record(by, "disclosed", given.thing, [client_id], what=list(given.what), **facts)


def record_read(
    page: str,
    clients: Iterable[UUID],
    kinds: Iterable[str],
    subject: tuple[str, UUID] | None = None,
) -> dict[UUID, Basis]:
    """One journal row of a page that shows the clients, and why the actor may see each.

    Raises a database error when a client is outside the actor's circle: then nothing is shown.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select client, bases, cause, since"
            " from access.record_read(%s, %s, %s, %s::uuid[], %s)",
            [page, *(subject or (None, None)), list(clients), list(kinds)],
        )
        return {row[0]: Basis(*row) for row in cursor.fetchall()}


def record_sharing(
    client: UUID,
    receivers: Iterable[UUID],
    units: Iterable[UUID] | None,
    *,
    thing: tuple[str, UUID],
    what: str,
) -> None:
    """One journal row of kind `disclosed` for each receiving membership and permit by which the
    units' data (None: all that is opened) comes to it; what it reads as its own leaves none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.record_sharing(%s, %s::uuid[], %s::uuid[], %s, %s, %s)",
            [client, list(receivers), None if units is None else list(units), *thing, what],
        )
