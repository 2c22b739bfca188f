"""``ioc import``: a file of any topic, through Kafka, into the tables."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Annotated, Self

import typer
from rich.table import Table

from infra.cli.bar import bars
from infra.cli.guessed import propose
from infra.cli.persons import hasher_for
from infra.cli.printing import print_table
from infra.cli.rejected_file import RejectedFile
from infra.cli.terminal import addresses, answer, say
from infra.db.reference import of_home
from infra.errors import OperatorError
from infra.settings import Settings
from streams.intake import reject_advice
from streams.intake.arrival import Arrival
from streams.intake.choosing import Chooser
from streams.intake.errors import IntakeError
from streams.intake.importing import bring, rehearse
from streams.intake.mapping import shipped
from streams.intake.reading import Events, ImportReport
from streams.intake.rows import Rejection

LISTED = 50  # rejections that are printed; all of them go into --rejected
EXIT_REJECTED = 3
OF_MAPPING = ("the mapping ", "no mapping ", "the layout ", "cannot read the ")  # errors that are not about the file


def register(app: typer.Typer) -> None:
    app.command("import", epilog=f"Mappings that come with ioc: {', '.join(shipped())}. All keys: docs/import.md.")(
        import_file
    )


def import_file(
    file: Annotated[
        Path, typer.Argument(help="A CSV, XLSX or XES file (CSV and XES logs also .gz).", show_default=False)
    ],
    mapping: Annotated[
        str | None,
        typer.Option(help="A TOML file, or the name of a mapping that comes with ioc. Not for our own templates."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check everything, send nothing.")] = False,
    proposed: Annotated[
        bool, typer.Option("--guess", help="Propose a mapping, and say what it would take. Sends nothing.")
    ] = False,
    rejected: Annotated[
        Path | None,
        typer.Option(help="A CSV file for every rejection; or .xlsx: the workbook again, its wrong cells marked."),
    ] = None,
) -> None:
    """Import a file: the event log of a case-processing system, a table of any topic, or a filled-in template.

    The mapping says which columns hold what: of a log, in which every row is a step of a case, or of a table, in which
    every row is one or more events of any topic. Only the columns that it names leave the file. A template of
    `ioc templates` needs no mapping. --guess writes one to start from to standard output, and beside it, on standard
    error, what it would take.

    The events go through Kafka to the running workers (start them with `ioc up`); the command returns when the tables
    hold the last one. Importing the same file again, or a longer or later export of it, adds only what is new, and
    corrects what it says otherwise: what was imported last counts.

    Exit code 0: everything was taken. 3: some rows were rejected (listed by line, field and rule, never by value) and
    all others were taken. 1: it did not come to an end, or nothing was sent.
    """
    settings = Settings()
    if proposed:
        propose(file, mapping)
        return
    try:
        with ImportScreen(RejectedFile(rejected, file)) as screen:
            reading = _chooser(settings, dry_run=dry_run).reading(file, mapping, screen)
            report = rehearse(reading) if dry_run else _bring(reading, screen)
    except IntakeError as exc:
        raise OperatorError(of_file(file, exc)) from exc
    except KeyboardInterrupt:
        say("Interrupted. What was sent stays; import the file again: nothing is counted twice.")
        raise typer.Exit(130) from None
    screen.list_rejections()
    tell(report, dry_run=dry_run)
    raise typer.Exit(0 if report.clean else EXIT_REJECTED)


def _chooser(settings: Settings, *, dry_run: bool) -> Chooser:
    try:
        return Chooser(of_home(settings.home), hasher_for(settings, dry_run=dry_run), datetime.now(UTC))
    except OSError as exc:
        raise OperatorError(f"cannot read {exc.filename}: {exc.strerror}") from exc


def _bring(reading: Events, screen: "ImportScreen") -> ImportReport:
    where = addresses()
    return asyncio.run(bring(reading, where.kafka, where.database.streams, screen))


def of_file(file: Path, exc: Exception) -> str:
    """The error with the name of the file, where it is about the file and does not have it."""
    said = str(exc)
    return said if str(file) in said or said.startswith(OF_MAPPING) else f"{file}: {said}"


def tell(report: ImportReport, *, dry_run: bool, rows: str = "rows") -> None:
    """A report on standard output; ``rows`` is what its rows are."""
    table = Table(box=None, show_header=False)
    table.add_row(f"{rows} read", _number(report.rows))
    for kind, count in report.events.most_common():
        table.add_row(f"  {kind}", _number(count))
    table.add_row("events" if dry_run else "events sent", _number(report.events.total() - report.known))
    if report.known:
        table.add_row("known by a correction, not sent", _number(report.known))
    if report.outcome is not None:
        table.add_row("new", _number(report.outcome.new))
        if report.corrected:
            table.add_row("  corrected", _number(report.corrected))
        table.add_row("duplicates", _number(report.outcome.duplicates))
        table.add_row("rejected by the workers", _number(report.outcome.rejected))
        if report.conflicts:
            table.add_row("conflicts (other versions of an event)", _number(report.conflicts))
    if report.below:
        table.add_row("rows below the table, not read", f"{len(report.below)} (from line {report.below[0]})")
    if report.remarks:
        table.add_row("remarks on what was taken", _number(report.remarks))
    table.add_row(f"{rows} rejected", _number(report.rejected_rows))
    print_table(table)
    if report.outcome is not None and report.outcome.rejected:
        answer("See `ioc dead-letters list` for what the workers rejected.")
    if dry_run:
        answer("Dry run: nothing was sent.")


def _number(count: int) -> str:
    return f"{count:,}"


def place_of(one: Rejection) -> str:
    """``line 9: time: date_format: Ghi ngày …``; of a sheet, a cell or a named column, with these."""
    where = f"cell {one.cell}" if one.cell else f"row {one.line}" if one.sheet else f"line {one.line}"
    sheet = f"sheet {one.sheet!r}, " if one.sheet else ""
    column = f"column {one.column!r}: " if one.column else f"{one.field}: "
    return f"{sheet}{where}: {column}{one.rule}" + (f": {told}" if (told := reject_advice.of(one)) else "")


class ImportScreen:
    """Shows an import on standard error: three bars at a terminal, nothing elsewhere; keeps the rejections."""

    def __init__(self, rejected: RejectedFile | None) -> None:
        self._progress = bars(transient=False)
        self._file = self._progress.add_task("file", total=None, note="")
        self._kafka = self._progress.add_task("Kafka", total=None, note="")
        self._tables = self._progress.add_task("tables", total=None, note="")
        self._first: list[Rejection] = []
        self._by_rule: Counter[tuple[str, str]] = Counter()
        self._kept = rejected
        self._waiting = ""

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        self._progress.stop()
        if self._kept is not None:
            self._kept.close()

    def read(self, position: int, size: int) -> None:
        self._progress.update(self._file, completed=position, total=size, note=f"{size / 1e6:,.1f} MB")

    def sent(self, sent: int, acknowledged: int) -> None:
        self._progress.update(self._kafka, completed=acknowledged, total=sent or None, note=f"{acknowledged:,} events")

    def taken(self, so_far: Arrival) -> None:
        if so_far.waiting:
            self._progress.update(self._tables, note=f"waiting: {so_far.waiting}")
        else:
            note = f"{so_far.taken:,} events"
            self._progress.update(self._tables, completed=so_far.taken, total=so_far.wanted or None, note=note)
        if so_far.waiting and not self._waiting and self._progress.disable:
            say(f"Waiting: {so_far.waiting}. Ctrl-C ends the wait, not the import.")
        self._waiting = so_far.waiting

    def rejected(self, rejection: Rejection) -> None:
        self._by_rule[rejection.field, rejection.rule] += 1
        if len(self._first) < LISTED:
            self._first.append(rejection)
        if self._kept is not None:
            self._kept.note(rejection)

    def list_rejections(self) -> None:
        """The first of them, and how many there are of each kind."""
        for one in self._first:
            answer(place_of(one))
        if self._by_rule.total() > len(self._first):
            answer(f"… and {self._by_rule.total() - len(self._first):,} more. In all:")
            for (field, rule), count in self._by_rule.most_common():
                answer(f"  {field}: {rule}: {count:,}")
