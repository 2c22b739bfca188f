"""Rows of a CSV file, read as a stream."""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from typing import TextIO, TypeVar

from streams.intake.errors import IntakeError
from streams.intake.extra_header_rows import is_aside
from streams.intake.headers import HEADER_WITHIN, HeaderSearch, Picker, Wanted
from streams.intake.mapping import Mapping
from streams.intake.pairing import unmapped
from streams.intake.rows import LogRow, Rejection, wanted_by

R = TypeVar("R")

# A quote that never closes would swallow the rest of the file: past this, its first line is rejected alone and the
# following ones are read again.
LONGEST_RECORD_LINES = 200
LONGEST_LINE = 1_000_000  # characters
HINT_OF_EXCEL = "sep="


class _RunsOn(Exception):
    """A record has too many lines."""


class _Lines:
    """The file's lines, some of which may be asked for again. Remembers which make up the record being read."""

    def __init__(self, text: TextIO) -> None:
        self._readline = text.readline
        self._again: deque[str] = deque()
        self.record: list[str] = []
        self.cut = False  # the record has a line of which only the beginning was kept
        self.before = 0  # lines before the record

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._again:
            line = self._again.popleft()
        else:
            line = self._readline(LONGEST_LINE)
            if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
                self.cut = True
                rest = line
                while len(rest) == LONGEST_LINE and rest[-1] not in "\r\n":
                    rest = self._readline(LONGEST_LINE)
            elif not line:
                raise StopIteration
        self.record.append(line)
        if len(self.record) > LONGEST_RECORD_LINES:
            raise _RunsOn
        return line

    def begin(self) -> None:
        """The record before this one is settled, as far as its lines are not to be read again."""
        self.before += len(self.record)
        self.record.clear()
        self.cut = False

    def give_up_first(self) -> None:
        """Only the record's first line is lost; the others are read again."""
        self._again.extendleft(reversed(self.record[1:]))
        del self.record[1:]


def read(text: TextIO, mapping: Mapping) -> Iterator[LogRow | Rejection]:
    """The rows of a case log."""
    return rows(text, mapping.file.delimiter, mapping.file.quote, wanted_by(mapping.columns), LogRow)


def rows(text: TextIO, delimiter: str, quote: str, wanted: Wanted, make: Callable[..., R]) -> Iterator[R | Rejection]:
    """``make(line, *values)`` of each row, its values those of ``wanted``.

    Passed over are what stands above the header, Excel's ``sep=;`` line, empty lines, lines that repeat the header or
    number its columns, and empty cells behind the last column; cells that are left out at the end of a line are empty;
    a broken record costs its first line only. Raises :class:`IntakeError` where none of the first lines is a header
    with the columns."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True)
    width = 0
    pick: Picker | None = None
    search = HeaderSearch(wanted, f"\n  The header is one column: is file.delimiter = {delimiter!r} right?")
    unread = ""  # why the first line above the header could not be read
    while True:
        lines.begin()
        rule = None
        record: list[str] = []
        try:
            record = next(reader)
        except StopIteration:
            if pick is None and lines.before:
                raise _no_header(search, unread) from None
            return
        except csv.Error as exc:
            rule = "field_too_long" if "field limit" in str(exc) else "quoting"
        except _RunsOn:
            rule = "quote_not_closed"
        if lines.cut:
            rule = "line_too_long"
        line = lines.before + 1
        if pick is None:
            if rule is not None:
                unread = unread or f"line {line}: the header cannot be read ({rule})"
                if line >= HEADER_WITHIN:
                    raise _no_header(search, unread)
                lines.give_up_first()
            elif _may_be_header(record, lines.record[0]):
                header = search.offer(line, record)
                if header is not None:
                    pick, width, names = header
                    yield from unmapped(line, names, wanted)
            continue
        if rule is None:
            if not record or (len(record) == 1 and not record[0].strip()):
                continue
            if any(record[width:]):
                rule = "column_count"
            else:
                record[width:] = [""] * (1 + max(0, width - len(record)))
                values = pick(record)
                if is_aside(wanted, values):
                    continue
                if len(lines.record) == 1 or not any("\n" in value or "\r" in value for value in values):
                    yield make(line, *values)
                    continue
                rule = "line_break"  # no mapped column may have one: a stray quote took in the next rows
        yield Rejection(line, "file", rule)
        lines.give_up_first()


def _no_header(search: HeaderSearch, unread: str) -> IntakeError:
    return IntakeError(unread) if unread else search.fault()


def _may_be_header(record: list[str], line: str) -> bool:
    """A line that is neither empty nor Excel's hint about the delimiter."""
    return any(cell.strip() for cell in record) and not line.lstrip("\ufeff").lower().startswith(HINT_OF_EXCEL)
