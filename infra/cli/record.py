"""``ioc record``: who did what, and whether the record is whole."""

import re
from datetime import UTC, datetime
from typing import Annotated

import psycopg
import typer
from rich.table import Table

from dashboards.access.record_reader import Checked, RecordFilter, recorded
from dashboards.readers.queries import query
from infra.cli.accounts import AsJson, access_asked
from infra.cli.printing import print_table
from infra.cli.terminal import answer
from infra.errors import OperatorError
from schemas.json_text import indented
from schemas.province import ZONE


def register(app: typer.Typer) -> None:
    verbs = typer.Typer(no_args_is_help=True, help="Who did what, and whether the record is whole. docs/access.md.")
    verbs.command("list")(list_)
    verbs.command("verify")(verify)
    app.add_typer(verbs, name="record")


def list_(
    last: Annotated[int, typer.Option("--last", help="How many rows, the latest first.", min=1, max=10_000)] = 50,
    what: Annotated[str | None, typer.Option(help="Only this deed, e.g. signed_in, case_read.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From this day of the province on.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what is on record, the latest first."""
    begin = None if since is None else since.replace(tzinfo=ZONE)
    given = RecordFilter(what=what, since=begin)._asdict() | {"most": last}
    with access_asked() as (url, _), psycopg.connect(url) as connection:
        rows = [recorded(row) for row in connection.execute(query("access/record_page"), given).fetchall()]
    if as_json:
        answer(indented([row._asdict() for row in rows]))
        return
    table = Table("number", "at (UTC)", "who", "role", "what", "object", "units", "rows", "from", box=None)
    for row in rows:
        rows_ = "" if row.rows is None else str(row.rows)
        told = (row.who, row.role, row.what, row.object, " ".join(row.units[:4]), rows_, row.address)
        table.add_row(str(row.number), f"{row.at:%F %T}", *told)
    print_table(table)


def verify(
    kept: Annotated[
        str, typer.Option("--kept", help="NUMBER:DIGEST of an earlier walk, as it printed them: the row is still that.")
    ] = "",
) -> None:
    """Walk the whole chain now; exit code 1 where a row was changed or is gone, and its number.

    Prints the last number and its hash: kept outside the database, they show later whether whoever owns the database
    wrote the record anew.
    """
    number, _, digest = kept.partition(":")
    if kept and not (number.isdecimal() and len(number) < 19 and re.fullmatch("[0-9a-f]{64}", digest)):
        raise OperatorError("--kept is a number, a colon and 64 hexadecimal digits, as verify prints them")
    with access_asked() as (url, _), psycopg.connect(url) as connection:
        row = connection.execute(query("access/record_check"), {"at": datetime.now(UTC)}).fetchone()
        held = connection.execute(query("access/record_digest"), {"number": int(number or 0)}).fetchone()
    if row is None:
        raise OperatorError("the record could not be walked")
    found = Checked(*row)
    if found.broken is not None:
        raise OperatorError(f"the record is not what was written from number {found.broken} on")
    if kept and (held is None or held[0] != digest):
        raise OperatorError(f"number {number} is not the row that was kept: the record was written anew")
    answer(f"{found.through} rows, all as they were written. The last: {found.through}:{found.digest}")
