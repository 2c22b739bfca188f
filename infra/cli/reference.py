"""``ioc reference``: units, procedures, services, the working calendar: dated files, checked and loaded."""

import asyncio
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from dashboards import part_names, source_names
from dashboards.periods import today
from dashboards.readers.database import Connection
from dashboards.readers.reference import Unknown, taken_sources, used_parts
from dashboards.readers.reference import names as read_names
from dashboards.readers.reference import part_names as read_part_names
from dashboards.readers.reference import unknown as read_unknown
from dashboards.settings import FeedSettings
from dashboards.unnamed import UNNAMED
from dashboards.views.topics import words
from infra.cli.asking import snapshot
from infra.cli.printing import print_table
from infra.cli.terminal import addresses, answer, database_asked
from infra.db.reference import LoadedFile, of_home
from infra.db.reference import load as load_all
from infra.errors import OperatorError
from infra.settings import Settings
from schemas.json_text import indented
from schemas.reference.check import check as find_problems
from schemas.reference.check import remarks
from schemas.reference.reading import PACKAGED, Reference, read

Folder = Annotated[
    Path | None,
    typer.Option(help="Your files, in place of those in IOC_HOME/reference; what is not there comes with the package."),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
SECTORED = frozenset(("dataset", "campaign"))  # whose parts are sectors
WHY = {
    "unknown": "no reference row has it",
    "other_days": "known, but not on these days",
    "ambiguous": "the name of several on these days",
    "none_named": "the events name none",
}


def register(app: typer.Typer) -> None:
    verbs = typer.Typer(
        no_args_is_help=True,
        help="Reference data: units, departments, procedures, services, sectors, plans, the working calendar.\n\n"
        "It is dated: a figure is shown by the units of its own day. The files of the package are loaded by `ioc up`;"
        " a CSV file of the same name in IOC_HOME/reference takes the place of one, a further one (units_2027.csv,"
        " calendar_2027.csv) is added. schemas/reference/README.md says what each holds.",
    )
    verbs.command("check")(check)
    verbs.command("load")(load)
    verbs.command("unknown")(unknown)
    app.add_typer(verbs, name="reference")


def check(folder: Folder = None) -> None:
    """Say what is wrong with the files: file, line, column and rule, one a line. Needs no database.

    Exit code 0: nothing. 2: something is, and `load` would refuse. Remarks (a divided unit that cannot be mapped, two
    units of one name) are no errors.
    """
    reference = _read(folder)
    for remark in remarks(reference):
        answer(f"remark: {remark}")
    problems = find_problems(reference)
    for problem in problems:
        answer(str(problem))
    rows = sum(len(file.rows) for file in reference.files)
    answer(f"{len(problems):,} problems in {len(reference.files)} files, {rows:,} rows.")
    if problems:
        raise typer.Exit(2)


def load(folder: Folder = None) -> None:
    """Check the files, then load them in one transaction. Repeating it changes nothing.

    Rows that a newer file changes are not deleted: the tables keep what was loaded before and when, and a unit that a
    newer file no longer has stays the unit of the days before.

    Exit code 0: the tables say what the files say. 2: the files have problems; nothing was loaded.
    """
    reference = _read(folder)
    problems = find_problems(reference)
    if problems:
        for problem in problems:
            answer(str(problem))
        answer(f"{len(problems):,} problems; nothing was loaded.")
        raise typer.Exit(2)
    where = addresses()
    with database_asked():
        loaded = load_all(where.database.migrate, reference, datetime.now(UTC))
    _print_loaded(loaded)


def unknown(as_json: AsJson = False) -> None:
    """List units and procedures in the figures that no reference row of their days knows ("chưa rõ"), and systems,
    plans, sectors, components and sources of which the screens say "chưa có tên".

    Nothing of them is dropped: they are counted under the name as it came, in one spelling. Adding a row, or another
    name in aliases.csv, takes it off this list and counts it under its key, for the days before as well. A source is
    named by IOC_FEEDS, or as the system whose key its URN ends with.

    With --json: {"as_of": …, "unknown": [{"kind": "unit"|"procedure"|"source"|domain, "key": …, "why": …,
    "first_day": …, "last_day": …, "amount": events, "sources": [who writes it]}]}; why is unknown, other_days,
    ambiguous or none_named.
    """
    where = addresses()
    as_of, found = asyncio.run(_unknown(where.database.api))
    if as_json:
        plain = {"as_of": as_of.isoformat(), "unknown": [asdict(one) for one in found]}
        answer(indented(plain))
        return
    if not found:
        answer("Every unit, procedure, system, plan and source in the figures is known.")
        return
    table = Table("kind", "key", "events", "first day", "last day", "why", "from", box=None)
    for one in found:
        table.add_row(
            one.kind,
            one.key,
            f"{one.amount:,}",
            "" if one.first_day is None else str(one.first_day),
            str(one.last_day),
            WHY[one.why],
            ", ".join(one.sources),
        )
    print_table(table)


async def _unknown(url: str) -> tuple[datetime, tuple[Unknown, ...]]:
    async with snapshot(url, "reference") as (conn, as_of):
        parts = await _without_names(conn, today(as_of))
        return as_of, (*await read_unknown(conn), *parts, *await _sources_without_names(conn))


async def _without_names(conn: Connection, day: date) -> tuple[Unknown, ...]:
    """Systems, plans, sectors, components and forms of which a screen says "chưa có tên"."""
    part_names.hold(await read_part_names(conn, day))
    used = await used_parts(conn)
    sectors = sorted({one.part for one in used if one.domain in SECTORED})
    names = {key: one.name for key, one in (await read_names(conn, "sector", sectors, day)).items() if one.known}
    return tuple(
        Unknown(one.domain, one.part, "unknown", one.first_day, one.last_day, one.amount)
        for one in used
        if UNNAMED in words.part(one.domain, one.part, names, whole=True)
    )


async def _sources_without_names(conn: Connection) -> list[Unknown]:
    source_names.hold(FeedSettings().feeds)
    return [
        Unknown("source", source, "unknown", None, day, events)
        for source, day, events in await taken_sources(conn)
        if UNNAMED in source_names.name(source)
    ]


def _read(folder: Path | None) -> Reference:
    try:
        if folder is None:
            return of_home(Settings().home)
        if not folder.is_dir():
            raise OperatorError(f"{folder} is not a folder")
        return read(PACKAGED, folder)
    except OSError as exc:
        raise OperatorError(f"cannot read {exc.filename}: {exc.strerror}") from exc


def _print_loaded(loaded: list[LoadedFile]) -> None:
    if not loaded:
        answer("Nothing to load: the tables say what the files say.")
        return
    table = Table("file", "from", "rows", "added", "replaced", "kept for earlier days", box=None)
    for one in loaded:
        origin = "gone" if one.sha256 is None else "package" if one.packaged else "own"
        table.add_row(one.file, origin, str(one.rows), str(one.added), str(one.replaced), str(one.kept))
    print_table(table)
