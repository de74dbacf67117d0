"""Meetings work for a team of every kind; and Onni's one worker reminds him in his own way."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from rinnalla.access.portal_actor import seat_client
from rinnalla.cases.models import Case
from rinnalla.cases.operations import naming
from rinnalla.cases.operations.naming import Choice
from rinnalla.cases.tests.test_teams import CLIENTS, OPEN, people, sit
from rinnalla.clients.models import Client, ClientContact
from rinnalla.meetings.models import Meeting, MeetingNote
from rinnalla.meetings.operations import arranging, holding
from rinnalla.meetings.operations.arranging import Calling, Telling
from rinnalla.meetings.operations.holding import Deal, Minutes
from rinnalla.meetings.queries.inviting import usual_way, ways_of
from rinnalla.notifications.models import StandInMail
from rinnalla.notifications.sending import send_due
from rinnalla.organizations.models import Membership, Team
from tests.cases import answer, propose
from tests.meetings import slot
from tests.world import World

pytestmark = pytest.mark.server
HELD = "2026-11-12 09.30"


@pytest.mark.parametrize("kind", list(CLIENTS))
def test_a_team_of_every_kind_meets_and_agrees(world: World, kind: Team.Kind) -> None:
    convener, seated = people(world, kind)
    client = world.client(CLIENTS[kind])
    with world.job("rinnalla_worker"), connection.cursor() as cursor:
        cursor.execute(OPEN, [[client.pk], [convener.pk], [None]])
    other = next(one for one in seated if one.unit_id != convener.unit_id)
    with transaction.atomic():
        by = sit(convener)
        [case] = propose(world, by, CLIENTS[kind])
        answer(case, by)
        calling = Calling("Sovitaan yhdessä.", [slot()], members=[other.pk])
        meeting = arranging.arrange(case, by=by, calling=calling)
    world.freeze(HELD)
    with transaction.atomic():
        deals = [Deal("Käy kotona", "Käyn luonasi.", date(2026, 11, 20), owner=other.pk)]
        minutes = Minutes("Näin on hyvä.", MeetingNote.Outcome.WORKER, date(2026, 12, 10))
        holding.write_note(meeting, by=sit(convener), minutes=minutes, deals=deals)
    with transaction.atomic():
        sit(other)
        assert Meeting.objects.get(pk=meeting.pk).state == Meeting.State.HELD
        assert meeting.agreedthings.get().step.owner_id == other.pk


def test_onni_is_reminded_by_text_message_and_asks_afterwards(world: World) -> None:
    """Story 5: one worker, reminders a day and an hour before, a question after the meeting."""
    onni, worker, case = _onnis(world)
    with transaction.atomic():
        by = sit(worker)
        assert usual_way(onni, ways_of(onni)) == "sms"
        telling = Telling("sms", "sms", day_before=True, hour_before=True)
        calling = Calling("Katsotaan, miten menee.", [slot()], telling=telling)
        meeting = arranging.arrange(case, by=by, calling=calling)
    for now, sent in (("2026-10-31 12.00", 1), ("2026-11-11 10.00", 2), ("2026-11-12 08.00", 3)):
        world.freeze(now)
        assert len(_texts(world)) == sent
    texts = _texts(world)
    assert all("12.11.2026 klo 9.00" in text.body for text in texts)
    assert all(onni.family_name not in text.body for text in texts)
    assert len({text.message_id for text in texts}) == 3
    world.freeze(HELD)
    with transaction.atomic():
        minutes = Minutes("Muistutus auttoi.", MeetingNote.Outcome.GOES_ON, date(2026, 12, 10))
        holding.write_note(meeting, by=sit(worker), minutes=minutes)
    _ask(onni, worker, meeting)
    with transaction.atomic():
        by = sit(worker)
        assert meeting.unclearpoints.get().answer_by == by.today + timedelta(days=7)


def _onnis(world: World) -> tuple[Client, Membership, Case]:
    """He wants one person, and text messages."""
    convener, seated = people(world, Team.Kind.WORK_ABILITY)
    onni = world.client(CLIENTS[Team.Kind.WORK_ABILITY])
    worker = next(one for one in seated if one.unit_id != convener.unit_id)
    with world.job("rinnalla_worker"), connection.cursor() as cursor:
        cursor.execute(OPEN, [[onni.pk], [convener.pk], [None]])
    with transaction.atomic():
        by = sit(convener)
        [case] = propose(world, by, str(onni.number))
        answer(case, by, words="Haluan yhden ihmisen.")
        [asked] = naming.name_worker(case, by=by, choice=Choice(worker.pk, agreed=True))
    with transaction.atomic():
        naming.accept(asked, by=sit(worker))
    with world.owner():
        given = {"unit_id": worker.unit_id, "phone": "040 000 9876", "way": "tekstiviesti"}
        ClientContact.objects.update_or_create(client=onni, defaults=given)
    return onni, worker, case


def _texts(world: World) -> list[StandInMail]:
    """What the network was given for his number so far."""
    with world.job("rinnalla_worker"):
        send_due()
    with world.owner():
        return list(StandInMail.objects.filter(channel="sms", address__endswith="9876"))


def _ask(onni: Client, worker: Membership, meeting: Meeting) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        sit(worker)
        cursor.execute("select access.enrol_client(%s, %s, '')", [onni.pk, "o@example.org"])
        [account] = cursor.fetchone()
        assert seat_client(onni.pk, account) is not None
        cursor.execute("select meetings.ask_unclear(%s, %s)", [meeting.public_id, "Kuka soittaa?"])
