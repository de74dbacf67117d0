"""A question about a row of the log."""

from uuid import UUID

from django.db import connection

from rinnalla.access.portal_actor import PortalActor


def ask_about(entry: UUID, words: str, *, by: PortalActor) -> UUID:
    """Puts the question on the officer's desk, with a day by which it is answered."""
    with connection.cursor() as cursor:
        cursor.execute("select portal.ask_about(%s, %s)", [entry, words])
        key: UUID = cursor.fetchone()[0]
    return key
