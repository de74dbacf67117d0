"""What `explain-access` says agrees with what the database lets each membership see."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from rinnalla.access.actor import seat
from rinnalla.access.law import Ground, Named, open_by_law
from rinnalla.accounts.models import User
from rinnalla.clients.models import Client
from rinnalla.organizations.models import Unit
from rinnalla.permits.explaining import explain
from tests.world import CONVENER, KELA, REFERRER, Who, World

pytestmark = pytest.mark.server
ONE_OF_EACH = """
insert into services_benefit
    (id, client_id, unit_id, source, source_key, fingerprint, known_on, kind, name, state,
     starts_on, note)
select gen_random_uuid(), %s, id, 'test', code, '', current_date, 'x', 'x', 'x', current_date, ''
from organizations_unit returning unit_id
"""


DENY = """
insert into access.denial (client, unit, organization, permit, begins)
select %s, id, %s, gen_random_uuid(), rinnalla.now() from organizations_unit
where code in ('TO210', 'SO810', 'KE950') returning 1
"""


def narrow_and_open(world: World, client: Client) -> None:
    """The client denies one organization some units; another worker opens the client by law."""
    world.rows(DENY, client.pk, world.member(REFERRER).unit.organization_id)
    with world.acting(KELA) as by:
        assert open_by_law(Named(number="A100001"), by=by, ground=Ground("emergency", "x"))


def test_explained_is_what_the_database_shows(world: World) -> None:
    """For every open membership and every unit, as if each unit had recorded something."""
    veikko = world.client()
    every = {row[0] for row in world.rows(ONE_OF_EACH, veikko.pk)}
    narrow_and_open(world, veikko)
    with world.owner():
        assert every == set(Unit.objects.values_list("pk", flat=True))
        explained = [one for user in User.objects.all() for one in explain(user, veikko)]
    assert len(explained) > 20
    for one in explained:
        membership = one.membership
        with transaction.atomic(), connection.cursor() as cursor:
            seat(membership.pk, membership.user_id)
            cursor.execute(
                "select unit_id from services_benefit where client_id = %s and source = 'test'",
                [veikko.pk],
            )
            assert {row[0] for row in cursor.fetchall()} == one.readable, membership
            cursor.execute(
                "select count(*) > 0 from access.my_circle where client = %s", [veikko.pk]
            )
            assert cursor.fetchall() == [(bool(one.circle),)], membership


def told(world: World, who: Who) -> str:
    out = StringIO()
    with world.owner():
        call_command("explain_access", who[0], "A100001", stdout=out)
    return out.getvalue()


def test_it_is_told_in_words(world: World) -> None:
    of_referrer = told(world, REFERRER)
    assert "asiayhteys – teet hakemusta asiakkaan kanssa" in of_referrer
    assert "oma – oma yksikkö:\n    TA901" in of_referrer
    assert "lupa – " in of_referrer and "kirjannut Hilppa Kokeilija" in of_referrer
    assert "puuttuu – lupa kysyttävä" in of_referrer
    assert "jaettu – asia" in told(world, CONVENER)
    assert "puuttuu – " in told(world, KELA)
    narrow_and_open(world, world.client())
    assert "laki – avasit tiedot lain nojalla" in told(world, KELA)
    assert "puuttuu – asiakas on kieltänyt" in told(world, REFERRER)


def test_explaining_leaves_a_row(world: World) -> None:
    told(world, REFERRER)
    [[count]] = world.rows("select count(*) from journal_entry where kind = 'access.explained'")
    assert count == 1
