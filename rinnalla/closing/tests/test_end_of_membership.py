"""Whoever leaves, nothing is left without a holder, and access goes at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from rinnalla.applications.models import Application, ApplicationText
from rinnalla.clients.models import Client
from rinnalla.closing.operations import disable_account, end_membership, end_planned
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Membership, Team
from tests.world import CONVENER, MANAGER, REFERRER, Who, World

pytestmark = pytest.mark.server
SIRKKAS_MANAGER = ("anneli.naytelampi", "TO210")
LAST_OF_KELA = ("raili.testiniitty", "KE950")


def end(world: World, who: Who) -> None:
    membership = world.member(who)
    with world.job("rinnalla_worker"):
        end_membership(membership)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")


def holder_of(world: World, number: str) -> tuple[str, bool]:
    application = world.application(number)
    with world.owner():
        return application.holder.user.username, application.holder_is_interim


def test_what_a_referrer_held_goes_to_the_manager_marked_interim(world: World) -> None:
    end(world, REFERRER)
    assert holder_of(world, "A100116") == (MANAGER[0], True)
    with world.acting(MANAGER):
        held = Application.objects.get(client__number="A100116")
        assert held.client.family_name == "Korpisaarikko"
        assert ApplicationText.objects.filter(application=held).exists()


def test_steps_in_force_move_along_and_stay_owned(world: World) -> None:
    before = world.rows("select count(*) from plans_step where state in ('agreed', 'started')")
    leaving, manager = world.member(REFERRER).pk, world.member(MANAGER).pk
    end(world, REFERRER)
    left = world.rows(
        "select count(*) from plans_step where needs_open and %s in (owner_id, watcher_id)", leaving
    )
    moved = world.rows(
        "select count(*) from plans_step where is_interim and owner_id = %s", manager
    )
    assert left == [(0,)]
    assert moved[0][0] > 0
    assert before == world.rows(
        "select count(*) from plans_step where state in ('agreed', 'started')"
    )


def test_access_goes_at_once(world: World) -> None:
    leaving = world.member(REFERRER)
    browser = world.browser(REFERRER)
    page = f"/hakemukset/{world.application().public_id}/"
    assert browser.get(page).status_code == 200
    end(world, REFERRER)
    # Hilppa has other memberships: she is asked as whom she acts now, and sees nobody of this one.
    assert browser.get(page).status_code == 404
    assert world.rows("select count(*) from access.circle where membership = %s", leaving.pk) == [
        (0,)
    ]


def test_a_team_is_convened_by_the_manager_until_another_is_named(world: World) -> None:
    end(world, CONVENER)
    with world.owner():
        assert Team.objects.get(code="tyky-tampere").convener.user.username == SIRKKAS_MANAGER[0]
    assert holder_of(world, "A100001") == (SIRKKAS_MANAGER[0], True)
    inbox = world.browser(SIRKKAS_MANAGER).get("/saapuneet/")
    assert "Sarastuskuruinen" in inbox.content.decode()


def test_an_account_is_closed_with_all_that_it_held(world: World) -> None:
    user = world.member(REFERRER).user
    with world.job("rinnalla_worker"):
        moved = disable_account(user)
    assert len(moved) == 3
    assert world.rows("select is_active from accounts_user where id = %s", user.pk) == [(False,)]
    assert world.rows(
        "select count(*) from organizations_membership where user_id = %s and is_open", user.pk
    ) == [(0,)]


def test_the_last_manager_cannot_leave(world: World) -> None:
    membership = world.member(LAST_OF_KELA)
    with world.job("rinnalla_worker"), pytest.raises(RuleBroken, match="viimeinen"):
        end_membership(membership)
    assert world.member(LAST_OF_KELA).is_open


def test_a_planned_end_is_carried_out_after_its_last_day(world: World) -> None:
    membership = world.member(REFERRER)
    day = world.rows(
        "update organizations_membership set planned_end = rinnalla.today() where id = %s"
        " returning planned_end",
        membership.pk,
    )[0][0]
    with world.job("rinnalla_worker"):
        assert end_planned(day) == []
        assert len(end_planned(day + timedelta(days=1))) == 1


def test_ending_twice_is_refused(world: World) -> None:
    membership = world.member(REFERRER)
    end(world, REFERRER)
    with world.job("rinnalla_worker"), pytest.raises(RuleBroken, match="jo päättynyt"):
        end_membership(membership)


def test_sql_cannot_end_a_membership_that_holds(world: World) -> None:
    membership = world.member(CONVENER)
    with pytest.raises(IntegrityError), transaction.atomic(), world.job("rinnalla_worker"):
        Membership.objects.filter(pk=membership.pk).update(ended_at="2026-10-31T10:00Z")
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")


def test_the_worker_reads_no_text_and_the_journal_tells_of_the_act(world: World) -> None:
    with world.job("rinnalla_worker"):
        assert Client.objects.exists()
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            ApplicationText.objects.exists()
    end(world, REFERRER)
    kinds = world.rows(
        "select kind, process from journal_entry where kind = 'membership.ended'"
        " order by recorded_at desc limit 1"
    )
    assert kinds == [("membership.ended", "rinnalla_worker")]
