"""Rows of one sheet of a workbook, read as a stream."""

from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeVar

from streams.intake.errors import IntakeError
from streams.intake.extra_header_rows import is_aside
from streams.intake.headers import HeaderSearch, Picker, Wanted
from streams.intake.mapping import Mapping
from streams.intake.pairing import unmapped
from streams.intake.places import FilePlaces
from streams.intake.rows import LogRow, Rejection, wanted_by
from streams.intake.xlsx import Torn, Workbook, says

R = TypeVar("R")


def read(file: BinaryIO, mapping: Mapping, places: FilePlaces) -> Iterator[LogRow | Rejection]:
    """The rows of a case log."""
    return rows(Workbook(file), mapping.file.sheet, wanted_by(mapping.columns), LogRow, places)


def rows(
    book: Workbook, sheet: str | None, wanted: Wanted, make: Callable[..., R], places: FilePlaces
) -> Iterator[R | Rejection]:
    """``make(line, *values)`` of each row of the sheet (the first that is shown, where none is named), its values those
    of ``wanted``; and a rejection for each of these cells that cannot be read, before its row, in which it is empty.
    What stands above the header is passed over, and rows that repeat it or number its columns or say nothing in these;
    where the columns are is noted in ``places``, and which rows say only something else. Raises :class:`IntakeError`
    where the workbook does not have the sheet, or none of its first rows is a header with the columns."""
    pick: Picker | None = None
    search = HeaderSearch(wanted)
    seen = False
    width = 0
    name = chosen(book, sheet)
    try:
        for line, cells in book.rows(name):
            if pick is None:
                seen = True
                header = search.offer(line, cells)
                if header is not None:
                    pick, width, names = header
                    places.note(name, names, wanted)
                    yield from map(places.at, unmapped(line, names, wanted))
                continue
            values = pick([*(cells[:width]), *[""] * (width + 1 - len(cells[:width]))])
            if not any(map(says, values)):
                if any(map(says, cells)):
                    places.unread.append(line)
            elif not is_aside(wanted, values):
                yield from places.faults(line, wanted, values)
                yield make(line, *values)
    except Torn as torn:
        yield Rejection(torn.line, "file", "xlsx_broken", sheet=places.sheet)
        return
    if pick is None:
        raise search.fault() if seen else IntakeError("the sheet is empty")


def chosen(book: Workbook, sheet: str | None) -> str:
    """The sheet's own name."""
    if sheet is None and book.shown:
        return book.shown[0]
    for name in book.names:
        if name == sheet:
            return name
    raise IntakeError(f"the workbook has no sheet {sheet!r}" if sheet else "the workbook has no sheet")
