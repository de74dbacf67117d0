"""What has been done already, known by the sum of what it was done from."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from rinnalla.config import places


def sum_of(files: Iterable[Path], *also: str) -> str:
    """One sum over names and contents."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(bytes(file) + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    for text in also:
        total.update(text.encode() + b"\0")
    return total.hexdigest()


def is_done(data: Path, step: str, content: str) -> bool:
    """Whether the step was last done from this content."""
    return _read(data).get(step) == content


def mark(data: Path, step: str, content: str) -> None:
    """Remember that the step was done from this content."""
    with places.locked(data / "stamps.lock"):
        half = data / "stamps.new"
        half.write_text(json.dumps(_read(data) | {step: content}, indent=1))
        half.rename(data / "stamps.json")


def _read(data: Path) -> dict[str, str]:
    try:
        stamps: dict[str, str] = json.loads((data / "stamps.json").read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return stamps
