"""As for cases: the same events of any domains in any order, batches and company give the same tables, those of the
reference, and the audit agrees. On the real database, with two partitions written at once."""

import asyncio
import json
import secrets
from collections import Counter
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import psycopg
import pytest

from infra.endpoints import DatabaseUrls
from schemas.contracts import CONTRACTS, DOMAINS
from schemas.topics import BY_CONTRACT
from streams.audit import subjects as audit_subjects
from streams.audit.report import AuditReport
from streams.decode import Batch, Decoder
from streams.errors import Retry
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.test_any_order import RECEIVED_MS, Rec, cuts, deliveries
from tests.reference.subject_histories import history
from tests.reference.subject_tables import EMPTIED, actual
from tests.reference.subjects import KINDS, Subjects
from tests.reference.tables import differences
from tests.settings import SuiteSettings

Json = dict[str, Any]

LIMIT = 20
ORDERS = 4
PARTITIONS = tuple(Partition("cluster", "topic-id", "ioc.mixed", number) for number in (0, 1))
TOPIC_OF = {domain.name: name for name, contract in CONTRACTS.items() for domain in contract.domains}
# A slice looks at events and figures since a moment; here it lies in the midst of what happened.
SINCE = datetime(2024, 2, 1, 10, tzinfo=UTC)
FIRST_DAY = date(2024, 2, 2)


def test_the_reference_speaks_of_every_domain_but_look_ups() -> None:
    assert {name: [*domain.kinds] for name, domain in DOMAINS.items() if name != "lookup"} == {
        name: [*kinds] for name, kinds in KINDS.items()
    }


class Decoders:
    """Records of all topics on one partition, each read as its own topic reads it."""

    def __init__(self) -> None:
        self._by_topic = {name: Decoder(topic) for name, topic in BY_CONTRACT.items()}

    def batch(self, events: list[Json], first: int) -> Batch:
        batch = Batch()
        for offset, event in enumerate(events, first):
            record = Rec(offset, json.dumps(event, ensure_ascii=False).encode(), RECEIVED_MS)
            part = self._by_topic[TOPIC_OF[event["type"].partition(".")[0]]].batch([record])
            assert not part.rejected, (part.rejected, event)
            batch.accepted += part.accepted
        return batch


async def take(store: Store, partition: Partition, events: list[Json], order: int, random: Random) -> int:
    """Takes all events of a partition; answers how often the database had to be asked again."""
    decoders, again = Decoders(), 0
    await store.begin(partition, 0)
    for start, end in cuts(len(events), order, random):
        batch = decoders.batch(events[start:end], start)
        while True:
            try:
                await store.apply(partition, start, end, batch)
            except Retry:
                again += 1
                assert again < 20
            else:
                break
    return again


def audited(connection: psycopg.Connection, subjects: int) -> None:
    """Full, and in slices from the beginning to the end: nothing differs and every subject was looked at."""
    with connection.transaction():
        full = AuditReport("full", "")
        audit_subjects.full(connection, full)
        assert full.ok, full.plain()
        assert full.subjects == subjects
        seen, behind = 0, ("", "")
        while True:
            part = AuditReport("slice", "")
            audit_subjects.slice(connection, part, behind, 5, SINCE, FIRST_DAY)
            assert part.ok, part.plain()
            if part.subjects == 0:
                break
            seen, behind = seen + part.subjects, part.until_subject
        assert seen == subjects


@pytest.mark.timeout(600)
def test_any_order_any_duplicates_any_spans_and_two_partitions_at_once_give_the_tables_of_the_reference(
    database: DatabaseUrls, suite: SuiteSettings
) -> None:
    seed = secrets.randbits(32) if suite.seed is None else suite.seed
    print(f"seed: IOC_TEST_SEED={seed} IOC_TEST_EXAMPLES={suite.examples}")
    seen: Counter[str] = Counter()

    with (
        asyncio.Runner() as runner,
        psycopg.connect(database.migrate, autocommit=True) as owner,
        psycopg.connect(database.streams) as auditor,
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

        def holds(random: Random) -> None:
            events = history(random)
            reference = Subjects.after(events, LIMIT)
            want = reference.tables()
            for order in range(ORDERS):
                for table in EMPTIED:
                    owner.execute(f"DELETE FROM {table}")  # noqa: S608  (a name from above)
                parts = deliveries(events, order, random)
                seen["again"] += runner.run(play(parts, order, random))
                have = actual(reader)
                assert have == want, f"order {order}:\n{differences(have, want)}"
                taken = reader.execute("SELECT sum(events)::int, sum(duplicates)::int FROM stream_source").fetchone()
                fresh = len(want["events"])
                assert taken == (fresh, sum(map(len, parts)) - fresh), f"order {order}"
                audited(auditor, len(want["states"]))
                seen["orders"] += 1
            seen["events"] += len(events)
            for (domain, _), subject in reference.by_name.items():
                seen[domain] += 1
                seen["oversized"] += subject.oversized
                seen["voided"] += subject.voided_at is not None
                seen["conflicts"] += len(subject.outvoted)
                seen["ended"] += subject.outcome.ended is not None
                seen["late"] += any(counter.endswith("_late") for counter, *_ in subject.outcome.amounts)

        try:
            for number in range(suite.examples):
                holds(Random(f"{seed} {number}"))
        finally:
            print(dict(seen))
            for connection in connections:
                runner.run(connection.close())
