"""What is counted of the sources themselves, and the list behind each of these numbers."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from psycopg.rows import class_row

from dashboards import periods, source_silence
from dashboards.periods import Period
from dashboards.readers.database import Connection
from dashboards.readers.domains import Cell
from dashboards.readers.figures import Filters
from dashboards.readers.losses import DAYS, losses
from dashboards.readers.openings import MOST
from dashboards.readers.queries import query
from dashboards.readers.snapshot import Feeding
from dashboards.readers.sources import KnownSource, contract_of
from dashboards.settings import ScreensSettings
from dashboards.source_silence import State
from schemas.json_text import encode
from schemas.losses import SourceLoss

WORSE = frozenset({State.LATE, State.SILENT})


class RejectedDay(NamedTuple):
    """How many records of a source were rejected on a day; ``source``: as they state it, "" where none can be told."""

    day: date
    topic: str
    source: str
    records: int


class Letter(NamedTuple):
    id: int
    topic: str
    source: str
    received_at: datetime
    field: str
    rule: str


class SendingLine(NamedTuple):
    """A row of a list: what it is about as JSON, so that it stays what it was, and how much it adds."""

    subject: str
    amount: int


class Lines(NamedTuple):
    """The first rows of a list, what all of its rows add up to, and how many they are."""

    shown: list[SendingLine]
    amount: int
    rows: int


async def rejected(conn: Connection, period: Period) -> tuple[RejectedDay, ...]:
    cursor = await conn.execute(query("rejected_days"), {"first": period.first, "last": period.last})
    return tuple(RejectedDay(*row) for row in await cursor.fetchall())


async def recent_losses(conn: Connection, as_of: datetime) -> tuple[SourceLoss, ...]:
    """Of the last days, today included."""
    today = periods.today(as_of)
    return await losses(conn, today - timedelta(days=DAYS - 1), today)


def cells(
    known: Feeding, rejects: Iterable[RejectedDay], as_of: datetime, settings: ScreensSettings, filters: Filters
) -> tuple[Cell, ...]:
    """Every counter by source and topic. ``known.losses`` is of a moment of its own."""
    found: list[Cell] = []
    for source in known.sources:
        found.append(Cell("sources", source.source, source.contract, 1))
        found.append(Cell("events", source.source, source.contract, source.events))
        found.append(Cell("duplicates", source.source, source.contract, source.duplicates))
    for feed in source_silence.live_feeds(known.sources, as_of, settings, known.work):
        found.append(Cell("feeds", feed.source, feed.contract, 1))
        found.append(Cell("silent", feed.source, feed.contract, int(feed.state in WORSE)))
    found += [Cell("rejected", row.source, contract_of(row.topic), row.records) for row in rejects]
    found += [Cell("lost", loss.source, loss.topic, loss.missing) for loss in known.losses]
    return tuple(cell for cell in found if fits(filters, cell.unit, cell.part))


def fits(filters: Filters, source: str, contract: str) -> bool:
    """Whether a row of this source and topic is asked for."""
    return filters.unit in (None, source) and filters.part in (None, contract)


async def lines(
    conn: Connection,
    known: Feeding,
    counter: str,
    period: Period,
    filters: Filters,
    as_of: datetime,
    settings: ScreensSettings,
) -> Lines:
    """The list behind a counter: its amounts add up to it. ``KeyError`` for a counter that there is not."""
    match counter:
        case "rejected":
            return await _rejected_lines(conn, period.on(filters.day), filters)
        case "lost":
            found = await recent_losses(conn, as_of)
            return _all(
                _line(loss.missing, [loss.source, loss.topic, loss.day, loss.unit, loss.sent, loss.held, loss.ids[:20]])
                for loss in sorted(found, key=lambda loss: -loss.missing)
                if loss.missing and fits(filters, loss.source, loss.topic)
            )
    living = source_silence.live_feeds(known.sources, as_of, settings, known.work)
    states = {(feed.source, feed.contract): feed.state for feed in living}
    kept = [
        (source, _amount(counter, source, states.get((source.source, source.contract))))
        for source in known.sources
        if fits(filters, source.source, source.contract)
    ]
    in_order = sorted(kept, key=lambda item: (-item[1], item[0].source, item[0].topic))
    return _all(
        _line(amount, [source.source, source.topic, source.received_at, states.get((source.source, source.contract))])
        for source, amount in in_order
        if amount
    )


def _amount(counter: str, source: KnownSource, state: State | None) -> int:
    match counter:
        case "sources":
            return 1
        case "events":
            return source.events
        case "duplicates":
            return source.duplicates
        case "feeds":
            return int(state is not None)
        case "silent":
            return int(state in WORSE)
    raise KeyError(counter)


async def _rejected_lines(conn: Connection, period: Period, filters: Filters) -> Lines:
    days = [row for row in await rejected(conn, period) if fits(filters, row.source, contract_of(row.topic))]
    asked = {"first": period.first, "last": period.last, "source": filters.unit, "most": MOST}
    async with conn.cursor(row_factory=class_row(Letter)) as cursor:
        await cursor.execute(query("rejected_list"), {**asked, "topics": sorted({row.topic for row in days})})
        letters = await cursor.fetchall()
    total = sum(row.records for row in days)
    lines = [
        _line(1, [letter.source, letter.topic, letter.received_at, letter.field, letter.rule, letter.id])
        for letter in letters
    ]
    return Lines(lines, total, total)


def _all(lines: Iterable[SendingLine]) -> Lines:
    found = list(lines)
    return Lines(found, sum(line.amount for line in found), len(found))


def _line(amount: int, about: list[object]) -> SendingLine:
    return SendingLine(encode(about).decode(), amount)
