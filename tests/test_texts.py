"""Swedish and English reach the pages: nothing stays Finnish, days and the switch follow along."""

import html
import re
from collections.abc import Iterator

import polib
import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse
from django.utils import translation

from rinnalla.ui.management.commands.check_texts import faults_of, sentences, too_long
from tests.addresses import filled
from tests.pages import FILES
from tests.table import ROLES, TABLE
from tests.world import CONVENER, REFERRER, World

LANGUAGES = ("sv", "en")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd%]|<[^>]+>|&nbsp;")
LONG_ENOUGH = 3
MARKED = re.compile(r'<(article|span)[^>]* lang="fi"[^>]*>.*?</\1>', re.DOTALL)
# No pages: they answer machines, or with a file.
NOT_READ = {"live", "ready", *FILES}


def finnish() -> Iterator[str]:
    """Whole runs of words between the placeholders of the Finnish texts."""
    for entry in polib.pofile(str(settings.BASE_DIR / "locale" / "sv/LC_MESSAGES/django.po")):
        for text in filter(None, (entry.msgid, entry.msgid_plural)):
            for run in PLACEHOLDER.split(text):
                if len(run.split()) > LONG_ENOUGH:
                    yield " ".join(run.split())


def pages(world: World, role: str) -> dict[str, str]:
    """The addresses that answer this role with a page."""
    addresses = filled(world)
    return {
        row.name: addresses[row.name]
        for row in TABLE
        if row.method == "get" and row.statuses[role] == 200 and row.name not in NOT_READ
    }


def reading(world: World, role: str, language: str) -> Browser:
    """The role's browser, which asks for the language."""
    who = ROLES[role]
    assert who is not None
    browser = world.browser(who)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return browser


def read(browser: Browser, address: str) -> str:
    """What the page says, with single spaces."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    # A letter is in its receiver's language, and marked so.
    page = MARKED.sub("", answer.content.decode())
    return " ".join(html.unescape(page).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["referrer", "convener", "kela", "intake", "administrator"])
def test_no_page_speaks_finnish_to_others(world: World, role: str, language: str) -> None:
    runs = set(finnish())
    browser = reading(world, role, language)
    left = {
        f"{name}: {run}"
        for name, address in pages(world, role).items()
        for text in [read(browser, address)]
        for run in runs
        if run in text
    }
    assert not left


def test_a_finnish_reader_does_meet_those_texts(world: World) -> None:
    text = read(reading(world, "convener", "fi"), filled(world)["case"])
    assert len([run for run in set(finnish()) if run in text]) > 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_page_follows_the_language(world: World, language: str) -> None:
    answer = reading(world, "referrer", language).get("/ei-ole-sivua/")
    text = " ".join(html.unescape(answer.content.decode()).split())
    assert answer.status_code == 404
    assert f'lang="{language}"' in text
    assert not [run for run in finnish() if run in text]


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("fi", "ti 3.11.2026 klo 9.00"),
        ("sv", "tis 3.11.2026 kl. 9.00"),
        ("en", "Tue 3 Nov 2026 at 9:00"),
    ],
)
def test_days_are_written_in_the_language(world: World, language: str, day: str) -> None:
    browser = reading(world, "convener", language)
    assert day in read(browser, filled(world)["agenda"]).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("who", [REFERRER, CONVENER])
def test_switching_the_language_keeps_the_page(world: World, who: tuple[str, str]) -> None:
    browser = world.browser(who)
    here = f"{reverse('my-applications')}?sivu=1"
    assert f'name="next" value="{here}"' in read(browser, here)
    answer = browser.post(reverse("set_language"), {"language": "sv", "next": here})
    assert answer["Location"] == here
    assert '<html lang="sv"' in read(browser, here)
    browser.post(reverse("set_language"), {"language": "fi", "next": here})
    assert '<html lang="fi"' in read(browser, here)


def test_a_switch_leads_nowhere_else(world: World) -> None:
    answer = world.browser(REFERRER).post(
        reverse("set_language"), {"language": "sv", "next": "https://example.org/"}
    )
    assert answer["Location"] == "/"


def test_a_catalogue_service_is_named_in_the_language(world: World) -> None:
    from rinnalla.services.models import CatalogueService

    service = CatalogueService(name="Työkokeilu", name_sv="Arbetsprövning", name_en="")
    for language, name in {"fi": "Työkokeilu", "sv": "Arbetsprövning", "en": "Työkokeilu"}.items():
        with translation.override(language):
            assert str(service) == name


def _entry(msgid: str, msgstr: str, *flags: str) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, flags=list(flags))


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (None, "missing"),
        (_entry("Asia %(n)s on auki", ""), "not translated"),
        (_entry("Asia %(n)s on auki", "Ärende %(n)s är öppet", "fuzzy"), "not translated"),
        (_entry("Asia %(n)s on auki", "Ärende %s är öppet"), "other placeholders"),
        (_entry("Asia %(n)s on auki", "Asia %(n)s on auki"), "still Finnish"),
        (_entry("Asia %(n)s on auki", "Ärende %(n)s är öppet"), None),
    ],
)
def test_what_is_not_whole_is_told(written: polib.POEntry | None, fault: str | None) -> None:
    catalogue = polib.POFile()
    if written:
        catalogue.append(written)
    texts = {("", "Asia %(n)s on auki"): _entry("Asia %(n)s on auki", "")}
    told = [message.split(":")[0] for message in faults_of(catalogue, texts)]
    assert told == ([fault] if fault else [])


def test_a_text_that_left_the_code_is_told() -> None:
    catalogue = polib.POFile()
    catalogue.append(_entry("Vanha teksti", "Gammal text"))
    assert list(faults_of(catalogue, {})) == ["no longer in the code: 'Vanha teksti'"]


def test_a_sentence_too_long_to_read_at_work_is_told() -> None:
    long = " ".join(["sana"] * 26)
    assert [length for length, _ in sentences(f"Yksi kaksi. {long}")] == [2, 26]
    assert list(too_long({("", long): _entry(long, "")}))
