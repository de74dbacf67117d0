"""The officer's desk: a question is asked, answered, closed; a client gets the own log, and nobody
else's."""

from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from rinnalla.clients.models import Client
from rinnalla.officer import queries
from rinnalla.ui.tests.reading import judged, text
from tests.world import OFFICER, REFERRER, STRANGER, World

OPENED = "A100600"
LEADER = ("kerttu.esimerkkilinna", "HA001")


def question(world: World) -> UUID:
    found: UUID = world.rows(
        "select public_id from officer_question where membership_id = %s",
        world.member(STRANGER).pk,
    )[0][0]
    return found


def kinds(world: World, prefix: str) -> list[tuple[str, int]]:
    """The acts of the desk that the journal tells of."""
    return world.rows(
        "select e.kind, (select count(*) from journal_entrysubject s where s.entry = e.id)"
        " from journal_entry e where e.kind like %s and e.membership is not null"
        " order by e.recorded_at",
        f"{prefix}%",
    )


def name_of(world: World, number: str) -> str:
    return str(world.client(number))


def test_a_question_is_asked_answered_and_closed(world: World) -> None:
    officer, worker, leader = (world.browser(who) for who in (OFFICER, STRANGER, LEADER))
    key, name = question(world), name_of(world, OPENED)
    assert name not in officer.get(reverse("officer-desk")).content.decode()
    page = officer.get(reverse("officer-question", args=[key])).content.decode()
    assert name in page and "Onerva Koepuro" in page
    assert kinds(world, "read.officer") == [("read.officer-question", 1)]
    asked = officer.post(
        reverse("ask-question", args=[key]), {"to": str(world.member(LEADER).pk), "words": "Miksi?"}
    )
    assert asked.status_code == 302
    mine = reverse("answer-question", args=[key])
    assert name in worker.get(mine).content.decode()
    seen = leader.get(mine).content.decode()
    assert "Miksi?" in seen and name not in seen
    assert leader.post(mine, {"text": " "}).context["form"].errors
    assert leader.post(mine, {"text": "Hän päivysti."}).status_code == 302
    assert "Taas." not in leader.post(mine, {"text": "Taas."}).content.decode()
    assert "Hän päivysti." in officer.get(reverse("officer-question", args=[key])).content.decode()
    closing = reverse("close-question", args=[key])
    assert officer.post(closing, {"outcome": "explained"}).context["form"].errors
    closed = officer.post(closing, {"outcome": "explained", "words": "Päivystys."})
    assert closed.status_code == 302
    assert "suljettu" in officer.post(closing, {"outcome": "guided", "words": "x"}).content.decode()
    assert kinds(world, "question.") == [
        ("question.asked", 0),
        ("question.asked", 0),
        ("question.answered", 0),
        ("question.closed", 0),
    ]


@pytest.mark.server
def test_the_officer_sees_no_client_and_others_see_no_desk(world: World) -> None:
    with world.acting(OFFICER), connection.cursor() as cursor:
        assert Client.objects.count() == 0
        cursor.execute("select access.find_client(null, %s)", [OPENED])
        assert cursor.fetchone() == (None,)
    key = world.rows("select id from officer_question")[0][0]
    request = world.rows("select public_id from officer.log_request")[0][0]
    for call, values in (
        ("officer.question_clients(%s)", [key]),
        ("officer.reads_by_ground(now(), now())", []),
        ("officer.log_requests()", []),
        ("officer.log_request_of(%s)", [request]),
        ("officer.log_lines(%s, null, null, 10)", [request]),
        ("officer.answer_log_request(%s, 1)", [request]),
        (
            "officer.open_log_request(null, 'A100001', %s::date, %s::date, %s::date, '')",
            ["2026-10-31"] * 3,
        ),
    ):
        with (
            pytest.raises(ProgrammingError, match="not the officer|not a question"),
            world.acting(REFERRER),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"select * from {call}", values)
    with world.acting(REFERRER), connection.cursor() as cursor:
        cursor.execute("select (select count(*) from officer_question),"
                       " (select count(*) from officer_asking)")  # fmt: skip
        assert cursor.fetchone() == (0, 0)


def test_a_log_request_is_refused_at_the_form(world: World) -> None:
    officer = world.browser(OFFICER)
    good = {
        "client": "A100116",
        "received": "31.10.2026",
        "since": "31.10.2024",
        "until": "31.10.2026",
    }
    before = world.rows("select count(*) from officer.log_request")
    for bad, sentence in (
        ({"since": "30.10.2024"}, "vaativat syyn"),
        ({"until": "30.10.2024", "reason": "Epäily."}, "Jakson alku"),
        ({"client": "A999999"}, "Tunnuksella ei löydy"),
        ({"since": "32.10.2024"}, "ei ole kalenterissa"),
    ):
        page = officer.post(reverse("take-in-log-request"), {**good, **bad}).content.decode()
        assert sentence in page
        assert all(typed in page for typed in bad.values())
    assert world.rows("select count(*) from officer.log_request") == before
    assert officer.post(reverse("take-in-log-request"), good).status_code == 302
    older = {**good, "since": "1.1.2020", "reason": "Epäilen väärinkäyttöä."}
    assert officer.post(reverse("take-in-log-request"), older).status_code == 302


def test_the_log_tells_of_nobody_else(world: World) -> None:
    world.browser(REFERRER).get("/")
    request = world.rows("select public_id from officer.log_request")[0][0]
    made = world.browser(OFFICER).get(reverse("log-request-document", args=[request])).content
    assert judged(made) == []
    told = text(made)
    veikko, others = world.client(), world.rows("select family_name from clients_client")
    assert veikko.family_name in told
    assert "HilppaKokeilija,omavalmentaja" in told and "käsittelihakemustasi" in told
    named = {name for (name,) in others if name.replace(" ", "") in told}
    assert named == {veikko.family_name}


def test_the_log_stops_when_the_access_is_withdrawn(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "LINES_AT_ONCE", 3)
    request = world.rows("select public_id from officer.log_request")[0][0]
    with world.acting(OFFICER):
        assert len(list(queries.log_lines(request))) > 6
        lines = queries.log_lines(request)
        assert next(lines)
        world.rows(
            "update organizations_membership set ended_at = now() where id = %s",
            world.member(OFFICER).pk,
        )
        with pytest.raises(ProgrammingError, match="not the officer"), transaction.atomic():
            list(lines)
