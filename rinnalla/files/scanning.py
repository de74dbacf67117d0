"""The county's own scanner for malware, asked before anything is kept.

`RINNALLA_SCANNER` says which: `clamd:/run/clamav/clamd.ctl`, `clamd:host:3310`,
`command:clamdscan --no-summary -` (the bytes come to its input; 0 is clean, 1 is infected), or
`none`. Whatever else happens, nothing is kept.
"""

import logging
import shlex
import socket
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

SECONDS = 30
CHUNK = 64 * 1024
log = logging.getLogger(__name__)


class Infected(Exception):
    """The scanner found something."""


class ScanFailed(Exception):
    """There is no scanner, or it gave no answer."""


def scan(content: bytes) -> None:
    """Returns when the scanner says that the bytes are clean."""
    way, _, target = settings.SCANNER.partition(":")
    try:
        clean = _WAYS[way](target, content)
    except (KeyError, OSError, subprocess.SubprocessError, ValueError) as failure:
        log.error("The malware scanner gave no answer: %s", type(failure).__name__)
        raise ScanFailed from failure
    if not clean:
        raise Infected


def _none(_target: str, _content: bytes) -> bool:
    return True


def _command(target: str, content: bytes) -> bool:
    done = subprocess.run(  # The operator's own words, no shell.
        shlex.split(target), input=content, capture_output=True, timeout=SECONDS, check=False
    )
    if done.returncode not in (0, 1):
        raise ValueError(done.returncode)
    return done.returncode == 0


def _clamd(target: str, content: bytes) -> bool:
    with _connected(target) as wire:
        wire.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            wire.sendall(struct.pack(">I", len(chunk)) + chunk)
        wire.sendall(struct.pack(">I", 0))
        answer = _line(wire)
    if answer == b"stream: OK":
        return True
    if answer.endswith(b" FOUND"):
        return False
    raise ValueError(answer)


@contextmanager
def _connected(target: str) -> Iterator[socket.socket]:
    if target.startswith("/"):
        wire = socket.socket(socket.AF_UNIX)
        wire.settimeout(SECONDS)
        wire.connect(target)
    else:
        host, _, port = target.rpartition(":")
        wire = socket.create_connection((host, int(port)), SECONDS)
    with wire:
        yield wire


def _line(wire: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0"):
        piece = wire.recv(1024)
        if not piece or len(answer) > 4096:
            break
        answer += piece
    return answer.rstrip(b"\0\n")


_WAYS = {"none": _none, "command": _command, "clamd": _clamd}
