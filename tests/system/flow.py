"""Generated case events with known totals, and the producer that sends them.

The tally is kept beside the generator in plain counting and shares no code with the fold.
"""

import asyncio
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiokafka import AIOKafkaProducer

UNITS = tuple(f"Phường {n:02d}" for n in range(1, 16))
PROCEDURES = tuple(f"1.{n:05d}" for n in range(1, 9))
CHANNELS = ("online", "direct", "post", "other")
FIRST = datetime(2024, 3, 1, tzinfo=UTC)
PROVINCE = timedelta(hours=7)
BATCH = 100

Bucket = tuple[str, str, str, str, str]  # unit, day, channel, procedure, counter


@dataclass(frozen=True, slots=True)
class Message:
    """One record to send. ``adds``: the buckets that it counts in, empty for a repetition or a broken one."""

    key: str
    value: bytes
    partition: int | None  # None: by the key's hash
    name: tuple[str, str] | None  # (id, subject) of an event that is new with this record
    adds: tuple[Bucket, ...]


@dataclass
class _Case:
    subject: str
    unit: str
    channel: str
    procedure: str
    at: datetime
    due: datetime
    events: int = 0
    ended: bool = False


@dataclass
class Flow:
    """Messages in the order in which they are sent, and what they come to in the end."""

    messages: list[Message]
    source: str
    names: set[tuple[str, str]] = field(default_factory=set)
    tally: Counter[Bucket] = field(default_factory=Counter)
    broken: int = 0
    repeated: int = 0

    @property
    def totals(self) -> Counter[str]:
        totals: Counter[str] = Counter()
        for bucket, amount in self.tally.items():
            totals[bucket[-1]] += amount
        return totals


def generate(rng: random.Random, events: int, *, source: str = "urn:test:flow", partitions: int = 4) -> Flow:
    """Some 5 % are sent to another partition than their key's, 4 % come late, 3 % twice, 0.5 % cannot be decoded."""
    flow = Flow([], source)
    open_cases: list[_Case] = []
    held: list[Message] = []
    numbers = iter(range(10**9))
    while len(flow.names) < events:
        case = _next_case(rng, open_cases, numbers, source)
        message = _message(rng, case, source, partitions)
        assert message.name is not None
        flow.names.add(message.name)
        flow.tally.update(message.adds)
        if rng.random() < 0.04:
            held.append(message)
        else:
            flow.messages.append(message)
        if held and rng.random() < 0.05:
            flow.messages.append(held.pop(rng.randrange(len(held))))
        if rng.random() < 0.03 and flow.messages:
            again = flow.messages[rng.randrange(max(0, len(flow.messages) - 2000), len(flow.messages))]
            if again.name is not None:
                flow.repeated += 1
                flow.messages.append(Message(again.key, again.value, rng.randrange(partitions), None, ()))
        if rng.random() < 0.005:
            flow.broken += 1
            flow.messages.append(Message("?", b'{"broken": ' + str(flow.broken).encode(), None, None, ()))
    flow.messages.extend(held)
    return flow


def _next_case(rng: random.Random, open_cases: list[_Case], numbers: Iterator[int], source: str) -> _Case:
    if len(open_cases) < 200 or rng.random() < 0.15:
        at = FIRST + timedelta(minutes=rng.randrange(60 * 24 * 90))
        case = _Case(
            f"{source[-4:]}-{next(numbers):07d}",
            rng.choice(UNITS),
            rng.choice(CHANNELS),
            rng.choice(PROCEDURES),
            at,
            at + timedelta(days=rng.randrange(1, 20)),
        )
        open_cases.append(case)
        return case
    index = rng.randrange(len(open_cases))
    case = open_cases[index]
    if case.events >= 3 and rng.random() < 0.3:
        open_cases[index] = open_cases[-1]
        open_cases.pop()
        case.ended = True
    return case


def _message(rng: random.Random, case: _Case, source: str, partitions: int) -> Message:
    case.events += 1
    at = case.at if case.events == 1 else case.at + timedelta(minutes=rng.randrange(1, 60 * 24 * 25))
    unit = case.unit
    if case.events == 1:
        kind = "accepted"
        data: dict[str, object] = {
            "unit": unit,
            "channel": case.channel,
            "procedure": case.procedure,
            "due_at": case.due.isoformat(),
        }
        counters = ["accepted"]
    elif case.ended:
        kind, data = "finished", {"unit": unit}
        counters = ["finished", "late" if at > case.due else "on_time"]
    elif rng.random() < 0.8:
        unit = rng.choice(UNITS)
        kind, data = "step", {"unit": unit, "name": "Thẩm định hồ sơ"}
        counters = ["steps"]
    else:
        kind, data = "paid", {"unit": unit, "online": True}
        counters = ["paid"]
    day = (at + PROVINCE).date().isoformat()
    id = f"{case.subject}/{case.events}"
    value = {
        "specversion": "1.0",
        "id": id,
        "source": source,
        "type": f"case.{kind}.v1",
        "subject": case.subject,
        "time": at.isoformat(),
        "data": data,
    }
    adds = tuple((unit, day, case.channel, case.procedure, counter) for counter in counters)
    partition = rng.randrange(partitions) if rng.random() < 0.05 else None
    return Message(case.subject, json.dumps(value, ensure_ascii=False).encode(), partition, (id, case.subject), adds)


class Sender(threading.Thread):
    """Sends a flow's messages at a pace, for as long as that takes, through whatever happens to the broker.

    ``sent`` is counted before a message leaves, ``ends`` after it was acknowledged: no reader can be ahead of the one,
    Kafka is never behind the other.
    """

    def __init__(self, kafka: str, topic: str, messages: Sequence[Message], per_s: float | None = None) -> None:
        super().__init__(daemon=True)
        self._kafka = kafka
        self._topic = topic
        self._messages = messages
        self._per_s = per_s
        self._lock = threading.Lock()
        self._sent: Counter[str] = Counter()
        self._events = 0
        self.ends: dict[int, int] = {}
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            asyncio.run(self._send())
        except BaseException as exc:  # noqa: BLE001 (said by finish())
            self.failure = exc

    def hurry(self) -> None:
        """Sends the rest without a pace."""
        self._per_s = None

    def finish(self, timeout: float = 300) -> None:
        self.join(timeout)
        if self.failure is not None:
            raise self.failure
        assert not self.is_alive(), "the producer did not come to its end"

    def sent(self) -> tuple[int, Counter[str]]:
        """How many distinct events have been sent, and what they come to at most, by counter."""
        with self._lock:
            return self._events, self._sent.copy()

    def acknowledged(self) -> dict[int, int]:
        """Per partition, an offset that Kafka's end has reached at least."""
        return dict(self.ends)

    async def _send(self) -> None:
        producer = AIOKafkaProducer(
            bootstrap_servers=self._kafka,
            enable_idempotence=True,
            linger_ms=10,
            request_timeout_ms=120_000,
            max_batch_size=65_536,
        )
        await producer.start()
        try:
            began = time.monotonic()
            for first in range(0, len(self._messages), BATCH):
                await self._batch(producer, self._messages[first : first + BATCH])
                if (pace := self._per_s) is not None:
                    due = began + (first + BATCH) / pace
                    await asyncio.sleep(max(0.0, due - time.monotonic()))
        finally:
            await producer.stop()

    async def _batch(self, producer: AIOKafkaProducer, batch: Sequence[Message]) -> None:
        with self._lock:
            for message in batch:
                self._events += message.name is not None
                self._sent.update(bucket[-1] for bucket in message.adds)
        waiting = [
            await producer.send(self._topic, message.value, message.key.encode(), partition=message.partition)
            for message in batch
        ]
        for done in await asyncio.gather(*waiting):
            self.ends[done.partition] = max(self.ends.get(done.partition, 0), done.offset + 1)
