"""The property that matters: the same events in any order, batches and company give the same tables, those of the
reference. On the real database, with two partitions written at once."""

import asyncio
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

import hypothesis
import psycopg
import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st

from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.reference.reading import PACKAGED, read
from schemas.topics import CASES
from streams.decode import Decoder
from streams.errors import Retry
from streams.span import Partition
from streams.store import Store, connect
from tests.reference.histories import HISTORIES, MOMENTS, respelt
from tests.reference.law import Law
from tests.reference.province import Province
from tests.reference.tables import actual, differences, disagreements, expected
from tests.settings import SuiteSettings

Json = dict[str, Any]

LIMIT = 20
ORDERS = 6
PARTITIONS = (Partition("cluster", "topic-id", "ioc.cases", 0), Partition("cluster", "topic-id", "ioc.cases", 1))
RECEIVED_MS = int(datetime(2024, 4, 1, tzinfo=UTC).timestamp() * 1000)
AS_OF = MOMENTS[5]  # the very moment of a deadline: not overdue yet
EMPTIED = [
    "case_event",
    "case_history",
    "case_state",
    "case_by_unit_day",
    "case_by_procedure_day",
    "case_by_unit_procedure_month",
    "stream_offset",
    "stream_source",
    "dead_letter",
]


@dataclass
class Rec:
    offset: int
    value: bytes | None
    timestamp: int = RECEIVED_MS


def deliveries(events: list[Json], order: int, random: Random) -> list[list[Json]]:
    """The events of each partition in the order in which they come. The first two orders are the plain ones."""
    told = sorted(events, key=lambda event: datetime.fromisoformat(event["time"]))
    if order == 0:
        return [told, []]
    if order == 1:
        return [[], told[::-1]]
    sent = events + [respelt(event, random) for event in random.choices(events, k=random.randint(0, len(events)))]
    random.shuffle(sent)
    first: list[Json] = []
    second: list[Json] = []
    for event in sent:
        random.choice((first, second)).append(event)
    return [first, second]


def cuts(length: int, order: int, random: Random) -> Iterator[tuple[int, int]]:
    """Spans ``[start, end)``; sometimes one again, or one that begins before the table's offset."""
    if order == 0:
        yield 0, length
        return
    widest = 1 if order == 1 else random.choice((2, 8, 40))
    start = before = 0
    while start < length:
        end = min(length, start + random.randint(1, widest))
        yield (before if random.random() < 0.1 else start), end
        before, start = start, end
    yield 0, length


async def take(store: Store, partition: Partition, events: list[Json], order: int, random: Random) -> int:
    """Takes all events of a partition; answers how often the database had to be asked again."""
    records = [Rec(offset, json.dumps(event, ensure_ascii=False).encode()) for offset, event in enumerate(events)]
    decoder = Decoder(CASES)
    again = 0
    await store.begin(partition, 0)
    for start, end in cuts(len(records), order, random):
        batch = decoder.batch(records[start:end])
        assert not batch.rejected, batch.rejected
        while True:
            try:
                await store.apply(partition, start, end, batch)
            except Retry:
                again += 1
                assert again < 20
            else:
                break
    return again


@pytest.mark.timeout(1800)  # a failing example is made smaller before it is shown
def test_any_order_any_duplicates_any_spans_and_two_partitions_at_once_give_the_tables_of_the_reference(
    database: DatabaseUrls, suite: SuiteSettings
) -> None:
    seed = secrets.randbits(32) if suite.seed is None else suite.seed
    print(f"seed: IOC_TEST_SEED={seed} IOC_TEST_EXAMPLES={suite.examples}")
    load(database.migrate, read(), datetime(2024, 4, 1, tzinfo=UTC))
    law = Law.of(PACKAGED)
    seen = {"orders": 0, "events": 0, "again": 0, "oversized": 0, "voided": 0, "conflicts": 0, "ended": 0}

    with (
        asyncio.Runner() as runner,
        psycopg.connect(database.migrate, autocommit=True) as owner,
        psycopg.connect(database.screens, autocommit=True) as reader,
    ):
        connections = [runner.run(connect(database.streams)) for _ in PARTITIONS]
        stores = [Store(connection, history_limit=LIMIT) for connection in connections]

        async def play(parts: list[list[Json]], order: int, random: Random) -> int:
            lanes = [
                take(store, partition, part, order, Random(random.random()))
                for store, partition, part in zip(stores, PARTITIONS, parts, strict=True)
            ]
            return sum(await asyncio.gather(*lanes))

        @hypothesis.seed(seed)
        @hypothesis.settings(
            max_examples=suite.examples,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @hypothesis.given(HISTORIES, st.integers(0, 2**32))
        def holds(events: list[Json], chance: int) -> None:
            province = Province.after(events, LIMIT, law)
            want = expected(province)
            random = Random(chance)
            for order in range(ORDERS):
                for table in EMPTIED:
                    owner.execute(f"DELETE FROM {table}")  # noqa: S608  (a name from above)
                parts = deliveries(events, order, random)
                seen["again"] += runner.run(play(parts, order, random))
                have = actual(reader)
                assert have == want, f"order {order}:\n{differences(have, want)}"
                assert disagreements(reader, province, AS_OF) == [], f"order {order}"
                taken = reader.execute("SELECT sum(events)::int, sum(duplicates)::int FROM stream_source").fetchone()
                fresh = len(want["case_event"])
                assert taken == (fresh, sum(map(len, parts)) - fresh), f"order {order}"
                seen["orders"] += 1
            seen["events"] += len(events)
            for case in province.cases.values():
                seen["oversized"] += case.oversized
                seen["voided"] += case.voided_at is not None
                seen["conflicts"] += len(case.outvoted)
                seen["ended"] += case.end is not None

        try:
            holds()
        finally:
            print(seen)
            for connection in connections:
                runner.run(connection.close())


@pytest.mark.parametrize("seed", [7, 8, 9])
def test_two_partitions_that_open_chunks_of_many_months_in_opposite_order_end_with_the_tables_of_the_reference(
    database: DatabaseUrls, seed: int
) -> None:
    months = [f"20{year}-{month:02d}-11T03:00:00Z" for year in range(10, 15) for month in range(1, 13)]
    events = [
        {
            "specversion": "1.0",
            "id": f"{number}/{copy}",
            "source": "urn:test:portal",
            "type": "case.step.v1",
            "subject": f"A-{number % 7}",
            "time": time,
            "data": {"name": "Kiểm tra", "unit": "Sở Tư pháp"},
        }
        for number, time in enumerate(months)
        for copy in range(2)
    ]

    async def both() -> int:
        connections = [await connect(database.streams) for _ in PARTITIONS]
        stores = [Store(connection) for connection in connections]
        lanes = [
            take(store, partition, part, 2, Random(seed))
            for store, partition, part in zip(stores, PARTITIONS, (events, events[::-1]), strict=True)
        ]
        again = sum(await asyncio.gather(*lanes))
        for connection in connections:
            await connection.close()
        return again

    print(f"asked again: {asyncio.run(both())}")
    province = Province.after(events, 2000)
    with psycopg.connect(database.screens, autocommit=True) as reader:
        assert differences(actual(reader), expected(province)) == ""
        assert disagreements(reader, province, AS_OF) == []
