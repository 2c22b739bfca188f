"""The one module that writes what the stream has understood: a span is one transaction, or nothing.

Events, histories, states, rollups, dead letters and the offset change together, so a killed worker, a duplicate, a
rebalance or a zombie changes no total. Locks are taken in one order everywhere: the offset, event keys, cases in key
order, rollup rows in key order, sources.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.rows import TupleRow

from schemas import history
from schemas.counters import FLOW_COUNTERS
from schemas.history import Entry
from schemas.state import NOTHING, RULES_VERSION, CaseState
from streams.crash import CrashPoints
from streams.decode import Accepted, Batch
from streams.delta import GRAINS, Delta
from streams.errors import Retry
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


@dataclass(slots=True)
class _Changes:
    """What folding the span's cases has brought: rows to write."""

    subjects: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    oversized: list[bool] = field(default_factory=list)
    states: list[CaseState] = field(default_factory=list)
    contributions: list[str] = field(default_factory=list)
    delta: Delta = field(default_factory=Delta)


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
            cursor = await self._connection.execute(QUERIES["offset_of"], _name(partition))
            row = await cursor.fetchone()
        return None if row is None else int(row[0])

    async def begin(self, partition: Partition, start: int) -> None:
        """The partition's row, unless it is there."""
        async with wrapped():
            await self._connection.execute(
                QUERIES["begin_offset"], {**_name(partition), "next": start, "now": datetime.now(UTC)}
            )

    async def skip_hole(self, partition: Partition, start: int, end: int) -> None:
        """Records of ``[start, end)`` are gone from Kafka for ever: record that and go on at ``end``."""
        async with wrapped():
            await self._connection.execute(
                QUERIES["skip_hole"], {**_name(partition), "from": start, "to": end, "now": datetime.now(UTC)}
            )

    async def apply(self, partition: Partition, start: int, end: int, batch: Batch) -> Applied:
        """Takes ``[start, end)`` once, whatever part of it was taken before.

        Raises :class:`Retry` (nothing was written) and :class:`OutOfStep`.
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
        name = _name(partition)
        connection = self._connection
        known = await self._sources()
        try:
            async with connection.pipeline():
                await connection.execute("BEGIN")
                fence = await connection.execute(QUERIES["fence"], {**name, **_fence(start, end, batch)})
                if accepted:
                    fresh = await connection.execute(QUERIES["insert_events"], {**name, **_event_rows(accepted)})
                    await connection.execute(QUERIES["insert_keys"], {"subjects": subjects})
                    held = await connection.execute(QUERIES["lock_histories"], {"subjects": subjects})
                    stored = await connection.execute(QUERIES["stored_contributions"], {"subjects": subjects})
                self._points.reached("begun")
                if await fence.fetchone() is None:
                    await connection.execute("ROLLBACK")
                    return None
                fresh_of: dict[str, int] = dict(await fresh.fetchall()) if accepted else {}
                histories = await held.fetchall() if accepted else []
                contributions = {row[0]: row[1] for row in await stored.fetchall()} if accepted else {}
                self._points.reached("locked")

            changes = self._fold(histories, contributions, by_subject)
            self._points.reached("folded")

            fresh_count = sum(fresh_of.values())
            duplicates = len(accepted) - fresh_count
            async with connection.pipeline():
                await self._write(changes)
                if duplicates:
                    await connection.execute(QUERIES["count_duplicates"], {**name, "duplicates": duplicates})
                await connection.execute(QUERIES["add_sources"], {**name, **_source_rows(batch, fresh_of, known)})
                if batch.rejected:
                    await connection.execute(QUERIES["insert_dead_letters"], {**name, **_dead_rows(batch, known)})
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
    ) -> _Changes:
        changes = _Changes()
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

    async def _write(self, changes: _Changes) -> None:
        connection = self._connection
        if not changes.subjects:
            return
        await connection.execute(
            QUERIES["write_histories"],
            {"subjects": changes.subjects, "events": changes.events, "oversized": changes.oversized},
        )
        await connection.execute(QUERIES["write_states"], _state_rows(changes))
        for grain in GRAINS:
            await self._add(grain, changes.delta)

    async def _add(self, grain: str, delta: Delta) -> None:
        sums = delta.grain(grain)
        if not sums:
            return
        names = GRAINS[grain]
        rows: dict[str, Any] = dict(zip(names, map(list, zip(*sums, strict=True)), strict=True))
        rows.update(zip(FLOW_COUNTERS, map(list, zip(*sums.values(), strict=True)), strict=True))
        await self._connection.execute(QUERIES[f"add_{grain}"], rows)
        less = [key for key, row in sums.items() if min(row) < 0]
        if less:
            keys = dict(zip(names, map(list, zip(*less, strict=True)), strict=True))
            await self._connection.execute(QUERIES[f"drop_zero_{grain}"], keys)

    async def _sources(self) -> set[str]:
        if self._known_sources is None:
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


def _name(partition: Partition) -> dict[str, Any]:
    return {
        "cluster_id": partition.cluster_id,
        "topic_id": partition.topic_id,
        "topic": partition.topic,
        "partition": partition.number,
    }


def _fence(start: int, end: int, batch: Batch) -> dict[str, Any]:
    last = max((item.received for items in (batch.accepted[-1:], batch.rejected[-1:]) for item in items), default=None)
    return {
        "from": start,
        "to": end,
        "records": len(batch.accepted) + len(batch.rejected),
        "rejected": len(batch.rejected),
        "received": last,
        "now": datetime.now(UTC),
    }


def _event_rows(accepted: Sequence[Accepted]) -> dict[str, Any]:
    return {
        "source": [a.entry.source for a in accepted],
        "id": [a.entry.id for a in accepted],
        "subject": [a.subject for a in accepted],
        "time": [a.entry.time for a in accepted],
        "digest": [a.digest for a in accepted],
        "kind": [a.entry.kind for a in accepted],
        "data": [a.data for a in accepted],
        "offset": [a.offset for a in accepted],
        "received": [a.received for a in accepted],
    }


def _state_rows(changes: _Changes) -> dict[str, Any]:
    states = changes.states
    return {
        "subject": changes.subjects,
        "unit": [s.unit for s in states],
        "procedure": [s.procedure for s in states],
        "channel": [str(s.channel) for s in states],
        "submitted_at": [s.submitted_at for s in states],
        "accepted_at": [s.accepted_at for s in states],
        "due_at": [s.due_at for s in states],
        "ended_at": [s.ended_at for s in states],
        "end_kind": [s.end_kind for s in states],
        "returned_at": [s.returned_at for s in states],
        "status": [s.status for s in states],
        "status_raw": [s.status_raw for s in states],
        "last_at": [s.last_at for s in states],
        "last_unit": [s.last_unit for s in states],
        "flows": [fold.flows_json(s.flows) for s in states],
        "voided_at": [s.voided_at for s in states],
        "oversized": [s.oversized for s in states],
        "simulated": [s.simulated for s in states],
        "contribution": changes.contributions,
        "rules_version": RULES_VERSION,
    }


@dataclass(slots=True)
class _Sent:
    """What one source sent in a span. ``events`` that were held already are taken off at the end."""

    received: int
    events: int = 0
    rejected: int = 0
    last_time: int | None = None


def _source_rows(batch: Batch, fresh: Mapping[str, int], known: set[str]) -> dict[str, Any]:
    """Per source: new, held already, rejected, greatest event time, last record. Sorted, as every lock is."""
    rows: dict[str, _Sent] = {}
    for a in batch.accepted:
        row = rows.get(a.entry.source)
        if row is None:
            row = rows[a.entry.source] = _Sent(a.received)
        row.events += 1
        row.received = a.received
        if row.last_time is None or a.entry.time > row.last_time:
            row.last_time = a.entry.time
    for r in batch.rejected:
        if r.source is not None and (r.source in known or r.source in rows):
            rows.setdefault(r.source, _Sent(r.received)).rejected += 1
    names = sorted(rows)
    return {
        "source": names,
        "events": [fresh.get(s, 0) for s in names],
        "duplicates": [rows[s].events - fresh.get(s, 0) for s in names],
        "rejected": [rows[s].rejected for s in names],
        "last_time": [rows[s].last_time for s in names],
        "received": [rows[s].received for s in names],
    }


def _dead_rows(batch: Batch, known: set[str]) -> dict[str, Any]:
    said = known | {a.entry.source for a in batch.accepted}
    return {
        "offset": [r.offset for r in batch.rejected],
        "received": [r.received for r in batch.rejected],
        "source": [r.source if r.source in said else None for r in batch.rejected],
        "field": [r.field for r in batch.rejected],
        "rule": [r.rule for r in batch.rejected],
        "hash": [r.hash for r in batch.rejected],
    }
