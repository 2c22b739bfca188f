"""What an import sends is in Kafka, byte for byte, under the case's key, where it says it is."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from infra.endpoints import DatabaseUrls
from schemas.topics import CASES_HISTORY, Topic
from streams.errors import Retry
from streams.intake.arrival import Arrival
from streams.intake.errors import IntakeError
from streams.intake.feed import KafkaFeed
from streams.intake.importing import LogReading, bring
from streams.intake.mapping import load
from streams.intake.outgoing import Outgoing
from streams.intake.rows import Rejection
from tests.unit.intake import HASHER, mapping


class Unseen:
    """A viewer that keeps nothing but the rejections."""

    def __init__(self) -> None:
        self.rejections: list[Rejection] = []

    def read(self, position: int, size: int) -> None: ...

    def sent(self, sent: int, acknowledged: int) -> None: ...

    def taken(self, so_far: Arrival) -> None: ...

    def rejected(self, rejection: Rejection) -> None:
        self.rejections.append(rejection)


async def records(kafka: str, feed: KafkaFeed, topic: str) -> dict[int, list[tuple[bytes, bytes]]]:
    """Key and value of every record that the feed says it has sent, by partition."""
    found: dict[int, list[tuple[bytes, bytes]]] = defaultdict(list)
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, enable_auto_commit=False)
    await consumer.start()
    try:
        for number, end in feed.next.items():
            partition = TopicPartition(topic, number)
            consumer.assign([partition])
            consumer.seek(partition, feed.first[number])
            while len(found[number]) < end - feed.first[number]:
                record = await consumer.getone()
                found[number].append((record.key, record.value))
    finally:
        await consumer.stop()
    return found


def events_of(path: Path) -> list[Outgoing]:
    return list(LogReading(path, load("xes"), CASES_HISTORY, HASHER, Unseen()).events())


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A bare XES log of 500 cases with three steps each."""
    event = (
        '<event><string key="concept:name" value="{step}"/><date key="time:timestamp" value="{time}"/></event>'
    ).format
    path = tmp_path / "log.xes"
    traces = (
        f'<trace><string key="concept:name" value="c{case}"/>'
        + "".join(event(step=step, time=f"2024-01-31T08:{case % 60:02d}:{step}0+07:00") for step in range(3))
        + "</trace>"
        for case in range(500)
    )
    path.write_text(f"<log>{''.join(traces)}</log>", "utf-8")
    return path


async def test_events_are_in_kafka_as_they_were_made(kafka: str, make_topic: Callable[..., Topic], log: Path) -> None:
    topic = make_topic(CASES_HISTORY)
    events = events_of(log)

    async with KafkaFeed(kafka, topic.name) as feed:
        assert await feed.partitions() == list(range(topic.partitions))
        for event in events:
            await feed.send(event.key, event.value)
        await feed.flush()

    assert (feed.sent, feed.acknowledged) == (2_000, 2_000)
    found = await records(kafka, feed, topic.name)
    assert Counter(record for part in found.values() for record in part) == Counter((e.key, e.value) for e in events)
    cases = [{key for key, _ in part} for part in found.values()]
    assert sum(map(len, cases)) == 500, "a case stays in one partition"


async def test_a_kafka_that_is_away_is_told_at_once() -> None:
    with pytest.raises(Retry, match="Kafka"):
        await asyncio.wait_for(KafkaFeed("127.0.0.1:1", "ioc.cases").__aenter__(), 20)


async def test_nothing_is_sent_while_no_worker_runs(
    kafka: str, make_topic: Callable[..., Topic], database: DatabaseUrls, log: Path
) -> None:
    topic = make_topic(CASES_HISTORY)

    with pytest.raises(IntakeError, match=r"no worker is running .*ioc up"):
        await bring(LogReading(log, load("xes"), topic, HASHER, Unseen()), kafka, database.streams, Unseen())

    async with KafkaFeed(kafka, topic.name) as feed:
        await feed.send(b"c", b"first")
        await feed.flush()
    assert set(feed.first.values()) == {0}


async def test_a_mapping_that_does_not_fit_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("a,b\n1,2\n", "utf-8")

    with pytest.raises(IntakeError, match="not there"):
        next(LogReading(path, mapping(), CASES_HISTORY, HASHER, Unseen()).events())
