"""``ioc ingest portal``: the national portal's figures from exported files."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.import_log import EXIT_REJECTED, ImportScreen, of_file, tell
from infra.cli.persons import hasher_for
from infra.cli.terminal import addresses, answer, say
from infra.db.reference import of_home
from infra.errors import OperatorError
from infra.settings import Settings
from streams.intake.errors import IntakeError
from streams.intake.importing import bring, rehearse
from streams.intake.portal.layout import load
from streams.intake.portal.reading import SOURCE, PortalReading, PortalSaid
from streams.intake.reading import ImportReport


def portal(
    files: Annotated[list[Path], typer.Argument(help="Exports: .csv, .xlsx or .json.", show_default=False)],
    on: Annotated[
        datetime | None,
        typer.Option(help="Day up to which the portal had counted, if the file does not say.", formats=["%Y-%m-%d"]),
    ] = None,
    period: Annotated[str | None, typer.Option(help="2024-01, 2024-Q1 or 2024, if the file does not say.")] = None,
    layout: Annotated[
        Path | None, typer.Option(help="How the export names things: TOML like streams/intake/portal/layout.toml.")
    ] = None,
    source: Annotated[str, typer.Option(help="Under which name the events come, a URI reference.")] = SOURCE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check everything, send nothing.")] = False,
) -> None:
    """Take in figures of Decision 766 (one row a component, or one row a unit with the portal's own keys) or petitions.

    A later export of the same period counts when its day is later. A unit that the reference data do not know is taken
    under the name as it came, and `ioc reference unknown` lists it. Taking a file in again adds nothing.

    Exit code 0: everything was taken. 3: some rows were rejected (listed by line, field and rule, never by value) and
    all others were taken. 1: it did not come to an end, or nothing was sent.
    """
    settings, clean = Settings(), True
    file = files[0]
    try:
        chosen, reference = load(layout), of_home(settings.home)
        hasher = hasher_for(settings, dry_run=dry_run)
        said = PortalSaid(period, on.date() if on is not None else None)
        for file in files:
            with ImportScreen(None) as screen:
                reading = PortalReading(file, chosen, reference, hasher, datetime.now(UTC), screen, said, source)
                report = rehearse(reading) if dry_run else _bring(reading, screen)
            answer(f"{file}:")
            screen.list_rejections()
            tell(report, dry_run=dry_run)
            clean = clean and report.clean
    except IntakeError as exc:
        raise OperatorError(of_file(file, exc)) from exc
    except OSError as exc:
        raise OperatorError(f"cannot read {exc.filename}: {exc.strerror}") from exc
    except KeyboardInterrupt:
        say("Interrupted. What was sent stays; take the file in again: nothing is counted twice.")
        raise typer.Exit(130) from None
    raise typer.Exit(0 if clean else EXIT_REJECTED)


def _bring(reading: PortalReading, screen: ImportScreen) -> ImportReport:
    where = addresses()
    return asyncio.run(bring(reading, where.kafka, where.database.streams, screen))
