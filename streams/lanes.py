"""A lane takes the spans of one partition, one after the other, on a connection of its own.

Lanes are why a worker is not idle while PostgreSQL writes: meanwhile another partition's span is decoded or folded.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from faust.types import TP

from schemas.topics import Topic
from streams.crash import CrashPoints
from streams.decode import Batch, Decoder
from streams.errors import Retry
from streams.span import Span
from streams.store import Connection, OutOfStep, Store, connect

log = logging.getLogger(__name__)
PAUSES_S = (0.2, 0.5, 1.0, 2.0)


@dataclass(slots=True)
class Work:
    """A decoded span on its way into the tables."""

    span: Span
    batch: Batch


class Health:
    """What the heartbeat says of this process. ``waiting`` names the dependencies that are away."""

    def __init__(self) -> None:
        self.waiting: dict[str, str] = {}
        self.spans = 0
        self.records = 0
        self.rejected_all_sources: set[str] = set()
        self.accepted = 0
        self.moved_at = time.monotonic()

    @property
    def state(self) -> str:
        return "waiting" if self.waiting else "running"


class Lane:
    """One partition's way into the tables."""

    def __init__(
        self,
        tp: TP,
        url: str,
        health: Health,
        seek: Callable[[TP, int], Awaitable[None]],
        turn: Callable[[TP], int],
        history_limit: int,
        points: CrashPoints,
    ) -> None:
        self.tp = tp
        self._url = url
        self._health = health
        self._seek = seek
        self._turn = turn
        self._limit = history_limit
        self._points = points
        self._queue: asyncio.Queue[Work] = asyncio.Queue(maxsize=1)
        self._connection: Connection | None = None
        self._store: Store | None = None
        self.applied_until = 0  # offset before which everything is in the tables
        self.received = 0.0  # Kafka's time of the last record applied, seconds
        self.task = asyncio.ensure_future(self._run())

    async def put(self, work: Work) -> None:
        """Waits while the span before is still being written and another one waits already."""
        await self._queue.put(work)

    @property
    def idle(self) -> bool:
        return self._queue.empty()

    async def _run(self) -> None:
        while True:
            work = await self._queue.get()
            await self._patiently(work)

    async def _patiently(self, work: Work) -> None:
        """Tries until the span is in the tables, or has become stale by a seek or a rebalance."""
        span, attempt = work.span, 0
        name = f"{self.tp.topic}/{self.tp.partition}"
        while span.turn == self._turn(self.tp):
            try:
                store = await self._connected()
                applied = await store.apply(span.partition, span.start, span.end, work.batch)
            except OutOfStep as gap:
                log.warning("out of step: partition=%s span=%d..%d table=%d", name, span.start, span.end, gap.next)
                await self._seek(self.tp, gap.next)
                return
            except Retry as exc:
                self._health.waiting[name] = str(exc)
                pause = PAUSES_S[min(attempt, len(PAUSES_S) - 1)]
                attempt += 1
                log.warning("retry: partition=%s attempt=%d reason=%s", name, attempt, exc)
                await self._disconnect()
                await asyncio.sleep(pause)
                continue
            self._health.waiting.pop(name, None)
            self._health.spans += 1
            self._health.records += len(span.records)
            self._health.moved_at = time.monotonic()
            self.applied_until = span.end
            self.received = span.received / 1_000_000
            if applied.rejected:
                log.warning("dead letters: partition=%s span=%d..%d n=%d", name, span.start, span.end, applied.rejected)
            return
        self._health.waiting.pop(name, None)

    async def _connected(self) -> Store:
        if self._store is None or self._connection is None or self._connection.closed:
            self._connection = await connect(self._url)
            self._store = Store(self._connection, self._limit, self._points)
        return self._store

    async def _disconnect(self) -> None:
        connection, self._connection, self._store = self._connection, None, None
        if connection is not None:
            await connection.close()

    async def close(self) -> None:
        self.task.cancel()
        await self._disconnect()


class Lanes:
    """The lanes of this process, by partition; opened as partitions come."""

    def __init__(
        self,
        url: str,
        health: Health,
        topics: dict[str, Topic],
        seek: Callable[[TP, int], Awaitable[None]],
        turn: Callable[[TP], int],
        on_crash: Callable[[BaseException], None],
        history_limit: int,
        points: CrashPoints,
    ) -> None:
        self._url = url
        self._health = health
        self._decoders = {name: Decoder(topic) for name, topic in topics.items()}
        self._seek = seek
        self._turn = turn
        self._on_crash = on_crash
        self._limit = history_limit
        self._points = points
        self._lanes: dict[TP, Lane] = {}

    async def take(self, span: Span) -> None:
        """Decodes the span and hands it to its partition's lane; waits while that is full.

        A record that cannot even be rejected ends the process: from an agent's error Faust would go on with the next
        span, and come back here for ever.
        """
        self._points.reached("taken")
        tp = TP(span.partition.topic, span.partition.number)
        if span.turn != self._turn(tp):
            return
        try:
            batch = self._decoders[tp.topic].batch(span.records)
        except Exception as exc:
            self._on_crash(exc)
            raise
        self._points.reached("decoded")
        await self._lane(tp).put(Work(span, batch))

    def get(self, tp: TP) -> Lane | None:
        return self._lanes.get(tp)

    def _lane(self, tp: TP) -> Lane:
        lane = self._lanes.get(tp)
        if lane is None:
            lane = Lane(tp, self._url, self._health, self._seek, self._turn, self._limit, self._points)
            lane.task.add_done_callback(self._done)
            self._lanes[tp] = lane
        return lane

    def _done(self, task: "asyncio.Future[None]") -> None:
        if not task.cancelled() and (exc := task.exception()) is not None:
            self._on_crash(exc)

    async def close(self) -> None:
        for lane in self._lanes.values():
            await lane.close()
