"""A lane takes the spans of one partition, one after the other, on a connection of its own.

Lanes are why a worker is not idle while PostgreSQL writes: meanwhile another partition's span is decoded or folded.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from faust.types import TP

from schemas.topics import Topic
from streams.books.book import Connection
from streams.crash import CrashPoints
from streams.decode import Batch, Decoder
from streams.errors import Retry, Stop
from streams.guarding.room import GuardRoom
from streams.reject_rate import RejectWatch
from streams.rulebook import Rulebook
from streams.span import Span
from streams.store import OutOfStep, Store, connect

log = logging.getLogger(__name__)
SHARED = frozenset(("Kafka", "positions"))  # what may be waited for beside single partitions
PAUSES_S = (0.2, 0.5, 1.0, 2.0)


@dataclass(slots=True)
class Work:
    """A decoded span on its way into the tables."""

    span: Span
    batch: Batch


class LaneHealth:
    """What the heartbeat says of this process. ``waiting`` names the dependencies that are away, ``begun`` whether its
    first partitions (or none) were given to it."""

    def __init__(self) -> None:
        self.begun = False
        self.waiting: dict[str, str] = {}
        self.failed_at: dict[str, float] = {}  # monotonic; when what is waited for was last found away
        self.rejects = RejectWatch()

    @property
    def state(self) -> str:
        return "waiting" if self.waiting else "running"

    def fail(self, name: str, why: str) -> None:
        """What ``name`` needs is away; said again at every try."""
        self.waiting[name] = why
        self.failed_at[name] = time.monotonic()

    @property
    def all_wait(self) -> bool:
        """Whether something is away without which no partition can move."""
        return not self.waiting.keys().isdisjoint(SHARED)

    def excuses(self, partition: str, busy: bool, within_s: float) -> bool:
        """Whether a partition (``topic/number``) may stand still: it is tried again, and was seen to fail in the last
        ``within_s`` seconds (else the try hangs), or it has nothing in hand while another waits (spans of a topic are
        taken in turn). Not if it is busy, without error, beside others that wait: it may hold what they wait for."""
        if self.all_wait:
            return True
        if partition in self.waiting:
            return time.monotonic() - self.failed_at.get(partition, 0.0) <= within_s
        return bool(self.waiting) and not busy


class Lane:
    """One partition's way into the tables."""

    def __init__(
        self,
        tp: TP,
        url: str,
        health: LaneHealth,
        seek: Callable[[TP, int, int], Awaitable[None]],
        turn: Callable[[TP], int],
        applied: Callable[[TP, int, int], None],
        history_limit: int,
        points: CrashPoints,
        rulebook: Rulebook,
        guard: GuardRoom | None = None,
    ) -> None:
        self.tp = tp
        self._url = url
        self._health = health
        self._seek = seek
        self._turn = turn
        self._applied = applied
        self._limit = history_limit
        self._points = points
        self._rulebook = rulebook
        self._guard = guard
        self._queue: asyncio.Queue[Work] = asyncio.Queue(maxsize=1)
        self._doing: Work | None = None
        self._connection: Connection | None = None
        self._store: Store | None = None
        self.task = asyncio.ensure_future(self._run())

    async def put(self, work: Work) -> None:
        """Waits while the span before is still being written and another one waits already."""
        await self._queue.put(work)

    @property
    def idle(self) -> bool:
        return self._doing is None and self._queue.empty()

    async def _run(self) -> None:
        while True:
            self._doing = await self._queue.get()
            await self._patiently(self._doing)
            self._doing = None
            self._queue.task_done()

    async def _patiently(self, work: Work) -> None:
        """Tries until the span is in the tables, or has become stale by a seek or a rebalance."""
        span, attempt = work.span, 0
        name = f"{self.tp.topic}/{self.tp.partition}"
        while span.turn == self._turn(self.tp):
            try:
                store = await self._connected()
                await self._refuse_bad_release(store, work.batch)
                applied = await store.apply(span.partition, span.start, span.end, work.batch)
            except OutOfStep as gap:
                log.warning("out of step: partition=%s span=%d..%d table=%d", name, span.start, span.end, gap.next)
                self._health.waiting.pop(name, None)
                await self._seek(self.tp, gap.next, span.turn)
                return
            except Retry as exc:
                self._health.fail(name, str(exc))
                pause = PAUSES_S[min(attempt, len(PAUSES_S) - 1)]
                attempt += 1
                log.warning("retry: partition=%s attempt=%d reason=%s", name, attempt, exc)
                await self._disconnect()
                await asyncio.sleep(pause)
                continue
            self._health.waiting.pop(name, None)
            self._applied(self.tp, span.end, span.turn)
            if applied.rejected:
                log.warning("dead letters: partition=%s span=%d..%d n=%d", name, span.start, span.end, applied.rejected)
            if not applied.dropped:
                await self._judge_sources(store, work.batch)
            return
        self._health.waiting.pop(name, None)

    async def _refuse_bad_release(self, store: Store, batch: Batch) -> None:
        """Raises :class:`Stop` rather than taking everything of several sources away as dead letters."""
        known = await store.sources()
        if self._health.rejects.hopeless(len(batch.accepted), (r.source for r in batch.rejected), known):
            raise Stop("everything from several sources has failed since this process began: a bad release?")

    async def _judge_sources(self, store: Store, batch: Batch) -> None:
        alarms = self._health.rejects.seen(
            (a.entry.source for a in batch.accepted), (r.source for r in batch.rejected), await store.sources()
        )
        for alarm in alarms:
            say = log.info if alarm.over else log.error
            word = "in order again" if alarm.over else "rejects rise"
            say("source %s: source=%s rejected=%d records=%d", word, alarm.source, alarm.rejected, alarm.records)

    async def _connected(self) -> Store:
        if self._store is None or self._connection is None or self._connection.closed:
            self._connection = await connect(self._url)
            self._store = Store(self._connection, self._limit, self._points, self._rulebook, self._guard)
        return self._store

    async def _disconnect(self) -> None:
        connection, self._connection, self._store = self._connection, None, None
        if connection is not None:
            await connection.close()

    async def finish(self) -> None:
        """Closes it once what it has in hand is in the tables, or has become stale."""
        await self._queue.join()
        await self.close()

    async def close(self) -> None:
        self.task.cancel()
        await self._disconnect()


class Lanes:
    """The lanes of this process, by partition; opened as partitions come, closed when they go to another worker: each
    holds a connection."""

    def __init__(
        self,
        url: str,
        health: LaneHealth,
        topics: dict[str, Topic],
        seek: Callable[[TP, int, int], Awaitable[None]],
        turn: Callable[[TP], int],
        applied: Callable[[TP, int, int], None],
        on_crash: Callable[[BaseException], None],
        history_limit: int,
        points: CrashPoints,
        guard: GuardRoom | None = None,
    ) -> None:
        self._url = url
        self._health = health
        self._guard = guard
        self._decoders = {name: Decoder(topic) for name, topic in topics.items()}
        self._seek = seek
        self._turn = turn
        self._applied = applied
        self._on_crash = on_crash
        self._limit = history_limit
        self._points = points
        self._rulebook = Rulebook()
        self._lanes: dict[TP, Lane] = {}
        self._finishing: set[asyncio.Task[None]] = set()

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
            batch = self._decoders[tp.topic].batch(span.hand_over())
        except Exception as exc:
            self._on_crash(exc)
            raise
        self._points.reached("decoded")
        await self._lane(tp).put(Work(span, batch))

    def drop(self, tps: Iterable[TP]) -> None:
        """These partitions are somebody else's now."""
        for tp in tps:
            lane = self._lanes.pop(tp, None)
            if lane is not None:
                ending = asyncio.ensure_future(lane.finish())
                self._finishing.add(ending)
                ending.add_done_callback(self._finishing.discard)

    def get(self, tp: TP) -> Lane | None:
        return self._lanes.get(tp)

    @property
    def opened(self) -> tuple[TP, ...]:
        return tuple(self._lanes)

    @property
    def idle(self) -> bool:
        return all(lane.idle for lane in self._lanes.values())

    def _lane(self, tp: TP) -> Lane:
        lane = self._lanes.get(tp)
        if lane is None:
            lane = Lane(
                tp,
                self._url,
                self._health,
                self._seek,
                self._turn,
                self._applied,
                self._limit,
                self._points,
                self._rulebook,
                self._guard,
            )
            lane.task.add_done_callback(self._done)
            self._lanes[tp] = lane
        return lane

    def _done(self, task: "asyncio.Future[None]") -> None:
        if not task.cancelled() and (exc := task.exception()) is not None:
            self._on_crash(exc)

    async def close(self) -> None:
        for lane in self._lanes.values():
            await lane.close()
        for ending in self._finishing:
            ending.cancel()
