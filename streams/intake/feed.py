"""Sends events to one topic, as many as Kafka takes, and knows where the acknowledged ones lie."""

import asyncio
from types import TracebackType
from typing import Any, Self

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from streams.errors import Retry

LINGER_MS = 20  # our topics are flushed on every batch, so batches should be worth it
BATCH_BYTES = 131_072
REQUEST_MS = 60_000  # a broker that is back within a minute is waited for
YIELD_EVERY = 200


class KafkaFeed:
    """A context. Every call raises :class:`Retry` once Kafka has failed to acknowledge something."""

    def __init__(
        self, bootstrap: str, topic: str, client_id: str = "ioc-intake", compression: str | None = None
    ) -> None:
        self.sent = 0
        self.acknowledged = 0
        self.first: dict[int, int] = {}  # offset of the first and behind the last acknowledged, by partition
        self.next: dict[int, int] = {}
        self._bootstrap = bootstrap
        self._topic = topic
        self._client_id = client_id
        self._failure: BaseException | None = None
        self._compression = compression
        self._producer: Any = None

    async def __aenter__(self) -> Self:
        self._producer = AIOKafkaProducer(
            bootstrap_servers=self._bootstrap,
            client_id=self._client_id,
            acks="all",
            linger_ms=LINGER_MS,
            compression_type=self._compression,
            max_batch_size=BATCH_BYTES,
            request_timeout_ms=REQUEST_MS,
        )
        try:
            await self._producer.start()
        except (KafkaError, OSError) as exc:
            await self._producer.stop()
            raise Retry(f"Kafka: {type(exc).__name__}") from exc
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        await self._producer.stop()

    async def partitions(self) -> list[int]:
        """The topic's partitions as they are now."""
        return sorted(await self._producer.partitions_for(self._topic))

    async def send(self, key: bytes, value: bytes) -> None:
        """Takes the event as soon as its partition's batch has room for it."""
        self._check()
        try:
            future = await self._producer.send(self._topic, value, key)
        except (KafkaError, OSError) as exc:
            raise Retry(f"Kafka: {type(exc).__name__}") from exc
        future.add_done_callback(self._acknowledge)
        self.sent += 1
        if self.sent % YIELD_EVERY == 0:
            await asyncio.sleep(0)

    async def flush(self) -> None:
        """Returns when everything sent has been acknowledged."""
        await self._producer.flush()
        await asyncio.sleep(0)  # the last callbacks
        self._check()

    def _acknowledge(self, future: "asyncio.Future[Any]") -> None:
        if future.cancelled():
            return
        failure = future.exception()
        if failure is not None:
            self._failure = failure
            return
        record = future.result()
        self.acknowledged += 1
        self.first[record.partition] = min(self.first.get(record.partition, record.offset), record.offset)
        self.next[record.partition] = max(self.next.get(record.partition, 0), record.offset + 1)

    def _check(self) -> None:
        if self._failure is not None:
            raise Retry(f"Kafka: {type(self._failure).__name__}") from self._failure
