"""Tokens: 256 random bits, shown once, kept as a hash. Sessions, keys, screens and sources of the gateway have them."""

import secrets
from hashlib import sha256

PREFIX = "iocd_"  # so that one that lies about is known for what it is
SOURCE_PREFIX = "iocs_"  # of a source at the gateway


def new_token(prefix: str = PREFIX) -> str:
    return prefix + secrets.token_urlsafe(32)


def fingerprint(token: str) -> bytes:
    """What is kept. It has 256 random bits, so a plain SHA-256 is as good as a slow hash."""
    return sha256(token.encode()).digest()
