"""The key that signs seals: the worker's alone, in no table; the others know its public half."""

import base64

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def signing_key() -> Ed25519PrivateKey:
    """The private key of RINNALLA_SEAL_KEY."""
    if not settings.SEAL_KEY:
        raise ImproperlyConfigured("RINNALLA_SEAL_KEY is not set: the journal cannot be sealed.")
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.SEAL_KEY))


def trusted_keys() -> frozenset[bytes]:
    """The public keys that the operator names, and that of the private key when it is here."""
    named = {bytes.fromhex(word) for word in settings.SEAL_PUBLIC_KEYS.split(",") if word.strip()}
    return frozenset(named | ({public_bytes(signing_key())} if settings.SEAL_KEY else set()))


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def is_signed(message: bytes, signature: bytes, key: bytes) -> bool:
    """Whether the holder of the key signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
