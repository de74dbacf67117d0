"""What every answer carries, whoever asks, also when the answer is an error."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import override_settings
from django.urls import path, reverse

from rinnalla.config.urls import urlpatterns as ours
from tests.addresses import filled
from tests.pages import FILES
from tests.table import TABLE
from tests.world import ADMINISTRATOR, REFERRER, World

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
DEVICES = ("camera", "geolocation", "microphone", "payment", "usb")
TLS = {
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 63_072_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
}

Answers = dict[str, Any]


def breaks(request: HttpRequest) -> HttpResponse:
    """A page with a fault."""
    raise ZeroDivisionError("Veikko")


urlpatterns = [*ours, path("rikki/", breaks, name="breaks")]


@pytest.fixture
def answers(world: World) -> Iterator[Answers]:
    """An answer of each kind."""
    addresses = filled(world)
    hilppa, aino = world.browser(REFERRER), world.browser(ADMINISTRATOR)
    strict = Browser(enforce_csrf_checks=True)
    with override_settings(ROOT_URLCONF="tests.test_headers"):
        hilppa.raise_request_exception = False
        yield {
            "a client's page": hilppa.get(addresses["client"]),
            "the first page": hilppa.get("/"),
            "sign-in": Browser().get(reverse("sign-in")),
            "a redirect": Browser().get("/"),
            "a probe": Browser().get("/-/live"),
            "not allowed": aino.get(addresses["enter-client"]),
            "not there": aino.get(addresses["client"]),
            "no address": Browser().get("/ei-ole/"),
            "another method": hilppa.post(addresses["live"]),
            "a stale form": strict.post(reverse("sign-in"), {}),
            "a refusal": hilppa.post(addresses["restore-application"]),
            "a fault": hilppa.get("/rikki/"),
            "a bad host": Browser().get("/", headers={"host": "evil.example"}),
        }


def test_the_answers_are_of_every_kind(answers: Answers) -> None:
    codes = {name: answer.status_code for name, answer in answers.items()}
    assert list(codes.values()) == [
        *(200, 200, 200, 302, 200, 403, 404, 404, 405, 403, 422, 500, 400),
    ], codes


def test_every_answer_carries_them(answers: Answers) -> None:
    for name, answer in answers.items():
        assert {key: answer.headers.get(key) for key in HEADERS} == HEADERS, name
        assert "no-store" in answer.headers["Cache-Control"], name
        policy = answer.headers["Content-Security-Policy"]
        assert {part.strip() for part in policy.split(";")} == POLICY, name
        for device in DEVICES:
            assert f"{device}=()" in answer.headers["Permissions-Policy"], name


def test_a_fault_tells_nothing(answers: Answers) -> None:
    page = answers["a fault"].content.decode()
    assert "Veikko" not in page and "ZeroDivision" not in page and "Traceback" not in page


def test_no_page_asks_another_place_or_carries_code(world: World) -> None:
    """Nothing is fetched from elsewhere, and there is nothing that the policy would stop."""
    addresses, hilppa = filled(world), world.browser(REFERRER)
    for row in TABLE:
        if (row.method, row.statuses["referrer"]) != ("get", 200) or row.name in FILES:
            continue
        page = hilppa.get(addresses[row.name]).content.decode().lower()
        for forbidden in ('src="http', 'src="//', " style=", "<style", " onclick=", "javascript:"):
            assert forbidden not in page, (row.name, forbidden)
        assert page.count("<script") == page.count("<script src="), row.name


def test_without_tls_nothing_is_promised_of_it(world: World) -> None:
    assert "Strict-Transport-Security" not in Browser().get("/").headers


@override_settings(**TLS)
def test_under_tls_browsers_are_told_to_keep_to_it(world: World) -> None:
    secure = Browser().get(reverse("sign-in"), secure=True).headers["Strict-Transport-Security"]
    assert secure == "max-age=63072000; includeSubDomains; preload"
    plain = Browser().get(reverse("sign-in"))
    assert plain.status_code == 301
    assert plain.headers["Location"].startswith("https://")


def test_cookies_are_kept_from_scripts_and_other_places(world: World) -> None:
    hilppa = world.browser(REFERRER)
    hilppa.get("/salasana/")
    cookie = hilppa.cookies[settings.CSRF_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    fresh = Browser()
    fresh.post(reverse("choose-person"), {"membership": str(world.member(REFERRER).pk)})
    cookie = fresh.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert not cookie["domain"]


def test_under_tls_cookies_are_of_this_host_alone(production: dict[str, object]) -> None:
    assert production["SESSION_COOKIE_NAME"] == "__Host-session"
    assert production["CSRF_COOKIE_NAME"] == "__Host-csrf"
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        assert production[name] is True, name
    assert {name: production[name] for name in TLS} == TLS


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The settings as a process behind TLS reads them."""
    monkeypatch.setenv("RINNALLA_TLS", "1")
    source = (settings.BASE_DIR / "rinnalla/config/settings.py").read_text()
    read: dict[str, object] = {"__file__": str(settings.BASE_DIR / "rinnalla/config/settings.py")}
    exec(compile(source, "settings.py", "exec"), read)
    return read


# Whoever must be away at once is not told that the form was too old; a session is all that ends.
AWAY = "portal-leave"


def test_no_form_is_taken_without_its_token(world: World) -> None:
    """Nothing is done at the wish of another site."""
    strict = Browser(enforce_csrf_checks=True)
    strict.cookies = world.browser(REFERRER).cookies
    strict.get("/")
    written = "select count(*) from journal_entry"
    before = world.rows(written)
    addresses = filled(world)
    taken = [
        row.name
        for row in TABLE
        if row.method == "post"
        and row.name != AWAY
        and strict.post(addresses[row.name]).status_code != 403
    ]
    assert taken == []
    assert world.rows(written) == before
