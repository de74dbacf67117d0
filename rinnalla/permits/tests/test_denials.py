"""A denial: what it closes is shown first, closes at once, and opens again at its end."""

from django.db import connection
from django.urls import reverse

from rinnalla.organizations.models import Unit
from rinnalla.permits.queries.effect import shut_by
from rinnalla.permits.tests.test_wills import form
from tests.world import CONVENER, REFERRER, World

__all__ = ["form"]
DENIALS = "select count(*) from permits_permit where kind = 'denial' and client_id = %s"


def deny(world: World, unit: str, to: str = "") -> None:
    [[key]] = world.rows("select id from organizations_unit where code = %s", unit)
    form = {"units": str(key), "form": "spoken", "given_by": "client", "given_on": "31.10.2026"}
    if to:
        [[party]] = world.rows("select id from organizations_organization where code = %s", to)
        form["organizations"] = str(party)
    path = reverse("record-denial", args=[world.client().public_id])
    hilppa = world.browser(REFERRER)
    shown = hilppa.post(path, form)
    assert shown.status_code == 200 and world.rows(DENIALS, world.client().pk) == [(0,)]
    form["confirmed"] = shown.context["confirmed"]
    assert hilppa.post(path, form).status_code == 302


def sees_kela(world: World) -> bool:
    """Whether the convener reads Kela's benefits of Veikko."""
    with world.acting(CONVENER), connection.cursor() as cursor:
        cursor.execute("select 1 from services_benefit where client_id = %s", [world.client().pk])
        return cursor.fetchone() is not None


def test_a_denial_closes_at_once_and_its_end_opens_again(
    world: World, form: dict[str, str]
) -> None:
    client = world.client()
    hilppa = world.browser(REFERRER)
    opened = f"/asiakkaat/{client.public_id}/luvat/"
    assert sees_kela(world)
    deny(world, "KE950", "HVA")
    assert not sees_kela(world)
    told = "select o.code from permits_recipientnotice n join organizations_organization o"
    told += " on o.id = n.organization_id where n.client_id = %s and n.told_on is null"
    assert world.rows(told, client.pk) == [("HVA",)]
    assert "Kerro, että asiakas on kieltänyt: Koivurannan" in hilppa.get("/").content.decode()
    page = hilppa.get(opened).content.decode()
    assert "Koivurannan hyvinvointialue ei saa nähdä" in page
    refused = hilppa.post(f"{opened}uusi/", form)
    assert "Asiakas on kieltänyt tämän: Kela" in refused.content.decode()
    query = "select public_id from permits_permit where kind = 'denial' and withdrawn_at is null"
    [[denial]] = world.rows(f"{query} and client_id = %s", client.pk)
    ending = reverse("withdraw-permit", args=[denial])
    assert "Päätä kielto" in hilppa.get(ending).content.decode()
    assert hilppa.post(ending).status_code == 302
    assert sees_kela(world)
    # Its end closes nothing: nobody more is to be told.
    assert world.rows(told, client.pk) == [("HVA",)]


def test_a_denial_from_everybody_and_a_bad_one(world: World) -> None:
    deny(world, "KE950")
    hilppa, client = world.browser(REFERRER), world.client()
    here = reverse("client-permits", args=[client.public_id])
    assert "Kukaan muu ei saa nähdä" in hilppa.get(here).content.decode()
    path = reverse("record-denial", args=[client.public_id])
    bad = hilppa.post(path, {"given_on": "1.11.2026", "ends": "1.10.2026", "given_by": "client"})
    page = bad.content.decode()
    for sentence in (
        "Valitse vähintään yksi yksikkö.",
        "Kielto ei sulkisi mitään.",
        "tulevaisuudessa",
    ):
        assert sentence in page


def test_a_denial_says_first_what_it_closes(world: World) -> None:
    hilppa, client = world.browser(REFERRER), world.client()
    path = reverse("record-denial", args=[client.public_id])
    kela, fysio = (
        str(world.rows("select id from organizations_unit where code = %s", code)[0][0])
        for code in ("KE950", "SO880")
    )
    typed = {"form": "spoken", "given_by": "client", "given_on": "31.10.2026", "units": kela}
    shown = hilppa.post(path, typed)
    page = shown.content.decode()
    assert "Koivurannan hyvinvointialue ei enää näe näitä tietoja: Kela" in page
    # Another choice is shown anew before it is written.
    again = hilppa.post(path, {**typed, "units": fysio, "confirmed": shown.context["confirmed"]})
    assert "Kielto ei sulje nyt mitään" in again.content.decode()
    assert world.rows(DENIALS, client.pk) == [(0,)]


def test_a_unit_of_an_organization_is_denied_alone(world: World) -> None:
    unit = Unit.objects.get(code="TO210")
    with world.acting(REFERRER):
        kela = list(Unit.objects.select_related("organization").filter(code="KE950"))
        [pair] = shut_by(world.client(), kela, [], [unit])
    assert pair.recipient == unit
