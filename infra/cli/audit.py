"""``ioc audit``: events, histories, states and rollups against each other."""

import sys
from typing import Annotated

import typer
from rich.table import Table

from infra.cli.bar import Bar
from infra.cli.printing import print_table
from infra.cli.terminal import addresses, answer, database_asked
from schemas.json_text import encode, indented
from streams.audit.cases import audit as run
from streams.audit.report import FULL_CHECKS, AuditReport


def register(app: typer.Typer) -> None:
    app.command("audit")(audit)


def audit(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
    part: Annotated[
        bool, typer.Option("--slice", help="Only the next cases in order and the last days, as a worker does.")
    ] = False,
) -> None:
    """Compare everything with everything, in one snapshot, and print what differs.

    Events against histories, letter for letter; states and contributions against the fold of the histories; every
    counter of every rollup bucket against the sum of the stored contributions. Safe beside running workers. The result
    is kept and shown on the wall.

    Exit code 0: nothing differs. 2: something does, and is named. 1: it could not be run.
    """
    where = addresses()
    with database_asked(), Bar("audit") as bar:
        report = run(
            where.database.streams,
            "slice" if part else "full",
            lambda ended, now: bar.at(ended, FULL_CHECKS, now),
        )
    if as_json:
        answer(indented(report.plain()))
    else:
        _print(report)
    if not report.ok:
        sys.exit(2)


def _print(report: AuditReport) -> None:
    table = Table("check", "compared", "differences", box=None)
    for check in report.checks:
        table.add_row(check.name, f"{check.compared:,}", f"{check.differences:,}")
    print_table(table)
    for check in report.checks:
        for example in check.examples:
            answer(f"  {check.name}: {encode(example).decode()}")
    if report.old_rules:
        answer(
            f"{report.old_rules:,} cases and other subjects still stand under older rules; they were not folded again."
        )
    if report.shared_ids:
        answer(f"{report.shared_ids:,} event ids name events of more than one case; ask their source.")
    verdict = "Everything agrees" if report.ok else f"{report.differences:,} differences"
    answer(f"{verdict}: {report.cases:,} cases, {report.buckets:,} buckets, {report.seconds} s.")
