"""Ten thousand records that can never be processed, among ten thousand good ones, through a whole worker: each becomes
a dead letter that says what is wrong with it, none stops the others, and nothing of what they said is kept."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random

import psycopg
import pytest
from aiokafka import AIOKafkaProducer

from streams import dead_letters
from tests.reference.facts import Json
from tests.reference.province import Province
from tests.reference.tables import actual, differences, disagreements, expected
from tests.system.harness import Ground, Slot, wait_for
from tests.system.malformed import BIG_BYTES, GOOD_SOURCE, IDENTITY, PERSON, PLANTED, Bad, malformed, said

GOOD, MALFORMED, BIG = 10_000, 10_000, 100
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
UNITS = ("Phường Trấn Biên", "Sở Tư pháp", "Xã Đak Lua")


def _good(random: Random, count: int) -> list[Json]:
    """Accepted, some steps, an end: cases that nothing is wrong with."""
    events: list[Json] = []
    case = 0
    while len(events) < count:
        case += 1
        at = FIRST + timedelta(minutes=random.randrange(60 * 24 * 60))
        unit = random.choice(UNITS)
        due = (at + timedelta(days=random.randrange(1, 9))).date().isoformat()
        said: list[tuple[str, Json]] = [
            ("accepted", {"unit": unit, "channel": random.choice(("online", "direct")), "due_on": due}),
            *[("step", {"unit": random.choice(UNITS), "name": "Thẩm định"})] * random.randrange(6),
            *[("finished", {"unit": unit})] * random.randrange(2),
        ]
        for number, (kind, data) in enumerate(said):
            events.append(
                {
                    "specversion": "1.0",
                    "id": f"{case}/{number}",
                    "source": GOOD_SOURCE,
                    "type": f"case.{kind}.v1",
                    "subject": f"H19.19-240131-{case:05d}",
                    "time": (at + timedelta(hours=random.randrange(1, 99) * number)).isoformat(),
                    "data": data,
                }
            )
    return events[:count]


async def _produce(kafka: str, topic: str, values: list[tuple[str, bytes | None]]) -> list[tuple[int, int]]:
    """Partition and offset of each."""
    producer = AIOKafkaProducer(
        bootstrap_servers=kafka, acks="all", linger_ms=20, max_batch_size=2**20, max_request_size=2**21
    )
    await producer.start()
    try:
        sent = [await producer.send(topic, value, key.encode()) for key, value in values]
        done = await asyncio.gather(*sent)
    finally:
        await producer.stop()
    return [(meta.partition, meta.offset) for meta in done]


def _taken(ground: Ground, db: psycopg.Connection, ends: dict[int, int]) -> bool:
    stands = ground.next_offsets(db)
    return all(stands.get(partition, 0) >= end for partition, end in ends.items())


def _holding(ground: Ground, words: tuple[str, ...]) -> list[str]:
    """Tables any row of which, written as text, holds one of the words."""
    pattern = "|".join(words)
    found = []
    with ground.superuser() as db:
        tables = db.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname NOT LIKE '\\_timescaledb%'"
        ).fetchall()
        assert {"public.dead_letter", "public.case_event", "public.stream_source"} <= {table for (table,) in tables}
        for (table,) in tables:
            row = db.execute(f"SELECT count(*) FROM {table} AS r WHERE r::text ~ %s", [pattern]).fetchone()  # noqa: S608
            if row != (0,):
                found.append(f"{table}: {row}")
    return found


@pytest.mark.timeout(400)
def test_ten_thousand_malformed_events_among_good_ones_become_dead_letters_and_leave_no_trace(
    rng: Random, ground: Ground, make_slot: Callable[..., Slot]
) -> None:
    good, bad = _good(rng, GOOD), malformed(MALFORMED, BIG, rng)
    assert sum(len(one.value or b"") >= BIG_BYTES for one in bad) == BIG
    records: list[Json | Bad] = [*good, *bad]
    rng.shuffle(records)
    values = [
        (f"k{rng.randrange(99)}", one.value) if isinstance(one, Bad) else (one["subject"], said(one)) for one in records
    ]
    slot = make_slot()
    pid = slot.pid
    places = asyncio.run(_produce(ground.kafka, ground.cases.name, values))
    ends = {number: max(offset for at, offset in places if at == number) + 1 for number, _ in places}

    province = Province.after(good, limit=2000)
    with psycopg.connect(ground.database.screens, autocommit=True) as db:
        wait_for(lambda: _taken(ground, db, ends), 200, slot.said, every=0.3)

        # 10,000 folded, as if the others had not been there.
        want = expected(province)
        assert len(want["case_event"]) == GOOD
        assert differences(actual(db), want) == ""
        assert disagreements(db, province, FIRST + timedelta(days=30)) == []

        # 10,000 dead letters, each with what is wrong with it.
        wanted = {
            place: (one.field, one.rule, sha256(one.value or b"").digest())
            for place, one in zip(places, records, strict=True)
            if isinstance(one, Bad)
        }
        rows = db.execute('SELECT partition, "offset", field, rule, hash FROM dead_letter').fetchall()
        found = {(partition, offset): (field, rule, bytes(hash)) for partition, offset, field, rule, hash in rows}
        assert len(rows) == MALFORMED
        amiss = Counter((found.get(place), "not", want) for place, want in wanted.items() if found.get(place) != want)
        assert not amiss, amiss.most_common(10)
        assert {row[0] for row in db.execute("SELECT source FROM dead_letter")} == {None, GOOD_SOURCE}
        totals = (
            "SELECT sum(records)::int, sum(rejected)::int, sum(duplicates)::int FROM stream_offset WHERE topic = %s"
        )
        assert db.execute(totals, [ground.cases.name]).fetchone() == (GOOD + MALFORMED, MALFORMED, 0)

        # No restart.
        assert (slot.pid, slot.alive, slot.restarts, slot.codes) == (pid, True, 0, [])

        # None of the values.
        assert _holding(ground, PLANTED) == []
        log = slot.log.read_text()
        assert "dead letters" in log
        assert [word for word in PLANTED if word in log or json.dumps(word)[1:-1] in log] == []

        # A corrected one counts once, however often it is sent.
        letter = next(one for one in dead_letters.listed(ground.database.streams, rule="enum", limit=5))
        right = {**good[0], "id": "corrected", "subject": "H19.19-240131-99999"}
        for times in (1, 2):
            _, partition, offset = dead_letters.replay(ground.database.streams, ground.kafka, letter.id, said(right))
            ends = {**ends, partition: offset + 1}
            wait_for(lambda ends=ends: _taken(ground, db, ends), 30, slot.said)  # type: ignore[misc]
            assert differences(actual(db), expected(Province.after([*good, right], limit=2000))) == ""
            taken = (GOOD + MALFORMED + times, MALFORMED, times - 1)
            assert db.execute(totals, [ground.cases.name]).fetchone() == taken
        assert db.execute("SELECT count(*) FROM dead_letter WHERE replayed_at IS NOT NULL").fetchone() == (1,)
        assert slot.restarts == 0


def test_the_search_for_traces_finds_one(ground: Ground) -> None:
    with ground.superuser() as db:
        db.execute("INSERT INTO opening VALUES ('x', %s, '{}', now(), 1, 1, now())", [f"{PERSON} {IDENTITY}"])

    assert _holding(ground, PLANTED) == ["public.opening: (1,)"]
