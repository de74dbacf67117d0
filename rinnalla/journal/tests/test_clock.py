"""The demonstration's clock can be moved and runs on; production has another and refuses this
one."""

from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from rinnalla.journal import clock
from rinnalla.journal.checks import refuse_demonstration_clock

pytestmark = pytest.mark.django_db

PRODUCTION = """
create or replace function rinnalla.now() returns timestamptz language sql stable as
    'select transaction_timestamp()'
"""
NINE = datetime(2026, 11, 3, 9, tzinfo=ZoneInfo("Europe/Helsinki"))


@pytest.fixture
def production(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(PRODUCTION)


@pytest.fixture
def demonstration(db: None) -> None:
    with connection.cursor() as cursor:
        clock.install_demonstration_clock(cursor)


def shown() -> datetime:
    with connection.cursor() as cursor:
        return clock.now(cursor)


def test_the_clock_is_moved_to_a_day(demonstration: None) -> None:
    call_command("clock", "2026-11-03", stdout=StringIO())
    assert shown() == NINE
    call_command("clock", "2026-11-03", "10.30", stdout=StringIO())
    assert shown() == NINE + timedelta(minutes=90)
    call_command("clock", "2026-11-03 09:00", stdout=StringIO())
    assert shown() == NINE


def test_it_can_be_given_back_the_real_time(demonstration: None) -> None:
    call_command("clock", "2026-11-03", stdout=StringIO())
    call_command("clock", "real", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("select rinnalla.now() = transaction_timestamp()")
        assert cursor.fetchone() == (True,)


def test_a_moved_clock_runs_on(demonstration: None) -> None:
    with connection.cursor() as cursor:
        clock.move(cursor, NINE)
        cursor.execute("select frozen is null, shift <> interval '0' from rinnalla.clock")
        assert cursor.fetchone() == (True, True)


def test_a_frozen_clock_stands(demonstration: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update rinnalla.clock set frozen = %s", [NINE])
    assert shown() == NINE


def test_words_that_are_no_day_are_refused(demonstration: None) -> None:
    for words in ("3.11.2026", "2026-11-31", "2026-11-03 25:00"):
        with pytest.raises(CommandError, match="ei ole päivä"):
            call_command("clock", words)


def test_a_production_clock_cannot_be_moved(production: None) -> None:
    with pytest.raises(CommandError, match="vain esittelyn"):
        call_command("clock", "2026-11-03")


def test_production_refuses_the_demonstrations_clock(
    demonstration: None, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    refuse_demonstration_clock()
    settings.DEMONSTRATION = False
    with pytest.raises(ImproperlyConfigured):
        refuse_demonstration_clock()


def test_production_starts_with_its_own_clock(production: None, settings: Settings) -> None:
    settings.DEMONSTRATION = False
    refuse_demonstration_clock()
