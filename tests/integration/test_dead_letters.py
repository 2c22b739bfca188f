"""Dead letters on the real Kafka and database: looked at, corrected, sent again, counted once."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import psycopg
import pytest
from kafka import KafkaProducer

from dashboards import periods
from dashboards.readers import sending, sources
from dashboards.readers.figures import NO_FILTERS, Filters
from dashboards.readers.queries import query
from dashboards.readers.snapshot import feeding
from infra.endpoints import DatabaseUrls
from infra.kafka.admin import admin
from infra.kafka.topics import ensure_topics
from schemas.topics import Topic
from streams import dead_letters
from streams.broker import Broker
from streams.decode import Decoder
from streams.errors import Reject
from streams.purge import purge
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.test_store import event
from tests.unit.screens import SETTINGS

GOOD = event("accepted", "D-1", "d1", unit="Sở Y tế", channel="direct")
BAD = GOOD.replace(b'"direct"', b'"0123456789"')


@dataclass
class Got:
    offset: int
    timestamp: int
    value: bytes | None


def produce(kafka: str, topic: Topic, *values: bytes | None) -> list[Got]:
    producer = KafkaProducer(bootstrap_servers=[kafka], acks="all")
    sent = [producer.send(topic.name, key=b"k", value=value, partition=0).get(timeout=10) for value in values]
    producer.close()
    return [Got(meta.offset, meta.timestamp, value) for meta, value in zip(sent, values, strict=True)]


async def take(database: DatabaseUrls, kafka: str, topic: Topic, records: list[Got]) -> None:
    """What a worker does with these records."""
    identity = Broker(kafka).identity([topic.name])
    partition = Partition(identity.cluster_id, identity.topic_ids[topic.name], topic.name, 0)
    connection = await connect(database.streams)
    store = Store(connection)
    await store.begin(partition, records[0].offset)
    await store.apply(partition, records[0].offset, records[-1].offset + 1, Decoder(topic).batch(records))
    await connection.close()


async def test_a_dead_letter_is_listed_without_its_payload_and_shown_from_kafka(
    database: DatabaseUrls, kafka: str, make_topic: Callable[..., Topic]
) -> None:
    topic = make_topic(partitions=1)
    await take(database, kafka, topic, produce(kafka, topic, GOOD, BAD, None))
    bad, tombstone = sorted(dead_letters.listed(database.streams), key=lambda letter: letter.offset)
    assert (bad.offset, bad.field, bad.rule, bad.source) == (1, "data.channel", "enum", "urn:test")
    assert bad.hash == sha256(BAD).hexdigest()
    assert (tombstone.field, tombstone.rule, tombstone.source) == ("event", "missing", None)
    with psycopg.connect(database.screens) as db:
        rows = db.execute("SELECT to_jsonb(d)::text FROM dead_letter d").fetchall()
    assert not any("0123456789" in row[0] for row in rows)
    found = dead_letters.get(database.streams, bad.id)
    assert found is not None
    assert dead_letters.payload(kafka, *found) == BAD
    assert [(g.rule, g.count) for g in dead_letters.grouped(database.streams)] == [("enum", 1), ("missing", 1)]


async def test_a_record_of_a_source_never_seen_is_told_by_the_name_that_it_states(
    database: DatabaseUrls, kafka: str, make_topic: Callable[..., Topic]
) -> None:
    topic = make_topic(partitions=1)
    stranger = BAD.replace(b'"urn:test"', b'"urn:lgsp:moi"')
    person = BAD.replace(b'"urn:test"', b'"urn:036090001234"')
    await take(database, kafka, topic, produce(kafka, topic, GOOD, stranger, person))
    assert sorted(str(letter.source) for letter in dead_letters.listed(database.streams)) == ["None", "urn:lgsp:moi"]
    async with await psycopg.AsyncConnection.connect(database.screens) as conn:
        known = await feeding(conn)
        rejects = await sending.rejected(conn, periods.ALL)
        cells = sending.cells(known, rejects, datetime.now(UTC), SETTINGS, NO_FILTERS)
        assert {(cell.unit, cell.amount) for cell in cells if cell.counter == "rejected"} == {
            ("urn:lgsp:moi", 1), ("", 1),
        }  # fmt: skip
        lines = await sending.lines(
            conn, known, "rejected", periods.ALL, Filters(unit="urn:lgsp:moi"), datetime.now(UTC), SETTINGS
        )
        strangers = [(one.source, one.rejected, one.accepted) for one in await sources.strangers(conn)]
    assert strangers == [("urn:lgsp:moi", 1, False)]
    assert (lines.amount, lines.rows, len(lines.shown)) == (1, 1, 1)
    assert "urn:lgsp:moi" not in {source.source for source in known.sources}


async def test_a_corrected_one_is_counted_once_however_often_it_is_sent(
    database: DatabaseUrls, kafka: str, make_topic: Callable[..., Topic]
) -> None:
    topic = make_topic(partitions=1)
    await take(database, kafka, topic, produce(kafka, topic, BAD))
    (letter,) = dead_letters.listed(database.streams)
    with pytest.raises(Reject) as still:
        dead_letters.replay(database.streams, kafka, letter.id)
    assert (still.value.field, still.value.rule) == ("data.channel", "enum")
    for _ in range(2):
        name, number, offset = dead_letters.replay(database.streams, kafka, letter.id, GOOD)
        assert (name, number) == (topic.name, 0)
        await take(database, kafka, topic, [Got(offset, 1_900_000_000_000, GOOD)])
    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT sum(accepted) FROM case_by_unit_day").fetchone() == (1,)
        assert db.execute("SELECT sum(events), sum(duplicates) FROM stream_source").fetchone() == (1, 1)
    assert dead_letters.listed(database.streams, waiting=True) == []


async def test_a_record_of_a_topic_that_was_created_again_is_gone(
    database: DatabaseUrls, kafka: str, make_topic: Callable[..., Topic]
) -> None:
    topic = make_topic(partitions=1)
    await take(database, kafka, topic, produce(kafka, topic, BAD))
    (letter,) = dead_letters.listed(database.streams)
    with admin(kafka) as client:
        client.delete_topics([topic.name])
    ensure_topics(kafka, [topic])
    produce(kafka, topic, json.dumps({"another": "record"}).encode())
    found = dead_letters.get(database.streams, letter.id)
    assert found is not None
    with pytest.raises(dead_letters.LetterGone, match="created again"):
        dead_letters.payload(kafka, *found)


def test_a_dead_letter_that_is_not_there_is_said_so(database: DatabaseUrls, kafka: str) -> None:
    assert dead_letters.get(database.streams, 1) is None
    with pytest.raises(LookupError):
        dead_letters.replay(database.streams, kafka, 1)


async def test_dead_letters_that_are_too_old_or_too_many_are_purged_the_oldest_first(database: DatabaseUrls) -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    with psycopg.connect(database.migrate, autocommit=True) as db:
        db.execute(
            'INSERT INTO dead_letter (topic_id, topic, partition, "offset", received_at, source, field, rule, hash)'
            " SELECT 't', 'ioc.cases', 0, i, %s - i * interval '1 day', 'urn:test', 'f', 'r', '' FROM"
            " generate_series(120, 1, -1) AS i",
            [now],
        )
        assert purge(database.streams, now - timedelta(days=90), 1_000_000) == 30
        assert purge(database.streams, now - timedelta(days=90), 50) == 40
        left = db.execute("SELECT count(*), min(received_at) FROM dead_letter").fetchone()
        assert left == (50, now - timedelta(days=50))
        assert purge(database.streams, now - timedelta(days=90), 50) == 0
        db.execute("SET enable_seqscan = off")
        plan = db.execute(b"EXPLAIN " + query("rejected_days"), {"first": date(2026, 11, 1), "last": date(2026, 11, 2)})
        assert "dead_letter_received" in str(plan.fetchall())
