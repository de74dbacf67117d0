"""The team's acts in their places, each with its undoing; statements that do not grow."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rinnalla.applications.models import AgendaItem, Application
from rinnalla.applications.queries.agenda import agenda_of
from rinnalla.lib.ids import uuid7
from tests.world import ADMINISTRATOR, CONVENER, EMPLOYMENT, HEALTH, REFERRER, STRANGER, World

NEW = "A100137"


@pytest.fixture
def place(world: World) -> AgendaItem:
    """Veikko's case on the agenda, seen without the policies."""
    application = world.application()
    with world.owner():
        return AgendaItem.objects.get(application=application, removed_at=None)


def state(world: World, number: str) -> str:
    return world.application(number).state


def message(browser_answer: bytes) -> str:
    page = browser_answer.decode()
    return page[page.index('class="messages"') :][:900] if 'class="messages"' in page else ""


def test_those_without_a_team_find_nothing(world: World, place: AgendaItem) -> None:
    agenda = reverse("agenda", args=[place.session_id])
    for who in (REFERRER, STRANGER, ADMINISTRATOR):
        browser = world.browser(who)
        for address in (reverse("inbox"), reverse("sessions"), agenda, f"{agenda}1/"):
            assert browser.get(address).status_code == 404, (who, address)
    assert world.browser(HEALTH).get(reverse("inbox")).status_code == 404
    assert world.browser(HEALTH).get(reverse("sessions")).status_code == 200


def test_placing_takes_two_acts_and_opens_the_next(world: World) -> None:
    browser = world.browser(CONVENER)
    page = browser.get(reverse("inbox")).content.decode()
    new = world.application(NEW)
    session = world.rows(
        "select s.id from organizations_teamsession s where s.team_id = %s"
        " and s.starts_at >= rinnalla.now() order by s.starts_at limit 1",
        new.team_id,
    )[0][0]
    assert f'value="{session}" selected' in page
    put = reverse("place-application", args=[new.public_id])
    answer = browser.post(put, {"session": str(session)})
    assert answer.status_code == 302 and "hakemus=" in answer.headers["Location"]
    assert str(new.public_id) not in answer.headers["Location"]
    assert state(world, NEW) == Application.State.RECEIVED
    with world.owner():
        item = AgendaItem.objects.get(application=new.pk, removed_at=None)
    browser.post(reverse("remove-from-agenda", args=[session, item.number]))
    browser.post(reverse("put-back-on-agenda", args=[session, item.pk]))
    with world.owner():
        item.refresh_from_db()
    assert item.removed_at is None


def test_taking_in_and_its_undoing_move_the_holder(world: World) -> None:
    browser = world.browser(CONVENER)
    new = world.application(NEW)
    browser.post(reverse("take-in", args=[new.public_id]))
    assert world.application(NEW).holder_id == world.member(CONVENER).pk
    browser.post(reverse("undo-take-in", args=[new.public_id]))
    assert world.application(NEW).holder_id == world.member(REFERRER).pk
    assert state(world, NEW) == Application.State.SENT


def test_an_empty_question_is_told_at_the_field_and_a_question_can_be_withdrawn(
    world: World,
) -> None:
    browser = world.browser(CONVENER)
    new = world.application(NEW)
    ask = reverse("ask-referrer", args=[new.public_id])
    assert "Kirjoita, mitä haluat tietää." in browser.post(ask, {"question": " "}).content.decode()
    assert browser.post(ask, {"question": "Mitä Otto toivoo?"}).status_code == 302
    waiting = browser.get(f"{reverse('inbox')}?tila=kysytyt&hakemus={new.public_id}")
    assert "Mitä Otto toivoo?" in waiting.content.decode()
    browser.post(reverse("withdraw-question", args=[new.public_id]))
    assert not world.rows(
        "select 1 from applications_informationrequest"
        " where application_id = %s and answered_at is null",
        new.pk,
    )


def test_forwarding_says_who_holds_it_and_then_the_team_is_out(world: World) -> None:
    browser = world.browser(CONVENER)
    new = world.application(NEW)
    address = reverse("forward-application", args=[new.public_id])
    assert "Hilppa Kokeilija" in browser.get(address).content.decode()
    other = world.rows("select id from organizations_team where code = 'tyky-lansi'")[0][0]
    browser.post(address, {"team": str(other), "reason": "Otto on muuttanut."})
    assert world.application(NEW).team_id == other
    assert browser.get(address).status_code == 404


def view_address(world: World, place: AgendaItem, seat: str) -> str:
    found = world.rows(
        "select s.id from organizations_teamseat s join organizations_teamsession t"
        " on t.team_id = s.team_id where t.id = %s and s.code = %s",
        place.session_id,
        seat,
    )
    return reverse("save-view", args=[place.session_id, place.number, found[0][0]])


def test_a_view_saves_itself_again_and_again_from_one_page_but_not_over_another(
    world: World, place: AgendaItem
) -> None:
    browser = world.browser(EMPLOYMENT)
    address = view_address(world, place, "tyollisyysalue")
    typed = {"text": "Kurssi alkaa.", "version": "1", "window": "a"}
    for _again in range(3):
        assert browser.post(f"{address}?itsestaan", typed).status_code == 204
    assert browser.post(address, typed).status_code == 302
    other = browser.post(address, {"text": "Toinen.", "version": "1", "window": "b"})
    assert other.status_code == 200 and "toisessa ikkunassa" in other.content.decode()
    assert "Toinen." in other.content.decode()


def test_nobody_writes_for_a_seat_of_others(world: World, place: AgendaItem) -> None:
    typed = {"text": "Ei minun.", "version": "0", "window": "a"}
    address = view_address(world, place, "terveydenhuolto")
    assert world.browser(EMPLOYMENT).post(address, typed).status_code == 403


def test_what_one_adds_to_the_column_one_may_remove(world: World, place: AgendaItem) -> None:
    browser = world.browser(EMPLOYMENT)
    address = view_address(world, place, "tyollisyysalue").replace("nakemys", "sarake")
    browser.post(address, {"row": "ongoing", "text": "Trukkikurssi haettu"})
    key = world.rows("select id from applications_columnentry where text like 'Trukki%%'")[0][0]
    case = reverse("case", args=[place.session_id, place.number])
    assert "Trukkikurssi haettu" in world.browser(CONVENER).get(case).content.decode()
    remove = reverse("remove-entry", args=[place.session_id, place.number, key])
    assert world.browser(CONVENER).post(remove).status_code == 404
    browser.post(remove)
    assert "Trukkikurssi haettu" not in world.browser(CONVENER).get(case).content.decode()


def test_a_template_taken_as_it_stands_is_one_more_act_and_can_be_recalled(
    world: World, place: AgendaItem
) -> None:
    browser = world.browser(CONVENER)
    address = reverse("recommend", args=[place.session_id, place.number]) + "?palvelu=AKSE"
    page = browser.get(address)
    form, steps = page.context["form"], page.context["steps"]
    typed = {form.add_prefix("reason"): form["reason"].value()}
    for field in [*steps.management_form, *(field for row in steps for field in row)]:
        typed[field.html_name] = field.value() if field.value() is not None else ""
        if typed[field.html_name] in (False, ""):
            del typed[field.html_name]
    answer = browser.post(address, typed)
    assert answer.status_code == 302, answer.context["form"].errors
    assert state(world, "A100001") == Application.State.RECOMMENDED
    given = world.rows("select public_id from applications_outcome order by given_at desc limit 1")
    browser.post(reverse("recall-outcome", args=[given[0][0]]))
    assert state(world, "A100001") == Application.State.RECEIVED


def test_a_step_in_the_past_is_told_in_the_summary_and_nothing_is_lost(
    world: World, place: AgendaItem
) -> None:
    browser = world.browser(CONVENER)
    address = reverse("recommend", args=[place.session_id, place.number]) + "?palvelu=AKSE"
    typed = {
        "reason": "Oma perustelu",
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-text": "Soita",
        "form-0-owner": "client",
        "form-0-due": "1.1.2020",
    }
    page = browser.post(address, typed).content.decode()
    assert "Vaihe 1: Päivä on mennyt." in page and "Oma perustelu" in page
    assert state(world, "A100001") == Application.State.RECEIVED


def test_sending_back_stops_the_clock_and_can_be_undone(world: World, place: AgendaItem) -> None:
    browser = world.browser(CONVENER)
    address = reverse("send-back", args=[place.session_id, place.number])
    browser.post(address, {"question": "Mitä lääkäri sanoi?"})
    with world.owner():
        place.refresh_from_db()
    assert place.handled_at
    browser.post(reverse("undo-send-back", args=[place.session_id, place.pk]))
    with world.owner():
        place.refresh_from_db()
    assert place.handled_at is None


def test_calling_to_a_meeting_keeps_the_network(world: World, place: AgendaItem) -> None:
    browser = world.browser(CONVENER)
    address = reverse("call-to-meeting", args=[place.session_id, place.number])
    network = browser.get(address).context["form"].fields["network"].initial
    assert network == ["Hilppa Kokeilija, omavalmentaja"]
    typed = {"reason": "Puhutaan yhdessä", "network": network, "others": "Sisar\n"}
    browser.post(address, typed)
    kept = world.rows("select network from applications_outcome order by given_at desc limit 1")
    assert "Sisar" in str(kept[0][0]) and "Hilppa" in str(kept[0][0])


def test_a_seat_whose_member_is_out_of_the_room_owes_no_view(
    world: World, place: AgendaItem
) -> None:
    with world.acting(CONVENER) as actor:
        [row] = [r for r in agenda_of(place.session, actor) if r.number == place.number]
    assert "Toivo Koe" in row.out
    assert "Kela" not in row.without_view
    assert row.without_view


def test_a_disqualified_member_no_longer_sees_the_case(world: World, place: AgendaItem) -> None:
    case = reverse("case", args=[place.session_id, place.number])
    browser, doctor = world.browser(CONVENER), world.browser(HEALTH)
    member = {"member": str(world.member(HEALTH).pk)}
    browser.post(reverse("disqualify", args=[place.session_id, place.number]), member)
    assert doctor.get(case).status_code == 404
    browser.post(reverse("requalify", args=[place.session_id, place.number]), member)
    assert doctor.get(case).status_code == 200


def statements(world: World, address: str) -> int:
    browser = world.browser(CONVENER)
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_statements_do_not_grow_with_rows(world: World, place: AgendaItem) -> None:
    case = reverse("case", args=[place.session_id, place.number])
    pages = [
        case,
        f"{case}valkokangas/",
        f"{reverse('inbox')}?hakemus={world.application().public_id}",
        reverse("agenda", args=[place.session_id]),
    ]
    before = [statements(world, page) for page in pages]
    put = reverse("place-application", args=[world.application(NEW).public_id])
    world.browser(CONVENER).post(put, {"session": str(place.session_id)})
    for _more in range(20):
        world.rows(
            "insert into services_visit (id, client_id, unit_id, source, source_key, fingerprint,"
            " known_on, day, profession, way, reason, state, note, worker)"
            " select %s, client_id, unit_id, source, %s, fingerprint, known_on, day, profession,"
            " way, reason, state, note, worker from services_visit where client_id = %s limit 1"
            " returning 1",
            uuid7(),
            uuid4().hex,
            place.client_id,
        )
    assert [statements(world, page) for page in pages] == before
    assert before[0] <= 22
