"""A mail server and an SMS gateway outside of every transaction, as a real network is.

They note what came and when, remove no repeats, and are slow to take and to answer: a worker can be
killed before its message has come, and when it has come and is not marked yet.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Lock, Thread
from time import monotonic, sleep
from typing import Any
from urllib.parse import parse_qs

SLOWEST = 0.02
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Receipt:
    """One message that came: when by this process's steady clock, from which life of a worker."""

    at: float
    life: int
    id: str
    receiver: str


@dataclass
class PostOffice:
    """What came, in its order."""

    random: Random
    receipts: list[Receipt] = field(default_factory=list)
    smtp_port: int = 0
    http_port: int = 0
    _lock: Lock = field(default_factory=Lock)

    def keep(self, life: int, message: str, receiver: str) -> None:
        """Notes what came at once, and answers only a while later."""
        with self._lock:
            self.receipts.append(Receipt(monotonic(), life, message, receiver))
        self.be_slow()

    def be_slow(self) -> None:
        sleep(self.random.uniform(0, SLOWEST))

    @contextmanager
    def open(self) -> Iterator[None]:
        """Both servers answer, on ports that were free."""
        servers = (_MailServer(self), _Gateway(self))
        threads = [Thread(target=server.serve_forever, args=[0.05]) for server in servers]
        self.smtp_port, self.http_port = (server.server_address[1] for server in servers)
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            for server, thread in zip(servers, threads, strict=True):
                server.shutdown()
                thread.join()
                server.server_close()


class _MailServer(ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, office: PostOffice) -> None:
        self.office = office
        super().__init__((HOST, 0), _Mail)


class _Mail(StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a sender needs; a mail without its last dot has not come."""

    server: _MailServer
    life = 0

    def handle(self) -> None:
        # Whoever is killed closes the connection at any moment.
        with suppress(OSError):
            self.server.office.be_slow()
            self._say("220 the drill's")
            receiver = ""
            for line in self.rfile:
                word = line[:4].upper()
                if word == b"MAIL":
                    self.life = _life(line.partition(b"+")[2].partition(b"@")[0].decode())
                elif word == b"RCPT":
                    receiver = line.partition(b"<")[2].partition(b">")[0].decode()
                elif word == b"DATA" and not self._take(receiver):
                    return
                elif word == b"QUIT":
                    self._say("221 bye")
                    return
                self._say("250 yes")

    def _take(self, receiver: str) -> bool:
        self._say("354 go on")
        lines: list[bytes] = []
        for line in self.rfile:
            if line == b".\r\n":
                mail = message_from_bytes(b"".join(lines), policy=default)
                named = str(mail["Message-ID"]).strip("<>").partition("@")[0]
                self.server.office.keep(self.life, named, receiver)
                return True
            lines.append(line)
        return False

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Gateway(ThreadingHTTPServer):
    request_queue_size = 64

    def __init__(self, office: PostOffice) -> None:
        self.office = office
        super().__init__((HOST, 0), _TextMessage)


class _TextMessage(BaseHTTPRequestHandler):
    server: _Gateway

    def do_POST(self) -> None:
        with suppress(OSError):
            self.server.office.be_slow()
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            # A form that was cut short has not come.
            if len(body) < length:
                return
            life = _life(self.headers["Authorization"].rpartition(" ")[2])
            receiver = parse_qs(body.decode())["to"][0]
            self.server.office.keep(life, self.headers["Idempotency-Key"], receiver)
            self.send_response(200)
            self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


def _life(words: str) -> int:
    """Which life of a worker says so of itself, in its sender's address or its token."""
    return int(words) if words.isdigit() else 0
