"""The pages of a meeting: a preview before anything goes, errors at the field, Swedish."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rinnalla.cases.models import Case
from rinnalla.meetings.models import Meeting, MeetingNote
from rinnalla.meetings.operations.arranging import Telling
from tests.cases import agreed_case
from tests.meetings import HELD, SOON, called, outbox
from tests.world import CONVENER, KELA, SOCIAL, STRANGER, World

pytestmark = pytest.mark.server
TYPED = {
    "kind": "network_meeting",
    "purpose": "Sovitaan, kuka tekee mitä.",
    "on": "12.11.2026",
    "starts": "9",
    "place_kind": "room",
    "place": "Huone 1",
    "invite_by": "print",
    "remind_by": "print",
    "remind_when": ["day"],
}


def url_of(case: Case) -> str:
    return reverse("arrange-meeting", args=[case.public_id])


def made(world: World, case: Case) -> list[Meeting]:
    with world.owner():
        return list(Meeting.objects.filter(case=case))


def test_each_text_is_shown_before_anything_goes(world: World) -> None:
    case = agreed_case(world)
    browser, url = world.browser(CONVENER), url_of(case)
    other = str(world.member(SOCIAL).pk)
    page = browser.post(url, {**TYPED, "other": other}).content.decode()
    assert "Sinulle on sovittu tapaaminen to 12.11.2026 klo 9.00." in page
    assert "Muistathan tapaamisen" in page
    assert "Sinut on kutsuttu tapaamiseen" in page
    assert made(world, case) == []
    back = browser.post(url, {**TYPED, "act": "edit"}).content.decode()
    assert "Sovitaan, kuka tekee mitä." in back
    assert made(world, case) == []
    sent = browser.post(url, {**TYPED, "other": other, "act": "send"})
    [meeting] = made(world, case)
    assert sent.headers["Location"] == reverse("meeting", args=[meeting.public_id])


POLL = {
    **TYPED,
    "more_times": "13.11.2026 klo 9",
    "guest": "Hilkka Mallikoski",
    "guest_email": "hilkka@esimerkki.example",
}


def test_a_poll_shows_the_question_that_goes_to_each(world: World) -> None:
    """By letter nobody can choose: then the client is asked by a call."""
    case = agreed_case(world)
    browser, url = world.browser(CONVENER), url_of(case)
    by_letter = browser.post(url, POLL).content.decode()
    assert by_letter.count("Mikä aika sopii sinulle?") == 1
    assert "Muistathan tapaamisen" not in by_letter
    by_call = browser.post(url, {**POLL, "invite_by": "call", "guest_email": ""}).content.decode()
    assert "Viestejä ei lähde." in by_call
    sent = browser.post(url, {**POLL, "act": "send"}, follow=True).content.decode()
    assert "Kysy asiakkaalta, valitse sitten aika." in sent
    assert "ei ole vielä vastannut: asiakas, Hilkka Mallikoski" in sent
    [meeting] = made(world, case)
    with world.owner():
        last = meeting.suggestedtimes.order_by("starts")[1]
    chosen = browser.get(f"/tapaamiset/{meeting.public_id}/siirra/?aika={last.public_id}")
    assert 'value="Huone 1"' in chosen.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"purpose": ""}, "Kirjoita, miksi tavataan."),
        ({"on": "1.10.2026"}, "Aika on jo mennyt"),
        ({"on": "28.3.2027", "starts": "3.30"}, "Kelloa siirretään sinä yönä"),
        ({"on": "31.10.2027", "starts": "3.30"}, "Kelloa siirretään sinä yönä"),
        ({"ends": "8"}, "ei voi päättyä ennen kuin se alkaa"),
        ({"place": ""}, "Kirjoita paikka."),
        ({"place_kind": "remote"}, "Kirjoita etäyhteyden osoite."),
        ({"more_times": "13.11.2026 klo 9\n1.10.2026 klo 9"}, "1.10.2026 klo 9: Aika on jo mennyt"),
        ({"more_times": "huomenna"}, "huomenna: Kirjoita näin"),
        ({"guest_email": "a@b.example"}, "Kirjoita kutsutun nimi."),
    ],
)
def test_what_cannot_be_is_said_at_its_field_with_what_was_typed(
    world: World, changes: dict[str, str], sentence: str
) -> None:
    case = agreed_case(world)
    typed = {**TYPED, **changes, "act": "send"}
    page = world.browser(CONVENER).post(url_of(case), typed).content.decode()
    assert sentence in page
    assert "Virhe:" in page
    for name in ("purpose", "on", "more_times"):
        assert str(typed.get(name, "")).partition("\n")[0] in page
    assert made(world, case) == []


def test_whom_no_permit_reaches_is_named_at_the_field(world: World) -> None:
    case = agreed_case(world)
    typed = {**TYPED, "other": str(world.member(KELA).pk), "act": "send"}
    page = world.browser(CONVENER).post(url_of(case), typed).content.decode()
    assert "Asiakkaan lupa ei ulotu kutsuttuun: Toivo Koe" in page
    assert made(world, case) == []


NOTE = {
    "client_view": "Haluan levätä.",
    "outcome": "goes_on",
    "next_check": "12.12.2026",
    "deal-TOTAL_FORMS": "1",
    "deal-INITIAL_FORMS": "0",
    "deal-0-text": "Varaa ajan",
    "deal-0-words": "Saat ajan lääkärille.",
    "deal-0-due": "20.11.2026",
}


def test_the_note_is_shown_as_the_client_will_see_it(world: World) -> None:
    meeting = called(world, agreed_case(world), SOCIAL)
    world.freeze(HELD)
    browser = world.browser(CONVENER)
    url = reverse("meeting-note", args=[meeting.public_id])
    assert "Asiakkaan oma näkemys" in browser.get(url).content.decode()
    typed = {**NOTE, "deal-0-owner": str(world.member(CONVENER).pk)}
    for name, sentence in (("owner", "Valitse, kuka tekee."), ("due", "Kirjoita, mihin mennessä.")):
        wrong = browser.post(url, {**typed, f"deal-0-{name}": ""}).content.decode()
        assert sentence in wrong
        assert "Saat ajan lääkärille." in wrong
    shown = browser.post(url, typed).content.decode()
    assert "Saat ajan lääkärille." in shown
    assert "helppo lukea" in shown
    with world.owner():
        assert not MeetingNote.objects.filter(meeting=meeting).exists()
    assert browser.post(url, {**typed, "act": "save"}).status_code == 302
    page = browser.get(reverse("meeting", args=[meeting.public_id])).content.decode()
    assert "Varaa ajan" in page
    assert "Haluan levätä." in page


def test_who_has_no_own_page_gets_what_was_agreed_on_paper(world: World) -> None:
    meeting = called(world, agreed_case(world), telling=Telling("sms", "sms"))
    world.freeze(HELD)
    browser, url = world.browser(CONVENER), reverse("meeting-note", args=[meeting.public_id])
    typed = {**NOTE, "deal-0-owner": str(world.member(CONVENER).pk)}
    assert "Näet ne omalla sivullasi" in browser.post(url, typed).content.decode()
    world.rows("update access_clientaccount set ended_at = rinnalla.now() returning 1")
    shown = browser.post(url, typed).content.decode()
    assert "Saat ne paperilla työntekijältäsi." in shown and "omalla sivullasi" not in shown
    paper = browser.post(url, {**typed, "act": "save"}, follow=True).content.decode()
    assert "Asiakkaalla ei ole omaa sivua: tulosta tämä hänelle." in paper
    for told in ("Saat ajan lääkärille.", "Haluan levätä.", "Katsomme tilannetta uudelleen"):
        assert told in paper
    assert "Varaa ajan" not in paper
    [sent] = [one for one in outbox(world, meeting) if one.template.endswith("agreed.txt")]
    assert sent.channel == "sms" and "http" not in sent.body


def test_a_meeting_in_swedish(world: World) -> None:
    meeting = called(world, agreed_case(world), SOCIAL)
    browser = world.browser(CONVENER)
    browser.post(reverse("set_language"), {"language": "sv"})
    page = browser.get(reverse("meeting", args=[meeting.public_id])).content.decode()
    assert "Varför vi möts" in page
    assert "Miksi tavataan" not in page


def test_a_stranger_finds_nothing_and_who_is_invited_does_just_their_part(world: World) -> None:
    meeting = called(world, agreed_case(world), STRANGER)
    url = reverse("meeting", args=[meeting.public_id])
    assert world.browser(KELA).get(url).status_code == 404
    invited = world.browser(STRANGER)
    assert "Oma vastauksesi" in invited.get(url).content.decode()
    for name in ("move-meeting", "cancel-meeting", "meeting-note", "call-client"):
        assert invited.get(reverse(name, args=[meeting.public_id])).status_code == 403
    with world.owner():
        own = meeting.participants.get(membership=world.member(STRANGER))
    answer = reverse("answer-meeting", args=[meeting.public_id, own.public_id])
    assert invited.post(answer, {"says": "no", "words": "Olen lomalla."}).status_code == 302
    page = world.browser(CONVENER).get(url).content.decode()
    assert "Olen lomalla." in page


def test_a_day_reads_its_meetings_in_one_statement_more(world: World) -> None:
    case = agreed_case(world)
    browser = world.browser(CONVENER)
    called(world, case, SOCIAL, STRANGER)
    browser.get("/")
    before = statements(browser)
    for n in range(3):
        called(world, case, SOCIAL, when=SOON.replace("09.00", f"1{n}.00"))
    assert statements(browser) == before


def statements(browser: Browser) -> int:
    with CaptureQueriesContext(connection) as captured:
        browser.get("/")
    return len(captured)


def test_a_meeting_that_was_missed_is_called_anew_in_two_interactions(world: World) -> None:
    meeting = called(world, agreed_case(world), SOCIAL)
    world.freeze(HELD)
    browser = world.browser(CONVENER)
    url = reverse("miss-meeting", args=[meeting.public_id])
    page = browser.post(url, {"act": "anew", "reason": "Ei tullut."}).content.decode()
    assert "Kirjoita päivä" in page
    assert "Ei tullut." in page
    typed = {
        "act": "anew",
        "reason": "Ei tullut.",
        "on": "19.11.2026",
        "starts": "9",
        "place_kind": "room",
        "place": "Huone 1",
    }
    said = browser.post(url, typed, follow=True).content.decode()
    assert "Kirjattu. Soita asiakkaalle ja kerro uusi aika." in said
    with world.owner():
        anew = Meeting.objects.get(case=meeting.case_id, state="planned")
        assert anew.meetingtimes.get().starts.date() == date(2026, 11, 19)


def test_rows_are_filled_from_the_usual_steps_of_a_service(world: World) -> None:
    """With both sentences, by whom and by when; what was typed stays."""
    meeting = called(world, agreed_case(world))
    world.freeze(HELD)
    url, browser = reverse("meeting-note", args=[meeting.public_id]), world.browser(CONVENER)
    typed = {
        **{"deal-TOTAL_FORMS": "3", "deal-INITIAL_FORMS": "0", "client_view": "Kesken"},
        **{"deal-1-text": "Oma rivi", "act": "fill", "service": "AKSE"},
    }
    page = browser.post(url, typed)
    rows = [row.initial for row in page.context["deals"]][:6]
    assert rows[0]["text"] == "Oma rivi"
    assert rows[3] == {
        "text": "Käy työkykylääkärin vastaanotolla",
        "words": "Käy lääkärissä. Lääkäri arvioi työkykysi.",
        "owner": "client",
        "due": "10.12.2026",
    }
    assert page.context["form"]["client_view"].value() == "Kesken"
    assert "ds-error-summary" not in page.content.decode()
    empty = browser.post(url, typed | {"service": "EI-OLE"})
    assert [row.initial for row in empty.context["deals"]][1] == {}
