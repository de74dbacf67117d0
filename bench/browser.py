"""A browser that only measures: one connection kept open, cookies, sign-in by name and password."""

import re
import socket
from dataclasses import dataclass
from urllib.parse import urlencode

from rinnalla.config.places import CannotStart

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie: *([^=]+)=([^;]*)", re.IGNORECASE)
PLACE = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    status: int
    head: bytes
    body: bytes

    @property
    def place(self) -> str:
        """Where a redirect leads."""
        found = PLACE.search(self.head)
        return found[1].decode() if found else ""


class Browser:
    """One signed-in person on one connection."""

    def __init__(self, port: int) -> None:
        self._host = f"127.0.0.1:{port}"
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._cookies: dict[str, str] = {}
        self._token = ""

    def sign_in(self, name: str, password: str) -> None:
        """By the form, as people do it."""
        page = self.get("/kirjaudu/")
        found = TOKEN.search(page.body)
        self._token = found[1].decode() if found else ""
        answer = self.post("/kirjaudu/", {"username": name, "password": password})
        if answer.status != 302 or "session" not in self._cookies:
            raise CannotStart(f"{name} could not sign in (status {answer.status}).")
        self.get("/")
        # The unmasked token of the cookie is as good as that of a form.
        self._token = self._cookies["csrf"]

    def get(self, path: str) -> Answer:
        return self._ask(f"GET {path} HTTP/1.1", b"")

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        body = urlencode({**fields, "csrfmiddlewaretoken": self._token}).encode()
        return self._ask(f"POST {path} HTTP/1.1", body)

    def close(self) -> None:
        self._socket.close()

    def _ask(self, line: str, body: bytes) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        head = [line, f"Host: {self._host}", "Accept: text/html", "Accept-Language: fi"]
        head += [f"Cookie: {cookies}"] if cookies else []
        if body:
            head += ["Content-Type: application/x-www-form-urlencoded"]
            head += [f"Content-Length: {len(body)}"]
        self._socket.sendall("\r\n".join([*head, "", ""]).encode() + body)
        return self._answer()

    def _answer(self) -> Answer:
        data = self._read(b"")
        while (end := data.find(b"\r\n\r\n")) < 0:
            data = self._read(data)
        head = data[: end + 2]
        status = int(head[9:12])
        for name, value in COOKIE.findall(head):
            self._cookies[name.decode()] = value.decode()
        length = LENGTH.search(head)
        if length is None and status not in (204, 304):
            raise CannotStart("An answer without its length cannot be measured.")
        wanted = end + 4 + (int(length[1]) if length else 0)
        while len(data) < wanted:
            data = self._read(data)
        return Answer(status, head, data[end + 4 : wanted])

    def _read(self, data: bytes) -> bytes:
        more = self._socket.recv(1 << 17)
        if not more:
            raise CannotStart("The web server closed the connection.")
        return data + more
