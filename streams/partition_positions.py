"""Where each partition begins for this worker: the table says it, and Kafka says whether that still means anything."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from streams.broker import Broker, Extent
from streams.errors import Retry, Stop
from streams.partition_lanes import LaneHealth
from streams.span import Partition
from streams.store import Store, connect

log = logging.getLogger(__name__)
PAUSE_S = 1.0


@dataclass(frozen=True, slots=True)
class Position:
    partition: Partition
    next: int


class Positions:
    """Looks positions up with its own connections, so that a rebalance waits for no span."""

    def __init__(self, broker: Broker, database_url: str, health: LaneHealth, patience_s: float = 45.0) -> None:
        self._broker = broker
        self._url = database_url
        self._health = health
        self._patience_s = patience_s

    async def begin(self, assigned: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Position]:
        """The position of every assigned partition. Tries for a while when Kafka or the database is away: less than
        Faust waits for a seek (90 s), after which it would go on without.

        Raises :class:`Retry` after that, and :class:`Stop` where going on would skip or repeat something.
        """
        wanted = sorted(assigned)
        deadline = asyncio.get_running_loop().time() + self._patience_s
        while True:
            try:
                found = await self._begin(wanted)
            except Retry as exc:
                if asyncio.get_running_loop().time() > deadline:
                    raise
                log.warning("positions wait: reason=%s", exc)
                self._health.waiting["positions"] = str(exc)
                await asyncio.sleep(PAUSE_S)
            else:
                self._health.waiting.pop("positions", None)
                return found

    async def _begin(self, wanted: list[tuple[str, int]]) -> dict[tuple[str, int], Position]:
        topics = sorted({topic for topic, _ in wanted})
        identity = await asyncio.to_thread(self._broker.identity, topics)
        partitions = {
            (topic, n): Partition(identity.cluster_id, identity.topic_ids[topic], topic, n) for topic, n in wanted
        }
        connection = await connect(self._url)
        try:
            store = Store(connection)
            stands = {key: await self._stands(store, partition) for key, partition in partitions.items()}
            # Asked after the table: whoever held these partitions before may still be taking records from them, and an
            # end from before that would look as if Kafka had lost them.
            extents = await asyncio.to_thread(self._broker.extents, wanted)
            return {
                key: Position(partition, await self._first(store, partition, stands[key], extents[key]))
                for key, partition in partitions.items()
            }
        finally:
            await connection.close()

    @staticmethod
    async def _stands(store: Store, partition: Partition) -> int:
        await store.begin(partition, 0)
        return await store.next_offset(partition) or 0

    @staticmethod
    async def _first(store: Store, partition: Partition, stands: int, extent: Extent) -> int:
        name = f"{partition.topic}/{partition.number}"
        if stands > extent.end:
            raise Stop(
                f"{name} ends at {extent.end}, but {stands} were taken from it: Kafka has lost records (an older copy "
                "restored?). Restore the topic, or give it a new id by creating it again"
            )
        if stands < extent.first:
            log.error("hole: partition=%s from=%d to=%d", name, stands, extent.first)
            await store.skip_hole(partition, stands, extent.first)
            return extent.first
        return stands
