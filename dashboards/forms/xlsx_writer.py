"""A workbook, written as it goes: every cell is a value, none a formula (docs/adr/0051-forms.md says why our own).

Moments are in province time, which a spreadsheet has no zone for; the sheet "Nguồn" says so.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import IO, Any

from dashboards.forms.columns import ColumnKind, FileColumn, Values
from dashboards.forms.head import FileHead
from dashboards.forms.taken_bytes import TakenBytes
from dashboards.forms.xlsx_parts import HEAD_SHEET, PARTS, SHEET_BEGIN, SHEET_END, content_types, relations, workbook
from schemas.inert import inert

MOST_ROWS = 1_048_575  # of a sheet, beside its heading: the format's own limit
MOST_BYTES = 1 << 30  # of a sheet: archives of more need a form that Excel offers to repair
LONGEST = 32_767  # letters of a cell, the format's own limit
_DAY = timedelta(days=1)
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC) - timedelta(hours=7)  # serial 0, in the province
_EPOCH_DAY = date(1899, 12, 30)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EMPTY = "<c/>"


class XlsxWriter:
    def __init__(self, head: FileHead, columns: Sequence[FileColumn]) -> None:
        self._head = head
        self._heading = _line(_text(column.name) for column in columns)
        self._cells = [_CELLS[column.kind] for column in columns]
        self._sink = TakenBytes()
        self._archive = zipfile.ZipFile(self._sink, "w", zipfile.ZIP_DEFLATED, allowZip64=False, compresslevel=1)
        self._sheets = self._rows = self._bytes = 0
        self._sheet: IO[bytes] | None = None

    def begin(self) -> bytes:
        lines = "".join(_line(map(_text, line)) for line in self._head.lines)
        self._archive.writestr(HEAD_SHEET, SHEET_BEGIN + lines + SHEET_END)
        self._another()
        return self._sink.take()

    def rows(self, values: Sequence[Values]) -> bytes:
        cells = [make(one) for make, one in zip(self._cells, values, strict=True)]
        lines = [_line(line) for line in zip(*cells, strict=True)]
        while lines:
            room = MOST_ROWS - self._rows
            if room <= 0 or self._bytes > MOST_BYTES:
                self._another()
                continue
            self._write("".join(lines[:room]))
            self._rows += len(lines[:room])
            lines = lines[room:]
        return self._sink.take()

    def end(self) -> bytes:
        assert self._sheet is not None  # noqa: S101  begun
        self._write(SHEET_END)
        self._sheet.close()
        for name, part in PARTS.items():
            self._archive.writestr(name, part)
        self._archive.writestr("xl/workbook.xml", workbook(self._sheets))
        self._archive.writestr("xl/_rels/workbook.xml.rels", relations(self._sheets))
        self._archive.writestr("[Content_Types].xml", content_types(self._sheets))
        self._archive.close()
        return self._sink.take()

    def _another(self) -> None:
        """A sheet, after the one before it is full."""
        if self._sheet is not None:
            self._write(SHEET_END)
            self._sheet.close()
        self._sheets += 1
        self._rows = self._bytes = 0
        self._sheet = self._archive.open(f"xl/worksheets/sheet{self._sheets}.xml", "w")
        self._write(SHEET_BEGIN + self._heading)

    def _write(self, text: str) -> None:
        assert self._sheet is not None  # noqa: S101  begun
        self._bytes += self._sheet.write(text.encode())


def _line(cells: Iterable[str]) -> str:
    return f"<row>{''.join(cells)}</row>"


def _text(value: str | None) -> str:
    if value is None:
        return _EMPTY
    text = inert(value)
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    text = escape(_NO_XML.sub("\ufffd", text), quote=False)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _number(value: float | None) -> str:
    return _EMPTY if value is None else f"<c><v>{value!r}</v></c>"


def _truth(value: bool | None) -> str:
    return _EMPTY if value is None else f'<c t="b"><v>{int(value)}</v></c>'


def _moment(value: str | None) -> str:
    if value is None:
        return _EMPTY
    return f'<c s="1"><v>{(datetime.fromisoformat(value) - _EPOCH) / _DAY!r}</v></c>'


def _day(value: str | None) -> str:
    return _EMPTY if value is None else f'<c s="2"><v>{(date.fromisoformat(value) - _EPOCH_DAY).days}</v></c>'


def _each(make: Callable[[Any], str]) -> Callable[[Values], list[str]]:
    """A column's cells; what stands there again and again (units, procedures) is written once."""

    def cells(values: Values) -> list[str]:
        known = {value: make(value) for value in set(values)}
        return [known[value] for value in values]

    return cells


_CELLS = {
    ColumnKind.TEXT: _each(_text),
    ColumnKind.NESTED: _each(_text),
    ColumnKind.INTEGER: _each(_number),
    ColumnKind.NUMBER: _each(_number),
    ColumnKind.TRUTH: _each(_truth),
    ColumnKind.MOMENT: _each(_moment),
    ColumnKind.DAY: _each(_day),
}
