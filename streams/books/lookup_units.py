"""Under which keys look-ups count their units: by the table ``lookup_unit``, which the whole database agrees on.

A span takes the lock shared, notes what it has not seen yet by the names in hand, and counts by what stands there; the
sweep takes the lock whole, moves a name's sums and changes its row. So the rollups are at every moment the sums over
the view ``lookup_standing``.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from schemas.province import day_of
from schemas.reference.names import UNIT, Names, Spans
from streams.books.book import Connection
from streams.column_arrays import array, texts
from streams.decode import Accepted
from streams.entries.lookups import Look
from streams.queries import QUERIES

LOCK = {"lock": 7106_0604}


class _Said(msgspec.Struct):
    unit: str | None = None
    event: "_Said | None" = None


_said = msgspec.json.Decoder(_Said)


def written_in(accepted: Iterable[Accepted]) -> set[str]:
    """The units that these look-ups and corrections write."""
    found: set[str] = set()
    for one in accepted:
        if type(one.entry) is Look:
            found.add(one.entry.data.unit)
        else:
            said = _said.decode(one.entry.text)
            units = (said.unit, None if said.event is None else said.event.unit)
            found.update(unit for unit in units if unit is not None)
    return found


def new_rows(written: Iterable[str], names: Names) -> dict[str, Any]:
    """Columns of ``lookup_unit`` for units that it does not have."""
    spans = [(one, names.of_writing(UNIT, one)) for one in sorted(written)]
    return {
        "written": array([one for one, _ in spans]),
        "days": array([array(span.edges) for _, span in spans]),
        "keys": array([array(span.keys) for _, span in spans]),
    }


async def ask(connection: Connection, written: Iterable[str]) -> Any:
    return await connection.execute(QUERIES["lookups/units"], {"written": texts(sorted(written))})


def spans_of(rows: Iterable[Sequence[Any]]) -> dict[str, Spans]:
    """Of rows of the table."""
    return {written: Spans(tuple(days), tuple(keys)) for written, days, keys in rows}


class KeyOf:
    """The key of a unit as it is written, at a moment in microseconds."""

    def __init__(self, spans: Mapping[str, Spans]) -> None:
        self._spans = spans
        self._always = {one: span.keys[0] for one, span in spans.items() if not span.edges}

    def __call__(self, written: str, time: int) -> str:
        key = self._always.get(written)
        if key is None:
            span = self._spans.get(written)
            key = span.on(day_of(time)) if span is not None else None
        return key or written
