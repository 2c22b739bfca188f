"""Sends records to Kafka and says which of them it has on disk.

Not the idempotent producer: after an outage it may refuse everything for ever, and a record that comes twice changes no
table. A record that was given up on here may still arrive; its sender sends it again, which changes nothing either.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from streams.errors import Retry
from streams.intake.gateway.events import GatewayEvent

log = logging.getLogger(__name__)

BATCH_BYTES = 131_072
LOOK_EVERY_S = 1.0
STOP_S = 3.0


class NotTaken(Retry):
    """Kafka has not said of every record that it is on disk. ``taken``: the indices of which it has."""

    def __init__(self, taken: Sequence[int]) -> None:
        super().__init__("Kafka does not answer")
        self.taken = tuple(taken)


class Outbox:
    """A context. ``away`` is true from when Kafka has answered nobody for as long as a request waits, until it answers
    again: meanwhile nothing waits for it, so an outage does not fill the process with waiting requests."""

    def __init__(self, bootstrap: str, *, linger_ms: int, answer_s: float, client: str = "ioc-gateway") -> None:
        self.away = True
        self._answer_s = answer_s
        self._answered = 0.0  # when Kafka last had a record on disk, by the loop's clock
        self._options: dict[str, Any] = {
            "bootstrap_servers": bootstrap,
            "client_id": client,
            "acks": "all",
            "linger_ms": linger_ms,
            "max_batch_size": BATCH_BYTES,
            "request_timeout_ms": max(1_000, int(answer_s * 1000)),
        }
        self._producer: Any = None
        self._keeper: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Comes back at once: without Kafka everything is refused until it is there."""
        self._keeper = asyncio.create_task(self._keep())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper
        if self._producer is not None:
            with suppress(TimeoutError, KafkaError, OSError):
                await asyncio.wait_for(self._producer.stop(), STOP_S)

    async def send(self, records: Sequence[GatewayEvent]) -> None:
        """Returns once Kafka has every one on disk. Raises :class:`NotTaken`; what it names is on disk."""
        if self.away:
            raise NotTaken(())
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._answer_s
        futures: list[asyncio.Future[Any]] = []
        failed = False
        try:
            async with asyncio.timeout_at(deadline):
                for record in records:
                    future = await self._producer.send(record.topic, record.value, record.key)
                    future.add_done_callback(self._seen)
                    futures.append(future)
        except (TimeoutError, KafkaError, OSError) as exc:
            failed = True
            self._lost(exc)
        if futures:
            await asyncio.wait(futures, timeout=max(0.0, deadline - loop.time()))
        taken = [index for index, future in enumerate(futures) if _taken(future)]
        if failed or len(taken) < len(records):
            if not failed:
                self._lost(next((f.exception() for f in futures if f.done() and not f.cancelled()), None))
            raise NotTaken(taken)

    def _seen(self, future: "asyncio.Future[Any]") -> None:
        """A failure that nobody waits for any more is none to be reported: its request was answered 503."""
        if _taken(future):
            self._answered = future.get_loop().time()

    def _lost(self, exc: BaseException | None) -> None:
        if self.away or asyncio.get_running_loop().time() - self._answered < self._answer_s:
            return
        log.warning("kafka=away error=%s", type(exc).__name__ if exc else "Timeout")
        self.away = True

    async def _keep(self) -> None:
        """Begins the producer, and looks for Kafka while it is away."""
        while True:
            if self.away:
                try:
                    await self._look()
                except (TimeoutError, KafkaError, OSError) as exc:
                    log.info("kafka=away error=%s", type(exc).__name__)
                else:
                    self.away = False
                    log.info("kafka=there")
            await asyncio.sleep(LOOK_EVERY_S)

    async def _look(self) -> None:
        async with asyncio.timeout(self._answer_s):
            if self._producer is None:
                producer = AIOKafkaProducer(**self._options)
                try:
                    await producer.start()
                except BaseException:
                    await producer.stop()
                    raise
                self._producer = producer
            else:
                await self._producer.client.fetch_all_metadata()


def _taken(future: "asyncio.Future[Any]") -> bool:
    return future.done() and not future.cancelled() and future.exception() is None
