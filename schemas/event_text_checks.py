"""What an event's models cannot say, looked for in its text after they have taken it. Quick where there is nothing.

A number in a string is no moment (the models would read ``"1706662800"`` as seconds since 1970), and no text holds C1
control characters or marks that turn the direction of writing: a name with them reads as another one.
"""

from collections.abc import Iterator
from datetime import date, datetime
from operator import attrgetter
from typing import Any

import msgspec
from pydantic import BaseModel
from pydantic_core import from_json

from schemas.unseen import UNSEEN


class _Data(msgspec.Struct, gc=False):
    """Every declared field that is a moment or a day; a test (test_event_text_checks.py) finds one that is missing."""

    due_at: str | None = None
    due_on: str | None = None
    ends_at: str | None = None
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
_moments_of = attrgetter(*MOMENTS)


def time_of_digits(event: Any, raw: bytes | str) -> str | None:
    """The field, of an event that its models have taken from ``raw``, whose moment or day is written as a number."""
    try:
        said = _decode(raw)
    except msgspec.MsgspecError:  # what its models pass over may be anything, also no JSON: NaN
        return next(_numbers_in(event, from_json(raw)), None)
    data = said.data
    if said.time[4:5] == "-" and (
        data == _NONE or (data.event is None and not any(map(_is_number, _moments_of(data))))
    ):
        return None
    return next(_numbers_in(event, from_json(raw)), None)


def _is_number(written: str | None) -> bool:
    return written is not None and written[4:5] != "-"


def _numbers_in(declared: Any, said: dict[str, Any], where: str = "") -> Iterator[str]:
    """Of a part of an event and of its text: its fields that should be moments or days, and those of its parts."""
    for name, value in declared:
        written = said.get(name)
        if isinstance(value, (datetime, date)) and isinstance(written, str) and _is_number(written):
            yield f"{where}{name}"
        elif isinstance(value, BaseModel) and isinstance(written, dict):
            yield from _numbers_in(value, written, f"{where}{name}.")


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
