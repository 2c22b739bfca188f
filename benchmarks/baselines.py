"""What the product is compared with: two Faust agents as one would write them first, doing the same fold.

``python -m benchmarks.baselines plain``: one event, one transaction, its statements one after the other.
``python -m benchmarks.baselines take``: ``stream.take(1000)``, and each partition's part through the product's store.
Both consume with Faust's own transport and commits.
"""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faust
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas.topics import CASES
from streams.broker import Broker
from streams.decode import Batch, Decoder
from streams.span import Partition
from streams.store import Store, connect


class BaselineSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore")

    kafka: str
    database_streams: str
    home: Path
    topic_suffix: str = ""


class _Record:
    """A Faust message as the decoder wants it: Kafka's timestamp in milliseconds."""

    __slots__ = ("offset", "timestamp", "value")

    def __init__(self, message: Any) -> None:
        self.offset: int = message.offset
        self.timestamp = int(message.timestamp * 1000)
        self.value: bytes | None = message.value


class Taker:
    """Hands events to the product's store, partition by partition, from where its table stands."""

    def __init__(self, settings: BaselineSettings, topic: str) -> None:
        self._settings = settings
        self._topic = topic
        self._decoder = Decoder(CASES)
        self._store: Store | None = None
        self._at: dict[int, tuple[Partition, int]] = {}

    async def take(self, messages: list[Any]) -> None:
        parts: dict[int, Batch] = {}
        for message in messages:
            batch = self._decoder.batch([_Record(message)])
            part = parts.setdefault(message.partition, Batch())
            part.accepted += batch.accepted
            part.rejected += batch.rejected
        for number, part in parts.items():
            partition, start = await self._position(number)
            end = max([a.offset for a in part.accepted] + [r.offset for r in part.rejected]) + 1
            assert self._store is not None
            await self._store.apply(partition, start, end, part)
            self._at[number] = (partition, end)

    async def _position(self, number: int) -> tuple[Partition, int]:
        if self._store is None:
            self._store = Store(await connect(self._settings.database_streams))
        if number not in self._at:
            identity = await asyncio.to_thread(Broker(self._settings.kafka).identity, [self._topic])
            partition = Partition(identity.cluster_id, identity.topic_ids[self._topic], self._topic, number)
            await self._store.begin(partition, 0)
            self._at[number] = (partition, 0)
        return self._at[number]


def app(settings: BaselineSettings, which: str) -> faust.App:
    topic = CASES.name + settings.topic_suffix
    made = faust.App(
        f"bench-{which}{settings.topic_suffix}",
        broker=f"aiokafka://{settings.kafka}",
        store="memory://",
        datadir=str(settings.home / which),
        autodiscover=False,
        web_enabled=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        consumer_auto_offset_reset="earliest",
    )
    taker = Taker(settings, topic)
    agents: dict[str, Callable[[Any], Any]] = {"plain": _plain(taker), "take": _take(taker)}
    made.agent(made.topic(topic, value_serializer="raw", key_serializer="raw"), name=which)(agents[which])
    return made


def _plain(taker: Taker) -> Callable[[Any], Any]:
    async def plain(stream: Any) -> None:
        async for event in stream.events():
            await taker.take([event.message])

    return plain


def _take(taker: Taker) -> Callable[[Any], Any]:
    async def take(stream: Any) -> None:
        async for events in stream.take_events(1000, within=1.0):
            await taker.take([event.message for event in events])

    return take


if __name__ == "__main__":
    settings: Any = BaselineSettings()  # type: ignore[call-arg]
    faust.Worker(app(settings, sys.argv[1]), loglevel="WARNING", quiet=True).execute_from_commandline()
