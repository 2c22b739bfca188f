"""``ioc ingest``: recorded messages of other systems, through Kafka, into the tables."""

import asyncio
import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.import_log import EXIT_REJECTED, ImportScreen, of_file, tell
from infra.cli.ingest_portal import portal
from infra.cli.persons import hasher_for
from infra.cli.terminal import addresses, answer, say
from infra.errors import OperatorError
from infra.settings import Settings
from schemas.case_portal import SyncMessage
from streams.intake.dvcqg.reading import Messages
from streams.intake.errors import IntakeError
from streams.intake.importing import bring, rehearse
from streams.intake.reading import ImportReport
from streams.intake.rows import Rejection

SOURCE = "urn:dongnai:dvcqg"


def register(app: typer.Typer) -> None:
    verb = typer.Typer(no_args_is_help=True, help="Take in what other systems have recorded or exported.")
    verb.callback()(_group)
    verb.command("dvcqg")(dvcqg)
    verb.command("portal")(portal)
    app.add_typer(verb, name="ingest")


def _group() -> None:
    """Take in what other systems have recorded or exported."""


def dvcqg(
    files: Annotated[
        list[Path], typer.Argument(help="Files of messages: .json, .jsonl or .ndjson, also .gz.", show_default=False)
    ],
    message: Annotated[
        SyncMessage | None, typer.Option(help="What the messages are that do not say it in `service`.")
    ] = None,
    source: Annotated[str, typer.Option(help="Under which name the events come, a URI reference.")] = SOURCE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check everything, send nothing.")] = False,
    rejected: Annotated[
        Path | None, typer.Option(help="Write every rejected message to this CSV file: line, field, rule.")
    ] = None,
) -> None:
    """Take in what was sent to the national portal: DongBoHoSoMC and CapNhatTienDoHoSoMC.

    A file holds one message a line (.jsonl, .ndjson), or one message or a list of them (.json). Names, addresses and
    identity numbers stay in the file. The command returns when the tables hold the last event; taking a file in again
    adds only what is new.

    Exit code 0: everything was taken. 3: some messages were rejected, wholly or in part (listed by line or number,
    field and rule, never by value). 1: it did not come to an end, or nothing was sent.
    """
    settings = Settings()
    hasher, clean, found = hasher_for(settings, dry_run=dry_run), True, list[tuple[Path, Rejection]]()
    try:
        for file in files:
            with Kept(found, file) as screen:
                reading = Messages(file, source, hasher, screen, datetime.now(UTC), message=message or "")
                report = rehearse(reading) if dry_run else _bring(reading, screen)
            answer(f"{file}:")
            screen.list_rejections()
            tell(report, dry_run=dry_run, rows="messages")
            clean = clean and report.clean
    except IntakeError as exc:
        raise OperatorError(of_file(file, exc)) from exc
    except KeyboardInterrupt:
        say("Interrupted. What was sent stays; take the file in again: nothing is counted twice.")
        raise typer.Exit(130) from None
    finally:
        if rejected is not None:
            _write(rejected, found)
    raise typer.Exit(0 if clean else EXIT_REJECTED)


class Kept(ImportScreen):
    """A file's own bars and list; its rejections are also kept with its name, for all files together."""

    def __init__(self, found: list[tuple[Path, Rejection]], file: Path) -> None:
        super().__init__(None)
        self._found = found
        self._file_read = file

    def rejected(self, rejection: Rejection) -> None:
        super().rejected(rejection)
        self._found.append((self._file_read, rejection))


def _write(path: Path, found: list[tuple[Path, Rejection]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("file", "line", "field", "rule"))
        rows.writerows((str(name), one.line, one.field, one.rule) for name, one in found)


def _bring(reading: Messages, screen: ImportScreen) -> ImportReport:
    where = addresses()
    # Files of messages come in any order, and each is of its own moment: none is the last word on what another said.
    return asyncio.run(bring(reading, where.kafka, where.database.streams, screen, last_counts=False))
