"""Appointments at other services: reminded once, called about, escorted, asked about afterwards."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from rinnalla.access.actor import Actor
from rinnalla.lib.errors import RuleBroken
from rinnalla.meetings.links import APPOINTMENT, secret_of
from rinnalla.meetings.models import Appointment
from rinnalla.meetings.operations import appointments as operations
from rinnalla.meetings.operations.appointments import Reminding, Visit, Word
from rinnalla.notifications.models import Message
from rinnalla.notifications.sending import send_due
from rinnalla.plans.models import Step
from rinnalla.plans.operations.steps import Agreed, agree_step, report_step
from tests.meetings import at
from tests.world import CONVENER, HEALTH, LAURA, REFERRER, SOCIAL, World

pytestmark = pytest.mark.server
DOCTOR = "2026-11-17 10.15"
TYPED = {
    "service": "Lääkärin vastaanotto",
    "on": "17.11.2026",
    "at": "10.15",
    "place": "Terveysasema",
    "remind_by": "call",
    "remind_when": "day",
    "escort": "none",
}


def step_of(world: World, by: Actor, **changes: Any) -> Step:
    """The client goes, the social counsellor looks at it."""
    agreed = Agreed("Käy lääkärissä", date(2026, 11, 10), by_client=True, watcher=by.membership_id)
    return agree_step(world.client(), by=by, agreed=agreed)


def visit(**changes: Any) -> Visit:
    given: dict[str, Any] = {
        "service": "Lääkäri",
        "starts": at(DOCTOR),
        "place": "Terveysasema",
        "reminding": Reminding("sms", remind_hour_before=True),
    }
    return Visit(**(given | changes))


def booked(world: World, **changes: Any) -> Appointment:
    with world.acting(SOCIAL) as aatu:
        return operations.set_appointment(step_of(world, aatu), by=aatu, visit=visit(**changes))


def outbox(world: World, one: Appointment) -> list[Message]:
    with world.owner():
        return list(Message.objects.filter(once__startswith=f"appointment:{one.pk}:"))


def as_it_is(world: World, one: Appointment) -> Appointment:
    with world.owner():
        return Appointment.objects.select_related("step").get(pk=one.pk)


def test_the_reminder_has_a_day_a_time_and_a_number(world: World) -> None:
    one = booked(world)
    found = {str(row.once).rpartition(":")[2]: row for row in outbox(world, one)}
    assert found["day"].due == at("2026-11-16 10.00")
    assert found["hour"].due == at("2026-11-17 09.15")
    for row in found.values():
        assert "17.11.2026 klo 10.15" in row.body
        assert "soita" in row.body
        for word in ("Lääkäri", "Terveysasema", world.client().family_name):
            assert word not in row.subject + row.body
    assert as_it_is(world, one).step.due == date(2026, 11, 17), "not late before it has been"


@pytest.mark.parametrize(
    "act",
    [
        lambda one, by: operations.cancel_appointment(one, by=by, reason="Peruttiin."),
        lambda one, by: operations.set_appointment(
            one.step, by=by, visit=visit(starts=at("2026-11-18 9.00")), reason="Palvelu siirsi."
        ),
        lambda one, by: report_step(one.step, by=by, state=Step.State.DONE),
    ],
    ids=["cancelled", "moved", "done"],
)
def test_what_no_longer_holds_is_not_told(
    world: World, act: Callable[[Appointment, Actor], object]
) -> None:
    one = booked(world)
    with world.acting(SOCIAL) as aatu:
        act(one, aatu)
    assert {row.state for row in outbox(world, one)} == {"cancelled"}
    world.freeze("2026-11-17 09.30")
    with world.job("rinnalla_worker"):
        send_due()
    assert {row.state for row in outbox(world, one)} == {"cancelled"}


def test_a_move_keeps_the_time_before_with_its_reason(world: World) -> None:
    one = booked(world)
    with world.acting(SOCIAL) as aatu:
        with pytest.raises(RuleBroken, match="miksi aika muuttuu"):
            operations.set_appointment(one.step, by=aatu, visit=visit())
        later = visit(starts=at("2026-11-19 9.00"))
        moved = operations.set_appointment(one.step, by=aatu, visit=later, reason="Palvelu siirsi.")
    assert (as_it_is(world, one).reason, moved.ended_at) == ("Palvelu siirsi.", None)
    page = world.browser(SOCIAL).get(reverse("appointment", args=[moved.public_id]))
    assert "Palvelu siirsi." in page.content.decode()


def test_the_client_answers_by_the_link_until_it_closes(world: World) -> None:
    one = booked(world)
    url = reverse("reply-by-link", args=[secret_of(one.public_id, one.pk, APPOINTMENT)])
    page = Browser().get(url).content.decode()
    assert "Tiistai 17.11.2026 klo 10.15" in page
    assert "Lääkäri" not in page and "Terveysasema" not in page
    assert as_it_is(world, one).says == "", "opening it changes nothing"
    assert "Olet toivonut toista aikaa" in Browser().post(url, {"says": "move"}).content.decode()
    assert as_it_is(world, one).says == "move"
    things = world.browser(SOCIAL).get("/").content.decode()
    assert "Aika ei sovi asiakkaalle" in things
    with world.acting(SOCIAL) as aatu:
        operations.cancel_appointment(one, by=aatu, reason="Peruttiin.")
    closed = Browser().post(url, {"says": "yes"})
    assert closed.status_code == 410
    assert "Vastaustasi ei kirjattu" in closed.content.decode()
    assert as_it_is(world, one).says == "move"


def test_the_own_page_shows_and_answers(world: World) -> None:
    browser = world.portal(LAURA)
    [(key, own)] = world.rows(
        "select a.id, a.public_id from meetings_appointment a"
        " join clients_client c on c.id = a.client_id where c.number = %s",
        LAURA,
    )
    url = reverse("portal-appointment", args=[own])
    assert url in browser.get("/oma/").content.decode()
    page = browser.post(url, {"says": "yes"}, follow=True).content.decode()
    assert "Olet vastannut, että tulet" in page and "Sinulle etsitään saattajaa" in page
    assert world.rows("select says, heard_by_id from meetings_appointment where id = %s", key) == [
        ("yes", None)
    ]


def day(world: World) -> str:
    return world.browser(SOCIAL).get("/").content.decode()


def test_an_escort_is_found_and_the_client_called_the_day_before(world: World) -> None:
    one = booked(world, reminding=Reminding("none"), confirm_by_call=True, escort="asked")
    world.freeze("2026-11-12 08.00")
    assert "Etsi asiakkaalle saattaja" in day(world)
    with world.acting(SOCIAL) as aatu:
        operations.arrange_escort(one, by=aatu, escort="found", words="Sisko")
    world.freeze("2026-11-16 08.00")
    assert "Soita ja varmista" in day(world)
    with world.acting(SOCIAL) as aatu:
        again = Word("unanswered", call_again_on=date(2026, 11, 17))
        operations.record_word(one, by=aatu, word=again)
    assert "Soita ja varmista" not in day(world)
    world.freeze("2026-11-17 08.00")
    assert "Soita ja varmista" in day(world)
    with world.acting(SOCIAL) as aatu:
        operations.record_word(one, by=aatu, word=Word("yes", "Tulee."))
    assert "Asiakkaan aika tänään" in day(world)


def test_the_morning_after_asks_whether_it_happened(world: World) -> None:
    one, browser = booked(world), world.browser(SOCIAL)
    world.freeze("2026-11-17 23.30")
    assert "Toteutuiko aika?" not in day(world)
    world.freeze("2026-11-18 07.30")
    assert "Toteutuiko aika?" in day(world)
    url = reverse("appointment-outcome", args=[one.public_id])
    form = browser.post(url, {"happened": "no"}).context["form"]
    assert set(form.errors) == {"words"}
    answer = browser.post(url, {"happened": "no", "words": "Bussi ei tullut."})
    assert answer["Location"] == reverse("set-appointment", args=[one.step.public_id])
    assert "Toteutuiko aika?" not in day(world)
    with world.owner():
        assert Step.objects.get(pk=one.step_id).state in Step.IN_FORCE


def test_what_was_recorded_wrong_is_recorded_anew(world: World) -> None:
    one = booked(world)
    world.freeze("2026-11-17 12.00")
    with world.acting(SOCIAL) as aatu:
        operations.record_happened(one, by=aatu, happened="yes", is_done=True)
    assert as_it_is(world, one).step.state == Step.State.DONE
    with world.acting(SOCIAL) as aatu:
        operations.record_happened(one, by=aatu, happened="no", words="Väärä asiakas.")
    found = as_it_is(world, one)
    assert (found.happened, found.step.state) == ("no", Step.State.STARTED)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (dict.fromkeys(TYPED, ""), {*TYPED} - {"place"}),
        ({"on": "30.10.2026"}, {"on"}),
        ({"on": "28.3.2027", "at": "3.30"}, {"at"}),
        ({"escort": "found"}, {"escort_words"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    world: World, typed: dict[str, str], wrong: set[str]
) -> None:
    with world.acting(SOCIAL) as aatu:
        step = step_of(world, aatu)
    url = reverse("set-appointment", args=[step.public_id])
    form = world.browser(SOCIAL).post(url, TYPED | typed).context["form"]
    assert set(form.errors) == wrong
    assert form["place"].value() == (TYPED | typed)["place"]
    assert world.rows("select 1 from meetings_appointment where step_id = %s", step.pk) == []


def test_the_page_books_and_its_message_takes_it_back(world: World) -> None:
    with world.acting(SOCIAL) as aatu:
        step = step_of(world, aatu)
    browser = world.browser(SOCIAL)
    url = reverse("set-appointment", args=[step.public_id])
    page = browser.post(url, TYPED, follow=True)
    assert "Aika on kirjattu" in page.content.decode()
    one = page.context["appointment"]
    page = browser.post(reverse("cancel-appointment", args=[one.public_id]), follow=True)
    assert "kirjattiin vahingossa" in page.content.decode()


def test_only_whoever_minds_the_step_acts(world: World) -> None:
    one = booked(world)
    with world.acting(CONVENER) as sirkka, pytest.raises(PermissionDenied):
        operations.cancel_appointment(one, by=sirkka, reason="Ei minun.")
    with world.acting(HEALTH) as laina, pytest.raises(PermissionDenied):
        operations.record_word(one, by=laina, word=Word("yes"))


def test_the_minder_is_the_steps_whoever_comes_after(world: World) -> None:
    one = booked(world)
    other = world.member(REFERRER).pk
    world.rows("update plans_step set watcher_id = %s where id = %s", other, one.step_id)
    assert as_it_is(world, one).minder_id == other
    foreign = world.member(HEALTH).pk
    with world.owner(), pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=one.pk).update(minder=foreign)


def test_a_client_may_not_answer_for_another(world: World) -> None:
    one = booked(world)
    url = reverse("portal-appointment", args=[one.public_id])
    assert world.portal(LAURA).post(url, {"says": "yes"}).status_code == 404
    assert as_it_is(world, one).says == ""
