"""In the meeting and after it: steps, a recalled note, a missed meeting, the client's question."""

from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from rinnalla.access.portal_actor import seat_client
from rinnalla.lib.errors import RuleBroken
from rinnalla.meetings.models import Meeting, MeetingNote, UnclearPoint
from rinnalla.meetings.operations import answering, arranging, holding
from rinnalla.meetings.operations.answering import Talk
from rinnalla.meetings.queries.opened import opened_by
from rinnalla.plans.models import Step
from rinnalla.plans.operations.steps import report_step
from tests.cases import agreed_case
from tests.meetings import HELD, LATER, called, deal, held, minutes, sees, slot
from tests.world import CONVENER, HEALTH, KELA, SOCIAL, STRANGER, World

pytestmark = pytest.mark.server


def test_what_was_agreed_are_steps_with_an_owner_and_a_day(world: World) -> None:
    meeting = called(world, agreed_case(world), STRANGER)
    other = world.member(STRANGER)
    with world.acting(CONVENER) as sirkka:
        mine, theirs = deal(sirkka), deal(sirkka, owner=other.pk)
        own = deal(sirkka, owner=None, by_client=True)
    note = held(world, meeting, mine, theirs, own)
    with world.acting(CONVENER):
        agreed = list(note.meeting.agreedthings.order_by("pk"))
        assert [one.step.owner_id for one in agreed] == [sirkka.membership_id, other.pk, None]
        assert agreed[2].step.owner_client_id == meeting.client_id
        assert agreed[2].step.watcher_id == sirkka.membership_id
        assert [one.words for one in agreed] == ["Aika varataan."] * 3
    with world.acting(STRANGER):
        step = Step.objects.get(owner=other)
        assert MeetingNote.objects.filter(meeting=meeting).exists()
    # A task opens what the meeting did, for as long as it is in force and thirty days more.
    world.freeze("2027-02-01 09.00")
    assert sees(world, STRANGER, meeting)
    with world.acting(STRANGER) as by:
        assert not MeetingNote.objects.filter(meeting=meeting).exists()
        report_step(step, by=by, state=Step.State.DONE)
    world.freeze("2027-03-03 23.59")
    assert sees(world, STRANGER, meeting)
    world.freeze("2027-03-04 00.00")
    assert not sees(world, STRANGER, meeting)


def test_nothing_is_recorded_before_the_day_nor_twice(world: World) -> None:
    meeting = called(world, agreed_case(world), SOCIAL)
    with world.acting(CONVENER) as sirkka, pytest.raises(RuleBroken, match="ei ole vielä tullut"):
        holding.write_note(meeting, by=sirkka, minutes=minutes())
    held(world, meeting)
    with world.acting(CONVENER) as sirkka, pytest.raises(RuleBroken, match="on jo muistiinpano"):
        holding.write_note(meeting, by=sirkka, minutes=minutes())


def test_a_task_for_somebody_whom_no_permit_reaches_keeps_nothing(world: World) -> None:
    meeting = called(world, agreed_case(world))
    world.freeze(HELD)
    with world.acting(CONVENER) as sirkka:
        wrong = deal(sirkka, owner=world.member(KELA).pk)
        with pytest.raises(RuleBroken, match="lupa ei ulotu tekijään: Toivo Koe"):
            holding.write_note(meeting, by=sirkka, minutes=minutes(), deals=[deal(sirkka), wrong])
    with world.owner():
        assert not MeetingNote.objects.filter(meeting=meeting).exists()
        assert not meeting.agreedthings.exists()


def test_a_recalled_note_is_read_by_its_own_unit_alone_which_sees_who_had_opened_it(
    world: World,
) -> None:
    meeting = called(world, agreed_case(world), STRANGER)
    note = held(world, meeting)
    assert world.browser(STRANGER).get(f"/tapaamiset/{meeting.public_id}/").status_code == 200
    with world.acting(CONVENER) as sirkka:
        assert [one.name for one in opened_by(note)] == [
            world.member(STRANGER).user.get_full_name()
        ]
        holding.recall_note(note, by=sirkka, reason="Väärä asiakas.")
        assert MeetingNote.objects.filter(pk=note.pk).exists()
        assert len(opened_by(note)) == 1
    with world.acting(STRANGER):
        assert not MeetingNote.objects.filter(pk=note.pk).exists()
        assert Meeting.objects.get(pk=meeting.pk).note_recalled_at
        assert opened_by(note) == []
    page = world.browser(STRANGER).get(f"/tapaamiset/{meeting.public_id}/").content.decode()
    assert "Haluan levätä" not in page
    assert "Muistiinpano on peruttu" in page
    with world.acting(CONVENER) as sirkka:
        holding.write_note(meeting, by=sirkka, minutes=minutes())


def test_a_missed_meeting_says_why_and_calls_the_same_people_anew(world: World) -> None:
    meeting = called(world, agreed_case(world), STRANGER)
    with world.acting(CONVENER) as sirkka, pytest.raises(RuleBroken, match="ei ole vielä tullut"):
        holding.miss(meeting, by=sirkka, reason="Ei tullut.")
    world.freeze(HELD)
    with world.acting(CONVENER) as sirkka:
        anew = holding.miss(
            meeting, by=sirkka, reason="Bussi ei tullut.", follow_up="Soitan.", slot=slot(LATER)
        )
        assert anew is not None
        people = anew.participants.exclude(membership=None).values_list("membership", flat=True)
        assert set(people) == {sirkka.membership_id, world.member(STRANGER).pk}
        meeting.refresh_from_db()
        assert (meeting.state, meeting.reason) == ("missed", "Bussi ei tullut.")


def test_an_unanswered_call_comes_back_and_an_answer_is_the_clients(world: World) -> None:
    meeting = called(world, agreed_case(world))
    with world.acting(CONVENER) as sirkka:
        with pytest.raises(RuleBroken, match="soitat uudelleen"):
            answering.record_call(meeting, by=sirkka, talk=Talk("invite", "unanswered"))
        again = Talk("invite", "unanswered", call_again_on=date(2026, 11, 2))
        answering.record_call(meeting, by=sirkka, talk=again)
    assert "Soita asiakkaalle uudelleen" not in _day(world)
    world.freeze("2026-11-02 08.00")
    assert "Soita asiakkaalle uudelleen" in _day(world)
    with world.acting(CONVENER) as sirkka:
        answering.record_call(meeting, by=sirkka, talk=Talk("invite", "move", "Iltapäivä."))
    assert "Aika ei sovi asiakkaalle" in _day(world)


def test_a_client_who_was_called_is_called_of_another_time(world: World) -> None:
    meeting = called(world, agreed_case(world))
    url = reverse("call-client", args=[meeting.public_id])
    browser = world.browser(CONVENER)
    assert "Soita ja kutsu asiakas" in _day(world)
    browser.post(url, {"outcome": "comes"})
    assert "Soita ja" not in _day(world)
    world.freeze("2026-11-02 09.00")
    with world.acting(CONVENER) as sirkka:
        arranging.move(meeting, by=sirkka, slot=slot(LATER))
    assert "Soita ja kerro uusi aika" in _day(world)
    world.freeze("2026-11-02 10.00")
    told = browser.post(url, {"outcome": "told"})
    assert told.status_code == 200 and "Soita ja kerro uusi aika" in _day(world)
    browser.post(url, {"outcome": "comes"})
    assert "Soita ja" not in _day(world)


def test_a_client_who_was_called_is_called_when_it_is_cancelled(world: World) -> None:
    meeting = called(world, agreed_case(world))
    url = reverse("call-client", args=[meeting.public_id])
    browser = world.browser(CONVENER)
    browser.post(url, {"outcome": "comes"})
    world.freeze("2026-11-02 11.00")
    with world.acting(CONVENER) as sirkka:
        arranging.cancel(meeting, by=sirkka, reason="Kaksi on poissa.")
    assert "Soita ja kerro, että tapaaminen on peruttu" in _day(world)
    assert "asiakas sai tiedon" in browser.get(url).content.decode()
    world.freeze("2026-11-02 12.00")
    assert browser.post(url, {"outcome": "comes"}).status_code == 200
    browser.post(url, {"outcome": "unanswered", "call_again_on": "3.11.2026"})
    assert "Soita ja kerro, että" not in _day(world)
    world.freeze("2026-11-03 09.00")
    assert "Soita ja kerro, että tapaaminen on peruttu" in _day(world)
    browser.post(url, {"outcome": "told"})
    assert "Soita ja kerro, että" not in _day(world)


def _day(world: World) -> str:
    return world.browser(CONVENER).get("/").content.decode()


def test_the_client_asks_what_stayed_unclear_and_it_is_somebodys_task(world: World) -> None:
    meeting = called(world, agreed_case(world))
    account = _enrolled(world, meeting)
    ask = "select meetings.ask_unclear(%s, %s)"
    assert seat_client(meeting.client_id, account)
    with pytest.raises(Exception, match="no such meeting held"), connection.cursor() as cursor:
        cursor.execute(ask, [meeting.public_id, "Mitä?"])


def test_the_answer_to_what_stayed_unclear(world: World) -> None:
    meeting = called(world, agreed_case(world))
    account = _enrolled(world, meeting)
    held(world, meeting)
    assert seat_client(meeting.client_id, account)
    with connection.cursor() as cursor:
        cursor.execute("select meetings.ask_unclear(%s, %s)", [meeting.public_id, "Mikä aika?"])
    assert "Asiakas kysyy" in _day(world)
    with world.acting(CONVENER) as sirkka:
        point = UnclearPoint.objects.get(meeting=meeting)
        assert point.answer_by == date(2026, 11, 19)
        answering.answer_question(point, by=sirkka, words="Klo 9.")
        with pytest.raises(RuleBroken, match="jo vastattu"):
            answering.answer_question(point, by=sirkka, words="Klo 10.")
        answering.take_answer_back(point, by=sirkka)
        answering.answer_question(point, by=sirkka, words="Klo 9.")
    assert "Asiakas kysyy" not in _day(world)


def _enrolled(world: World, meeting: Meeting) -> UUID:
    with world.acting(CONVENER), connection.cursor() as cursor:
        cursor.execute(
            "select access.enrol_client(%s, %s, '')", [meeting.client_id, "v@example.org"]
        )
        return UUID(str(cursor.fetchone()[0]))


def test_who_is_only_invited_writes_no_note(world: World) -> None:
    meeting = called(world, agreed_case(world), HEALTH)
    world.freeze(HELD)
    with world.acting(HEALTH) as laina, pytest.raises(PermissionDenied):
        holding.write_note(meeting, by=laina, minutes=minutes())
