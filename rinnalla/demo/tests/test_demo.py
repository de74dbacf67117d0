"""The stories are told once, and never in a county's own database."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.world import World


@pytest.fixture
def owner_url(own_world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("DATABASE_OWNER_URL", own_world.urls["DATABASE_OWNER_URL"])
    assert os.environ["DATABASE_OWNER_URL"]
    return own_world


def test_a_second_telling_changes_nothing(owner_url: World) -> None:
    before = owner_url.rows("select count(*) from applications_application")
    said = StringIO()
    call_command("demo", stdout=said)
    assert "already" in said.getvalue()
    assert owner_url.rows("select count(*) from applications_application") == before


def test_a_database_with_a_county_is_left_alone(owner_url: World) -> None:
    owner_url.rows("alter table journal_entry disable trigger append_only")
    owner_url.rows("delete from journal_entry where kind = 'demo.told'")
    with pytest.raises(CommandError, match="has a county"):
        call_command("demo")
