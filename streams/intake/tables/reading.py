"""A table's file, read from front to back."""

import io
from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from streams.intake import csv_rows, xlsx_rows
from streams.intake.day_book import DayBook
from streams.intake.errors import IntakeError
from streams.intake.file_signature import HEAD_BYTES, refuse_other
from streams.intake.footer_rows import above
from streams.intake.identity_hashing import Hasher
from streams.intake.moments import reader
from streams.intake.outgoing import Outgoing
from streams.intake.places import FilePlaces
from streams.intake.reading import ImportAccount, ImportReport, Viewer
from streams.intake.rows import Rejection
from streams.intake.tables.making import Maker, TableRecord
from streams.intake.tables.mapping import TableMapping
from streams.intake.xlsx import Workbook

SHOW_EVERY = 500


class TableReading:
    """The events of a CSV file or of one sheet of a workbook, by a mapping."""

    def __init__(self, path: Path, mapping: TableMapping, hasher: Hasher, now: datetime, viewer: Viewer) -> None:
        book = DayBook(mapping.source, mapping.topic.contract) if mapping.file.whole_days else None
        self.report = ImportReport(book=book)
        self.source = mapping.source
        self.topic = mapping.topic
        self._path = path
        self._mapping = mapping
        self._viewer = viewer
        self._places = FilePlaces()
        self._read = reader(mapping.file.moments, ZoneInfo(mapping.file.zone))
        self._account = ImportAccount(self.report, viewer)
        self._maker = Maker(mapping.event, mapping.file, mapping.source, mapping.topic, hasher, now)

    def events(self) -> Generator[Outgoing, None, None]:
        yield from self._account.passing(self._all())

    def _all(self) -> Iterator[Outgoing | Rejection]:
        for row in above(self._rows(), self._says_nothing, self.report.below, self._places.unread):
            if isinstance(row, Rejection):
                self.report.rows += row.field == "file"  # others belong to a row that is read all the same
                yield row
                continue
            self.report.rows += 1
            for one in self._maker.events(row):
                if isinstance(one, Outgoing):
                    yield from map(self._places.at, self._maker.hung(one, row.line))
                yield self._places.at(one) if isinstance(one, Rejection) else one

    def _says_nothing(self, row: TableRecord) -> bool:
        """No event of it has a date, and most of its cells are empty."""
        times = {row.cells[statement.time].strip() for statement in self._mapping.event}
        filled = sum(bool(text.strip()) for text in row.cells.values())
        return not any(map(self._read, times)) and 2 * filled <= len(row.cells)

    def _rows(self) -> Iterator[TableRecord | Rejection]:
        headings = self._mapping.headings
        wanted: dict[str, str | None] = {f"column {number}": name for number, name in enumerate(headings, 1)}

        def make(line: int, *values: str) -> TableRecord:
            return TableRecord(line, dict(zip(headings, values, strict=True)))

        file = self._mapping.file
        try:
            size = self._path.stat().st_size
            with self._path.open("rb") as raw:
                refuse_other(raw.peek(HEAD_BYTES)[:HEAD_BYTES], file.format, file.encoding)
                if file.format == "xlsx":
                    found = xlsx_rows.rows(Workbook(raw), file.sheet, wanted, make, self._places)
                else:
                    text = io.TextIOWrapper(raw, file.encoding, errors="replace", newline="")
                    found = csv_rows.rows(text, file.delimiter, file.quote, wanted, make)
                for number, row in enumerate(found):
                    if number % SHOW_EVERY == 0:
                        self._viewer.read(min(raw.tell(), size), size)  # a broken workbook may point behind its end
                    yield row
            self._viewer.read(size, size)
        except OSError as exc:
            raise IntakeError(f"cannot read {self._path}: {exc.strerror}") from exc
        except UnicodeError as exc:
            raise IntakeError(f"the file is not in the encoding {file.encoding!r}") from exc
