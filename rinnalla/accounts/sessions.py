"""Sessions in the database, read without Django's model: every request does it."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone


class SessionStore(db.SessionStore):
    """As Django's own; a key that is unknown or too old is forgotten, so that a new one is made."""

    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(
                "select session_data from django_session"
                " where session_key = %s and expire_date > %s",
                [self.session_key, timezone.now()],
            )
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])
