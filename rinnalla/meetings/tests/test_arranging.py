"""Calling together: whom a permit reaches, who sees what for how long, moving and cancelling."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from rinnalla.cases.operations import proposing
from rinnalla.cases.operations.proposing import Said
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from rinnalla.meetings.models import Meeting, Participant
from rinnalla.meetings.operations import arranging
from rinnalla.meetings.operations.arranging import Calling, Guest
from rinnalla.meetings.operations.tidying import cancel_unwanted
from tests.cases import agreed_case
from tests.meetings import LATER, called, outbox, sees, slot
from tests.world import CONVENER, HEALTH, KELA, MIEPA, SOCIAL, STRANGER, World

pytestmark = pytest.mark.server
WAYS = "select cause, ends from access.circle where thing = %s and membership = %s"


def test_who_is_invited_sees_the_meeting_and_the_client_until_the_thirtieth_day(
    world: World,
) -> None:
    meeting = called(world, agreed_case(world), STRANGER)
    assert sees(world, STRANGER, meeting)
    assert not sees(world, KELA, meeting)
    with world.acting(STRANGER):
        assert Client.objects.filter(pk=meeting.client_id).exists()
        assert not meeting.case.__class__.objects.filter(pk=meeting.case_id).exists()
    world.freeze("2026-12-12 23.59")
    assert sees(world, STRANGER, meeting)
    world.freeze("2026-12-13 00.00")
    assert not sees(world, STRANGER, meeting)


def test_nobody_beyond_the_clients_permit_is_invited_and_it_is_said_what_to_ask(
    world: World,
) -> None:
    case = agreed_case(world)
    with pytest.raises(RuleBroken, match=r"Asiakkaan lupa ei ulotu kutsuttuun: Toivo Koe, Kela"):
        called(world, case, KELA)
    with world.owner():
        assert not Meeting.objects.filter(case=case).exists()


def test_a_moved_meeting_has_a_new_time_with_the_next_number(world: World) -> None:
    meeting = called(world, agreed_case(world), SOCIAL)
    with world.acting(CONVENER) as sirkka:
        made = arranging.move(meeting, by=sirkka, slot=slot(LATER))
        assert made.sequence == 1
        kept = meeting.meetingtimes.order_by("sequence").values_list("sequence", "ended_at")
        assert [(number, ended is None) for number, ended in kept] == [(0, False), (1, True)]


def test_a_cancelled_meeting_and_one_no_longer_invited_close_at_once(world: World) -> None:
    meeting = called(world, agreed_case(world), STRANGER, MIEPA)
    with world.acting(CONVENER) as sirkka:
        miepa = meeting.participants.get(membership=world.member(MIEPA))
        arranging.uninvite(miepa, by=sirkka)
    assert not sees(world, MIEPA, meeting)
    assert sees(world, STRANGER, meeting)
    with world.acting(CONVENER) as sirkka:
        arranging.cancel(meeting, by=sirkka, reason="Sairastuin.")
        with pytest.raises(RuleBroken, match="peruttu"):
            arranging.move(meeting, by=sirkka, slot=slot(LATER))
    assert not sees(world, STRANGER, meeting)
    assert world.rows(WAYS, meeting.pk, world.member(STRANGER).pk) == []


def test_who_is_only_invited_arranges_nothing(world: World) -> None:
    meeting = called(world, agreed_case(world), STRANGER)
    with world.acting(STRANGER) as other:
        for act in (
            lambda: arranging.cancel(meeting, by=other, reason="Ei sovi."),
            lambda: arranging.move(meeting, by=other, slot=slot(LATER)),
            lambda: arranging.invite(meeting, by=other, member=None, guest=Guest("Veli")),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_a_client_who_said_no_is_not_called_and_is_reminded_of_nothing(world: World) -> None:
    case = agreed_case(world)
    telling = arranging.Telling("print", "print")
    meeting = called(world, case, STRANGER, telling=telling)
    with world.acting(CONVENER) as sirkka:
        said = Said("no", "En jaksa.", sirkka.today)
        proposing.record_answer(case, by=sirkka, said=said)
    assert not sees(world, STRANGER, meeting)
    assert {one.state for one in outbox(world, meeting)} == {"cancelled"}
    with world.job("rinnalla_worker"):
        assert cancel_unwanted() == 1
        assert cancel_unwanted() == 0
    with world.owner():
        assert Meeting.objects.get(pk=meeting.pk).reason == "Asiakas ei halua yhteistä työtä."
    told = [one for one in outbox(world, meeting) if one.state == "queued"]
    assert len(told) == 2
    assert all("METHOD:CANCEL" in one.calendar for one in told)
    with pytest.raises(RuleBroken, match="Asiakas ei halua"):
        called(world, case, SOCIAL)


@pytest.mark.parametrize("now", ["2026-11-12 09.00", "2026-11-13 10.00"])
def test_a_time_gone_by_is_refused(world: World, now: str) -> None:
    case = agreed_case(world)
    world.freeze(now)
    with pytest.raises(RuleBroken, match="Aika on jo mennyt"):
        called(world, case)


def test_nobody_whose_membership_has_ended_is_invited(world: World) -> None:
    case = agreed_case(world)
    key = world.member(STRANGER).pk
    end = "update organizations_membership set ended_at = now() where id = %s returning 1"
    world.rows(end, key)
    with world.acting(CONVENER) as sirkka:
        calling = Calling("Sovitaan.", [slot()], members=[key])
        with pytest.raises(RuleBroken, match="ei ole enää tässä tehtävässä"):
            arranging.arrange(case, by=sirkka, calling=calling)


def test_a_poll_becomes_a_meeting_by_the_time_that_is_chosen(world: World) -> None:
    case = agreed_case(world)
    with world.acting(CONVENER) as sirkka:
        member = world.member(STRANGER).pk
        calling = Calling("Etsitään aika.", [slot(), slot(LATER)], members=[member])
        meeting = arranging.arrange(case, by=sirkka, calling=calling)
        assert meeting.state == Meeting.State.SEEKING
        assert meeting.suggestedtimes.count() == 2
        assert outbox(world, meeting) == []
        first = meeting.suggestedtimes.order_by("starts")[0]
    invited = world.browser(STRANGER)
    assert "Vastaa, mikä aika sopii" in invited.get("/").content.decode()
    choose = f"/tapaamiset/{meeting.public_id}/ajat/{first.public_id}/"
    for says in ("yes", "no"):
        assert invited.post(choose, {"says": says}).status_code == 302
    assert "Vastaa, mikä aika sopii" not in invited.get("/").content.decode()
    page = world.browser(CONVENER).get(f"/tapaamiset/{meeting.public_id}/").content.decode()
    assert f"ei sovi: {world.member(STRANGER).user.get_full_name()}" in page
    with world.acting(CONVENER) as sirkka:
        made = arranging.move(meeting, by=sirkka, slot=slot(LATER))
        assert made.sequence == 0
        meeting.refresh_from_db()
        assert meeting.state == Meeting.State.PLANNED


@pytest.mark.parametrize(
    "statement",
    [
        "update meetings_meeting set state = 'cancelled', ended_at = now(), reason = ''",
        "update meetings_meeting set state = 'held', ended_at = null",
        "update meetings_participant set membership_id = null, person = '' where kind = 'member'",
        "update meetings_meetingtime set ends = starts",
        "update meetings_participant set client_id = (select id from clients_client c"
        " where c.id <> client_id limit 1)",
    ],
)
def test_the_database_keeps_what_a_meeting_is(world: World, statement: str) -> None:
    called(world, agreed_case(world), SOCIAL)
    with world.owner(), pytest.raises(Exception, match="violates"), transaction.atomic():
        attack = connection.cursor()
        attack.execute(statement)
        attack.execute("set constraints all immediate")


def test_the_one_who_calls_and_the_client_are_there_by_themselves(world: World) -> None:
    meeting = called(world, agreed_case(world), HEALTH)
    with world.acting(CONVENER):
        people = meeting.participants.values_list("kind", "membership__user__username")
        assert set(people) == {
            (Participant.Kind.CLIENT, None),
            (Participant.Kind.MEMBER, CONVENER[0]),
            (Participant.Kind.MEMBER, HEALTH[0]),
        }
