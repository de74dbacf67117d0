"""The secrets of a data folder: made once, kept in one file that only its owner reads."""

import base64
import json
import os
import secrets
from pathlib import Path

from rinnalla.config import places

# Of Django, of the proof of a seat, of finding a hetu, of reading one back, of sealing the journal.
KEYS = (
    "SECRET_KEY",
    "RINNALLA_SEAT_KEY",
    "RINNALLA_HETU_KEY",
    "RINNALLA_HETU_CIPHER_KEY",
    "RINNALLA_SEAL_KEY",
)
PASSWORDS = ("admin", "owner", "app", "import", "worker")


def kept_in(data: Path) -> dict[str, str]:
    """Every key by its variable's name, every password by its role's; missing ones are made."""
    file = data / "secrets.json"
    with places.locked(data / "secrets.lock"):
        kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        missing = [name for name in (*KEYS, *PASSWORDS) if name not in kept]
        if missing:
            kept |= {name: _random(48 if name == "SECRET_KEY" else 32) for name in missing}
            _write(file, json.dumps(kept, indent=1))
    return kept


def _random(size: int) -> str:
    return base64.b64encode(secrets.token_bytes(size)).decode()


def _write(file: Path, text: str) -> None:
    half = file.with_suffix(".new")
    half.unlink(missing_ok=True)
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        new.write(text)
    half.rename(file)
