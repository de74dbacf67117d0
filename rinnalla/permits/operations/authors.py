"""Who records a will: a member for the own unit, or the client or a guardian, without one."""

from uuid import UUID

from django.db import connection

from rinnalla.access.actor import Actor
from rinnalla.access.portal_actor import PortalActor
from rinnalla.permits.models import Permit, PermitRequest

By = Actor | PortalActor


def membership_of(by: By) -> UUID | None:
    """The member's; none for the client or a guardian."""
    return by.membership_id if isinstance(by, Actor) else None


def unit_of(by: By, asked: PermitRequest | None, before: Permit | None) -> UUID:
    """The member's unit; for the client the one that asked, else the earlier version's, else one
    that serves the client."""
    if isinstance(by, Actor):
        return by.unit_id
    if asked or before:
        return (asked or before).unit_id  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute("select (access.writing_units())[1]")
        unit: UUID = cursor.fetchone()[0]
    return unit
