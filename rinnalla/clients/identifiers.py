"""Personal identity codes at rest: found by a keyed hash, shown by decryption, never a key."""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


def hetu_digest(hetu: str) -> bytes:
    """HMAC-SHA-256 of the code as written, sign and all: two people may differ by the sign only."""
    return hmac.new(_key(settings.HETU_KEY), hetu.encode(), hashlib.sha256).digest()


def encrypt_hetu(hetu: str) -> bytes:
    """AES-256-GCM: a nonce of 12 bytes, then the ciphertext with its tag."""
    nonce = os.urandom(12)
    return nonce + _cipher().encrypt(nonce, hetu.encode(), None)


def decrypt_hetu(ciphertext: bytes) -> str:
    """The code that was encrypted; raises InvalidTag when the bytes are not ours."""
    data = bytes(ciphertext)
    return _cipher().decrypt(data[:12], data[12:], None).decode()


@lru_cache
def _key(encoded: str) -> bytes:
    return base64.b64decode(encoded)


@lru_cache
def _cipher() -> AESGCM:
    return AESGCM(_key(settings.HETU_CIPHER_KEY))
