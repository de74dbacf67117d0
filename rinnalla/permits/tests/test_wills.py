"""A permit from its giving to the telling of its end, under the policies."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.models import Permit, RecipientNotice
from rinnalla.permits.operations import (
    Giving,
    Scope,
    change_permit,
    record_permit,
)
from rinnalla.permits.queries.effect import effect_of, sights, told_of
from tests.world import CONVENER, KELA, REFERRER, Who, World

LAURA, JOHANNA = "A100116", "A100217"
GIVEN = {"form": "spoken", "given_by": "client", "begins": "31.10.2026", "given_on": "31.10.2026"}


def scope(*codes: str, to: tuple[str, ...] = ("HVA",), ends: date | None = None) -> Scope:
    return Scope(
        list(Unit.objects.select_related("organization").filter(code__in=codes)),
        list(Organization.objects.filter(code__in=to)),
        purpose_code=Permit.Purpose.PLAN,
        ends=ends,
    )


def given(world: World, *codes: str, to: tuple[str, ...] = ("HVA",)) -> Permit:
    with world.acting(REFERRER) as hilppa:
        giving = Giving(hilppa.today, Permit.Form.SPOKEN)
        return record_permit(world.client(), by=hilppa, scope=scope(*codes, to=to), giving=giving)


def readable(world: World) -> set[tuple[str, UUID, UUID]]:
    """Who of those at work can read which unit's data of Veikko: the unit and its organization."""
    return {
        (str(membership), organization, unit)
        for membership, organization, unit in world.rows(
            """select m.id, u.organization_id, o.unit from organizations_membership m
               join organizations_unit u on u.id = m.unit_id
               join access.opening o on o.client = %s
                    and (o.organization = u.organization_id or o.recipient_unit = u.id)
               where m.is_open""",
            world.client().pk,
        )
    }


def test_what_a_withdrawal_shows_before_is_what_has_closed_after(world: World) -> None:
    given(world, "KE950", to=("HVA",))
    permit = given(world, "KE950", "TA901", to=("HVA", "TA902"))
    browser = world.browser(REFERRER)
    path = reverse("withdraw-permit", args=[permit.public_id])
    before_page = browser.get(path).content.decode()
    before = readable(world)
    with world.acting(REFERRER):
        shown = [pair for pair in effect_of(permit) if pair.closes]
        sentences = sights(shown)
    assert "Jää näkyviin toisen luvan perusteella" in before_page
    assert all(f"{sight.who} ei enää näe" in before_page for sight in sentences)
    assert browser.post(path).status_code == 302
    lost = {(organization, unit) for _, organization, unit in before - readable(world)}
    assert lost == {(pair.recipient.pk, pair.unit.pk) for pair in shown}
    with world.acting(REFERRER):
        assert told_of(permit).closed == sentences
    after_page = browser.get(reverse("permit", args=[permit.public_id])).content.decode()
    assert "Tämä sulkeutui" in after_page
    assert all(
        f"{sight.who}</strong>: {'; '.join(sight.whose)}" in after_page for sight in sentences
    )


def test_a_permit_is_withdrawn_once(world: World) -> None:
    permit = given(world, "KE950")
    browser, path = world.browser(REFERRER), reverse("withdraw-permit", args=[permit.public_id])
    assert browser.post(path).status_code == 302
    rows = "select count(*) from permits_recipientnotice"
    before = world.rows(rows)
    again = browser.post(path)
    assert again.status_code == 200
    assert "on jo peruttu" in again.content.decode()
    assert world.rows(rows) == before


def test_a_change_is_a_new_version_from_the_same_moment(world: World) -> None:
    old = given(world, "KE950", to=("HVA", "TA902"))
    with world.acting(REFERRER) as hilppa:
        giving = Giving(hilppa.today, Permit.Form.PAPER)
        new = change_permit(old, by=hilppa, scope=scope("KE950"), giving=giving)
        again = Permit.objects.get(pk=old.pk)
        assert (new.replaces_id, again.ended_as) == (old.pk, Permit.Ended.CHANGED)
        assert again.withdrawn_at == new.recorded_at
        left_out = RecipientNotice.objects.filter(permit=old).values_list("organization__code")
        assert list(left_out) == [("TA902",)]
    opened = "select distinct permit from access.opening where permit = any (%s)"
    assert world.rows(opened, [old.pk, new.pk]) == [(new.pk,)]
    page = world.browser(REFERRER).get(reverse("permit", args=[new.public_id])).content.decode()
    assert "Aiemmat versiot" in page
    with world.acting(REFERRER) as hilppa, pytest.raises(RuleBroken, match="tai muutettu"):
        change_permit(old, by=hilppa, scope=scope("KE950"), giving=giving)


def test_a_change_does_not_leave_a_gap(world: World) -> None:
    old = given(world, "KE950")
    with world.acting(REFERRER) as hilppa, pytest.raises(RuleBroken, match="alkaa tänään"):
        later = hilppa.today + timedelta(1)
        scope_later = Scope(scope("KE950").units, scope("KE950").organizations, begins=later)
        giving = Giving(hilppa.today, Permit.Form.SPOKEN)
        change_permit(old, by=hilppa, scope=scope_later, giving=giving)


def test_every_recipient_is_told_and_tracked_until_then(world: World) -> None:
    permit = given(world, "TA901", to=("KELA",))
    hilppa = world.browser(REFERRER)
    hilppa.post(reverse("withdraw-permit", args=[permit.public_id]))
    sentence = "Kerro, että lupa on päättynyt: Kela"
    count = hilppa.get("/").content.decode().count(sentence)
    query = "select public_id from permits_recipientnotice where permit_id = %s"
    [[notice]] = world.rows(query, permit.pk)
    path = reverse("tell-recipient", args=[notice])
    future = hilppa.post(path, {"way": "phone", "on": "1.11.2026"}).content.decode()
    assert "Päivä ei voi olla tulevaisuudessa." in future and 'value="1.11.2026"' in future
    assert "Valitse, miten kerroit." in hilppa.post(path, {"on": "31.10.2026"}).content.decode()
    assert hilppa.post(path, {"way": "phone", "on": "31.10.2026"}).status_code == 302
    assert hilppa.get("/").content.decode().count(sentence) == count - 1
    assert (
        "on jo muuttunut"
        in hilppa.post(path, {"way": "phone", "on": "31.10.2026"}).content.decode()
    )
    assert hilppa.post(reverse("untell-recipient", args=[notice])).status_code == 302
    assert hilppa.get("/").content.decode().count(sentence) == count
    assert world.browser(KELA).get(path).status_code == 404


def kinds_of(world: World, permit: Permit) -> list[str]:
    rows = "select facts -> 'what' ->> 0 from journal_entry where kind = 'disclosed'"
    return [what for (what,) in world.rows(f"{rows} and facts ->> 'permit' = %s", str(permit.pk))]


@pytest.fixture
def laina_sees(world: World) -> Permit:
    return given(world, "TA901")


def test_presence_hands_out_what_the_permits_open_once_a_day(
    world: World, laina_sees: Permit
) -> None:
    session, number = world.rows(
        "select session_id, number from applications_agendaitem where application_id = %s",
        world.application().pk,
    )[0]
    sirkka = world.browser(CONVENER)
    present = reverse("mark-presence", args=[session, number])
    for _ in range(2):
        assert sirkka.post(present, {"everyone": "1"}).status_code == 302
        sirkka.post(present)
    handed = kinds_of(world, laina_sees)
    assert handed and set(handed) == {"consultation"}
    receivers = world.rows(
        "select facts ->> 'membership' from journal_entry where kind = 'disclosed'"
        " and facts ->> 'permit' = %s",
        str(laina_sees.pk),
    )
    assert len(receivers) == len(set(receivers))
    page = world.browser(REFERRER).get(reverse("withdraw-permit", args=[laina_sees.public_id]))
    text = page.content.decode()
    assert "läsnä asian käsittelyssä" in text and "Työ- ja toimintakyvyn osaamiskeskus" in text
    assert "Laina" not in re.sub(r"<header.*?</header>", "", text, flags=re.S)


def test_sending_hands_the_application_to_the_convener_by_its_permit(world: World) -> None:
    rows = world.rows(
        "select e.facts -> 'what' ->> 0, e.subject_type from journal_entry e"
        " join journal_entrysubject s on s.entry = e.id"
        " where e.kind = 'disclosed' and s.client = %s order by e.at",
        world.client().pk,
    )
    assert rows[0] == ("application", "application")
    assert ("agenda", "application") in rows and ("view", "application") in rows


def test_who_is_not_concerned_is_told_nothing_of_a_permit(world: World) -> None:
    permit = given(world, "TA901", to=("TA902",))
    with world.acting(KELA):
        assert told_of(permit).disclosed == [] and effect_of(permit) == []


BAD: dict[str, tuple[dict[str, str], str]] = {
    "ends before it begins": ({"ends": "30.10.2026"}, "Lupa ei voi päättyä ennen kuin se alkaa."),
    "ended already": (
        {"begins": "1.9.2026", "ends": "1.10.2026"},
        "Tämä päivä on jo mennyt. Lupa ei avaisi mitään.",
    ),
    "given tomorrow": ({"given_on": "1.11.2026"}, "Luvan antopäivä ei voi olla tulevaisuudessa."),
    "no recipient": ({"organizations": ""}, "Valitse, kuka saa nähdä tiedot."),
    "nobody's data": ({"units": ""}, "Valitse vähintään yksi yksikkö."),
    "no purpose": ({"purpose_code": "other", "purpose": ""}, "Kerro, mihin tietoja käytetään."),
    "told after giving": (
        {"informed_on": "1.11.2026"},
        "Asiakkaalle kerrotaan ennen kuin hän päättää.",
    ),
    "a guardian without a mandate": (
        {"given_by": "guardian"},
        "Valtuutta ei ole. Kirjaa ensin huoltajan tai edunvalvojan valtuus.",
    ),
    "not said how": ({"form": ""}, "Valitse, annettiinko lupa paperilla vai suullisesti."),
    "the client's own pages": ({"form": "portal"}, "Valitse oikea vaihtoehto."),
    "both ways to a whole organization": (
        {"both_ways": "on"},
        "Valitse saajiksi yksiköitä: niiden tiedot aukeavat toiseen suuntaan.",
    ),
    "no such day": ({"ends": "31.2.2027"}, "Päivää 31.2.2027 ei ole kalenterissa."),
}


@pytest.fixture
def form(world: World) -> dict[str, str]:
    unit = world.rows("select id from organizations_unit where code = 'KE950'")[0][0]
    to = world.rows("select id from organizations_organization where code = 'HVA'")[0][0]
    typed = {"units": str(unit), "organizations": str(to), "purpose_code": "plan"}
    return {**typed, "purpose": "Yhdessä mietitty", **GIVEN}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_at_the_field(world: World, form: dict[str, str], case: str) -> None:
    changes, sentence = BAD[case]
    path = reverse("record-permit", args=[world.client().public_id])
    before = world.rows("select count(*) from permits_permit")
    typed = {name: value for name, value in (form | changes).items() if value}
    answer = world.browser(REFERRER).post(path, typed)
    page = answer.content.decode()
    [field] = [name for name, errors in answer.context["form"].errors.items() if errors]
    assert answer.status_code == 200 and field != "__all__"
    if case != "the client's own pages":
        assert sentence in page
    if "purpose" not in changes:
        assert 'value="Yhdessä mietitty"' in page
    assert world.rows("select count(*) from permits_permit") == before


def test_both_directions_are_two_permits(world: World, form: dict[str, str]) -> None:
    social = world.rows("select id from organizations_unit where code = 'SO820'")[0][0]
    health = world.rows("select id from organizations_unit where code = 'TK040'")[0][0]
    del form["organizations"]
    both = form | {"units": str(health), "recipient_units": str(social)}
    path = reverse("record-permit", args=[world.client().public_id])
    assert world.browser(REFERRER).post(path, both | {"both_ways": "on"}).status_code == 302
    made = world.rows(
        "select p.kind, o.unit_id, r.unit_id from permits_permit p"
        " join permits_permitunit o on o.permit_id = p.id"
        " join permits_permitrecipient r on r.permit_id = p.id"
        " where p.purpose = 'Yhdessä mietitty' order by p.recorded_at, p.id"
    )
    kind = "disclosure_permit"
    assert sorted(made) == sorted([(kind, health, social), (kind, social, health)])


def days(page: str) -> Iterator[str]:
    yield from re.findall(r'name="ends" value="([^"]*)"', page)


def test_a_permit_that_ends_soon_is_offered_for_renewal(world: World) -> None:
    hilppa = world.browser(REFERRER)
    mine = hilppa.get("/").content.decode()
    assert "Lupa vanhenee: Tampereen seudun työllisyysalue" in mine
    here = reverse("client-permits", args=[world.client(JOHANNA).public_id])
    assert "Lupa vanhenee 30 päivän sisällä" in hilppa.get(here).content.decode()
    [[key]] = world.rows("select public_id from permits_permit where ends = '2026-11-09'")
    form = hilppa.get(f"{reverse('change-permit', args=[key])}?jatka=1")
    assert list(days(form.content.decode())) == ["9.11.2027"]


def test_a_missing_signature_is_on_the_list(world: World) -> None:
    hilppa = world.browser(REFERRER)
    [[asked]] = world.rows(
        "select public_id from permits_permitrequest where client_id = %s", world.client().pk
    )
    path = reverse("hand-paper", args=[asked])
    assert "ei voi olla tulevaisuudessa" in hilppa.post(path, {"on": "1.12.2026"}).content.decode()
    assert hilppa.post(path, {"on": "30.10.2026"}).status_code == 302
    assert "Allekirjoitus puuttuu: Koivurannan hyvinvointialue" in hilppa.get("/").content.decode()
    assert hilppa.post(path, {"on": ""}).status_code == 302
    assert "Allekirjoitus puuttuu" not in hilppa.get("/").content.decode()


def test_permits_as_a_table_and_on_a_timeline(world: World) -> None:
    hilppa, here = (
        world.browser(REFERRER),
        reverse("client-permits", args=[world.client(LAURA).public_id]),
    )
    table = hilppa.get(f"{here}?nakyma=taulukko").content.decode()
    assert '<th scope="row">Koivurannan hyvinvointialue</th>' in table
    line = hilppa.get(f"{here}?nakyma=aikajana").content.decode()
    for word in ("Lupa annettiin", "Lupa muutettiin", "Lupa peruttiin"):
        assert word in line


@pytest.mark.parametrize("who", [REFERRER, CONVENER])
def test_a_matrix_shows_only_what_concerns_the_reader(world: World, who: Who) -> None:
    given(world, "TA901", to=("TA903",))
    here = reverse("client-permits", args=[world.client().public_id])
    table = world.browser(who).get(f"{here}?nakyma=taulukko").content.decode()
    assert ("Eteläisen Keski-Suomen" in table) == (who == REFERRER)
