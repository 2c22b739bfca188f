"""Replaces identity numbers by keyed hashes before anything reaches Kafka.

Whoever has the key can tell whether two records speak of one person, nobody else can try the 10^12 numbers through.
Where they stand in a text: :mod:`schemas.identity_numbers`.
"""

import hmac
import re
from hashlib import sha256

from schemas.identity_numbers import found, normalised

LEAST_KEY_BYTES = 16
KEY_ID = re.compile(r"[a-z]{1,8}[0-9]{0,4}")  # so short that it cannot hold an identity number
HASHED = re.compile(rf"{KEY_ID.pattern}:[0-9a-f]{{32}}")
HASH_LETTERS = 32
_LONG_RUN = re.compile(r"[0-9]{9}")
_NUMBER = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
_PADDING = 2  # different characters, at most, that stand around a number in disguise


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
            if _LONG_RUN.search(letters) is None and not disguised(letters):
                return f"{self.key_id}:{letters}"

    def scrub(self, text: str) -> str:
        """``text`` with a hash in place of everything in it that is an identity number. What is one hash as a whole,
        made here or by its source, stays as it is; what only looks like one is hashed."""
        if HASHED.fullmatch(text) is not None:
            return self.person(text.rpartition(":")[2]) if disguised(text.rpartition(":")[2]) else text
        parts: list[str] = []
        end = 0
        for place in found(text):
            parts += (text[end : place.start], self.person(place.digits))
            end = place.end
        return "".join((*parts, text[end:])) if parts else text


def digits(text: str) -> str:
    """The decimal digits of ``text`` as ASCII, without anything between them."""
    return "".join(letter for letter in normalised(text)[0] if "0" <= letter <= "9")


def disguised(letters: str) -> bool:
    """Whether hexadecimal digits that stand where a hash stands are a number that was padded: decimal altogether (one
    hash in three million is), or with one character or two around it."""
    if letters.isdigit():
        return True
    return any(len(set(letters.replace(number, ""))) <= _PADDING for number in _NUMBER.findall(letters))


def looks_like_identity(text: str) -> bool:
    """Whether :meth:`Hasher.scrub` would find something in it."""
    if HASHED.fullmatch(text) is not None:
        return disguised(text.rpartition(":")[2])
    return bool(found(text))
