"""The link of somebody without an account: it does just their part, and closes."""

import re
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from django.urls import reverse
from icalendar import Calendar

from rinnalla.meetings.links import POLL, secret_of
from rinnalla.meetings.models import Answer, Meeting, Participant
from rinnalla.meetings.operations import arranging
from rinnalla.meetings.operations.arranging import Calling, Guest, Telling
from tests.cases import agreed_case
from tests.meetings import LATER, called, outbox, slot
from tests.world import CONVENER, LAURA, VEIKKO, World

pytestmark = pytest.mark.server
SISTER = Guest("Sisko Siskonen", "sisko", "sisko@esimerkki.example.org")


def link_of(world: World, meeting: Meeting, kind: str = "guest") -> str:
    with world.owner():
        who = Participant.objects.get(meeting=meeting, kind=kind)
        time = meeting.meetingtimes.get(ended_at=None)
    return reverse("reply-by-link", args=[secret_of(who.public_id, time.pk)])


def answers(world: World) -> list[str]:
    with world.owner():
        return list(Answer.objects.order_by("answered_at", "pk").values_list("says", flat=True))


def test_opening_the_link_changes_nothing_and_its_button_answers(world: World) -> None:
    meeting = called(world, agreed_case(world), guests=[SISTER])
    link, before = link_of(world, meeting), len(answers(world))
    page = Browser().get(link)
    assert page.status_code == 200
    text = page.content.decode()
    assert "12.11.2026 klo 9.00" in text
    client = world.client()
    for word in (client.family_name, "Huone 1", "Sovitaan jatkosta", "Sisko"):
        assert word not in text
    assert len(answers(world)) == before
    assert "on kirjattu" in Browser().post(link, {"says": "yes"}).content.decode()
    assert answers(world)[before:] == ["yes"]
    kept = "select process, subject from journal_entry where kind = 'meeting.answered' order by id"
    assert world.rows(kept)[-1] == ("link", meeting.pk)


def test_the_client_answers_by_the_own_link_and_the_convener_sees_it(world: World) -> None:
    meeting = called(world, agreed_case(world))
    Browser().post(link_of(world, meeting, "client"), {"says": "move"})
    assert "Aika ei sovi asiakkaalle" in world.browser(CONVENER).get("/").content.decode()


@pytest.mark.parametrize("act", ["moved", "cancelled", "uninvited", "begun"])
def test_a_link_of_a_time_that_does_not_hold_answers_nothing(world: World, act: str) -> None:
    meeting = called(world, agreed_case(world), guests=[SISTER])
    link, before = link_of(world, meeting), answers(world)
    with world.acting(CONVENER) as sirkka:
        if act == "moved":
            arranging.move(meeting, by=sirkka, slot=slot(LATER))
        elif act == "cancelled":
            arranging.cancel(meeting, by=sirkka, reason="Sairastuin.")
        elif act == "uninvited":
            arranging.uninvite(meeting.participants.get(kind="guest"), by=sirkka)
    if act == "begun":
        world.freeze("2026-11-12 09.00")
    for answer in (Browser().get(link), Browser().post(link, {"says": "yes"})):
        assert answer.status_code == 410
        assert "ei ole enää voimassa" in answer.content.decode()
    assert answers(world) == before


def test_nobody_makes_a_link_of_their_own(world: World) -> None:
    meeting = called(world, agreed_case(world), guests=[SISTER])
    link = link_of(world, meeting)
    for wrong in (f"{link[:-2]}x/", reverse("reply-by-link", args=["x"])):
        assert Browser().post(wrong, {"says": "yes"}).status_code == 410
    other = reverse("reply-by-link", args=[secret_of(uuid4(), uuid4())])
    assert Browser().get(other).status_code == 410
    forged = "select meetings.answer_by_link(%s, %s, 'yes', 1, %s)"
    with world.owner(), pytest.raises(Exception, match="actor not proven"), transaction.atomic():
        connection.cursor().execute(forged, [uuid4(), uuid4(), b"x"])


def test_a_members_place_has_no_link(world: World) -> None:
    meeting = called(world, agreed_case(world))
    with world.owner():
        who = Participant.objects.get(meeting=meeting, kind="member")
        time = meeting.meetingtimes.get(ended_at=None)
    link = reverse("reply-by-link", args=[secret_of(who.public_id, time.pk)])
    assert Browser().post(link, {"says": "no"}).status_code == 410


def poll(world: World) -> Meeting:
    case = agreed_case(world)
    with world.acting(CONVENER) as sirkka:
        calling = Calling(
            "Sovitaan jatkosta.",
            [slot(), slot(LATER)],
            guests=[SISTER],
            telling=Telling("sms", "sms"),
        )
        return arranging.arrange(case, by=sirkka, calling=calling)


def poll_link(world: World, meeting: Meeting, kind: str) -> str:
    with world.owner():
        who = Participant.objects.get(meeting=meeting, kind=kind)
    return reverse("reply-by-link", args=[secret_of(who.public_id, meeting.pk, POLL)])


def test_the_client_and_a_guest_choose_of_the_suggested_times_by_a_link(world: World) -> None:
    meeting = poll(world)
    sent = [one for one in outbox(world, meeting) if one.template.endswith("poll.txt")]
    assert {one.channel for one in sent} == {"sms", "email"}
    for one in sent:
        [link] = re.findall(r"/vastaa/\S+/", one.body)
        page = Browser().get(link)
        assert [one.says for one in page.context["choices"]] == ["", ""]
        assert "Sovitaan jatkosta" not in page.content.decode()
        first = page.context["choices"][0].suggestion
        page = Browser().post(link, {"says": "yes", "time": first})
        assert "Olet vastannut, että tämä sopii." in page.content.decode()
    convener = world.browser(CONVENER).get(reverse("meeting", args=[meeting.public_id]))
    assert "sopii: asiakas, Sisko Siskonen" in convener.content.decode()


def test_a_guest_who_is_invited_later_is_asked_too(world: World) -> None:
    meeting = poll(world)
    with world.acting(CONVENER) as sirkka:
        arranging.invite(
            meeting, by=sirkka, member=None, guest=Guest("Veli Velinen", "veli", "v@b.example")
        )
    asked = [one.channel for one in outbox(world, meeting) if one.template.endswith("poll.txt")]
    assert sorted(asked) == ["email", "email", "sms"]


@pytest.mark.parametrize("typed", [{"says": "yes", "time": "x"}, {"says": "ei", "time": uuid4()}])
def test_a_choice_that_cannot_be_keeps_nothing(world: World, typed: dict[str, object]) -> None:
    link, before = poll_link(world, poll(world), "guest"), len(answers(world))
    assert Browser().post(link, typed).status_code == 200
    assert len(answers(world)) == before


def test_the_poll_closes_when_a_time_is_chosen(world: World) -> None:
    meeting = poll(world)
    link, before = poll_link(world, meeting, "client"), len(answers(world))
    first = Browser().get(link).context["choices"][0].suggestion
    with world.acting(CONVENER) as sirkka:
        arranging.move(meeting, by=sirkka, slot=slot())
    page = Browser().post(link, {"says": "yes", "time": first})
    assert page.status_code == 410 and "Vastaustasi ei kirjattu" in page.content.decode()
    assert len(answers(world)) == before


def test_the_client_chooses_on_the_own_page(world: World) -> None:
    meeting, browser = poll(world), world.portal(VEIKKO)
    url = reverse("portal-meeting", args=[meeting.public_id])
    assert url in browser.get("/oma/").content.decode()
    with world.owner():
        which = meeting.suggestedtimes.order_by("-starts")[0].public_id
    page = browser.post(url, {"says": "no", "time": which}, follow=True).content.decode()
    assert "Olet vastannut, että tämä ei sovi." in page
    assert world.portal(LAURA).post(url, {"says": "no", "time": which}).status_code == 404


def test_who_is_invited_again_gets_a_higher_sequence_than_the_cancellation(world: World) -> None:
    meeting = called(world, agreed_case(world), guests=[SISTER])
    with world.owner():
        first = Participant.objects.get(meeting=meeting, kind="guest")
    with world.acting(CONVENER) as sirkka:
        arranging.uninvite(first, by=sirkka)
        arranging.invite(meeting, by=sirkka, member=None, guest=SISTER)
    mails = [one for one in outbox(world, meeting) if one.calendar]
    events = [Calendar.from_ical(one.calendar).walk("VEVENT")[0] for one in mails]
    assert [str(event["SEQUENCE"]) for event in events] == ["0", "1", "2"]
