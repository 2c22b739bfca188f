"""The one module that writes what the stream has understood: a span is one transaction, or nothing.

Events, histories, states, rollups, dead letters and the offset change together, so a killed worker, a duplicate, a
rebalance or a zombie changes no total. Locks are taken in one order everywhere: the offset; the rules' (shared); book
by book event keys and subjects in key order; book by book rollup rows in key order; sources.
"""

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg

from schemas.digests import SOURCE
from schemas.lookups import LOOKUP
from schemas.sqlstates import passes
from streams import span_columns
from streams.books.book import Book, Connection, Taking
from streams.books.cases import CaseBook
from streams.books.digests import DigestBook
from streams.books.lookups import LookupBook
from streams.books.subjects import SubjectBook
from streams.crash import CrashPoints
from streams.decode import CASE, Accepted, Batch
from streams.errors import Retry
from streams.guarding.lane import LaneGuard
from streams.guarding.room import GuardRoom
from streams.queries import QUERIES
from streams.rulebook import NewEdition, Rulebook
from streams.span import Partition

HISTORY_LIMIT = 2000  # events of a subject; a source that sends a constant code must not slow the rest down


class OutOfStep(Exception):
    """The table stands at ``next``, before the span: what lies between has not been taken. Seek there."""

    def __init__(self, next_offset: int) -> None:
        super().__init__(f"the table stands at {next_offset}")
        self.next = next_offset


@dataclass(frozen=True, slots=True)
class Applied:
    """What a span came to. ``fresh`` events were new, the others of the accepted were held already."""

    fresh: int
    duplicates: int
    rejected: int
    dropped: bool = False  # somebody had taken the whole span before


@asynccontextmanager
async def wrapped() -> AsyncIterator[None]:
    """Driver errors become ours here and nowhere else. A broken query stays what it is, and ends the process."""
    try:
        yield
    except psycopg.Error as exc:
        if not passes(exc):
            raise
        raise Retry(f"database: {type(exc).__name__}") from exc


async def connect(url: str) -> Connection:
    """A connection that keeps its own transactions; raises :class:`Retry` while the database is away."""
    async with wrapped():
        return await psycopg.AsyncConnection.connect(
            url,
            autocommit=True,
            connect_timeout=5,
            prepare_threshold=1,
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=3,
        )


class Store:
    """Takes spans. One connection at a time; several stores may work beside each other, in or out of this process."""

    def __init__(
        self,
        connection: Connection,
        history_limit: int = HISTORY_LIMIT,
        points: CrashPoints | None = None,
        rulebook: Rulebook | None = None,
        guard: GuardRoom | None = None,
    ) -> None:
        """Stores of one process share a ``rulebook``, so that new rules are read once; ``guard`` judges look-ups."""
        self._connection = connection
        self._rulebook = rulebook or Rulebook()
        self._guard = None if guard is None else LaneGuard(guard)
        self._books: dict[str, Book] = {
            CASE: CaseBook(history_limit, self._rulebook),
            SOURCE.name: DigestBook(),
            LOOKUP.name: LookupBook(self._rulebook, self._guard),
        }
        self._rest: Book = SubjectBook(history_limit, self._rulebook)
        self._points = points or CrashPoints()
        self._known_sources: set[str] | None = None

    async def next_offset(self, partition: Partition) -> int | None:
        async with wrapped():
            cursor = await self._connection.execute(QUERIES["shared/offset_of"], span_columns.name(partition))
            row = await cursor.fetchone()
        return None if row is None else int(row[0])

    async def begin(self, partition: Partition, start: int) -> None:
        """The partition's row, unless it is there."""
        async with wrapped():
            await self._connection.execute(
                QUERIES["shared/begin_offset"],
                {**span_columns.name(partition), "next": start, "now": datetime.now(UTC)},
            )

    async def skip_hole(self, partition: Partition, start: int, end: int) -> None:
        """Records of ``[start, end)`` are gone from Kafka for ever: record that and go on at ``end``."""
        async with wrapped():
            await self._connection.execute(
                QUERIES["shared/skip_hole"],
                {**span_columns.name(partition), "from": start, "to": end, "now": datetime.now(UTC)},
            )

    async def apply(self, partition: Partition, start: int, end: int, batch: Batch) -> Applied:
        """Takes ``[start, end)`` once, whatever part of it was taken before.

        Raises :class:`Retry` (nothing was written), :class:`OutOfStep`, and :class:`Stop` where something of it was
        folded by newer rules than ours.
        """
        while True:
            async with wrapped():
                if not self._rulebook.was_read:
                    await self._rulebook.read(self._connection)
                if self._guard is not None and batch.accepted:
                    await self._guard.prepare(self._connection, span_columns.name(partition), batch.accepted)
                judged = batch.within(self._rulebook.in_hand.names)
                if judged is not batch:  # the name may have been loaded since
                    judged = batch.within((await self._rulebook.read(self._connection)).names)
                try:
                    applied = await self._try(partition, start, end, judged)
                except NewEdition:
                    await self._rulebook.read(self._connection)
                    continue
            if applied is not None:
                return applied
            stands = await self.next_offset(partition)
            if stands is None or stands < start:
                raise OutOfStep(stands or 0)
            if stands >= end:
                return Applied(0, 0, 0, dropped=True)
            if stands > start:
                start, batch = stands, batch.behind(stands)

    async def _try(self, partition: Partition, start: int, end: int, batch: Batch) -> Applied | None:
        """One transaction; ``None`` where the fence did not let it through."""
        name = span_columns.name(partition)
        connection = self._connection
        known = await self.sources()
        takings = self._takings(name, batch)
        try:
            async with connection.pipeline():
                await connection.execute("BEGIN")
                fence = await connection.execute(
                    QUERIES["shared/fence"], {**name, **span_columns.fence(start, end, batch)}
                )
                for taking in takings:
                    await taking.ask()
                self._points.reached("begun")
                if await fence.fetchone() is None:
                    await connection.execute("ROLLBACK")
                    return None
                for taking in takings:
                    await taking.hear()
                self._points.reached("locked")

            for taking in takings:
                taking.fold()
            self._points.reached("folded")

            fresh_of: Counter[str] = Counter()
            for taking in takings:
                fresh_of.update(taking.fresh)
            fresh = fresh_of.total()
            duplicates = len(batch.accepted) - fresh
            async with connection.pipeline():
                for taking in takings:
                    await taking.write()
                if duplicates:
                    await connection.execute(QUERIES["shared/count_duplicates"], {**name, "duplicates": duplicates})
                await connection.execute(
                    QUERIES["shared/add_sources"], {**name, **span_columns.sources(batch, fresh_of, known)}
                )
                if batch.rejected:
                    await connection.execute(
                        QUERIES["shared/insert_dead_letters"], {**name, **span_columns.dead_letters(batch, known)}
                    )
                self._points.reached("written")
                await connection.execute("COMMIT")
        except BaseException:
            await self._roll_back()
            raise
        self._points.reached("committed")
        known.update(fresh_of)
        return Applied(fresh, duplicates, len(batch.rejected))

    def _takings(self, name: Mapping[str, Any], batch: Batch) -> list[Taking]:
        """Each book's part of the span, always in the order of the books."""
        parts: dict[Book, list[Accepted]] = {}
        for event in batch.accepted:
            parts.setdefault(self._books.get(event.domain, self._rest), []).append(event)
        in_order = (*dict.fromkeys(self._books.values()), self._rest)
        return [book.taking(self._connection, name, parts[book]) for book in in_order if book in parts]

    async def sources(self) -> set[str]:
        """The sources that are known to send well: at least one event of theirs was accepted."""
        if self._known_sources is None:
            async with wrapped():
                cursor = await self._connection.execute(QUERIES["shared/known_sources"])
                self._known_sources = {row[0] for row in await cursor.fetchall()}
        return self._known_sources

    async def _roll_back(self) -> None:
        """Leaves the connection without a transaction, or closed."""
        try:
            if not self._connection.closed:
                await self._connection.execute("ROLLBACK")
        except psycopg.Error:
            await self._connection.close()
