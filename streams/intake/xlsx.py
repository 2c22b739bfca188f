"""XLSX workbooks from outside, read row by row, every cell as text.

openpyxl has no error of its own for a workbook that is not what it should be: whatever it stumbles over there is
:data:`BROKEN`. Its warnings quote cells, so they are not shown.
"""

import lzma
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from streams.intake.errors import IntakeError

MOST_ROWS = 1_048_576  # of a sheet, by the format
MOST_UNPACKED = 1 << 30  # bytes of all parts; more is no report of anybody
MOST_HELD = 200 << 20  # bytes of all parts that are not sheets: they are kept in memory
SHEETS = "xl/worksheets/"
EXACT = 10**15  # digits that a spreadsheet keeps
LONGEST_NUMBER = 40
HALF_A_SECOND = timedelta(microseconds=500_000)
BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError),
    *(TypeError, ValueError, InvalidFileException, lzma.LZMAError, struct.error, zipfile.BadZipFile, zlib.error),
)


class Torn(Exception):
    """The sheet cannot be read any further than the row before ``line``."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Book:
    """An open workbook. Raises :class:`IntakeError` where the file is none."""

    def __init__(self, file: BinaryIO) -> None:
        with _quiet():
            try:
                _refuse_bombs(file)
                self._book: Any = load_workbook(file, read_only=True, data_only=True, keep_links=False)
                sheets = list(self._book.worksheets)
                self.names: tuple[str, ...] = tuple(sheet.title for sheet in sheets)
                self.shown: tuple[str, ...] = tuple(s.title for s in sheets if s.sheet_state == "visible")
            except BROKEN:
                raise IntakeError(
                    "the file is not an XLSX workbook, or it is damaged or locked by a password"
                ) from None

    def rows(self, name: str) -> Iterator[tuple[int, list[str]]]:
        """Number and cells of each row that has any. Raises :class:`Torn`."""
        line = 0
        rows: Any = None
        while line < MOST_ROWS:
            line += 1
            with _quiet():
                try:
                    if rows is None:
                        sheet = self._book[name]
                        sheet.reset_dimensions()  # what the file says of them may be anything
                        rows = sheet.iter_rows()
                    found = next(rows, None)
                    values = [(cell.value, cell.number_format) for cell in found or ()]
                except BROKEN:
                    raise Torn(line) from None
            if found is None:
                return
            cells = [text_of(value, form or "") for value, form in values]
            if any(cells):
                yield line, cells


def text_of(value: object, form: str) -> str:
    """A cell's value in its number format, as a person would write it: a whole number without a point, a percentage as
    it is shown, a day or a moment as ISO (rounded to a second: a spreadsheet keeps it as a fraction of a day)."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() if abs(value) > EXACT:
            return str(value)[:LONGEST_NUMBER]
        case int() | float():
            return _number(float(value) * (100 if "%" in form else 1))
        case datetime():
            if value.time() == time.min and not set("hHsS") & set(form):
                return value.date().isoformat()
            return _to_the_second(value).isoformat()
        case _:
            return str(value)  # a date as it is; a time of day or a duration is nothing that a column is for


def _number(value: float) -> str:
    rounded = round(value, 9)
    return str(int(rounded))[:LONGEST_NUMBER] if rounded.is_integer() else repr(rounded)


def _to_the_second(value: datetime) -> datetime:
    try:
        return (value + HALF_A_SECOND).replace(microsecond=0)
    except OverflowError:  # the last second of the year 9999
        return value.replace(microsecond=0)


def _refuse_bombs(file: BinaryIO) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
    held = sum(part.file_size for part in parts if not part.filename.startswith(SHEETS))
    if held > MOST_HELD or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise IntakeError("the workbook unpacks to more than any report has")


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
