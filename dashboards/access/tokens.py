"""What a screen on a wall holds: its claim, and the code and the token that follow from it."""

import hmac
import secrets
from base64 import urlsafe_b64encode

# Of a screen on a wall all three follow from one claim, so that a screen that asks again shows the same code and gets
# the same token, and no table holds either.
DEVICE_PREFIX = "iocm_"  # the cookie of a screen is known for one also when it has ended
CODE_LETTERS = "ACDEFHJKMNPQRTVWXY34679"  # without those that look alike from afar: 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V
CODE_LENGTH = 8


def new_claim() -> str:
    return secrets.token_urlsafe(32)


def device_token(claim: str) -> str:
    return DEVICE_PREFIX + urlsafe_b64encode(_from(claim, b"token")).decode().rstrip("=")


def pairing_code(claim: str) -> str:
    """What the waiting screen shows: 36 bits, for ten minutes, and worth nothing without an administrator."""
    number, letters = int.from_bytes(_from(claim, b"code")), []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[place])
    return "".join(letters)


def _from(claim: str, what: bytes) -> bytes:
    return hmac.digest(claim.encode(), what, "sha256")
