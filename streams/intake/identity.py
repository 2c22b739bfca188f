"""Event ids of imported logs: a hash of the fields that make that one event.

Never the line's number, and never a column that belongs to another event: so a longer export, or a later one that has
filled in more, repeats the ids of what it repeats.
"""

from hashlib import blake2b

import msgspec

_encode = msgspec.json.Encoder().encode


def event_id(kind: str, case: str, *fields: str | int) -> str:
    """32 hexadecimal digits. ``fields`` are those that make the event: its time in microseconds, a step's name, unit
    and own id."""
    return blake2b(_encode((kind, case, *fields)), digest_size=16).hexdigest()


def numbered(event: str, ordinal: int) -> str:
    """The id of the second, third, … of several steps that are the same in every field: ``….2``, ``….3``."""
    return event if ordinal == 1 else f"{event}.{ordinal}"


def fingerprint(case: str, value: bytes) -> bytes:
    """16 bytes that stand for ``value``; those of one case lie together, so that a big index stays quick."""
    return blake2b(case.encode(), digest_size=6).digest() + blake2b(value, digest_size=10).digest()
