"""Faust's Kafka transport, bent to spans and to offsets that live in the database.

The seams it leans on, each held by ``tests/integration/faust_seams.py``: ``Consumer._getmany`` is the only way in
of records, and moves the fetcher's position past control records too; ``Consumer.perform_seek`` runs after every
rebalance, before anything is fetched; a message's offset is compared with ``_read_offset``, which therefore forgets;
``seek_wait`` moves the fetcher; ``_wait_next_records`` asks for active partitions; what is fetched passes of a
partition that is active or *buffered*. Pinned to faust-streaming 0.15.3.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, NoReturn

from aiokafka.errors import IllegalStateError, NoOffsetForPartitionError
from faust.tables import TableManager
from faust.transport.drivers import aiokafka as driver
from faust.types import TP
from faust.types.tuples import ConsumerMessage

from streams.errors import Retry, Stop
from streams.partition_positions import Position, Positions
from streams.span import Span, spans

log = logging.getLogger(__name__)
FETCH_WAIT_MS = 100
SPANS_AHEAD = 2  # of a partition: one on its way into the tables, and the one that is decoded meanwhile
LOOK_AGAIN_S = 0.02
EX_TEMPFAIL = 75  # a dependency is away for long; the supervisor tries again
EX_CONFIG = 78  # an operator has to decide; the supervisor tries again, more and more slowly


class _Unread(dict[TP, int | None]):
    """Stands for Faust's note of the offset it read last, by which it would drop what we have gone back to. Turns say
    what is stale."""

    def __getitem__(self, tp: TP) -> None:
        return None

    def __setitem__(self, tp: TP, offset: int | None) -> None:
        return None


class SpanThread(driver.AIOKafkaConsumerThread):  # type: ignore[misc]
    """Where aiokafka's consumer runs."""

    def _create_consumer(self, loop: asyncio.AbstractEventLoop) -> Any:
        consumer = super()._create_consumer(loop)
        # Faust's 1.5 s: a partition that had room too late for a request to the broker waits for its answer, which
        # comes at once only where one of the other partitions has records.
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS
        return consumer

    def fetched_to(self, tp: TP) -> int | None:
        """Before which everything was handed out or is no record; ``None`` while the partition is not ours."""
        subscription = self._consumer._subscription.subscription if self._consumer is not None else None
        assignment = subscription.assignment if subscription is not None else None
        state = assignment.state_value(tp) if assignment is not None else None
        return state.position if state is not None and state.has_valid_position else None


class SpanConsumer(driver.Consumer):  # type: ignore[misc]
    """Hands out one :class:`Span` per fetched partition instead of one message per record.

    A span begins where the one before it ended, or at the offset sought. Whatever Faust drops between here and the
    agent (a rebalance, a pause) therefore leaves a gap that the store's fence sees, or that :meth:`handed_out` shows
    against :meth:`progress` where nothing comes after it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._read_offset = _Unread()
        self._at: dict[TP, Position] = {}  # what is handed out next
        self._done: dict[TP, int] = {}  # before which everything is in the tables, as far as we know
        self._turn: dict[TP, int] = {}
        self._ahead: dict[TP, int] = {}  # spans handed out that are not in the tables
        self._stamp: dict[TP, float] = {}  # Kafka's time of the first record of the last span, in seconds
        self.begun: dict[str, str] = {}  # topic → the id under which it was last begun here, held or not
        self._served: set[TP] = set()  # of which records came, since all were asked for together
        self._seeking = asyncio.Lock()
        self._room = asyncio.Event()

    def _new_consumer_thread(self) -> SpanThread:
        return SpanThread(self, loop=self.loop, beacon=self.beacon)

    def assigned(self) -> set[TP]:
        return {TP(tp.topic, tp.partition) for tp in self.assignment()}

    def on_buffer_full(self, tp: TP) -> None:
        """Nothing. Faust gives a partition room again when its queue is found empty, which never comes where another
        partition's spans arrive as fast as they are taken. Each partition has its own room here (``SPANS_AHEAD``)."""

    def on_buffer_drop(self, tp: TP) -> None:
        """Nothing, as :meth:`on_buffer_full`."""

    def _count_ahead(self, tp: TP, spans: int) -> None:
        """So many are handed out and not yet in the tables; it is fetched from while there is room."""
        self._ahead[tp] = spans
        if spans >= SPANS_AHEAD:
            super().on_buffer_full(tp)
        elif tp in self._buffered_partitions:
            super().on_buffer_drop(tp)
            self._active_partitions.difference_update(self._paused_partitions)  # Faust forgets that it was paused
            self._room.set()

    def resume_partitions(self, tps: Iterable[TP]) -> None:
        super().resume_partitions(tps)
        self._room.set()

    async def _wait_next_records(  # the name and the parameter are Faust's
        self,
        timeout: float,  # noqa: ASYNC109
    ) -> tuple[Mapping[TP, list[Span]], set[TP]]:
        """While no partition may be fetched from, Faust sleeps for a second; we go on as soon as one has room."""
        if self.flow_active and not self._get_active_partitions():
            self._room.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._room.wait(), timeout)
            if not self._get_active_partitions():
                return {}, set()
        return await super()._wait_next_records(timeout)  # type: ignore[no-any-return]

    async def perform_seek(self) -> None:
        """To where the table stands, for every assigned partition. One at a time: Faust also calls it when it finds
        the flow stopped, and an assignment from before must not undo what was sought for the one that holds."""
        positions: Positions = self.transport.positions
        async with self._seeking:
            settled: set[TP] | None = None
            while settled != (assigned := self.assigned()):
                try:
                    found = await positions.begin((tp.topic, tp.partition) for tp in assigned)
                except Retry as exc:
                    self.transport.leave(EX_TEMPFAIL, f"cannot begin: {exc}")
                except Stop as exc:
                    self.transport.leave(EX_CONFIG, f"cannot begin: {exc}")
                if assigned != self.assigned():
                    continue
                gone = self._at.keys() - assigned
                for tp in gone:
                    self._turn[tp] = self.turn(tp) + 1  # what is on its way is stale: somebody else takes it
                self._at = {tp: at for tp, at in self._at.items() if tp in assigned}
                self.transport.revoked(gone)
                for (topic, number), position in found.items():
                    self.begun[topic] = position.partition.topic_id
                    await self._move(TP(topic, number), position)
                settled = assigned
            log.info("began: positions=%s", {f"{t}/{n}": p.next for (t, n), p in sorted(found.items())})

    async def seek_to(self, tp: TP, offset: int, turn: int) -> None:
        """Goes back to ``offset``, at which the table stands; spans handed out before are stale. Nothing, where
        another seek came since ``turn`` or the partition is no longer ours."""
        async with self._seeking:
            at = self._at.get(tp)
            if at is None or self.turn(tp) != turn or tp not in self.assigned():
                return
            with suppress(IllegalStateError):  # revoked meanwhile: a rebalance is on, and it seeks
                await self._move(tp, Position(at.partition, offset))

    async def _move(self, tp: TP, position: Position) -> None:
        self._turn[tp] = self._turn.get(tp, 0) + 1
        self._at[tp] = position
        self._done[tp] = position.next
        self._count_ahead(tp, 0)
        await self.seek_wait({tp: position.next})
        self._committed_offset[tp] = position.next or None

    def paused(self, tp: TP) -> bool:
        """Whether it waits because it was told to: an import behind live events."""
        return tp in self._paused_partitions

    def turn(self, tp: TP) -> int:
        """Which turn spans of the partition must have to count."""
        return self._turn.get(tp, 0)

    def applied(self, tp: TP, end: int, turn: int) -> None:
        """A span is in the tables, and with it everything before ``end``."""
        if turn == self.turn(tp):
            self._done[tp] = end
            self._count_ahead(tp, self._ahead[tp] - 1)

    def progress(self) -> dict[tuple[str, int], tuple[str, int]]:
        """Per assigned (topic, partition): the topic id it was begun with, and how far the tables hold it."""
        return {(tp.topic, tp.partition): (at.partition.topic_id, self._done[tp]) for tp, at in self._at.items()}

    def handed_out(self) -> dict[TP, tuple[int, int, int]]:
        """Per assigned partition: how far it was handed out, how far it is in the tables, in which turn."""
        return {tp: (at.next, self._done[tp], self.turn(tp)) for tp, at in self._at.items()}

    def late_since(self, tp: TP) -> float | None:
        """Kafka's time, in seconds, of about the oldest record that is not in the tables; ``None`` where all are."""
        end = self.highwater(tp)
        if end is None or self._done.get(tp, end) >= end:
            return None
        return self._stamp.get(tp)

    async def _getmany(  # the name and the parameters are Faust's
        self,
        active_partitions: set[TP] | None,
        timeout: float,  # noqa: ASYNC109
    ) -> Mapping[TP, list[Span]]:
        turns = dict(self._turn)
        if len(active_partitions or ()) < len(self._at):
            timeout = LOOK_AGAIN_S  # one may have room again before another has records
        try:
            fetched = await self._fetched(set(active_partitions or ()), timeout)
        except NoOffsetForPartitionError:
            return {}  # a rebalance gave us the partition while we were asking, and its seek is under way
        out: dict[TP, list[Span]] = {}
        for key, records in fetched.items():
            tp = TP(key.topic, key.partition)
            at = self._at.get(tp)
            if at is None or not records:
                continue
            if self._turn.get(tp) != turns.get(tp):
                # A seek came between: these may be records from before it. Seek again, now that nothing is fetched.
                with suppress(IllegalStateError):
                    await self.seek_wait({tp: at.next})
                continue
            made = list(spans(at.partition, at.next, records, self._turn[tp]))
            self._at[tp] = Position(at.partition, made[-1].end)
            self._stamp[tp] = records[0].timestamp / 1000
            out[tp] = made
            self._count_ahead(tp, self._ahead[tp] + len(made))
        for tp in (active_partitions or set()) - out.keys():
            if self._turn.get(tp) == turns.get(tp) and (markers := self._markers(tp)) is not None:
                out[tp] = [markers]
        return out

    def _markers(self, tp: TP) -> Span | None:
        """What was passed over since the last span without a record in it: where a producer's transaction ended. With
        nothing behind it the partition would look as if it stood still before its end."""
        at = self._at.get(tp)
        if at is None or (self.highwater(tp) or 0) <= at.next:
            return None
        end = self._thread.fetched_to(tp)
        if end is None or end <= at.next:
            return None
        self._at[tp] = Position(at.partition, end)
        self._count_ahead(tp, self._ahead[tp] + 1)
        return Span(at.partition, at.next, end, (), self._turn[tp])

    async def _fetched(self, active: set[TP], timeout: float) -> Mapping[TP, list[Any]]:  # noqa: ASYNC109
        """In turn: aiokafka goes on with one partition until it is through with all that it fetched of it."""
        others = active - self._served
        fetched = await super()._getmany(others, 0.0) if self._served and others else {}
        if fetched:
            self._served |= {TP(tp.topic, tp.partition) for tp in fetched}
            return fetched
        fetched = await super()._getmany(active, timeout)
        self._served = {TP(tp.topic, tp.partition) for tp in fetched}
        return fetched  # type: ignore[no-any-return]

    def _to_message(self, tp: TP, span: Span) -> ConsumerMessage:
        return ConsumerMessage(
            tp.topic,
            tp.partition,
            span.start,
            span.received / 1_000_000,
            1,
            (),
            None,
            span,
            None,
            0,
            0,
            tp,
            generation_id=self.app.consumer_generation_id,
        )


class NoTables(TableManager):  # type: ignore[misc]
    """Faust's tables, of which we have none: nobody need wait a second at each start for somebody to declare one."""

    async def on_start(self) -> None:
        await self._update_channels()
        await self.recovery.start()


class SpanTransport(driver.Transport):  # type: ignore[misc]
    """The transport of an app whose offsets live in the database."""

    Consumer = SpanConsumer

    def __init__(
        self, url: Iterable[Any], app: Any, positions: Positions, leave: Callable[[int, str], NoReturn], **kwargs: Any
    ) -> None:
        super().__init__(url, app, **kwargs)
        self.positions = positions
        self.leave = leave
        self.revoked: Callable[[Iterable[TP]], None] = lambda _tps: None
