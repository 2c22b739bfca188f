"""Columns of thousands of rows as single parameters: the driver's own arrays cost it a Python loop a value.

Texts are joined by control characters, which no accepted event holds (``schemas.envelope.PRINTABLE``). In SQL:
``string_to_array(%(unit)s, E'\\x1f', '')``, ``%(time)s::bigint[]``, and of ``digests`` the n-th by ``substr``.
"""

from collections.abc import Iterable, Sequence

import msgspec

UNIT = "\x1f"  # between the rows of a column
ITEM = "\x1e"  # between the items of one row's list
_encoder = msgspec.json.Encoder()


def texts(values: Iterable[str | None]) -> str:
    """``None`` is the empty text, which no value is."""
    return UNIT.join([value or "" for value in values])


def lists(values: Iterable[Sequence[str]]) -> str:
    """An empty list is the empty text."""
    return UNIT.join([ITEM.join(value) for value in values])


def array(values: Sequence[int | bool | str | None]) -> str:
    """As an array's literal; ``None`` is NULL. JSON and the literal write all of these alike, but for control
    characters, of which there are none."""
    return f"{{{_encoder.encode(values).decode()[1:-1]}}}"


def named(names: Iterable[str], rows: Iterable[Sequence[int | bool | str | None]]) -> dict[str, str]:
    """Rows, at least one, as columns under these names."""
    return dict(zip(names, map(array, zip(*rows, strict=True)), strict=True))
