"""Two applications for one person: joined, handled as one, parted; and what nobody is told of."""

from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse

from rinnalla.applications.models import Application, Joining
from tests.addresses import SENT_TWICE
from tests.world import Who, World

TEXT = "Unettomuutta puoli vuotta"
CONVENER: Who = ("ilona.nayte", "TO210")
HILPPA: Who = ("hilppa.kokeilija", "TA902")
LIISI: Who = ("liisi.naytesuo", "TK020")
MEMBER: Who = ("laina.malli", "TO210")
WORDS = ("yhdist", "Liisi Näytesuo", "Unettomuutta", "työkyvyn arvio")


class Two:
    """Timo's two applications and the people around them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.earlier, self.later = (key for (key,) in world.rows(SENT_TWICE))
        self.convener = self._convener()

    def _convener(self) -> Browser:
        """Ilona as the convener: she has two memberships in the unit."""
        from rinnalla.access.middleware import MEMBERSHIP

        browser = self.world.browser(CONVENER)
        session = browser.session
        convener = "select convener_id from organizations_team where code = 'tyky-lansi'"
        with self.world.owner():
            session[MEMBERSHIP] = str(self.world.rows(convener)[0][0])
            session.save()
        return browser

    def join(self, browser: Browser | None = None) -> HttpResponse:
        # The later one is opened first: which of them goes on does not depend on that.
        url = reverse("join-applications", args=[self.later, self.earlier])
        answer: HttpResponse = (browser or self.convener).post(url)  # type: ignore[assignment]
        return answer

    def row(self, key: UUID) -> Application:
        with self.world.owner():
            return Application.objects.select_related("holder__user").get(public_id=key)

    def place(self) -> str:
        """Puts the joined matter on the next agenda; the address of its case."""
        session = self.world.rows(
            "select s.id from organizations_teamsession s join organizations_team t"
            " on t.id = s.team_id where t.code = 'tyky-lansi' and s.starts_at > rinnalla.now()"
            " order by s.starts_at limit 1"
        )[0][0]
        url = reverse("place-application", args=[self.earlier])
        assert self.convener.post(url, {"session": str(session)}).status_code == 302
        number = self.world.rows(
            "select number from applications_agendaitem where application_id = %s"
            " and removed_at is null",
            self.row(self.earlier).pk,
        )[0][0]
        return reverse("case", args=[session, number])


@pytest.fixture
def two(world: World) -> Two:
    return Two(world)


def page(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_convener_is_warned_and_told_what_joining_does(two: Two) -> None:
    inbox = page(two.convener, f"{reverse('inbox')}?hakemus={two.earlier}")
    assert "mahdollinen päällekkäinen" in inbox
    address = reverse("join-applications", args=[two.earlier, two.later])
    assert address in inbox
    told = page(two.convener, address)
    for words in ("Mitään ei katoa", "näkevät vain oman hakemuksensa", "27.10.2026"):
        assert words in told


def test_joined_is_one_matter_and_nothing_is_lost(two: Two) -> None:
    assert two.join().status_code == 302
    earlier, later = two.row(two.earlier), two.row(two.later)
    assert {earlier.state, later.state} == {Application.State.RECEIVED}
    assert earlier.holder_id == later.holder_id
    with two.world.owner():
        joining = Joining.objects.get()
    assert (joining.application_id, joining.into_id) == (later.pk, earlier.pk)
    inbox = page(two.convener, f"{reverse('inbox')}?hakemus={two.earlier}")
    assert TEXT in inbox and "Yhdistetty hakemus: Liisi Näytesuo" in inbox
    assert f"hakemus={two.later}" not in inbox
    assert "Yhdistetty hakemus" in page(two.convener, two.place())
    assert "on jo yhdistetty" in two.join().content.decode()


def test_neither_referrer_is_told_of_the_other(two: Two) -> None:
    two.join()
    case = two.place()
    hilppa, liisi = two.world.browser(HILPPA), two.world.browser(LIISI)
    mine = page(hilppa, reverse("application", args=[two.earlier]))
    assert not [word for word in WORDS if word in mine]
    other = page(liisi, reverse("application", args=[two.later]))
    assert TEXT in other and "Hilppa" not in other and "yhdist" not in other
    for browser, foreign in ((hilppa, two.later), (liisi, two.earlier)):
        assert browser.get(reverse("application", args=[foreign])).status_code == 404
        assert browser.get(case).status_code == 404
    for who in (HILPPA, LIISI):
        with two.world.acting(who):
            assert not Joining.objects.exists()


def test_a_member_sees_the_joined_text_only_by_reach(two: Two) -> None:
    two.join()
    case = two.place()
    with two.world.acting(MEMBER):
        reached = Application.objects.filter(public_id=two.later).exists()
    shown = page(two.world.browser(MEMBER), case)
    assert ("Yhdistetty hakemus" in shown) == reached
    disqualify = case + "esteellinen/"
    member = two.world.member(MEMBER).pk
    assert two.convener.post(disqualify, {"member": str(member)}).status_code == 302
    with two.world.acting(MEMBER):
        rows = Application.objects.filter(public_id=two.later)
        assert not rows.exclude(unit__code="TO210").exists() or reached
        assert not Joining.objects.exists()


def test_only_the_convener_joins_and_parts(two: Two) -> None:
    hilppa = two.world.browser(HILPPA)
    assert two.join(hilppa).status_code == 404
    two.join()
    part = reverse("part-applications", args=[two.later])
    assert two.world.browser(LIISI).post(part).status_code == 403
    assert two.convener.post(part).status_code == 302
    assert two.convener.post(part).status_code == 422
    inbox = page(two.convener, reverse("inbox"))
    assert f"hakemus={two.later}" in inbox and f"hakemus={two.earlier}" in inbox
    assert two.join().status_code == 302


def test_a_joined_matter_goes_nowhere_else_before_it_is_parted(two: Two) -> None:
    two.join()
    undo = reverse("undo-take-in", args=[two.earlier])
    assert two.convener.post(undo).status_code == 422
    forward = reverse("forward-application", args=[two.earlier])
    team = two.world.rows("select id from organizations_team where code = 'tyky-tampere'")[0][0]
    answer = two.convener.post(forward, {"team": str(team), "reason": "Asuu siellä."})
    assert "Peru ensin yhdistäminen" in answer.content.decode()


def test_both_referrers_get_the_outcome_and_a_recall_takes_both_back(two: Two) -> None:
    two.join()
    call = two.place() + "tapaaminen/"
    network = {"reason": "Tavataan yhdessä."}
    assert two.convener.post(call, network).status_code == 302
    outcome = "select count(*) from applications_outcome where client_id = %s and recalled_at is"
    client = two.row(two.earlier).client_id
    assert two.world.rows(f"{outcome} null", client) == [(2,)]
    states = {two.row(key).state for key in (two.earlier, two.later)}
    assert states == {Application.State.CALLED}
    given = two.world.rows(
        "select public_id from applications_outcome where application_id = %s",
        two.row(two.earlier).pk,
    )[0][0]
    assert two.convener.post(reverse("recall-outcome", args=[given])).status_code == 302
    assert two.world.rows(f"{outcome} null", client) == [(0,)]
    states = {two.row(key).state for key in (two.earlier, two.later)}
    assert states == {Application.State.RECEIVED}
