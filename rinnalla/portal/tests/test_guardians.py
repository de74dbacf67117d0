"""Who acts for a client: recorded, ended, denied by the client; what is kept from the client."""

from datetime import date

import pytest
from django.urls import reverse

from rinnalla.access.models import Mandate
from rinnalla.clients.models import Client
from rinnalla.services.models import Visit
from tests.world import CONVENER, HEALTH, LARS, LAURA, REFERRER, TIINA, VEIKKO, World

MANDATES = "select scope, begins, ends, denied_at is null, ended_at is null from access_mandate"
GIVEN = {"scope": "health", "begins": "1.11.2026", "ends": "", "checked": "on"}
KEPT = "select count(*) from access_withholding where client_id = %s and lifted_at is null"


def record(world: World, **changes: str) -> tuple[int, str]:
    """Sirkka records Laura's mandate for Veikko, with changes: the status and the page."""
    address = reverse("record-mandate", args=[world.client(VEIKKO).public_id])
    answer = world.browser(CONVENER).post(address, {"guardian": LAURA, **GIVEN, **changes})
    return answer.status_code, answer.content.decode()


def mandate(world: World) -> Mandate:
    with world.owner():
        return Mandate.objects.get(client__number=VEIKKO)


def test_a_mandate_is_recorded_ended_and_opens_the_page_between(world: World) -> None:
    assert record(world)[0] == 302
    rows = world.rows(f"{MANDATES} where client_id = %s", world.client(VEIKKO).pk)
    assert rows == [("health", date(2026, 11, 1), None, True, True)]
    again, page = record(world)
    assert again == 200 and "Päätä ensin entinen valtuus" in page
    page = reverse("client-portal", args=[world.client(VEIKKO).public_id])
    assert str(world.client(LAURA)) in world.browser(CONVENER).get(page).content.decode()
    end = reverse("end-mandate", args=[mandate(world).public_id])
    assert "Päätä valtuus" in world.browser(CONVENER).get(end).content.decode()
    assert world.browser(CONVENER).post(end).status_code == 302
    assert world.rows(f"{MANDATES} where client_id = %s", world.client(VEIKKO).pk)[0][4] is False
    assert world.browser(CONVENER).post(end).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("guardian", "A999999"),
        ("guardian", VEIKKO),
        ("guardian", ""),
        ("ends", "31.10.2026"),
        ("begins", "eilen"),
        ("scope", "kaikki"),
        ("checked", ""),
    ],
)
def test_bad_input_is_refused_at_the_field(world: World, field: str, typed: str) -> None:
    address = reverse("record-mandate", args=[world.client(VEIKKO).public_id])
    posted = {"guardian": LAURA, **GIVEN, field: typed}
    answer = world.browser(CONVENER).post(address, posted)
    assert answer.status_code == 200 and set(answer.context["form"].errors) == {field}
    assert (
        field in ("scope", "checked") or f'value="{typed}"' in answer.content.decode() or not typed
    )
    assert world.rows(f"{MANDATES} where client_id = %s", world.client(VEIKKO).pk) == []


def test_only_the_county_s_worker_records_one(world: World) -> None:
    address = reverse("record-mandate", args=[world.client(VEIKKO).public_id])
    assert world.browser(REFERRER).post(address, {"guardian": LAURA, **GIVEN}).status_code == 403


def test_the_client_denies_and_lets_again(world: World) -> None:
    record(world)
    browser, address = world.portal(VEIKKO), reverse("portal-guardians")
    assert str(world.client(LAURA)) in browser.get(address).content.decode()
    posted = {"mandate": str(mandate(world).public_id)}
    assert browser.post(address, posted).status_code == 302
    assert mandate(world).denied_at
    # What the client denied, a worker does not lift; the page says that it is denied.
    page = reverse("client-portal", args=[world.client(VEIKKO).public_id])
    assert "asiakas on kieltänyt" in world.browser(CONVENER).get(page).content.decode()
    assert browser.post(address, posted).status_code == 302
    assert mandate(world).denied_at is None
    assert world.portal(LAURA).post(address, posted).status_code == 404
    assert world.portal(LARS, TIINA).post(address, posted).status_code == 404


def test_a_worker_records_the_denial_of_one_who_has_no_page(world: World) -> None:
    record(world)
    deny = reverse("deny-mandate", args=[mandate(world).public_id])
    assert "Vain asiakas itse" in world.browser(CONVENER).get(deny).content.decode()
    assert world.browser(CONVENER).post(deny).status_code == 302
    assert mandate(world).denied_at
    assert world.browser(CONVENER).post(deny).status_code == 404


def own_visit(world: World) -> Client:
    """Veikko, of whom the health worker's own unit recorded a visit."""
    client, unit = world.client(VEIKKO), world.member(HEALTH).unit_id
    with world.owner():
        visit = Visit.objects.filter(client=client)[0]
        Visit.objects.filter(pk=visit.pk).update(unit_id=unit)
    return client


def test_a_record_is_kept_from_view_and_shown_again(world: World) -> None:
    client = own_visit(world)
    browser = world.browser(HEALTH)
    address = reverse("withhold-entries", args=[client.public_id])
    entries = browser.get(address).context["entries"]
    chosen = {"entries": entries[0].key, "ground": "julkisuuslaki-11", "third_person": "on"}
    assert browser.post(address, {**chosen, "ground": ""}).context["form"].errors.keys() == {
        "ground"
    }
    assert browser.post(address, {**chosen, "entries": []}).context["form"].errors.keys() == {
        "entries"
    }
    other = {**chosen, "entries": f"services_visit:{client.pk}"}
    assert browser.post(address, other).context["form"].errors.keys() == {"entries"}
    assert world.rows(KEPT, client.pk) == [(0,)]
    assert browser.post(address, chosen).status_code == 302
    assert world.rows(KEPT, client.pk) == [(1,)]
    page = browser.get(reverse("client-portal", args=[client.public_id]))
    [kept] = page.context["kept"]
    assert kept.key == entries[0].key and "Julkisuuslaki" in page.content.decode()
    show = reverse("show-entry", args=[client.public_id])
    assert browser.post(show, {"withholding": "x"}).status_code == 404
    assert browser.post(show, {"withholding": kept.withholding}).status_code == 302
    assert world.rows(KEPT, client.pk) == [(0,)]
    assert browser.post(show, {"withholding": kept.withholding}).status_code == 404
