"""What the seated actor did and saw, written to the journal in the same transaction."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from rinnalla.access.actor import Actor


@dataclass(frozen=True)
class Basis:
    """Why the actor may see a client: the rows of the rule that hold, and the oldest cause."""

    client_id: UUID
    bases: list[str]
    cause: str
    since: datetime


def record(
    by: Actor, kind: str, subject: tuple[str, UUID], clients: Iterable[UUID], **facts: Any
) -> None:
    """One journal row of an act of the actor, who must be seated; facts are ids, days and codes,
    no text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.record_act(%s, %s, %s, %s::uuid[], %s::jsonb)",
            [kind, *subject, list(clients), json.dumps(facts)],
        )


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
