"""`bin/rinnalla guarantees`: none in the told world, and the very row where one is broken."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from rinnalla.closing.guarantees import CHECKS
from tests.world import World

pytestmark = pytest.mark.server


def test_the_told_world_keeps_every_guarantee(world: World) -> None:
    said = StringIO()
    with world.owner():
        call_command("guarantees", stdout=said)
    assert said.getvalue().startswith(f"None: {len(CHECKS)} questions")


def test_a_row_that_got_past_the_constraints_is_found(world: World) -> None:
    said = StringIO()
    with world.owner(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(
            "update cases_assignment set ended_at = now() where is_open returning case_id"
        )
        broken = {str(row[0]) for row in cursor.fetchall()}
        cursor.execute("set local session_replication_role = origin")
        cursor.execute("alter table cases_case disable trigger a_named_case_stays_named")
        with pytest.raises(CommandError):
            call_command("guarantees", stdout=said)
    lines = said.getvalue().splitlines()
    wanted = "an active case without an open responsible worker: "
    assert {line.removeprefix(wanted) for line in lines if line.startswith(wanted)} == broken
    assert "a trigger that is switched off: a_named_case_stays_named" in lines
