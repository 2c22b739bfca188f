"""Faust's Kafka transport, bent to spans and to offsets that live in the database.

The seams it leans on, each held by ``tests/integration/test_faust_seams.py``: ``Consumer._getmany`` is the only way in
of records; ``Consumer.perform_seek`` runs after every rebalance, when nothing is being fetched; a record's ``offset``
is compared with ``_read_offset``; ``seek_wait`` moves the fetcher. Pinned to faust-streaming 0.15.3.
"""

import asyncio
import logging
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from faust.transport.drivers import aiokafka as driver
from faust.types import TP
from faust.types.tuples import ConsumerMessage

from streams.errors import Retry, Stop
from streams.positions import Position, Positions
from streams.span import Span, spans

log = logging.getLogger(__name__)
EX_CONFIG = 78  # an operator has to decide; the supervisor tries again, more and more slowly


class SpanConsumer(driver.Consumer):  # type: ignore[misc]
    """Hands out one :class:`Span` per fetched partition instead of one message per record.

    A span begins where the one before it ended, or at the offset sought. Whatever Faust drops between here and the
    agent (a rebalance, a pause) therefore leaves a gap that the store's fence sees, never a silent loss.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at: dict[TP, Position] = {}
        self._turn: dict[TP, int] = {}
        self._room = asyncio.Event()

    def on_buffer_drop(self, tp: TP) -> None:
        super().on_buffer_drop(tp)
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
        """To where the table stands, for every assigned partition."""
        positions: Positions = self.transport.positions
        assigned = {TP(tp.topic, tp.partition) for tp in self.assignment()}
        try:
            found = await positions.begin((tp.topic, tp.partition) for tp in assigned)
        except (Retry, Stop) as exc:
            log.critical("cannot begin: reason=%s", exc)
            os._exit(EX_CONFIG)
        self._at = {}
        for (topic, number), position in found.items():
            await self._move(TP(topic, number), position)
        log.info("began: positions=%s", {f"{t}/{n}": p.next for (t, n), p in sorted(found.items())})

    async def seek_to(self, tp: TP, offset: int) -> None:
        """Goes back to ``offset``; spans handed out before are stale."""
        at = self._at.get(tp)
        if at is not None:
            await self._move(tp, Position(at.partition, offset))

    async def _move(self, tp: TP, position: Position) -> None:
        self._turn[tp] = self._turn.get(tp, 0) + 1
        self._at[tp] = position
        await self.seek_wait({tp: position.next})
        self._read_offset[tp] = position.next or None
        self._committed_offset[tp] = position.next or None

    def turn(self, tp: TP) -> int:
        """Which turn spans of the partition must have to count."""
        return self._turn.get(tp, 0)

    def positions(self) -> dict[tuple[str, int], tuple[str, int]]:
        """Per assigned (topic, partition): the topic id it was begun with, and the offset that is handed out next."""
        return {(tp.topic, tp.partition): (at.partition.topic_id, at.next) for tp, at in self._at.items()}

    def behind(self, tp: TP) -> bool:
        """Whether Kafka holds records of the partition that have not been handed out."""
        at, end = self._at.get(tp), self.highwater(tp)
        return at is not None and end is not None and at.next < end

    async def _getmany(
        self,
        active_partitions: set[TP] | None,
        timeout: float,  # noqa: ASYNC109
    ) -> Mapping[TP, list[Span]]:
        turns = dict(self._turn)
        fetched = await super()._getmany(active_partitions, timeout)
        out: dict[TP, list[Span]] = {}
        for key, records in fetched.items():
            tp = TP(key.topic, key.partition)
            at = self._at.get(tp)
            if at is None or not records:
                continue
            if self._turn.get(tp) != turns.get(tp):
                # A seek came between: these may be records from before it. Seek again, now that nothing is fetched.
                await self.seek_wait({tp: at.next})
                continue
            made = list(spans(at.partition, at.next, records, self._turn[tp]))
            self._at[tp] = Position(at.partition, made[-1].end)
            out[tp] = made
        return out

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


class SpanTransport(driver.Transport):  # type: ignore[misc]
    """The transport of an app whose offsets live in the database."""

    Consumer = SpanConsumer

    def __init__(self, url: Iterable[Any], app: Any, positions: Positions, **kwargs: Any) -> None:
        super().__init__(url, app, **kwargs)
        self.positions = positions
