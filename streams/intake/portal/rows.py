"""The rows of an export, whatever its format: CSV, XLSX or JSON. Lines of JSON are counted row by row."""

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from schemas.json_text import NotJson, decode
from streams.intake import csv_rows
from streams.intake.errors import IntakeError
from streams.intake.file_signature import MARKS
from streams.intake.headers import DELIMITERS, HEADER_WITHIN
from streams.intake.places import FilePlaces
from streams.intake.portal.layout import Layout, LayoutFound
from streams.intake.rows import Rejection
from streams.intake.tables.making import TableRecord
from streams.intake.xlsx import Torn, Workbook
from streams.intake.xlsx_cells import of_json

MOST_BYTES = 256 << 20
DEEPEST = 64
INHERITED = ("unit", "period", "year", "quarter", "month", "published_on", "component")


class Export:
    """One file, read whole. Raises :class:`IntakeError` where it is none of the three, or nothing in it is known."""

    def __init__(self, path: Path, layout: Layout) -> None:
        try:
            raw = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
        except OSError as exc:
            raise IntakeError(f"cannot read {path}: {exc.strerror}") from exc
        if raw is None:
            raise IntakeError(f"{path} is larger than any export")
        self.size = len(raw)
        self._layout = layout
        self.places = FilePlaces()
        reading = {".csv": self._csv, ".xlsx": self._xlsx, ".json": self._json}.get(path.suffix.lower())
        if reading is None:
            raise IntakeError(f"{path}: an export ends in .csv, .xlsx or .json")
        self._rows = reading(raw)

    def rows(self) -> Iterator[tuple[LayoutFound, TableRecord] | Rejection]:
        """Each row with what its headings mean."""
        return self._rows

    def _csv(self, raw: bytes) -> Iterator[tuple[LayoutFound, TableRecord] | Rejection]:
        marked = next((name for mark, name in MARKS if raw.startswith(mark)), "utf-8-sig")
        text = raw.decode(marked, "replace").removeprefix("\ufeff")
        delimiter, found = self._header(text)
        headings = [*found.fields.values(), *found.pairs.values()]
        wanted = {f"column {number}": heading for number, heading in enumerate(headings)}

        def make(line: int, *values: str) -> tuple[LayoutFound, TableRecord]:
            return found, TableRecord(line, dict(zip(headings, values, strict=True)))

        yield from csv_rows.rows(io.StringIO(text, newline=""), delimiter, '"', wanted, make)

    def _header(self, text: str) -> tuple[str, LayoutFound]:
        """The delimiter, and what the headings mean of the first line that has headings which say something."""
        first: list[str] = []
        for line in islice(io.StringIO(text), HEADER_WITHIN):
            for delimiter in DELIMITERS:
                try:
                    header = next(csv.reader([line], delimiter=delimiter), [])
                except csv.Error:
                    continue
                found = self._layout.found(header)
                if found.usable:
                    return delimiter, found
                first = first or header
        return DELIMITERS[0], self._usable(first)

    def _xlsx(self, raw: bytes) -> Iterator[tuple[LayoutFound, TableRecord] | Rejection]:
        book = Workbook(io.BytesIO(raw))
        found, header, wanted = None, list[str](), dict[str, str | None]()
        try:
            for line, cells in book.rows(book.shown[0]) if book.shown else ():
                if found is None:
                    known = self._layout.found(cells)
                    if known.usable:
                        found, header = known, cells
                        wanted = {heading: heading for heading in (*known.fields.values(), *known.pairs.values())}
                        self.places.note(book.shown[0], header, wanted)
                    elif line > HEADER_WITHIN:
                        break
                else:
                    record = TableRecord(line, dict(zip(header, [*cells, *[""] * len(header)], strict=False)))
                    yield from self.places.faults(line, wanted, [record.cells[heading] for heading in wanted])
                    yield found, record
        except Torn as torn:
            yield Rejection(torn.line, "file", "xlsx_broken", sheet=self.places.sheet)
            return
        if found is None:
            self._usable([])

    def _json(self, raw: bytes) -> Iterator[tuple[LayoutFound, TableRecord] | Rejection]:
        try:
            said = decode(raw.removeprefix(b"\xef\xbb\xbf"))
        except NotJson:
            raise IntakeError("the file is not JSON") from None
        number = 0
        for number, cells in enumerate(self._objects(said, {}, DEEPEST), 1):
            yield self._layout.found(cells), TableRecord(number, cells)
        if not number:
            self._usable([])

    def _usable(self, header: list[str]) -> LayoutFound:
        found = self._layout.found(header)
        if not found.usable:
            raise IntakeError(
                "nothing has a unit and figures under names that the layout knows: add what the export calls them to a"
                " copy of streams/intake/portal/layout.toml, and give it with --layout"
            )
        return found

    def _objects(self, said: Any, above: Mapping[str, str], deep: int) -> Iterator[dict[str, str]]:
        """Every object that is a row, with the unit and the period of the objects around it unless it has its own."""
        if deep == 0:
            return
        if isinstance(said, list):
            for item in said:
                yield from self._objects(item, above, deep - 1)
        elif isinstance(said, dict):
            cells = {**above, **{k: of_json(v) for k, v in said.items() if not isinstance(v, dict | list)}}
            known = self._layout.found(cells)
            if known.usable:
                yield cells
            context = {known.fields[field] for field in INHERITED if field in known.fields}
            below = {heading: cells[heading] for heading in context}
            for value in said.values():
                yield from self._objects(value, below, deep - 1)
