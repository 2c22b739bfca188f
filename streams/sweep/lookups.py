"""The sweep of look-ups: the sums of a unit whose name means something else by now go to the key that it means.

A month of one name a transaction, under a lock that keeps look-ups out meanwhile. Killed, it goes on where it stood:
the table ``lookup_unit`` says up to which day a name has been moved.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from schemas.province import day_of
from schemas.reference.names import UNIT, Spans
from streams.books import lookup_units
from streams.books.book import Connection, transaction
from streams.books.lookups import write_sums
from streams.column_arrays import array
from streams.folds.lookup_sums import LookupSums
from streams.queries import QUERIES
from streams.rulebook import LOCK, NewEdition, Rulebook

DAYS_AT_ONCE = 31


async def sweep_lookups(connection: Connection, rulebook: Rulebook, gives_way: Callable[[], bool]) -> int | None:
    """How many names were moved; ``None`` where it had to give way before the last. Raises
    :class:`streams.rulebook.NewEdition` where names were loaded meanwhile; what was moved by then stays moved."""
    done = 0
    names = rulebook.in_hand.names
    rows = await (await connection.execute(QUERIES["lookups/all_units"])).fetchall()
    for written, stands in lookup_units.spans_of(rows).items():
        wanted = names.of_writing(UNIT, written)
        if stands == wanted:
            continue
        first, last = await (await connection.execute(QUERIES["lookups/counted_days"])).fetchone() or (None, None)
        for days in _parts(stands, wanted, first, last):
            if gives_way():
                return None
            stands = await _move(connection, rulebook, written, stands, wanted, days)
        done += 1
    return done


def _parts(stands: Spans, wanted: Spans, first: int | None, last: int | None) -> Iterator[tuple[int, int] | None]:
    """Days, first to last, on which the two differ and something may be counted; then ``None`` for all others."""
    if first is not None and last is not None:
        edges = sorted({first, last + 1, *(d for d in (*stands.edges, *wanted.edges) if first < d <= last)})
        for begin, end in pairwise(edges):
            if stands.on(begin) != wanted.on(begin):
                yield from ((day, min(day + DAYS_AT_ONCE, end) - 1) for day in range(begin, end, DAYS_AT_ONCE))
    yield None


async def _move(
    connection: Connection, rulebook: Rulebook, written: str, stands: Spans, wanted: Spans, days: tuple[int, int] | None
) -> Spans:
    """One transaction. Raises :class:`streams.rulebook.NewEdition` where the names in hand are no longer the last."""
    into = wanted if days is None else wanted.before(days[1] + 1, stands)
    async with transaction(connection):
        await connection.execute(QUERIES["rules/shared_lock"], LOCK)
        edition = await (await connection.execute(QUERIES["rules/edition"])).fetchone()
        if edition is None or edition[0] != rulebook.in_hand.edition:
            raise NewEdition
        await connection.execute(QUERIES["lookups/units_lock_whole"], lookup_units.LOCK)
        if days is not None:
            asked = {"written": written, "first": days[0], "last": days[1]}
            rows = await (await connection.execute(QUERIES["lookups/counted_of_unit"], asked)).fetchall()
            sums = LookupSums()
            sums.replace(_under(stands, rows), _under(into, rows))
            await write_sums(connection, sums)
        moved = {"written": written, "days": array(into.edges), "keys": array(into.keys)}
        await connection.execute(QUERIES["lookups/move_unit"], moved)
    return into


def _under(spans: Spans, rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """Sums of look-ups under the key of their hour's day."""
    return [
        (subject, spans.on(day_of(hour)) or unit, application, channel, hour, *counters)
        for subject, unit, application, channel, hour, *counters in rows
    ]
