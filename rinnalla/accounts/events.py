"""What is written to the journal about signing in; without a seat, under the account."""

import json
from uuid import UUID

from django.db import connection

SIGNED_IN = "account.signed_in"
SIGNED_OUT = "account.signed_out"
SIGN_IN_FAILED = "account.sign_in_failed"
PASSWORD_CHANGED = "account.password_changed"
CHOSEN = "account.chosen"


def record_account(kind: str, account: UUID | None, **facts: object) -> None:
    """One journal row about an account."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select rinnalla.record_account(%s, %s, %s::jsonb)", [kind, account, json.dumps(facts)]
        )
