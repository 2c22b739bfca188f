"""Reads a filled-in template back. What is wrong is named by sheet, row and column heading, never by what it says."""

import io
from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path

from schemas.reference.reading import Reference
from schemas.topics import BY_CONTRACT, Topic
from streams.intake import reject_advice
from streams.intake.errors import IntakeError
from streams.intake.headers import Picker, picker, same
from streams.intake.identity_hashing import Hasher
from streams.intake.outgoing import BROKEN, Outgoing
from streams.intake.places import FilePlaces
from streams.intake.reading import ImportAccount, ImportReport, Viewer
from streams.intake.rows import Rejection
from streams.intake.tables.hanging import Hanging
from streams.intake.tables.making import Maker, TableRecord
from streams.intake.tables.mapping import contract_of
from streams.intake.templates.catalogue import TEMPLATES
from streams.intake.templates.declared import EXAMPLE, NUMBER, REPORTER, Column, Sheet, Template, TemplateCell
from streams.intake.templates.layout import COVER, HEADER_WITHIN, MARK, MARKED, REPORTER_CELL
from streams.intake.templates.lists import Resolver
from streams.intake.xlsx import Torn, Workbook, says
from streams.intake.xlsx_cells import CellNumber, Fault, tidy
from streams.intake.xlsx_sheet import letters_of

SOURCE = "urn:dongnai:bao-cao:"


class TemplateReading:
    """The events of a workbook that is one of our templates. Raises :class:`IntakeError` where it is none, is of
    another version, or does not say whose it is."""

    def __init__(self, path: Path, reference: Reference, hasher: Hasher, now: datetime, viewer: Viewer) -> None:
        try:
            raw = path.read_bytes()
        except OSError as exc:
            raise IntakeError(f"cannot read {path}: {exc.strerror}") from exc
        self._size = len(raw)
        self._book = Workbook(io.BytesIO(raw))
        self._template = _template_of(self._book)
        self._resolver = Resolver(reference)
        self._reporter = _reporter(self._book, self._resolver)
        self.report = ImportReport()
        self.source = f"{SOURCE}{self._reporter}"
        self.topic: Topic = BY_CONTRACT[contract_of(self._template.sheets[0].statements[0].type)]
        self._hasher = hasher
        self._now = now
        self._viewer = viewer
        self._account = ImportAccount(self.report, viewer)
        self._places = FilePlaces()
        self._hanging = Hanging()
        self._said: dict[tuple[bytes, bytes], bytes] = {}

    def events(self) -> Generator[Outgoing, None, None]:
        for number, sheet in enumerate(self._template.sheets):
            self._viewer.read(self._size * number // len(self._template.sheets), self._size)
            yield from self._account.passing(self._of_sheet(sheet))
        self._viewer.read(self._size, self._size)

    def _of_sheet(self, sheet: Sheet) -> Iterator[Outgoing | Rejection]:
        maker = Maker(
            sheet.statements,
            self._template.file,
            self.source,
            self.topic,
            self._hasher,
            self._now,
            sheet.title,
            self._hanging,
        )
        for record in self._records(sheet):
            if isinstance(record, Rejection):
                yield record
                continue
            self.report.rows += 1
            resolved, faults = self._resolved(sheet, record)
            named = {fault.column for fault in faults}
            made = 0
            for one in maker.events(resolved):
                made += 1
                if isinstance(one, Rejection):
                    if one.column not in named:
                        faults.append(one)
                elif named:
                    maker.drop(one)
                else:
                    yield from map(self._places.at, maker.hung(one, record.line))
                    once = self._once(one, record.line, sheet)
                    yield self._places.at(once) if isinstance(once, Rejection) else once
            if not made and not faults:
                faults.append(Rejection(record.line, "row", "says_nothing", "", sheet.title))
            order = {"": -1} | {heading: at for at, heading in enumerate(sheet.headings)}
            faults.sort(key=lambda fault: order.get(fault.column, len(order)))
            yield from map(self._places.at, faults)

    def _records(self, sheet: Sheet) -> Iterator[TableRecord | Rejection]:
        """The filled-in rows below the header."""
        pick: Picker | None = None
        width = 0
        try:
            for line, cells in self._book.rows(sheet.title):
                if pick is None:
                    if any(same(cell) == same(NUMBER) for cell in cells):
                        pick, width = _columns(sheet, cells, self._places)
                    elif line > HEADER_WITHIN:
                        break
                    continue
                values = pick([*cells[:width], *[""] * (width + 1 - len(cells[:width]))])
                record = TableRecord(line, dict(zip(sheet.headings, values, strict=True)))
                if any(map(says, values[1:])) and same(values[0]) != same(EXAMPLE):
                    yield record
        except Torn as torn:
            yield Rejection(torn.line, "file", "xlsx_broken", "", sheet.title)
            return
        if pick is None:
            raise IntakeError(f"the sheet {sheet.title!r} has no row with the headings ({NUMBER}, …)")

    def _resolved(self, sheet: Sheet, record: TableRecord) -> tuple[TableRecord, list[Rejection]]:
        """With the codes that lists stand for, and the reporting unit; and what is wrong with it."""
        cells = dict(record.cells)
        faults: list[Rejection] = []
        for column in sheet.columns:
            text = tidy(cells[column.heading])
            rule = ""
            if isinstance(text, Fault):
                rule = text.rule
            elif not text:
                if column.reporter:
                    cells[column.heading] = self._reporter
                elif column.required:
                    rule = "missing"
            elif column.cell is TemplateCell.LIST:
                code = self._resolver.code(column.choices, text)
                cells[column.heading] = code or text
                rule = "not_in_list" if code is None and not column.open else ""
            elif column.cell is TemplateCell.TEXT:
                rule = _text_rule(column, text)
            elif column.cell is TemplateCell.WHOLE:
                rule = _whole_rule(column, text)
            if rule:
                faults.append(Rejection(record.line, "cell", rule, column.heading, sheet.title))
        return TableRecord(record.line, {**cells, REPORTER: self._reporter}), faults

    def _once(self, event: Outgoing, line: int, sheet: Sheet) -> Outgoing | Rejection:
        """The same said twice in one file is once; two things said of the same are one too many."""
        name = (event.kind.encode() + event.key, _time_of(event.value))
        if self._said.setdefault(name, event.value) != event.value:
            return Rejection(line, "row", "says_otherwise_than_an_earlier_row", "", sheet.title)
        return event


def _template_of(book: Workbook) -> Template:
    cells: list[str] = []
    try:
        if MARK in book.names:
            cells = next((cells for _, cells in book.rows(MARK)), [])
    except Torn:
        cells = []
    if len(cells) < 3 or cells[0] != MARKED or cells[1] not in TEMPLATES:
        raise IntakeError("this workbook is none of our templates (`ioc templates` writes them): it needs --mapping")
    template = TEMPLATES[cells[1]]
    if cells[2] != str(template.version):
        raise IntakeError(f"the template {template.name} has changed since; fill in a new one from `ioc templates`")
    missing = [sheet.title for sheet in template.sheets if sheet.title not in book.names]
    if missing:
        raise IntakeError(f"the template {template.name} has lost its sheets {', '.join(map(repr, missing))}")
    return template


def _reporter(book: Workbook, resolver: Resolver) -> str:
    """The code of the reporting unit."""
    row, column = REPORTER_CELL
    text = ""
    try:
        if COVER in book.names:
            text = next((c[column - 1] for n, c in book.rows(COVER) if n == row and len(c) >= column), "").strip()
    except Torn:
        text = BROKEN
    code = resolver.code("units", text)
    if code is None:
        rule = "not_in_list" if text else "missing"
        told = reject_advice.SAYS_WHAT["not_in_list"]
        raise IntakeError(f"sheet {COVER!r}, cell {letters_of(column)}{row}: column {REPORTER!r}: {rule}: {told}")
    return code


def _columns(sheet: Sheet, cells: list[str], places: FilePlaces) -> tuple[Picker, int]:
    wanted = {f"column {number}": name for number, name in enumerate(sheet.headings, 1)}
    try:
        found = picker(cells, wanted)
        places.note(sheet.title, cells, wanted)
        return found
    except IntakeError as exc:
        raise IntakeError(f"sheet {sheet.title!r}: {exc}") from exc


def _text_rule(column: Column, text: str) -> str:
    return "string_too_long" if len(text) > column.most else ""


def _whole_rule(column: Column, text: str) -> str:
    """Beside what the contract says: the bounds that the template promises."""
    plain = text.plain if isinstance(text, CellNumber) else text.replace(".", "")
    if not plain.removeprefix("-").isdecimal():
        return ""  # told by whoever reads it
    return "" if column.least <= int(plain[:18]) <= column.most else "out_of_range"


def _time_of(value: bytes) -> bytes:
    """The event's time, as it is written."""
    return value.partition(b'"time":"')[2].partition(b'"')[0]
