"""What an import walks through: events and rejections, with an account of them."""

from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Protocol

from schemas.topics import Topic
from streams.intake.arrival import Arrival, ArrivalCounts
from streams.intake.bare_day import TOO_EARLY
from streams.intake.day_book import DayBook
from streams.intake.outgoing import Outgoing
from streams.intake.pairing import UNMAPPED
from streams.intake.rows import Rejection
from streams.intake.tables.hanging import RULE as HANGS

REMARKS = frozenset((HANGS, TOO_EARLY, UNMAPPED))  # of what is taken all the same
BESIDE = "verdict"  # a ledger's own word for on time or late: no event has it


class Viewer(Protocol):
    """Whoever watches an import: a progress bar, or a test."""

    def read(self, position: int, size: int) -> None:
        """Bytes of the file."""

    def sent(self, sent: int, acknowledged: int) -> None:
        """Events handed to Kafka, and those it has."""

    def taken(self, so_far: Arrival) -> None:
        """Of the events that Kafka has, those in the tables."""

    def rejected(self, rejection: Rejection) -> None:
        """A row, or a part of it, that could not be taken."""


@dataclass(slots=True)
class ImportReport:
    """What an import came to. ``outcome`` is what the tables say of this source since the import began; ``None`` after
    a trial."""

    rows: int = 0
    rejected_rows: int = 0
    remarks: int = 0  # on what was taken all the same
    events: Counter[str] = field(default_factory=Counter)
    below: list[int] = field(default_factory=list)  # lines below the table, that say nothing and were passed over
    book: DayBook | None = None  # of a file that holds whole days: what it says of each
    once: frozenset[str] = frozenset()  # types of which a file's source says one of a subject
    corrected: int = 0  # events that went as corrections of what was held under their names
    known: int = 0  # events that a correction has said before: not sent
    conflicts: int = 0  # versions of events that did not count, as many as came since the import began
    outcome: ArrivalCounts | None = None

    @property
    def clean(self) -> bool:
        return not self.rejected_rows and (self.outcome is None or not self.outcome.rejected)


class Events(Protocol):
    """One file, read once. ``source`` says all of its events; ``report`` is right once they have been read."""

    report: ImportReport

    @property
    def source(self) -> str: ...

    @property
    def topic(self) -> Topic: ...

    def events(self) -> Generator[Outgoing, None, None]:
        """Raises :class:`streams.intake.errors.IntakeError` where file and mapping do not fit."""


def digests(report: ImportReport) -> Iterator[Outgoing]:
    """Of all days of a file that holds whole ones; once its events have been read and judged."""
    if report.book is not None:
        for digest in report.book.told(date.max, datetime.now(UTC)):
            report.events[digest.kind] += 1
            yield digest


class ImportAccount:
    """Keeps the report while events and rejections pass by."""

    def __init__(self, report: ImportReport, viewer: Viewer) -> None:
        self._report = report
        self._viewer = viewer
        self._rejected = ("", 0)
        self._told: set[tuple[str, ...]] = set()  # of the rejected row: columns, and columns with rules

    def passing(self, found: Iterator[Outgoing | Rejection]) -> Iterator[Outgoing]:
        for one in found:
            if isinstance(one, Rejection):
                self.reject(one)
            else:
                self._report.events[one.kind] += 1
                if self._report.book is not None:
                    self._report.book.note(one)
                yield one

    def reject(self, rejection: Rejection) -> None:
        """Several faults of one row are one rejected row; the same one is told once, and of a cell that cannot be read
        not also that it is missing."""
        place = (rejection.sheet, rejection.line)
        if place != self._rejected and (rejection.rule in REMARKS or rejection.field == BESIDE):
            self._report.remarks += 1
            self._viewer.rejected(rejection)
            return
        if place != self._rejected:
            self._report.rejected_rows += 1
            self._rejected = place
            self._told.clear()
        column = rejection.column or rejection.field
        if (column, rejection.rule) in self._told or (rejection.rule == "missing" and (column,) in self._told):
            return
        self._told |= {(column,), (column, rejection.rule)}
        self._viewer.rejected(rejection)
