"""The two promised clocks: stopped for a reason, ended by the meeting, the same for everybody."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from rinnalla.applications.models import Application, ClockPause
from rinnalla.applications.operations.clocks import end_pause, pause_clock
from rinnalla.applications.queries.clocks import Clocks
from rinnalla.applications.queries.matter import matter
from rinnalla.cases.models import Case
from rinnalla.lib.errors import RuleBroken
from rinnalla.meetings.models import Meeting
from rinnalla.meetings.operations import arranging
from tests.cases import agreed_case, named
from tests.meetings import called, held
from tests.world import CONVENER, HEALTH, REFERRER, SOCIAL, VEIKKO, Who, World

pytestmark = pytest.mark.server
STAY: dict[str, Any] = {
    "reason": "care",
    "returns_on": date(2026, 11, 9),
    "words": "Olet sairaalassa.",
}


def clocks_of(world: World, who: Who) -> Clocks:
    with world.acting(who) as actor:
        found = Application.objects.select_related("team").get(pk=world.application().pk)
        return matter(found, actor.today).clocks


def called_matter(world: World) -> Case:
    """Veikko's matter as if the team had called him on 31.10., and his case of it."""
    case = agreed_case(world)
    world.rows(
        "update applications_application set state = 'called', consulted_at = rinnalla.now(),"
        " case_id = %s where id = %s",
        case.pk,
        world.application().pk,
    )
    return case


def test_days_of_a_pause_do_not_count_and_it_ends_by_itself(world: World) -> None:
    before = clocks_of(world, CONVENER).consultation.days
    with world.acting(REFERRER) as hilppa:
        pause_clock(world.application(), by=hilppa, **STAY)
    world.freeze("2026-11-05 12.00")
    found = clocks_of(world, CONVENER)
    assert found.consultation.days == before
    assert found.stop is not None and found.stop.returns_on == STAY["returns_on"]
    assert found.stop.why == "asiakas on hoidossa tai muualla: Olet sairaalassa."
    world.freeze("2026-11-12 12.00")
    found = clocks_of(world, CONVENER)
    assert (found.stop, found.consultation.days) == (None, before + 3)


def test_it_goes_on_at_once_and_can_stop_again(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        pause_clock(world.application(), by=sirkka, **STAY)
        with pytest.raises(RuleBroken, match="seisoo jo"):
            pause_clock(world.application(), by=sirkka, **STAY)
        end_pause(world.application(), by=sirkka)
        with pytest.raises(RuleBroken, match="käy jo"):
            end_pause(world.application(), by=sirkka)
    world.freeze("2026-11-10 12.00")
    with world.acting(CONVENER) as sirkka:
        later = STAY | {"returns_on": date(2026, 11, 20)}
        pause_clock(world.application(), by=sirkka, **later)


def test_only_who_handles_the_matter_stops_its_clock(world: World) -> None:
    with world.acting(HEALTH) as laina, pytest.raises(PermissionDenied):
        pause_clock(world.application(), by=laina, **STAY)


@pytest.mark.parametrize("who", [REFERRER, CONVENER])
def test_the_same_is_seen_by_referrer_convener_and_client(world: World, who: Who) -> None:
    with world.acting(who) as actor:
        pause_clock(world.application(), by=actor, **STAY)
    url = reverse("application", args=[world.application().public_id])
    for reader in (REFERRER, CONVENER):
        page = world.browser(reader).get(url).content.decode()
        assert "Olet sairaalassa." in page and "jatkuu ma 9.11.2026" in page
    own = world.portal(VEIKKO).get("/oma/").content.decode()
    assert "Olet sairaalassa." in own and "Jatkamme maanantai 9.11.2026" in own


def test_the_clock_of_the_meeting_ends_when_it_is_held(world: World) -> None:
    case = called_matter(world)
    found = clocks_of(world, REFERRER)
    assert (found.meeting.started, found.meeting.running, found.meets_at) == (True, True, None)
    meeting = called(world, case, SOCIAL)
    found = clocks_of(world, REFERRER)
    assert found.meets_at is not None and found.meeting.running
    held(world, meeting)
    world.freeze("2026-12-20 12.00")
    found = clocks_of(world, REFERRER)
    assert (found.meeting.running, found.meeting.days) == (False, 12)
    with world.acting(REFERRER):
        assert not Meeting.objects.filter(pk=meeting.pk).exists(), "the dates alone are told"


def test_a_meeting_that_moves_or_is_cancelled_is_followed(world: World) -> None:
    case = called_matter(world)
    meeting = called(world, case)
    with world.acting(CONVENER) as sirkka:
        arranging.cancel(meeting, by=sirkka, reason="Sairastuin.")
    found = clocks_of(world, CONVENER)
    assert (found.meets_at, found.meeting.running) == (None, True)


def test_who_is_named_without_a_meeting_keeps_the_promise_too(world: World) -> None:
    case = called_matter(world)
    world.freeze("2026-11-06 12.00")
    named(world, case, SOCIAL)
    world.freeze("2026-12-20 12.00")
    found = clocks_of(world, REFERRER)
    assert (found.meeting.running, found.meeting.days) == (False, 6)


def test_the_page_refuses_at_the_field_and_its_message_takes_back(world: World) -> None:
    browser = world.browser(REFERRER)
    url = reverse("pause-clock", args=[world.application().public_id])
    form = browser.post(url, {"reason": "other", "returns_on": "31.10.2026"}).context["form"]
    assert set(form.errors) == {"words"}
    typed = {"reason": "wish", "words": "Haluat miettiä.", "returns_on": "31.10.2026"}
    form = browser.post(url, typed).context["form"]
    assert set(form.errors) == {"returns_on"} and form["words"].value() == "Haluat miettiä."
    page = browser.post(url, typed | {"returns_on": "9.11.2026"}, follow=True).content.decode()
    assert "Kello seisoo. Asiakas näkee syyn." in page
    page = browser.post(f"{url}?jatka", follow=True).content.decode()
    assert "Kello käy taas." in page


def test_the_database_keeps_one_pause_with_a_day_of_return(world: World) -> None:
    with world.acting(CONVENER) as sirkka:
        made = pause_clock(world.application(), by=sirkka, **STAY)
    for change in ({"returns_on": made.began_on}, {"reason": "other", "words": ""}):
        with world.owner(), pytest.raises(IntegrityError), transaction.atomic():
            ClockPause.objects.filter(pk=made.pk).update(**change)
    assert made.returns_on - made.began_on == timedelta(9)
