"""Replaces identity numbers by keyed hashes before anything reaches Kafka.

Whoever has the key can tell whether two records speak of one person, nobody else can try the 10^12 numbers through.
Identity numbers are 9 digits (CMND) or 12 (CCCD, định danh cá nhân; domain.md 4.2), alone or in groups of three or
four, in whatever script's digits.
"""

import hmac
import re
from hashlib import sha256

LEAST_KEY_BYTES = 16
KEY_ID = re.compile(r"[a-z]{1,8}[0-9]{0,4}")  # so short that it cannot hold an identity number
HASHED = re.compile(rf"{KEY_ID.pattern}:[0-9a-f]{{32}}")
HASH_LETTERS = 32
_LONG_RUN = re.compile(r"[0-9]{9}")
_IDENTITY = re.compile(
    r"(?<!\d)(?:"
    r"\d{12}|\d{9}"
    r"|\d{3}(?P<three>[ \u00a0])\d{3}(?P=three)\d{3}(?:(?P=three)\d{3})?"
    r"|\d{4}(?P<four>[ \u00a0])\d{4}(?P=four)\d{4}"
    # A procedure's code is such groups too (2.000.815.000.00.00.H19), so these stand alone.
    r"|(?<!\d[.-])(?:\d{3}(?P<part>[.-])\d{3}(?P=part)\d{3}(?:(?P=part)\d{3})?|\d{4}\.\d{4}\.\d{4})(?![.-]\d)"
    r")(?!\d)"
)


class Hasher:
    """Makes ``keyid:32 hexadecimal digits`` out of identity numbers: HMAC-SHA256 of the number's ASCII digits.

    A hash never holds nine decimal digits in a row (one that would is hashed again), so that :meth:`scrub` leaves
    what it has made alone, and so that a search for identity numbers finds none of them.
    """

    def __init__(self, key_id: str, key: bytes) -> None:
        """Raises :class:`ValueError` for a key id that is not up to 8 letters a–z and up to 4 digits, and for a key of
        less than 16 bytes."""
        if KEY_ID.fullmatch(key_id) is None:
            raise ValueError("the key id must be 1 to 8 letters a-z and up to 4 digits")
        if len(key) < LEAST_KEY_BYTES:
            raise ValueError(f"the key must have at least {LEAST_KEY_BYTES} bytes")
        self.key_id = key_id
        self._key = key

    def __repr__(self) -> str:
        return f"Hasher({self.key_id!r})"

    def person(self, number: str) -> str:
        """The hash that stands for this identity number, however it is grouped and in whatever digits."""
        value = digits(number).encode()
        while True:
            value = hmac.digest(self._key, value, sha256)
            letters = value.hex()[:HASH_LETTERS]
            if _LONG_RUN.search(letters) is None:
                return f"{self.key_id}:{letters}"

    def scrub(self, text: str) -> str:
        """``text`` with a hash in place of everything in it that looks like an identity number. What is one hash as a
        whole, made here or by its source, stays as it is."""
        if HASHED.fullmatch(text) is not None:
            return text
        return _IDENTITY.sub(lambda match: self.person(match[0]), text)


def digits(text: str) -> str:
    """The decimal digits of ``text`` as ASCII, without anything between them."""
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())


def looks_like_identity(text: str) -> bool:
    """Whether :meth:`Hasher.scrub` would find something in it."""
    return HASHED.fullmatch(text) is None and _IDENTITY.search(text) is not None
