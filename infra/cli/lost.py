"""``ioc sources lost``: what sources say that they have sent and what is held, where the two differ."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Annotated

import psycopg
import typer
from rich.table import Table

from infra.cli.printing import print_table
from infra.cli.terminal import addresses, answer, database_asked, province_clock
from schemas.json_text import indented
from schemas.losses import SourceLoss
from schemas.province import ZONE
from streams.losses import losses

DAYS = 31  # looked back on unless told otherwise
SHOWN_IDS = 5


def lost(
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day; by default 31 days ago.")
    ] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day; today.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output, with every id.")] = False,
) -> None:
    """Name what was lost before Kafka: per source, topic, day and unit, with the ids where the source has named them.

    Sources say in source.digest.v1 what they have sent (docs/sources.md). What is named here can be sent again: nothing
    is counted twice. Days are those of the events' own time, in the province.
    """
    today = province_clock()().astimezone(ZONE).date()
    to = last.date() if last is not None else today
    since = first.date() if first is not None else to - timedelta(days=DAYS)
    found = _found(since, to)
    if as_json:
        answer(indented([asdict(loss) for loss in found]))
        return
    if not found:
        answer(f"Nothing differs from {since} to {to}.")
        return
    table = Table("source", "topic", "day", "unit", "sent", "held", "not held", box=None)
    for loss in found:
        more = f" and {len(loss.ids) - SHOWN_IDS:,} more" if len(loss.ids) > SHOWN_IDS else ""
        ids = " ".join(loss.ids[:SHOWN_IDS]) + more
        table.add_row(loss.source, loss.topic, str(loss.day), loss.unit, f"{loss.sent:,}", f"{loss.held:,}", ids)
    print_table(table)


def _found(first: date, last: date) -> list[SourceLoss]:
    where = addresses()
    with database_asked(), psycopg.connect(where.database.streams) as connection:
        return losses(connection, first, last)
