"""What an event's models cannot say, looked for in its text after they have taken it. Quick where there is nothing.

A number in a string is no moment (the models would read ``"1706662800"`` as seconds since 1970), and no text holds C1
control characters or marks that turn the direction of writing: a name with them reads as another one.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
UNSEEN = re.compile(f"[\x00-\x1f\x7f-\x9f{TURNING}]")  # none of it belongs in a name


class _Data(msgspec.Struct, gc=False):
    """Every declared field that is a moment or a day; ``tests/unit/test_closer.py`` finds the one that is missing."""

    due_at: str | None = None
    due_on: str | None = None
    apology_at: str | None = None
    begun_at: str | None = None
    day: str | None = None
    expires_at: str | None = None
    published_on: str | None = None
    event: "_Said | None" = None


class _Said(msgspec.Struct, gc=False):
    time: str = ""
    data: _Data = msgspec.field(default_factory=_Data)


_decode = msgspec.json.Decoder(_Said).decode
_NONE = _Data()
MOMENTS = tuple(name for name in _Data.__struct_fields__ if name != "event")


def time_of_digits(raw: bytes | str) -> str | None:
    """The field, of an event that its models have taken, whose moment or day is written as a number."""
    said = _decode(raw)
    if said.time[4:5] != "-":
        return "time"
    where, data = "data", said.data
    if data.event is not None:
        if data.event.time[4:5] != "-":
            return "data.event.time"
        where, data = "data.event.data", data.event.data
    if data == _NONE:
        return None
    for name in MOMENTS:
        value = getattr(data, name)
        if value is not None and value[4:5] != "-":
            return f"{where}.{name}"
    return None


def unseen_in(event: Any, raw: bytes | str) -> str | None:
    """The field whose text holds a character that nobody sees."""
    text = raw.encode() if isinstance(raw, str) else raw
    if text.isascii() and b"\\" not in text:
        return None
    # How those begin in UTF-8, and escapes; Vietnamese letters begin otherwise, so hardly any event has them. To look
    # for one byte takes nanoseconds.
    if not (b"\xe2" in text or b"\\" in text or b"\xc2" in text or b"\xd8" in text):
        return None
    return next((where for where, value in _texts(event.model_dump(), "") if UNSEEN.search(value)), None)


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, f"{where}.{name}" if where else str(name))
    elif isinstance(value, (tuple, list)):
        for index, part in enumerate(value):
            yield from _texts(part, f"{where}.{index}")
