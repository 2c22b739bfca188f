"""The one module that writes what the stream has understood: a span is one transaction, or nothing.

Events, histories, states, rollups, dead letters and the offset change together, so a killed worker, a duplicate, a
rebalance or a zombie changes no total. Locks are taken in one order everywhere: the offset, event keys, cases in key
order, rollup rows in key order, sources.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg
from psycopg.rows import TupleRow

from schemas import history
from schemas.history import Entry
from schemas.state import NOTHING, RULES_VERSION
from streams import rows
from streams.crash import CrashPoints
from streams.decode import Batch
from streams.delta import GRAINS, Delta
from streams.errors import Retry, Stop
from streams.folds import cases as fold
from streams.queries import QUERIES
from streams.span import Partition

HISTORY_LIMIT = 2000  # events of a case; a source that sends a constant code must not slow the rest down

Connection = psycopg.AsyncConnection[TupleRow]

# What another try can mend: the server is away or restarting, a lock was not to be had, a transaction took too long.
_PASSING = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    psycopg.errors.IdleInTransactionSessionTimeout,
    psycopg.errors.SerializationFailure,
)


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
    """Driver errors become ours here and nowhere else."""
    try:
        yield
    except _PASSING as exc:
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
        self, connection: Connection, history_limit: int = HISTORY_LIMIT, points: CrashPoints | None = None
    ) -> None:
        self._connection = connection
        self._limit = history_limit
        self._points = points or CrashPoints()
        self._known_sources: set[str] | None = None

    async def next_offset(self, partition: Partition) -> int | None:
        async with wrapped():
            cursor = await self._connection.execute(QUERIES["offset_of"], rows.name(partition))
            row = await cursor.fetchone()
        return None if row is None else int(row[0])

    async def begin(self, partition: Partition, start: int) -> None:
        """The partition's row, unless it is there."""
        async with wrapped():
            await self._connection.execute(
                QUERIES["begin_offset"], {**rows.name(partition), "next": start, "now": datetime.now(UTC)}
            )

    async def skip_hole(self, partition: Partition, start: int, end: int) -> None:
        """Records of ``[start, end)`` are gone from Kafka for ever: record that and go on at ``end``."""
        async with wrapped():
            await self._connection.execute(
                QUERIES["skip_hole"], {**rows.name(partition), "from": start, "to": end, "now": datetime.now(UTC)}
            )

    async def apply(self, partition: Partition, start: int, end: int, batch: Batch) -> Applied:
        """Takes ``[start, end)`` once, whatever part of it was taken before.

        Raises :class:`Retry` (nothing was written), :class:`OutOfStep`, and :class:`Stop` where one of the cases was
        folded by newer rules than ours.
        """
        while True:
            async with wrapped():
                applied = await self._try(partition, start, end, batch)
            if applied is not None:
                return applied
            stands = await self.next_offset(partition)
            if stands is None or stands < start:
                raise OutOfStep(stands or 0)
            if stands >= end:
                return Applied(0, 0, 0, dropped=True)
            if stands > start:
                start = stands
                batch = Batch(
                    [a for a in batch.accepted if a.offset >= stands], [r for r in batch.rejected if r.offset >= stands]
                )

    async def _try(self, partition: Partition, start: int, end: int, batch: Batch) -> Applied | None:
        """One transaction; ``None`` where the fence did not let it through."""
        accepted = batch.accepted
        by_subject: dict[str, list[Entry]] = {}
        for event in accepted:
            by_subject.setdefault(event.subject, []).append(event.entry)
        subjects = sorted(by_subject)
        name = rows.name(partition)
        connection = self._connection
        known = await self.sources()
        try:
            async with connection.pipeline():
                await connection.execute("BEGIN")
                fence = await connection.execute(QUERIES["fence"], {**name, **rows.fence(start, end, batch)})
                if accepted:
                    fresh = await connection.execute(QUERIES["insert_events"], {**name, **rows.events(accepted)})
                    await connection.execute(QUERIES["insert_keys"], {"subjects": subjects})
                    held = await connection.execute(QUERIES["lock_histories"], {"subjects": subjects})
                    stored = await connection.execute(QUERIES["stored_contributions"], {"subjects": subjects})
                self._points.reached("begun")
                if await fence.fetchone() is None:
                    await connection.execute("ROLLBACK")
                    return None
                fresh_of: dict[str, int] = dict(await fresh.fetchall()) if accepted else {}
                histories = await held.fetchall() if accepted else []
                states = await stored.fetchall() if accepted else []
                contributions = {row[0]: row[1] for row in states}
                if any(row[2] > RULES_VERSION for row in states):
                    raise Stop("a newer release has folded these cases by newer rules; start that one")
                self._points.reached("locked")

            changes = self._fold(histories, contributions, by_subject)
            self._points.reached("folded")

            fresh_count = sum(fresh_of.values())
            duplicates = len(accepted) - fresh_count
            async with connection.pipeline():
                await self._write(changes)
                if duplicates:
                    await connection.execute(QUERIES["count_duplicates"], {**name, "duplicates": duplicates})
                await connection.execute(QUERIES["add_sources"], {**name, **rows.sources(batch, fresh_of, known)})
                if batch.rejected:
                    await connection.execute(
                        QUERIES["insert_dead_letters"], {**name, **rows.dead_letters(batch, known)}
                    )
                self._points.reached("written")
                await connection.execute("COMMIT")
        except BaseException:
            await self._roll_back()
            raise
        self._points.reached("committed")
        known.update(fresh_of)
        return Applied(fresh_count, duplicates, len(batch.rejected))

    def _fold(
        self, histories: Sequence[TupleRow], contributions: Mapping[str, str], by_subject: Mapping[str, list[Entry]]
    ) -> rows.Changes:
        changes = rows.Changes()
        for subject, text, oversized in histories:
            if oversized:
                continue
            entries, added = fold.merge(subject, history.decode(text) if len(text) > 2 else [], by_subject[subject])
            if not added:
                continue
            if len(entries) > self._limit:
                oversized, entries, state = True, [], fold.OVERSIZED
            else:
                state = fold.fold(subject, entries)
            new = fold.contribution(state)
            new_text = fold.contribution_json(new)
            old_text = contributions.get(subject)
            if new_text != old_text:
                changes.delta.replace(NOTHING if old_text is None else fold.contribution_from(old_text), new)
            changes.subjects.append(subject)
            changes.events.append(history.encode(entries))
            changes.oversized.append(oversized)
            changes.states.append(state)
            changes.contributions.append(new_text)
        return changes

    async def _write(self, changes: rows.Changes) -> None:
        connection = self._connection
        if not changes.subjects:
            return
        await connection.execute(
            QUERIES["write_histories"],
            {"subjects": changes.subjects, "events": changes.events, "oversized": changes.oversized},
        )
        await connection.execute(QUERIES["write_states"], rows.states(changes))
        for grain in GRAINS:
            await self._add(grain, changes.delta)

    async def _add(self, grain: str, delta: Delta) -> None:
        sums = delta.grain(grain)
        if not sums:
            return
        await self._connection.execute(QUERIES[f"add_{grain}"], rows.sums(grain, sums))
        less = [key for key, row in sums.items() if min(row) < 0]
        if less:
            await self._connection.execute(QUERIES[f"drop_zero_{grain}"], rows.keys(grain, less))

    async def sources(self) -> set[str]:
        """The sources that are known to send well: at least one event of theirs was accepted."""
        if self._known_sources is None:
            async with wrapped():
                cursor = await self._connection.execute(QUERIES["known_sources"])
                self._known_sources = {row[0] for row in await cursor.fetchall()}
        return self._known_sources

    async def _roll_back(self) -> None:
        """Leaves the connection without a transaction, or closed."""
        try:
            if not self._connection.closed:
                await self._connection.execute("ROLLBACK")
        except psycopg.Error:
            await self._connection.close()
