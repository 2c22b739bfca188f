"""CSV as RFC 4180 has it, in UTF-8 with the mark by which Vietnamese Excel knows that."""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Sequence

from dashboards.forms.columns import ColumnKind, FileColumn, Values
from dashboards.forms.head import FileHead
from schemas.inert import inert

_TEXTS = (ColumnKind.TEXT, ColumnKind.NESTED)
_TRUTH = {True: "true", False: "false", None: None}


class CsvWriter:
    """The lines of the head, always as many, then the columns' names, then the rows. Moments are in UTC, as in JSON."""

    def __init__(self, head: FileHead, columns: Sequence[FileColumn]) -> None:
        self._head, self._columns = head, columns

    def begin(self) -> bytes:
        lines = [*self._head.lines, [column.name for column in self._columns]]
        return BOM_UTF8 + _written([[inert(cell) for cell in line] for line in lines])

    def rows(self, values: Sequence[Values]) -> bytes:
        cells = [_cells(column.kind, one) for column, one in zip(self._columns, values, strict=True)]
        return _written(zip(*cells, strict=True))

    def end(self) -> bytes:
        return b""


def _cells(kind: ColumnKind, values: Values) -> Values:
    if kind in _TEXTS:
        return [inert(value) for value in values]
    return [_TRUTH[value] for value in values] if kind is ColumnKind.TRUTH else values


def _written(lines: object) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)  # type: ignore[arg-type]
    return text.getvalue().encode()
