"""A release that can read nothing any more stops, instead of taking everything away as dead letters."""

import asyncio

import psycopg
import pytest
from faust.types import TP

from infra.endpoints import DatabaseUrls
from schemas.topics import CASES
from streams.crash import CrashPoints
from streams.decode import Decoder
from streams.errors import Stop
from streams.partition_lanes import Lane, LaneHealth, Work
from streams.rulebook import Rulebook
from streams.span import Span
from streams.store import HISTORY_LIMIT, Store, connect
from tests.integration.test_store import PARTITION, Rec, apply, event, records


def lane(database: DatabaseUrls, health: LaneHealth) -> Lane:
    async def seek(tp: TP, offset: int, turn: int) -> None:
        raise AssertionError("nothing is out of step here")

    return Lane(
        TP(PARTITION.topic, PARTITION.number),
        database.streams,
        health,
        seek,
        lambda _: 1,
        lambda *_: None,
        HISTORY_LIMIT,
        CrashPoints(),
        Rulebook(),
    )


def work(start: int, values: list[bytes]) -> Work:
    rows: list[Rec] = records(values, start)
    return Work(Span(PARTITION, start, start + len(rows), rows, 1), Decoder(CASES).batch(rows))


def bad(source: str, n: int) -> bytes:
    return event("accepted", f"X-{n}", f"x{n}", source=source, unit="Sở Y tế", channel="fax")


async def fill(database: DatabaseUrls) -> int:
    connection = await connect(database.streams)
    store = Store(connection)
    await store.begin(PARTITION, 0)
    good = [event("step", "A-1", "s1", source=source, name="Kiểm tra") for source in ("urn:a", "urn:b")]
    await apply(store, 0, good)
    await connection.close()
    return len(good)


async def test_everything_failing_from_several_sources_stops_the_worker_and_keeps_the_records(
    database: DatabaseUrls,
) -> None:
    start = await fill(database)
    fails = lane(database, LaneHealth())
    await fails.put(work(start, [bad(("urn:a", "urn:b")[n % 2], n) for n in range(200)]))
    with pytest.raises(Stop, match="bad release"):
        await asyncio.wait_for(fails.task, 10)
    await fails.close()
    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT count(*) FROM dead_letter").fetchone() == (0,)
        assert db.execute("SELECT next FROM stream_offset").fetchone() == (start,)


async def test_one_source_failing_is_an_alarm_and_the_others_go_on(
    database: DatabaseUrls, caplog: pytest.LogCaptureFixture
) -> None:
    start = await fill(database)
    goes_on = lane(database, LaneHealth())
    await goes_on.put(work(start, [bad("urn:a", n) for n in range(200)]))
    await goes_on.put(work(start + 200, [event("step", "A-2", "s2", source="urn:b", name="Kiểm tra")]))
    with psycopg.connect(database.screens, autocommit=True) as db:
        for _ in range(100):
            if db.execute("SELECT next FROM stream_offset").fetchone() == (start + 201,):
                break
            await asyncio.sleep(0.05)
        assert db.execute("SELECT count(*) FROM dead_letter").fetchone() == (200,)
        assert db.execute("SELECT count(*) FROM case_event").fetchone() == (3,)
    assert "rejects rise: source=urn:a rejected=200 records=200" in caplog.text
    await goes_on.close()
