"""Columns of a table, taken from rows as JSON says them: what stands in one another becomes a column with dots."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from schemas.json_text import encode

Row = Mapping[str, Any]
Values = list[Any]


class ColumnKind(StrEnum):
    """``MOMENT`` and ``DAY`` are ISO texts, as in JSON; ``NESTED`` is what no cell holds, as JSON text."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    TRUTH = "truth"
    MOMENT = "moment"
    DAY = "day"
    NESTED = "nested"


class FileColumn(NamedTuple):
    """``path``: where its value stands in a row."""

    path: tuple[str, ...]
    kind: ColumnKind

    @property
    def name(self) -> str:
        return ".".join(self.path)


def taken(rows: Sequence[Row], columns: Sequence[FileColumn]) -> list[Values]:
    """The values of each column, in the order of the rows; ``None`` where a row has none."""
    found: list[Values] = []
    for path, kind in columns:
        values: Values = [row.get(path[0]) for row in rows]
        for name in path[1:]:
            values = [value.get(name) if value is not None else None for value in values]
        if kind is ColumnKind.NESTED:
            values = [None if value is None else encode(value).decode() for value in values]
        found.append(values)
    return found
