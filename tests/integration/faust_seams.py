"""The seams of Faust 0.15.3 and aiokafka 0.14.0 that the transport and the app lean on, each on the real Kafka.

A new version of either passes here first, or the plain aiokafka loop is the way out (DESIGN).
"""

import asyncio
import gc
import json
import secrets
import time
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import psycopg
import pytest
from aiokafka import AIOKafkaProducer
from faust.types import TP
from faust.types.tuples import Message

from infra.endpoints import DatabaseUrls
from infra.kafka.topics import ensure_topics
from schemas.topics import CASES, CASES_HISTORY
from streams.app import Worker
from streams.decode import Decoder
from streams.partition_lanes import Lanes
from streams.settings import WorkerSettings
from streams.span import Span
from streams.transport import FETCH_WAIT_MS, SPANS_AHEAD, SpanConsumer

warnings.filterwarnings("ignore", category=DeprecationWarning, module="kafka")

Take = Callable[[Lanes, Span], Awaitable[None]]


class Left(BaseException):
    """Instead of the end of the process."""


class Stage:
    """Topics and a database for workers that run in this process; ``taken`` is what their agents were given."""

    def __init__(self, kafka: str, database: DatabaseUrls, folder: Path) -> None:
        self.kafka = kafka
        self.database = database
        self.folder = folder
        self.suffix = f".seam-{secrets.token_hex(4)}"
        self.taken: list[Span] = []
        self.left: list[tuple[int, str]] = []
        self.number = 0

    @property
    def live(self) -> str:
        return CASES.name + self.suffix

    @property
    def group(self) -> str:
        return f"ioc-seams{self.suffix}"

    def settings(self, slot: str, **changes: Any) -> WorkerSettings:
        return WorkerSettings(
            kafka=self.kafka,
            database_streams=self.database.streams,
            home=self.folder,
            installation="seams",
            slot=slot,
            topic_suffix=self.suffix,
            topics="ioc.cases,ioc.cases.history",
            session_timeout_s=6,
            audit_every_s=0,
            **changes,
        )

    @asynccontextmanager
    async def worker(self, slot: str = "worker-1", **changes: Any) -> AsyncIterator[Worker]:
        """A running one, with its partitions."""
        (self.folder / "faust").mkdir(exist_ok=True)
        worker = Worker(self.settings(slot, **changes))
        await worker.app.start()
        await until(lambda: worker.health.begun and bool(worker.consumer.progress()))
        try:
            yield worker
        finally:
            with suppress(Left):
                await worker.app.stop()
            await worker.lanes.close()

    async def send(self, records: int, partition: int = 0, *, transaction: bool = False) -> None:
        name = f"seam-{secrets.token_hex(4)}" if transaction else None
        producer = AIOKafkaProducer(bootstrap_servers=self.kafka, linger_ms=5, transactional_id=name)
        await producer.start()
        if transaction:
            await producer.begin_transaction()
        waiting = []
        for _ in range(records):
            self.number += 1
            value = {
                "specversion": "1.0",
                "id": str(self.number),
                "source": "urn:test:seams",
                "type": "case.step.v1",
                "subject": f"S-{self.number % 50}",
                "time": "2024-03-01T00:00:00Z",
                "data": {"name": "bước"},
            }
            waiting.append(await producer.send(self.live, json.dumps(value).encode(), partition=partition))
        await asyncio.gather(*waiting)
        if transaction:
            await producer.commit_transaction()
        await producer.stop()

    async def commit(self, offset: int, partition: int = 0) -> None:
        """Kafka's own offset of the group, which must mean nothing."""
        from kafka import KafkaAdminClient, OffsetAndMetadata, TopicPartition

        def by_hand() -> None:
            client = KafkaAdminClient(bootstrap_servers=self.kafka)
            tp = TopicPartition(self.live, partition)
            client.alter_group_offsets(self.group, {tp: OffsetAndMetadata(offset, "", -1)})
            client.close()

        await asyncio.to_thread(by_hand)

    def stored(self) -> tuple[int, int]:
        """Events in the tables, and distinct offsets among them."""
        with psycopg.connect(self.database.screens) as db:
            row = db.execute('SELECT count(*), count(DISTINCT (partition, "offset")) FROM case_event').fetchone()
        assert row is not None
        return row

    def starts(self, partition: int = 0, topic: str | None = None) -> list[tuple[int, int]]:
        of = topic or self.live
        return [(s.start, s.end) for s in self.taken if s.partition.topic == of and s.partition.number == partition]


async def until(true: Callable[[], object], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true"
        await asyncio.sleep(0.02)


@pytest.fixture(autouse=True, scope="module")
def swept() -> Iterator[None]:
    """Faust stopped in the middle of a process leaves coroutines that nobody awaited; the warning about them must not
    fall on whatever test happens to run when they are collected."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        gc.collect()


@pytest.fixture
def stage(kafka: str, database: DatabaseUrls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    made = Stage(kafka, database, tmp_path)
    ensure_topics(kafka, [replace(topic, name=topic.name + made.suffix) for topic in (CASES, CASES_HISTORY)])
    take: Take = Lanes.take

    async def noted(self: Lanes, span: Span) -> None:
        made.taken.append(span)
        await take(self, span)

    def leave(code: int, why: str) -> NoReturn:
        made.left.append((code, why))
        raise Left(code, why)

    monkeypatch.setattr(Lanes, "take", noted)
    monkeypatch.setattr("streams.app.leave", leave)
    return made


def test_the_versions_are_those_that_were_tried() -> None:
    assert version("faust-streaming") == "0.15.3"
    assert version("aiokafka") == "0.14.0"


async def test_what_was_set_reaches_aiokafka(stage: Stage) -> None:
    async with stage.worker(max_poll_records=123) as worker:
        real = worker.consumer._thread._consumer
        assert real._max_poll_records == 123
        assert real._fetcher._fetch_max_wait_ms == FETCH_WAIT_MS
        assert real._max_partition_fetch_bytes == 4 * 1024 * 1024
        assert real._session_timeout_ms == 6_000
        assert real._auto_offset_reset == "none"
        assert real._enable_auto_commit is False
        assert real._coordinator._group_instance_id == f"seams{stage.suffix}-worker-1"
        assert real._group_id == stage.group


async def test_a_worker_begins_where_the_table_stands_whatever_kafka_holds(stage: Stage) -> None:
    await stage.send(20)
    async with stage.worker() as worker:
        await until(lambda: stage.stored() == (20, 20))
        await until(lambda: worker.consumer.progress()[stage.live, 0][1] == 20)
    for elsewhere in (7, 26):
        await stage.send(10)
        await stage.commit(elsewhere)
        stage.taken.clear()
        async with stage.worker():
            await until(lambda: stage.stored() == (stage.number, stage.number))
        assert stage.starts() == [(stage.number - 10, stage.number)]


async def test_kafkas_offset_is_never_written(stage: Stage) -> None:
    from kafka import KafkaAdminClient

    await stage.send(50)
    async with stage.worker() as worker:
        await until(lambda: stage.stored() == (50, 50))
        await worker.consumer.commit()
    client = KafkaAdminClient(bootstrap_servers=stage.kafka)
    assert client.list_group_offsets(stage.group)[stage.group] == {}
    client.close()


async def test_spans_are_contiguous_and_go_through_unchanged(stage: Stage) -> None:
    async with stage.worker(max_poll_records=30) as worker:
        for partition in range(3):
            await stage.send(100, partition)
        await until(lambda: stage.stored() == (300, 300))
        for partition in range(3):
            bounds = stage.starts(partition)
            assert bounds[0][0] == 0
            assert bounds[-1][1] == 100
            assert all(before[1] == after[0] for before, after in pairwise(bounds))
        assert all(type(span) is Span for span in stage.taken)
        assert {span.turn for span in stage.taken} == {worker.consumer.turn(TP(stage.live, 0))}


async def test_nothing_comes_in_but_through_getmany(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    real = SpanConsumer._getmany

    fetched: list[Any] = []

    async def nothing(self: SpanConsumer, active_partitions: Any, timeout: float) -> dict[Any, Any]:  # noqa: ASYNC109
        fetched.extend(await real(self, active_partitions, timeout))
        return {}

    monkeypatch.setattr(SpanConsumer, "_getmany", nothing)
    async with stage.worker():
        await stage.send(50)
        await until(lambda: fetched)
        await asyncio.sleep(0.5)
        assert stage.taken == []


async def test_messages_are_released_and_no_list_of_acks_grows(stage: Stage) -> None:
    async with stage.worker(max_poll_records=10) as worker:
        await stage.send(500)
        await until(lambda: stage.stored() == (500, 500))
        stage.taken.clear()
        gc.collect()
        assert not any(worker.consumer._acked.values())
        assert not any(worker.consumer._acked_index.values())
        assert not any(worker.consumer._gap.values())
        held = [thing for thing in gc.get_objects() if isinstance(thing, Message)]
        assert len(held) <= 4


def dropping(monkeypatch: pytest.MonkeyPatch, drop: Callable[[Span], bool]) -> list[Span]:
    """Faust drops between fetch and agent what ``drop`` says, as it does with a partition paused in that moment."""
    real = SpanConsumer.getmany
    dropped: list[Span] = []

    async def getmany(self: SpanConsumer, timeout: float) -> AsyncIterator[tuple[TP, Any]]:  # noqa: ASYNC109
        async for tp, message in real(self, timeout):
            if drop(message.value):
                dropped.append(message.value)
            else:
                yield tp, message

    monkeypatch.setattr(SpanConsumer, "getmany", getmany)
    return dropped


async def test_a_span_that_faust_drops_is_seen_by_the_fence_and_read_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.send(100)
    seen: set[int] = set()

    def first_time(span: Span) -> bool:
        new = span.start in (10, 40) and span.start not in seen
        seen.add(span.start)
        return new

    dropped = dropping(monkeypatch, first_time)
    async with stage.worker(max_poll_records=10):
        await until(lambda: stage.stored() == (100, 100))
    assert [span.start for span in dropped] == [10, 40]


async def test_a_dropped_span_with_nothing_behind_it_is_read_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped = dropping(monkeypatch, lambda span: not dropped)
    async with stage.worker():
        await stage.send(10)
        await until(lambda: stage.stored() == (10, 10))
    assert len(dropped) == 1


async def test_a_transaction_marker_at_the_end_of_a_partition_is_taken_and_holds_nothing_up(stage: Stage) -> None:
    """Kafka counts the marker of a producer's transaction as an offset, and hands no record out for it."""
    async with stage.worker() as worker:
        await stage.send(10, transaction=True)
        tp = TP(stage.live, 0)
        # The marker is written soon after the commit has been answered.
        await until(lambda: worker.consumer.progress()[tp][1] == 11)
        assert (await asyncio.to_thread(worker.broker.extents, [tp]))[tp].end == 11
        assert worker.consumer.late_since(tp) is None
        assert stage.stored() == (10, 10)
        await stage.send(5)
        await until(lambda: stage.stored() == (15, 15))
        with psycopg.connect(stage.database.screens) as db:
            stands = db.execute(
                "SELECT next, records FROM stream_offset WHERE topic = %s AND partition = 0", [tp.topic]
            )
            assert stands.fetchone() == (16, 15)


async def test_after_a_seek_back_everything_from_there_is_handed_out_again(stage: Stage) -> None:
    async with stage.worker(max_poll_records=10) as worker:
        await stage.send(100)
        await until(lambda: stage.stored() == (100, 100))
        stage.taken.clear()
        tp = TP(stage.live, 0)
        await worker.consumer.seek_to(tp, 30, worker.consumer.turn(tp))
        await until(lambda: stage.starts() and stage.starts()[-1][1] == 100)
        assert stage.starts()[0][0] == 30
        assert stage.stored() == (100, 100)


async def test_what_is_read_ahead_is_bounded(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = asyncio.Event()
    take = Lanes.take

    async def held(self: Lanes, span: Span) -> None:
        await gate.wait()
        await take(self, span)

    monkeypatch.setattr(Lanes, "take", held)
    for partition in range(4):
        await stage.send(500, partition)
    async with stage.worker(max_poll_records=10) as worker:
        await asyncio.sleep(1.5)
        ahead = sum(out for out, _, _ in worker.consumer.handed_out().values())
        gate.set()
        await until(lambda: stage.stored() == (2000, 2000))
    assert 0 < ahead <= 4 * SPANS_AHEAD * 10


async def test_no_partition_waits_while_another_goes_on(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Faust gives partitions room again only when its queue is found empty: where one partition comes as fast as it is
    taken, the others would wait for ever."""
    take, fetch = Lanes.take, SpanConsumer._getmany

    async def slow(self: Lanes, span: Span) -> None:
        await asyncio.sleep(0.03)
        await take(self, span)

    async def as_slow(self: SpanConsumer, active_partitions: Any, timeout: float) -> Any:  # noqa: ASYNC109
        await asyncio.sleep(0.03)
        return await fetch(self, active_partitions, timeout)

    monkeypatch.setattr(Lanes, "take", slow)
    monkeypatch.setattr(SpanConsumer, "_getmany", as_slow)
    for partition in range(4):
        await stage.send(1000, partition)
    async with stage.worker(max_poll_records=10):
        await until(lambda: len(stage.taken) >= 60)
    taken = [sum(span.partition.number == number for span in stage.taken[:60]) for number in range(4)]
    assert min(taken) >= 10, taken


async def test_a_full_buffer_stalls_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Faust sleeps for a second when no partition has room."""
    take = Lanes.take
    times: list[float] = []

    async def slow(self: Lanes, span: Span) -> None:
        times.append(time.monotonic())
        await asyncio.sleep(0.02)
        await take(self, span)

    monkeypatch.setattr(Lanes, "take", slow)
    for partition in range(4):
        await stage.send(200, partition)
    async with stage.worker(max_poll_records=10):
        await until(lambda: stage.stored() == (800, 800))
    assert max(b - a for a, b in pairwise(times)) < 0.8


async def test_a_paused_partition_stays_paused_when_its_buffer_drains(stage: Stage) -> None:
    """Faust makes a partition active again when its buffer has room, paused or not."""
    async with stage.worker() as worker:
        consumer, tp = worker.consumer, TP(stage.live, 0)
        consumer._count_ahead(tp, SPANS_AHEAD)
        consumer.pause_partitions([tp])
        consumer._count_ahead(tp, 0)
        await stage.send(10)
        await asyncio.sleep(0.5)
        assert stage.taken == []
        consumer.resume_partitions([tp])
        await until(lambda: stage.stored() == (10, 10))


async def test_a_seek_for_an_older_assignment_undoes_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage.worker() as worker:
        consumer = worker.consumer
        real = consumer.assigned()
        assert len(real) == 8
        gate = asyncio.Event()
        positions = consumer.transport.positions
        begin = positions.begin

        async def waits(assigned: Any) -> Any:
            wanted = list(assigned)
            if len(wanted) == 1:
                await gate.wait()
            return await begin(wanted)

        monkeypatch.setattr(positions, "begin", waits)
        monkeypatch.setattr(consumer, "assigned", lambda: {TP(stage.live, 0)})
        older = asyncio.ensure_future(consumer.perform_seek())
        await asyncio.sleep(0.05)
        monkeypatch.undo()
        newer = asyncio.ensure_future(consumer.perform_seek())
        await asyncio.sleep(0.3)
        gate.set()
        await asyncio.gather(older, newer)
        assert set(consumer.handed_out()) == real


async def test_a_seek_on_a_partition_that_was_taken_away_is_nothing(stage: Stage) -> None:
    async with stage.worker() as worker:
        gone = TP(stage.live, 99)
        worker.consumer._at[gone] = worker.consumer._at[TP(stage.live, 0)]
        await worker.consumer.seek_to(gone, 0, worker.consumer.turn(gone))


async def test_the_lane_of_a_partition_that_another_worker_has_taken_is_closed(stage: Stage) -> None:
    async with stage.worker() as first:
        for partition in range(4):
            await stage.send(5, partition)
        await until(lambda: stage.stored() == (20, 20))
        held = set(first.lanes.opened)
        assert len(held) == 4
        async with stage.worker("worker-2") as second:
            await until(lambda: len(second.consumer.progress()) > 0 and set(first.lanes.opened) < held, 30)
            theirs = {TP(*tp) for tp in second.consumer.progress()}
            assert not set(first.lanes.opened) & theirs
            await stage.send(5, next(tp.partition for tp in theirs if tp.topic == stage.live))
            await until(lambda: stage.stored() == (25, 25))


async def test_every_rebalance_seeks_to_the_table(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    real = SpanConsumer.perform_seek

    async def counted(self: SpanConsumer) -> None:
        calls.append(self.app.conf.consumer_group_instance_id)
        await real(self)

    monkeypatch.setattr(SpanConsumer, "perform_seek", counted)
    async with stage.worker("worker-1") as one:
        await stage.send(40)
        await until(lambda: stage.stored() == (40, 40))
        calls.clear()
        async with stage.worker("worker-2") as two:
            await until(lambda: len(one.consumer.progress()) == 4 and len(two.consumer.progress()) == 4)
            assert {name.rpartition("-")[2] for name in calls} == {"1", "2"}
            assert set(one.consumer.progress()) & set(two.consumer.progress()) == set()
            both = one.consumer.progress() | two.consumer.progress()
            assert both[stage.live, 0][1] == 40
            await stage.send(40)
            await until(lambda: stage.stored() == (80, 80))


async def test_an_error_that_is_neither_reject_nor_retry_ends_the_process(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Decoder, records: Any) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr(Decoder, "batch", broken)
    async with stage.worker():
        await stage.send(1)
        await until(lambda: stage.left)
    assert stage.left[0][0] == 70
