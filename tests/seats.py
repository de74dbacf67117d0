"""Clients and guardians who have accounts, and the seats of theirs, for the tests."""

from typing import Any
from uuid import UUID

from django.db import connection

from rinnalla.access.operations import enrol_client
from rinnalla.access.portal_actor import PortalActor, seat_client
from rinnalla.clients.models import Client
from tests.world import HEALTH, World

PERSON, OTHER = "A100001", "A100116"
OPEN = (
    "insert into access.circle (client, membership, cause, begins)"
    " values (%s, %s, 'own_worker', rinnalla.now()) on conflict do nothing returning 1"
)


def enrolled(world: World, number: str = PERSON) -> tuple[Client, UUID]:
    """A client with an account, given in person by a worker of the county."""
    client = world.client(number)
    worker = world.member(HEALTH)
    world.rows(OPEN, client.pk, worker.pk)
    with world.acting(HEALTH) as by:
        account = enrol_client(client, by=by, email=f"{number}@example.org", phone="")
    return client, account


def sit(client: Client | None, account: UUID, mandate: UUID | None = None) -> PortalActor:
    actor = seat_client(client.pk if client else None, account, mandate)
    assert actor is not None
    return actor


def ask(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def counts() -> tuple[int, int]:
    """Clients and visits that the seat finds."""
    [row] = ask(
        "select (select count(*) from clients_client), (select count(*) from services_visit)"
    )
    return row[0], row[1]
