"""The stories are told once, and never in a county's own database."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.world import World


@pytest.fixture
def owner_url(own_world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    for variable in ("DATABASE_OWNER_URL", "DATABASE_IMPORT_URL"):
        monkeypatch.setenv(variable, own_world.urls[variable])
    return own_world


def test_a_second_telling_changes_nothing(owner_url: World) -> None:
    before = owner_url.rows("select count(*) from applications_application")
    said = StringIO()
    call_command("demo", stdout=said)
    assert "already" in said.getvalue()
    assert owner_url.rows("select count(*) from applications_application") == before


def test_a_database_with_a_county_is_left_alone(owner_url: World) -> None:
    owner_url.rows("truncate applications_application cascade")
    owner_url.rows(
        "create or replace function rinnalla.now() returns timestamptz language sql stable as"
        " 'select transaction_timestamp()'"
    )
    with pytest.raises(CommandError, match="has a county"):
        call_command("demo")


def test_a_telling_that_was_cut_short_is_told_anew(owner_url: World) -> None:
    owner_url.rows("truncate applications_application cascade")
    owner_url.rows("delete from access.circle where thing is not null")
    owner_url.rows("truncate permits_permit, permits_permitrequest, plans_step, cases_case cascade")
    call_command("demo", stdout=StringIO())
    assert owner_url.rows("select count(*) from applications_application") == [(11,)]
