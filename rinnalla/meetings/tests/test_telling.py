"""What goes out of a meeting: once, in the client's channel, into each calendar."""

from datetime import UTC
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import override_settings
from icalendar import Calendar

from rinnalla.meetings.models import Meeting
from rinnalla.meetings.operations import arranging
from rinnalla.meetings.operations.arranging import Guest, Telling
from rinnalla.notifications.channels import Outgoing
from rinnalla.notifications.channels.email import deliver
from rinnalla.notifications.models import Message
from rinnalla.notifications.sending import send_due
from tests.cases import agreed_case
from tests.meetings import LATER, SOON, at, called, outbox, slot
from tests.world import CONVENER, SOCIAL, STRANGER, World

pytestmark = pytest.mark.server
TEXTS = Telling("sms", "sms", hour_before=True)


def by_name(world: World, meeting: Meeting) -> dict[str, Message]:
    """What is to go out, by kind; cancelled rows are left out."""
    rows = [one for one in outbox(world, meeting) if one.state != "cancelled"]
    return {str(one.once).partition(":")[2].partition(":")[2]: one for one in rows}


def event_of(message: Message) -> Any:
    calendar = Calendar.from_ical(message.calendar)
    return calendar["METHOD"], calendar.walk("VEVENT")[0]


def test_the_client_is_invited_and_reminded_once_each(world: World) -> None:
    meeting = called(world, agreed_case(world), telling=TEXTS)
    found = by_name(world, meeting)
    assert set(found) == {"client:invite", "remind:day", "remind:hour"}
    assert found["remind:day"].due == at("2026-11-11 10.00")
    assert found["remind:hour"].due == at("2026-11-12 08.00")
    name = world.client().family_name
    for message in found.values():
        assert "12.11.2026 klo 9.00" in message.body
        assert "040 000 2101" in message.body
        assert name not in message.subject + message.body
        assert "Sovitaan jatkosta" not in message.body
    with world.owner(), pytest.raises(Exception, match="told_once"), transaction.atomic():
        again = found["remind:day"]
        again.pk, again.public_id = uuid4(), uuid4()
        again.save(force_insert=True)


def test_a_letter_reminds_a_week_before_and_the_own_page_needs_no_message(world: World) -> None:
    meeting = called(world, agreed_case(world), telling=Telling("print", "print"))
    found = by_name(world, meeting)
    assert set(found) == {"client:invite", "remind:letter"}
    assert found["remind:letter"].due == at("2026-11-05 10.00")
    assert "http" not in found["client:invite"].body
    with world.acting(CONVENER) as sirkka:
        arranging.cancel(meeting, by=sirkka, reason="Sairastuin.")
    own = called(world, meeting.case, telling=Telling("portal", "portal"))
    assert outbox(world, own)[-1].template.endswith("cancelled.txt")


def test_a_moved_meeting_takes_its_reminders_with_it(world: World) -> None:
    meeting = called(world, agreed_case(world), telling=TEXTS)
    first = {one.pk for one in outbox(world, meeting)}
    with world.acting(CONVENER) as sirkka:
        arranging.move(meeting, by=sirkka, slot=slot(LATER))
    later = outbox(world, meeting)
    assert {one.state for one in later if one.pk in first} == {"cancelled"}
    assert all("13.11.2026" in one.body for one in later if one.pk not in first)
    assert len(later) == 2 * len(first)


def test_a_cancelled_meeting_reminds_of_nothing(world: World) -> None:
    meeting = called(world, agreed_case(world), telling=TEXTS)
    with world.acting(CONVENER) as sirkka:
        arranging.cancel(meeting, by=sirkka, reason="Sairastuin.")
    left = [one.template for one in outbox(world, meeting) if one.state == "queued"]
    assert left == ["meetings/messages/cancelled.txt"]


def test_other_reminders_replace_those_before(world: World) -> None:
    meeting = called(world, agreed_case(world), telling=TEXTS)
    with world.acting(CONVENER) as sirkka:
        arranging.change_telling(meeting, by=sirkka, wished=Telling(remind_by="none"))
    assert set(by_name(world, meeting)) == {"client:invite"}
    with world.acting(CONVENER) as sirkka:
        wished = Telling(remind_by="sms", day_before=True)
        arranging.change_telling(meeting, by=sirkka, wished=wished)
    assert set(by_name(world, meeting)) == {"client:invite", "remind:day"}


def test_each_calendar_gets_its_own_invitation_and_nothing_of_the_client(world: World) -> None:
    sister = Guest("Sisko Siskonen", "sisko", "sisko@esimerkki.example.org")
    meeting = called(world, agreed_case(world), SOCIAL, guests=[sister])
    rows = [one for one in outbox(world, meeting) if one.calendar]
    assert len(rows) == 2
    client = world.client()
    for row in rows:
        method, event = event_of(row)
        assert method == "REQUEST"
        assert event["UID"].startswith(str(meeting.public_id))
        assert (event["SEQUENCE"], event["SUMMARY"]) == (0, "Tapaaminen")
        assert event["DTSTART"].dt == at(SOON).astimezone(UTC)
        assert not isinstance(event["ATTENDEE"], list)
        assert "LOCATION" not in event
        for word in (client.family_name, client.given_names, "Sisko", "Huone"):
            assert word not in row.calendar + row.body + row.subject
        assert max(map(len, row.calendar.encode().split(b"\r\n"))) <= 75
    attendees = {str(event_of(row)[1]["ATTENDEE"]) for row in rows}
    assert attendees == {
        "mailto:aatu.koehenkilo@tyo.example", "mailto:sisko@esimerkki.example.org",
    }  # fmt: skip


def test_a_calendar_follows_a_moved_and_a_cancelled_meeting(world: World) -> None:
    meeting = called(world, agreed_case(world), SOCIAL, place_may_be_told=True)
    with world.acting(CONVENER) as sirkka:
        arranging.move(meeting, by=sirkka, slot=slot(LATER))
    with world.acting(CONVENER) as sirkka:
        arranging.cancel(meeting, by=sirkka, reason="Sairastuin.")
    told = [event_of(one) for one in outbox(world, meeting) if one.calendar]
    assert [(method, event["SEQUENCE"]) for method, event in told] == [
        ("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2),
    ]  # fmt: skip
    assert len({str(event["UID"]) for _, event in told}) == 1
    assert [str(event["LOCATION"]) for _, event in told] == ["Huone 1"] * 3
    assert [event["STATUS"] for _, event in told] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_no_place_is_told_that_the_client_does_not_let_be_told(world: World) -> None:
    meeting = called(world, agreed_case(world), STRANGER)
    [row] = [one for one in outbox(world, meeting) if one.calendar]
    assert "Huone" not in row.calendar


@override_settings(DEFAULT_FROM_EMAIL="Rinnalla <tapaamiset@alue.example>")
def test_a_mail_tells_the_calendar_what_to_do(world: World) -> None:
    meeting = called(world, agreed_case(world), SOCIAL)
    [row] = [one for one in outbox(world, meeting) if one.calendar]
    deliver(Outgoing(row.public_id, "email", "a@tyo.example", row.subject, row.body, row.calendar))
    [sent] = mail.outbox
    assert sent.to == ["a@tyo.example"]
    parts = [part.get_content_type() for part in sent.message().walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/calendar"]
    part = list(sent.message().walk())[-1]
    assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
    assert event_of(row)[1]["ORGANIZER"] == "mailto:tapaamiset@alue.example"


def test_a_cancellation_reaches_the_calendars_of_a_client_who_died(world: World) -> None:
    meeting = called(world, agreed_case(world), SOCIAL, telling=Telling("email", "email"))
    world.rows("update clients_client set died_on = %s where id = %s returning 1",
               "2026-10-31", meeting.client_id)  # fmt: skip
    with world.acting(CONVENER) as sirkka:
        arranging.cancel(meeting, by=sirkka, reason="Asiakas on kuollut.")
    with world.job("rinnalla_worker"), connection.cursor():
        send_due()
    rows = {
        (one.template.rpartition("/")[2], bool(one.calendar)): one for one in outbox(world, meeting)
    }
    assert rows[("cancelled.txt", True)].state == "sent"
    assert rows[("cancelled.txt", False)].state == "failed"
