"""E-mail addresses and telephone numbers at rest: found by a keyed hash, read by decryption."""

import base64
import hashlib
import hmac
import os
import re
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_SHAPES = {
    "email": re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+"),
    "sms": re.compile(r"\+[1-9][0-9]{6,14}"),
}


def normal(channel: str, typed: str) -> str:
    """The address in its one form: small letters, or +358…; empty when it cannot be one."""
    text = re.sub(r"\s", "", typed).lower()
    if channel == "sms":
        text = re.sub(r"[-().]", "", text)
        text = re.sub(r"^00(?=[1-9])", "+", text)
        # A national number, as Finns write it; invented ones begin with 000.
        text = f"+358{text[1:]}" if re.fullmatch(r"0[1-9][0-9]{4,11}", text) else text
        text = f"+358{text}" if re.fullmatch(r"000[0-9]{5,9}", text) else text
    return text if _SHAPES[channel].fullmatch(text) else ""


def channel_of(typed: str) -> str:
    """Whether somebody typed an e-mail address or a telephone number."""
    return "email" if "@" in typed else "sms"


def address_digest(address: str) -> bytes:
    """HMAC-SHA-256 of a normal address."""
    return hmac.new(_key(settings.HETU_KEY, b"address digest"), address.encode(), "sha256").digest()


def encrypt_address(address: str) -> bytes:
    """AES-256-GCM: a nonce of 12 bytes, then the ciphertext with its tag."""
    nonce = os.urandom(12)
    return nonce + _cipher().encrypt(nonce, address.encode(), None)


def decrypt_address(ciphertext: bytes | memoryview) -> str:
    """The address that was encrypted; raises InvalidTag when the bytes are not ours."""
    data = bytes(ciphertext)
    return _cipher().decrypt(data[:12], data[12:], None).decode()


def masked(address: str) -> str:
    """Enough of an address to know it again: v•••@esimerkki.fi, •••• 67."""
    name, at, host = address.partition("@")
    return f"{name[:1]}•••@{host}" if at else f"•••• {address[-2:]}"


@lru_cache
def _key(encoded: str, purpose: bytes) -> bytes:
    """A key for one purpose out of a kept one, so that there is no further secret to keep."""
    kept = base64.b64decode(encoded)
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(kept)


@lru_cache
def _cipher() -> AESGCM:
    return AESGCM(_key(settings.HETU_CIPHER_KEY, b"address cipher"))


def secret_digest(purpose: str, secret: str) -> bytes:
    """How a link's or a code's secret is kept: nobody who reads the database can use it."""
    key = hashlib.sha256(f"{purpose}|{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, secret.encode(), "sha256").digest()
