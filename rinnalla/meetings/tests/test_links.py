"""The link of somebody without an account: it does just their part, and closes."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from rinnalla.meetings.links import secret_of
from rinnalla.meetings.models import Answer, Meeting, Participant
from rinnalla.meetings.operations import arranging
from rinnalla.meetings.operations.arranging import Guest
from tests.cases import agreed_case
from tests.meetings import LATER, called, slot
from tests.world import CONVENER, World

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
