"""Paper forms: what is on them, in each language, readable by everybody."""

import html

import pytest
from django.http import HttpResponse
from django.urls import reverse

from rinnalla.permits.models import Permit
from rinnalla.permits.papers import DENIAL, blank_paper
from rinnalla.permits.plain import PLAIN
from rinnalla.permits.printing import printed
from rinnalla.ui.tests.reading import judged, text
from tests.addresses import filled
from tests.world import COLLEAGUE, KELA, REFERRER, World

KINDS = [Permit.Kind.DISCLOSURE_PERMIT.value, Permit.Kind.CONSENT.value, DENIAL]
LANGUAGES = ["fi", "fi-selko", "sv", "en"]
TITLES = {"fi": "Suostumus", "fi-selko": "Suostumus", "sv": "Samtycke", "en": "Consent"}


def packed(words: str) -> str:
    return words.replace(" ", "")


def form(world: World, name: str, **asked: str) -> HttpResponse:
    answer: HttpResponse = world.browser(REFERRER).get(  # type: ignore[assignment]
        filled(world)[name], {"kieli": "fi", **asked}
    )
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return answer


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_form_is_accessible(kind: str, language: str, large: bool, world: World) -> None:
    with world.acting(REFERRER) as hilppa:
        paper = blank_paper(world.client(), kind)
        made = printed(paper, language, large=large, at=hilppa.now, today=hilppa.today)
    assert judged(made) == []
    assert "Veikko" in text(made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_is_in_its_language(language: str, world: World) -> None:
    with world.acting(REFERRER) as hilppa:
        paper = blank_paper(world.client(), Permit.Kind.CONSENT.value)
        made = text(printed(paper, language, large=False, at=hilppa.now, today=hilppa.today))
    assert made.startswith(
        packed(
            {
                "sv": "Björkstrands välfärdsområde",
                "en": "Koivuranta Wellbeing Services County",
            }.get(language, "Koivurannan hyvinvointialue")
            + TITLES[language]
        )
    )
    finnish = packed("Paikka ja päivä") in made
    assert finnish == (language in ("fi", "fi-selko"))
    assert (packed("Sinun ei ole pakko antaa lupaa.") in made) == (language == "fi-selko")


def test_every_plain_text_is_used(world: World) -> None:
    """A text that was reworded in Finnish would leave its plain one behind."""
    shown = set()
    for name in ("request-paper", "permit-paper"):
        shown.add(text(form(world, name, kieli="fi-selko").content))
    for kind in KINDS:
        answer = form(world, "client-paper", kieli="fi-selko", laji=kind)
        shown.add(text(answer.content))
    unused = [words for words in PLAIN.values() if not any(packed(words) in page for page in shown)]
    # No permit of the told world is without a last day.
    assert unused in ([], [PLAIN["kun asiakas peruu"]])


def test_the_form_of_a_request_asks_what_was_to_be_asked(world: World) -> None:
    made = text(form(world, "request-paper").content)
    (reason, recipient), *_ = world.rows(
        "select r.reason, o.name from permits_permitrequest r"
        " join organizations_organization o on o.id = r.recipient_id where r.client_id = %s",
        world.client().pk,
    )
    for words in ("Veikko", "A100001", reason, recipient, "Antajan allekirjoitus"):
        assert packed(words) in made, words


def test_the_form_of_a_permit_says_what_was_recorded(world: World) -> None:
    answer = form(world, "permit-paper")
    made = text(answer.content)
    for words in ("Suostumus", "30.4.2027", "suullisesti", "Hilppa", "Asiakas itse (valittu)"):
        assert packed(words) in made, words
    assert answer["Content-Disposition"] == 'attachment; filename="suostumus-A100001.pdf"'


def test_a_form_leaves_the_row_of_a_read(world: World) -> None:
    count = "select count(*) from journal_entry where kind = 'read.permit-paper'"
    before = world.rows(count)[0][0]
    form(world, "permit-paper")
    assert world.rows(count)[0][0] == before + 1


@pytest.mark.parametrize("name", ["permit-paper", "request-paper", "client-paper"])
def test_whoever_may_not_read_gets_no_form(name: str, world: World) -> None:
    for who in (KELA, COLLEAGUE):
        asked = {"kieli": "fi", "laji": DENIAL}
        assert world.browser(who).get(filled(world)[name], asked).status_code == 404


def test_an_unknown_language_is_refused_at_the_field(world: World) -> None:
    answer = world.browser(REFERRER).get(filled(world)["permit-paper"], {"kieli": "klingon"})
    assert answer["Content-Type"].startswith("text/html")
    assert "klingon" in html.unescape(answer.content.decode())


def test_a_blank_form_is_chosen_first(world: World) -> None:
    page = world.browser(REFERRER).get(reverse("client-paper", args=[world.client().public_id]))
    assert 'name="laji"' in page.content.decode()
