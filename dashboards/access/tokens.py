"""Tokens: 256 random bits, shown once, kept as a hash. Sessions, keys and screens have the same."""

import secrets
from hashlib import sha256

PREFIX = "iocd_"  # so that one that lies about is known for what it is


def new_token() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def fingerprint(token: str) -> bytes:
    """What is kept. It has 256 random bits, so a plain SHA-256 is as good as a slow hash."""
    return sha256(token.encode()).digest()
