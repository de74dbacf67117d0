"""The gateway of text messages, and settings that would lose a message."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from rinnalla.notifications.channels import Outgoing, Undelivered, sms
from rinnalla.notifications.checks import faults, refuse_bad_channels

NETWORK = {
    "STAND_IN": False,
    "PUBLIC_URL": "https://rinnalla.example.org",
    "EMAIL_HOST": "",
    "SMS_URL": "",
}


class Gateway(BaseHTTPRequestHandler):
    """Answers what the test wants, and keeps what came."""

    answer = 200
    seen: list[tuple[dict[str, list[str]], str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        type(self).seen.append((parse_qs(body), self.headers["Idempotency-Key"]))
        self.send_response(self.answer)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def gateway() -> Iterator[type[Gateway]]:
    Gateway.seen = []
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/send"
    with override_settings(SMS_URL=url, SMS_TOKEN="t", SMS_FIELDS="to={to}&message={text}&from=R"):
        yield Gateway
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_text_message_is_a_form(gateway: type[Gateway]) -> None:
    gateway.answer = 201
    outgoing = Outgoing(uuid4(), "sms", "+3580001234567", "", "Hei & moi")
    sms.deliver(outgoing)
    form = {"to": ["+3580001234567"], "message": ["Hei & moi"], "from": ["R"]}
    assert gateway.seen == [(form, str(outgoing.id))]


@pytest.mark.parametrize(
    ("answer", "final"), [(400, True), (429, False), (503, False), (302, False)]
)
def test_what_the_gateway_refuses(gateway: type[Gateway], answer: int, final: bool) -> None:
    gateway.answer = answer
    with pytest.raises(Undelivered) as refused:
        sms.deliver(Outgoing(uuid4(), "sms", "+3580001234567", "", "Hei"))
    assert refused.value.final is final
    assert len(gateway.seen) == 1


@pytest.mark.parametrize(
    ("settings", "variable"),
    [
        ({"STAND_IN": True, "DEMONSTRATION": False}, "RINNALLA_STAND_IN"),
        ({"PUBLIC_URL": "rinnalla"}, "RINNALLA_URL"),
        ({"PUBLIC_URL": "http://rinnalla.example.org", "BEHIND_TLS": True}, "RINNALLA_URL"),
        ({"EMAIL_HOST": "mail.example.org", "EMAIL_USE_TLS": True}, "RINNALLA_MAIL_FROM"),
        ({"EMAIL_HOST": "mail.example.org", "DEFAULT_FROM_EMAIL": "a@b.fi"}, "RINNALLA_SMTP_URL"),
        ({"SMS_URL": "http://sms.example.org", "SMS_TOKEN": "t"}, "RINNALLA_SMS_URL"),
        ({"SMS_URL": "https://sms.example.org"}, "RINNALLA_SMS_TOKEN"),
        (
            {"SMS_URL": "https://sms.example.org", "SMS_TOKEN": "t", "SMS_FIELDS": "to={to}"},
            "RINNALLA_SMS_FIELDS",
        ),
    ],
)
def test_a_bad_setting_stops_the_start(settings: dict[str, object], variable: str) -> None:
    with override_settings(**(NETWORK | settings)):
        assert [fault for fault in faults() if variable in fault]
        with pytest.raises(ImproperlyConfigured, match=variable):
            refuse_bad_channels()


def test_no_channel_is_no_fault() -> None:
    with override_settings(**NETWORK):
        assert list(faults()) == []
