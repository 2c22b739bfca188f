"""Compares what the tables show with the truth, figure by figure.

Each kind of figure has one reader, which reads the tables that the screens read. Rows come month by month, so that the
comparison of a year needs no more memory than that of a month.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import psycopg

from infra.simulate.case_figures import KNOWN, OPEN, PROCEDURE_DAY, UNIT_DAY, UNIT_PROCEDURE_MONTH
from infra.simulate.gap_truth import FIGURE as PORTAL_GAP
from infra.simulate.lookups import BOUNDS_MS
from infra.simulate.lookups import FIGURE as LOOKUP_HOUR
from infra.simulate.truth import TruthRow, read_head, read_rows
from schemas.contracts import DOMAINS
from schemas.counter_kinds import SOON_DAYS, Kind
from schemas.province import ZONE

QUERIES = {
    item.name.removesuffix(".sql"): item.read_text("utf-8")
    for item in files("infra.simulate").joinpath("sql").iterdir()
    if item.name.endswith(".sql")
}
BEFORE, AFTER = date(1900, 1, 1), date(9999, 1, 1)
Key = tuple[str, str, str, str, str]
Connection = psycopg.Connection[tuple[Any, ...]]


class FigureDifference(NamedTuple):
    """A figure that is not as it must be; 0 where one of the two has no row."""

    figure: str
    counter: str
    unit: str
    part: str
    slot: str
    truth: int
    shown: int


class Reader(Protocol):
    """Reads one figure. ``as_of`` is the moment at which the span ends."""

    def __call__(
        self, connection: Connection, figure: str, first: date, last: date, as_of: datetime
    ) -> Iterator[TruthRow]:
        """Every row of days (or months, or hours) within ``[first, last)``."""


def cases(connection: Connection, figure: str, first: date, last: date, as_of: datetime) -> Iterator[TruthRow]:
    cursor = connection.execute(QUERIES[figure], {"first": first, "last": last})
    names = [column.name for column in cursor.description or ()]
    places = [(counter, names.index(counter)) for counter in KNOWN]
    for row in cursor:
        for counter, place in places:
            if row[place]:
                yield TruthRow(figure, counter, row[0], row[1], row[2], row[place])


def cases_now(connection: Connection, figure: str, first: date, last: date, as_of: datetime) -> Iterator[TruthRow]:
    slot = as_of.astimezone(ZONE).date()
    if first <= slot < last:
        for unit, channel, count, overdue in connection.execute(QUERIES[figure], {"as_of": as_of}):
            yield TruthRow(figure, "open", unit, channel, slot.isoformat(), count)
            yield TruthRow(figure, "overdue", unit, channel, slot.isoformat(), overdue)


def portal_gap(connection: Connection, figure: str, first: date, last: date, as_of: datetime) -> Iterator[TruthRow]:
    """Every case that makes the gap to the national portal in these days, with its cause."""
    for indicator in ("received", "finished", "on_time", "late"):
        asked = {"indicator": indicator, "first": first, "last": last - timedelta(days=1)}
        for unit, subject, cause in connection.execute(QUERIES[figure], asked):
            yield TruthRow(figure, f"{indicator}/{cause}", unit, subject, first.isoformat(), 1)


def lookups(connection: Connection, figure: str, first: date, last: date, as_of: datetime) -> Iterator[TruthRow]:
    begin, end = (datetime(day.year, day.month, day.day, tzinfo=ZONE) for day in (first, last))
    cursor = connection.execute(QUERIES[figure], {"first": begin, "last": end})
    counters = [*(counter.name for counter in DOMAINS["lookup"].counters), *(f"latency_{bound}" for bound in BOUNDS_MS)]
    names = [column.name for column in cursor.description or ()]
    places = [(counter, names.index(counter)) for counter in counters]
    for row in cursor:
        slot = row[2].astimezone(ZONE).strftime("%Y-%m-%dT%H")
        for counter, place in places:
            yield TruthRow(figure, counter, row[0], row[1], slot, row[place])


def subjects(connection: Connection, figure: str, first: date, last: date, as_of: datetime) -> Iterator[TruthRow]:
    """A domain: its flows and levels from the rollup, what depends on the clock from the states."""
    bounds = {"domain": figure, "first": first, "last": last}
    for counter, unit, part, slot, amount in connection.execute(QUERIES["subject_figure"], bounds):
        yield TruthRow(figure, counter, unit, part, slot, amount)
    day = as_of.astimezone(ZONE).date()
    if not first <= day < last:
        return
    for known in DOMAINS[figure].counters:
        if known.kind is Kind.NOW:
            asked = {
                "domain": figure,
                "standings": list(known.standings),
                "due": known.due,
                "as_of": as_of,
                "soon": as_of + timedelta(days=SOON_DAYS),
            }
            for unit, part, amount in connection.execute(QUERIES["subject_now"], asked):
                yield TruthRow(figure, known.name, unit, part, day.isoformat(), amount)


READERS: Mapping[str, Reader] = {
    UNIT_DAY: cases,
    PROCEDURE_DAY: cases,
    UNIT_PROCEDURE_MONTH: cases,
    OPEN: cases_now,
    PORTAL_GAP: portal_gap,
    LOOKUP_HOUR: lookups,
    **{name: subjects for name in DOMAINS if name != "lookup"},
}


def compare(database: str, truth: Path) -> tuple[int, list[FigureDifference]]:
    """How many figures were compared, and every difference, in order. Raises ``psycopg.Error``."""
    head = read_head(truth)
    until = date.fromisoformat(head.until)
    as_of = datetime(until.year, until.month, until.day, tzinfo=ZONE)
    compared, found = 0, list[FigureDifference]()
    with psycopg.connect(database, autocommit=True) as connection:
        for first, last in months(date.fromisoformat(head.first), until):
            wanted = _wanted(truth, first, last)
            shown: dict[Key, int] = {}
            for figure in head.figures:
                for row in READERS[figure](connection, figure, first, last, as_of):
                    if row.amount:
                        shown[row[:5]] = shown.get(row[:5], 0) + row.amount
            keys = wanted.keys() | shown.keys()
            compared += len(keys)
            wrong = (FigureDifference(*key, wanted.get(key, 0), shown.get(key, 0)) for key in keys)
            found += sorted(one for one in wrong if one.truth != one.shown)
    return compared, found


def months(first: date, until: date) -> Iterator[tuple[date, date]]:
    """The whole of time in pieces, each ``[first, last)``: before, month by month, and after."""
    begin, at = BEFORE, first.replace(day=1)
    while at <= until:
        yield begin, at
        begin, at = at, (at + timedelta(days=32)).replace(day=1)
    yield begin, AFTER


def _wanted(truth: Path, first: date, last: date) -> dict[Key, int]:
    low, high = first.isoformat(), last.isoformat()
    wanted: dict[Key, int] = {}
    for row in read_rows(truth):
        if low <= row.slot < high:
            wanted[row[:5]] = wanted.get(row[:5], 0) + row.amount
    return {key: amount for key, amount in wanted.items() if amount}
