"""The world stands as it was told."""

from rinnalla.applications.models import Application
from rinnalla.clients.models import Client
from tests.world import CONVENER, KELA, REFERRER, World


def test_nobody_seated_sees_nobody(world: World) -> None:
    assert Client.objects.count() == 0
    assert Application.objects.count() == 0


def test_the_referrer_the_convener_and_nobody_of_kela_see_veikko(world: World) -> None:
    veikko = world.client()
    seen = {}
    for who in (REFERRER, CONVENER, KELA):
        with world.acting(who):
            seen[who] = Client.objects.filter(pk=veikko.pk).exists()
    assert seen == {REFERRER: True, CONVENER: True, KELA: False}


def test_first_pages_answer(world: World) -> None:
    for who in (REFERRER, CONVENER, KELA):
        assert world.browser(who).get("/").status_code == 200
