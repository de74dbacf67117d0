"""The parts on pages: `python -m rinnalla.ui.tests.gallery check | shots DIR | serve`."""

import sys
import threading
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

HERE = Path(__file__).parent
PAGES = ("grid", "day", "situation", "inbox", "forms", "parts", "portal", "screen", "sheet")
URLS = "rinnalla.ui.tests.gallery_urls"


def configure() -> None:
    """Settings for these pages alone: no database, strict content policy."""
    settings.configure(
        DEBUG=True,
        SECRET_KEY="gallery",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=URLS,
        INSTALLED_APPS=["django.contrib.staticfiles", "django_htmx", "rinnalla.ui"],
        MIDDLEWARE=[f"{URLS}.policy", "django.middleware.locale.LocaleMiddleware"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HERE / "templates"],
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        FORM_RENDERER="rinnalla.ui.renderer.Renderer",
        LANGUAGE_CODE="fi",
        LANGUAGES=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")],
        TIME_ZONE="Europe/Helsinki",
        STATIC_URL="/static/",
    )
    django.setup()


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


def start() -> str:
    """Serves the gallery from a thread; the address."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    server = make_server(
        "127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=_Quiet
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def looks(browser: Any) -> Any:
    """Every width and palette that a page must hold in."""
    for width in (1280, 320):
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fi-FI"
            )
            yield f"{width}-{scheme}", context.new_page()
            context.close()


def check(browser: Any, base: str) -> list[str]:
    """What is wrong: accessibility, sideways scroll, console errors."""
    from axe_playwright_python.sync_playwright import Axe

    wrong: list[str] = []

    def complain(message: Any) -> None:
        if message.type == "error":
            wrong.append(message.text)

    for look, tab in looks(browser):
        tab.on("console", complain)
        for name in PAGES:
            tab.goto(f"{base}/{name}/")
            wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                wrong.append(f"{name} {look}: {wide} px too wide")
            for found in Axe().run(tab).response["violations"]:
                wrong += [f"{name} {look}: {found['id']} {n['html'][:120]}" for n in found["nodes"]]
    return wrong


def drafts(browser: Any, base: str) -> list[str]:
    """What is wrong with saving drafts: a failure keeps the text, then a success tells the time."""
    tab = browser.new_page(locale="fi-FI")
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.post_data)
        route.fulfill(status=500 if len(asked) == 1 else 204)

    tab.clock.install()
    tab.route("**/luonnos/", answer)
    tab.goto(f"{base}/forms/")
    tab.fill("#id_question", "Keskeneräinen")
    shown = []
    for step in ("00:05", "00:11"):
        tab.clock.fast_forward(step)
        tab.wait_for_timeout(300)
        shown.append(tab.inner_text("[data-autosave-status]"))
    kept = "Keskeneräinen" in (tab.input_value("#id_question") and asked[-1])
    tab.keyboard.press("Control+k")
    found = tab.evaluate("document.activeElement.id") == "frame-search"
    told = shown[0].startswith("Ei tallentunut") and shown[1].startswith("Tallennettu klo")
    return [] if told and kept and found else [f"drafts: {shown} {asked} {found}"]


def shots(browser: Any, base: str, folder: Path) -> None:
    """Pictures and prints to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    for look, tab in looks(browser):
        for name in PAGES:
            tab.goto(f"{base}/{name}/")
            tab.screenshot(path=folder / f"{name}-{look}.png", full_page=look.startswith("320"))
            if look == "1280-light":
                tab.pdf(path=folder / f"{name}.pdf", format="A4")


def main(act: str, *rest: str) -> int:
    """Runs one of the acts of the first line."""
    from playwright.sync_api import sync_playwright

    configure()
    base = start()
    if act == "serve":
        input(f"{base}/grid/")
        return 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        if act == "shots":
            shots(browser, base, Path(rest[0]))
        wrong = check(browser, base) + drafts(browser, base) if act == "check" else []
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
