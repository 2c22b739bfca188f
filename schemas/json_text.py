"""JSON in one way everywhere: written by one encoder, and read with one error for whatever is none.

Where a shape is known, :mod:`msgspec` or the contract's model is asked for it directly; both write as this does.
"""

from collections.abc import Callable
from typing import Any

import msgspec


class NotJson(ValueError):
    """What was to be read is no JSON; what was to be written cannot be any. It never says what stood there."""


def encode(value: Any, other: Callable[[Any], Any] | None = None) -> bytes:
    """Without white space, UTF-8; moments in UTC end with Z, what is no number is null. ``other`` says as what a value
    is written that JSON has no form for. Raises :class:`NotJson` of text that is no Unicode and of endless nesting."""
    try:
        return msgspec.json.encode(value, enc_hook=other)
    except (UnicodeEncodeError, RecursionError):
        raise NotJson("not to be written as JSON") from None


def decode(raw: bytes | str) -> Any:
    """Raises :class:`NotJson`; also of nesting that is deeper than anybody means."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise NotJson("not JSON") from None


def indented(value: Any, *, ordered: bool = False) -> str:
    """For a person: two spaces a level, names in ``ordered`` order of letters. What JSON has no form for is written as
    Python says it."""
    text = msgspec.json.encode(value, enc_hook=str, order="sorted" if ordered else None)
    return msgspec.json.format(text, indent=2).decode()
