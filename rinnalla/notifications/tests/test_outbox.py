"""A message is written with its act, goes after it, and goes once as far as we can tell."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import override_settings

from rinnalla.lib.errors import RuleBroken
from rinnalla.notifications import sending
from rinnalla.notifications.channels import Outgoing, Undelivered
from rinnalla.notifications.models import Message
from rinnalla.notifications.operations import (
    Letter,
    Way,
    cancel,
    mark_printed,
    send,
    unmark_printed,
)
from tests.world import COLLEAGUE, HEALTH, REFERRER, World

NEWS = Letter("notifications/messages/news.txt", "fi", {"link": "http://localhost:8000/oma/"})
MAIL = Way("email", "veikko@example.org")
JOBS = "select count(*) from procrastinate_jobs where task_name like '%%send_waiting'"


@pytest.fixture(autouse=True)
def stories_are_sent(request: pytest.FixtureRequest) -> None:
    """What the stories put into the outbox has gone before these tests begin."""
    if "world" in request.fixturenames:
        world: World = request.getfixturevalue("world")
        world.rows("update notifications_message set state = 'sent' where channel <> 'print'")


def put(world: World, way: Way = MAIL) -> Message:
    with world.acting(REFERRER) as hilppa:
        return send(world.client(), NEWS, way, by=hilppa)


def sent_by_worker(world: World) -> list[tuple[str, str]]:
    with world.job("rinnalla_worker"):
        sending.send_due()
    return world.rows("select address, message_id from notifications_standinmail order by id")


def state(world: World, message: Message) -> str:
    found: str = world.rows("select state from notifications_message where id = %s", message.pk)[0][
        0
    ]
    return found


def test_a_message_goes_after_its_act_and_leaves_its_rows(world: World) -> None:
    before = world.rows(JOBS)
    message = put(world)
    assert world.rows(JOBS)[0][0] == before[0][0] + 1
    assert sent_by_worker(world) == [("veikko@example.org", str(message.public_id))]
    assert sent_by_worker(world) == [("veikko@example.org", str(message.public_id))]
    assert state(world, message) == "sent"
    kinds = world.rows("select kind from journal_entry where subject = %s order by id", message.pk)
    assert kinds == [("message.queued",), ("message.sent",)]
    kept = world.rows("select address from notifications_message where id = %s", message.pk)[0][0]
    assert b"veikko" not in bytes(kept)


def test_an_act_undone_sends_nothing(world: World) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        put(world)
        raise ZeroDivisionError
    assert sent_by_worker(world) == []


def test_a_message_waits_for_its_time_and_can_be_taken_back_until_then(world: World) -> None:
    with world.acting(REFERRER) as hilppa:
        way = Way("email", "veikko@example.org", due=hilppa.now + timedelta(seconds=30))
        message = send(world.client(), NEWS, way, by=hilppa)
        assert sent_by_worker(world) == []
        world.sit(REFERRER)
        cancel(message, by=hilppa)
        with pytest.raises(RuleBroken):
            cancel(message, by=hilppa)
    world.freeze(message.due + timedelta(minutes=1))
    assert sent_by_worker(world) == []
    assert state(world, message) == "cancelled"


def test_the_clients_own_contact_is_asked_at_the_moment_of_sending(world: World) -> None:
    message = put(world, Way("sms"))
    world.rows(
        "update clients_clientcontact set phone = '000 123 4567' where client_id = %s",
        world.client().pk,
    )
    assert sent_by_worker(world) == [("+3580001234567", str(message.public_id))]


def test_nothing_is_told_twice(world: World) -> None:
    way = Way("email", "veikko@example.org", once="reminder|1|day")
    put(world, way)
    with pytest.raises(IntegrityError), transaction.atomic():
        put(world, way)


def test_a_failure_is_tried_again_with_the_same_id_and_then_given_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def fail(outgoing: Outgoing) -> None:
        asked.append(outgoing.id)
        raise Undelivered("unreachable")

    monkeypatch.setattr(sending, "deliver", fail)
    message = put(world)
    for _ in range(10):
        sent_by_worker(world)
        due = world.rows("select due from notifications_message where id = %s", message.pk)[0][0]
        world.freeze(due)
    assert asked == [message.public_id] * (len(sending.PAUSES) + 1)
    assert state(world, message) == "failed"


def test_the_dead_get_no_messages(world: World) -> None:
    message = put(world)
    world.rows("update clients_client set died_on = '2026-10-01' where id = %s", message.client_id)
    assert sent_by_worker(world) == []
    assert state(world, message) == "failed"


def test_the_application_cannot_say_that_it_was_sent(world: World) -> None:
    message = put(world)
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        world.acting(REFERRER),
        connection.cursor() as cursor,
    ):
        cursor.execute("update notifications_message set state = 'sent', ended_at = now()")
    assert state(world, message) == "queued"


def test_others_see_no_message(world: World) -> None:
    message = put(world)
    for who in (HEALTH, COLLEAGUE):
        with world.acting(who):
            assert not Message.objects.filter(pk=message.pk).exists(), who


def test_a_letter_is_printed_by_hand(world: World) -> None:
    letter = put(world, Way("print"))
    assert sent_by_worker(world) == []
    browser = world.browser(REFERRER)
    page = browser.get("/kirjeet/").content.decode()
    assert "Näyttö Veikko" in page or str(letter.client) in page
    assert "Sinulle on uusi viesti" in browser.get(f"/kirjeet/{letter.public_id}/").content.decode()
    with world.acting(REFERRER) as hilppa:
        mark_printed(letter, by=hilppa)
        with pytest.raises(RuleBroken):
            mark_printed(letter, by=hilppa)
        unmark_printed(letter, by=hilppa)
    assert state(world, letter) == "queued"


def test_words_that_could_tell_something_are_refused() -> None:
    with pytest.raises(ValueError, match="name"):
        from rinnalla.notifications.texts import words

        words(NEWS.template, "fi", {"link": "x", "name": "Veikko"})


@override_settings(STAND_IN=False, EMAIL_HOST="localhost", DEFAULT_FROM_EMAIL="a@example.org")
def test_mail_carries_the_messages_own_id(world: World) -> None:
    message = put(world)
    with world.job("rinnalla_worker"):
        sending.send_due()
    [sent] = mail.outbox
    assert sent.extra_headers["Message-ID"] == f"<{message.public_id}@example.org>"
    assert sent.subject == "Sinulle on uusi viesti"
    assert state(world, message) == "sent"
