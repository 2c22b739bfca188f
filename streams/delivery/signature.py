"""The signature of a message, as the convention "Standard Webhooks" has it (standardwebhooks.com), so that a receiver
may use any of its libraries. Pure."""

import base64
import binascii
import hmac
from collections.abc import Sequence
from hashlib import sha256

PREFIX = "whsec_"
SHORTEST, LONGEST = 24, 64  # bytes of a key, by the convention


def keys_of(secret: str) -> tuple[bytes, ...]:
    """One key, or several with blanks between them while one follows the other. Raises ``ValueError`` with the rule."""
    keys = []
    for word in secret.split():
        try:
            key = base64.b64decode(word.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            key = b""
        if not word.startswith(PREFIX) or not SHORTEST <= len(key) <= LONGEST:
            raise ValueError(f"is {PREFIX} and {SHORTEST} to {LONGEST} random bytes in base64")
        keys.append(key)
    return tuple(keys)


def signed(id_: str, at: int, body: bytes, keys: Sequence[bytes]) -> dict[str, str]:
    """The headers of a message. ``id_`` names it for ever, through every try; ``at``: seconds, of this try."""
    content = f"{id_}.{at}.".encode() + body
    made = (base64.b64encode(hmac.new(key, content, sha256).digest()).decode() for key in keys)
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(f"v1,{one}" for one in made),
    }
