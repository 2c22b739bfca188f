"""Look-ups: the same events in any order, batches and company give the same rollups, those of the reference. On the
real database, with two partitions written at once."""

import asyncio
import json
import secrets
from random import Random
from typing import Any

import hypothesis
import psycopg
import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st

from infra.endpoints import DatabaseUrls
from schemas.topics import LOOKUPS
from streams.audit.cases import audit
from streams.decode import Decoder
from streams.errors import Retry
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.test_any_order import Rec, cuts, deliveries
from tests.reference import lookups as reference
from tests.settings import SuiteSettings

Json = dict[str, Any]
ORDERS = 6
PARTITIONS = tuple(Partition("cluster", "topic-id", LOOKUPS.name, number) for number in range(2))
SOURCES = ("urn:test:mot-cua", "urn:test:lgsp")
UNITS = ("26068", "Sở Tư pháp")
MOMENTS = tuple(
    f"2024-02-0{day}T0{hour}:{minute}:00+07:00" for day in (1, 2) for hour in (0, 8) for minute in ("00", "59")
)
EMPTIED = (
    "lookup_event",
    "lookup_exception",
    "lookup_day",
    "lookup_by_unit_hour",
    "lookup_by_account_day",
    "stream_offset",
    "stream_source",
)
EVENT = st.tuples(
    st.sampled_from(("performed", "performed", "performed", "corrected", "voided", "whole")),
    st.sampled_from(("a", "b/c")),
    st.sampled_from(SOURCES),
    st.sampled_from("123456"),  # id
    st.sampled_from(MOMENTS),  # of the envelope of a correction or a voiding
    st.sampled_from(MOMENTS),  # of the fact
    st.sampled_from(SOURCES),
    st.sampled_from("123456"),  # the id that is replaced
    st.sampled_from(UNITS),
    st.sampled_from(("found", "not_found", "mismatch", "error")),
    st.sampled_from((None, 0, 100, 101, 10_000, 10_001)),
    st.booleans(),
)


def said(drawn: tuple[Any, ...]) -> Json:
    kind, account, source, id, time, at, of_source, of_id, unit, result, latency, automatic = drawn
    subject = f"{account}/{at[:10]}"
    data: Json = {"unit": unit, "application": "mot-cua", "channel": "automatic" if automatic else "screen"}
    data |= {"result": result, "latency_ms": latency}
    if not automatic:
        data |= {"case": 'H19-"1"', "fields": ["họ-tên", 'a"\\b'], "person": "k1:a" + "0" * 31, "client": "10.1.2.3"}
    replaces = {"source": of_source, "id": of_id}
    if kind == "performed":
        time = at
    elif kind == "corrected":
        data = {"replaces": replaces, "event": {"type": "lookup.performed.v1", "time": at, "data": data}}
    elif kind == "voided":
        data = {"replaces": replaces}
    else:
        kind, data, subject = "voided", {}, subject if latency != 0 else "nobody"
    head = {"specversion": "1.0", "type": f"lookup.{kind}.v1", "source": source, "id": id}
    return {**head, "subject": subject, "time": time, "data": data}


async def take(store: Store, partition: Partition, events: list[Json], order: int, random: Random) -> int:
    """Takes all events of a partition; answers how often the database had to be asked again."""
    records = [Rec(offset, json.dumps(event, ensure_ascii=False).encode()) for offset, event in enumerate(events)]
    decoder = Decoder(LOOKUPS)
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


def standing(db: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
    return db.execute(
        "SELECT subject, source, id, (extract(epoch FROM time) * 1000000)::bigint, unit, application, case_code,"
        " channel, person, fields, result, latency_ms, client FROM lookup_standing ORDER BY 1, 2, 3, 4"
    ).fetchall()


def rollup(db: psycopg.Connection[Any], table: str, keys: int) -> dict[tuple[Any, ...], dict[str, int]]:
    """The counters that are not zero, by key."""
    cursor = db.execute(f"SELECT * FROM {table}")  # noqa: S608  (a name from below)
    names = [column.name for column in cursor.description or ()][keys:]
    return {row[:keys]: {n: v for n, v in zip(names, row[keys:], strict=True) if v} for row in cursor.fetchall()}


def agree(db: psycopg.Connection[Any], events: list[Json]) -> None:
    looks = reference.stands(events)
    assert standing(db) == [
        (
            *look[:4],
            *(look.data.get(name) for name in ("unit", "application", "case", "channel", "person", "fields", "result")),
            look.data.get("latency_ms"),
            look.data.get("client"),
        )
        for look in looks
    ]
    hours = {key: dict(+row) for key, row in reference.by_unit_hour(looks).items()}
    assert rollup(db, "lookup_by_unit_hour", 4) == hours
    days = {key: dict(+row) for key, row in reference.by_account_day(looks).items()}
    assert rollup(db, "lookup_by_account_day", 3) == days


@pytest.mark.timeout(1800)  # a failing example is made smaller before it is shown
def test_look_ups_in_any_order_with_any_exceptions_in_any_spans_give_the_rollups_of_the_reference(
    database: DatabaseUrls, suite: SuiteSettings
) -> None:
    seed = secrets.randbits(32) if suite.seed is None else suite.seed
    print(f"seed: IOC_TEST_SEED={seed} IOC_TEST_EXAMPLES={suite.examples}")
    seen = {"orders": 0, "events": 0, "stand": 0, "exceptions": 0, "again": 0}

    with (
        asyncio.Runner() as runner,
        psycopg.connect(database.migrate, autocommit=True) as owner,
        psycopg.connect(database.screens, autocommit=True) as reader,
    ):
        connections = [runner.run(connect(database.streams)) for _ in PARTITIONS]
        stores = [Store(connection) for connection in connections]

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
        @hypothesis.given(st.lists(EVENT, min_size=6, max_size=40), st.integers(0, 2**32))
        def holds(drawn: list[tuple[Any, ...]], chance: int) -> None:
            events = [said(one) for one in drawn]
            random = Random(chance)
            for order in range(ORDERS):
                for table in EMPTIED:
                    owner.execute(f"DELETE FROM {table}")  # noqa: S608  (a name from above)
                parts = deliveries(events, order, random)
                seen["again"] += runner.run(play(parts, order, random))
                agree(reader, events)
                taken = reader.execute("SELECT sum(events)::int, sum(duplicates)::int FROM stream_source").fetchone()
                fresh = len({reference.version(event) for event in events})
                assert taken == (fresh, sum(map(len, parts)) - fresh), f"order {order}"
                seen["orders"] += 1
            seen["events"] += len(events)
            seen["stand"] += len(reference.stands(events))
            row = reader.execute("SELECT count(*) FROM lookup_exception").fetchone()
            seen["exceptions"] += row[0] if row else 0
            report = audit(database.streams)
            assert report.ok, report.plain()

        try:
            holds()
        finally:
            print(seen)
            for connection in connections:
                runner.run(connection.close())
