"""The store on the real database: a span is one transaction, and the table is the only offset."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from infra.endpoints import DatabaseUrls
from schemas.topics import CASES
from streams.decode import Decoder
from streams.errors import Stop
from streams.span import Partition
from streams.store import OutOfStep, Store, connect

PARTITION = Partition("cluster", "topic-id", "ioc.cases", 0)
T0 = datetime(2024, 1, 31, 1, 0, tzinfo=UTC)
RECEIVED = datetime(2024, 3, 1, tzinfo=UTC)


@dataclass
class Rec:
    offset: int
    value: bytes | None
    timestamp: int = int(RECEIVED.timestamp() * 1000)


def event(kind: str, subject: str, id: str, hours: float = 0, source: str = "urn:test", **data: object) -> bytes:
    return json.dumps(
        {
            "specversion": "1.0",
            "id": id,
            "source": source,
            "type": f"case.{kind}.v1",
            "subject": subject,
            "time": (T0 + timedelta(hours=hours)).isoformat(),
            "data": data,
        }
    ).encode()


def records(values: Sequence[bytes | None], start: int = 0, received: datetime = RECEIVED) -> list[Rec]:
    return [Rec(start + i, value, int(received.timestamp() * 1000)) for i, value in enumerate(values)]


LOG = [
    event("accepted", "A-1", "a1", 0, unit="Phường Trấn Biên", channel="online", due_on="2024-02-05", procedure="1.1"),
    event("step", "A-1", "s1", 1, unit="Phường Trấn Biên", name="Kiểm tra"),
    event("step", "A-1", "s2", 30, unit="Sở Tư pháp", name="Thẩm định"),
    event("accepted", "A-2", "a2", 2, unit="Phường Trấn Biên", channel="post", due_at="2024-02-01T00:00:00Z"),
    event("finished", "A-2", "f2", 80, unit="Phường Trấn Biên"),
]


async def apply(store: Store, start: int, values: Sequence[bytes | None], received: datetime = RECEIVED) -> object:
    batch = Decoder(CASES).batch(records(values, start, received))
    return await store.apply(PARTITION, start, start + len(values), batch)


async def test_a_span_moves_events_histories_states_rollups_and_offset_together(database: DatabaseUrls) -> None:
    connection = await connect(database.streams)
    store = Store(connection)
    await store.begin(PARTITION, 0)
    applied = await apply(store, 0, [*LOG, b"{}"])
    assert (applied.fresh, applied.duplicates, applied.rejected) == (5, 0, 1)  # type: ignore[attr-defined]
    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT count(*) FROM case_event").fetchone() == (5,)
        assert db.execute(
            "SELECT unit, day::text, channel, accepted, steps, finished, late, on_time"
            " FROM case_by_unit_day ORDER BY 1, 2, 3"
        ).fetchall() == [
            ("Phường Trấn Biên", "2024-01-31", "online", 1, 1, 0, 0, 0),
            ("Phường Trấn Biên", "2024-01-31", "post", 1, 0, 0, 0, 0),
            ("Phường Trấn Biên", "2024-02-03", "post", 0, 0, 1, 1, 0),
            ("Sở Tư pháp", "2024-02-01", "online", 0, 1, 0, 0, 0),
        ]
        assert db.execute("SELECT subject FROM case_open").fetchall() == [("A-1",)]
        assert db.execute("SELECT next, records, rejected FROM stream_offset").fetchone() == (6, 6, 1)
        assert db.execute('SELECT "offset", field, rule, source FROM dead_letter').fetchall() == [
            (5, "type", "union_tag_not_found", None)
        ]
        assert db.execute("SELECT events, duplicates FROM stream_source").fetchall() == [(5, 0)]
    await connection.close()


async def test_the_same_span_again_is_dropped_and_the_same_events_again_are_duplicates(database: DatabaseUrls) -> None:
    connection = await connect(database.streams)
    store = Store(connection)
    await store.begin(PARTITION, 0)
    await apply(store, 0, LOG)
    again = await apply(store, 0, LOG)
    assert again.dropped  # type: ignore[attr-defined]
    longer = await apply(store, 0, [*LOG, *LOG])
    assert (longer.fresh, longer.duplicates) == (0, 5)  # type: ignore[attr-defined]
    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT sum(accepted), sum(steps), sum(finished) FROM case_by_unit_day").fetchone() == (
            2,
            2,
            1,
        )
    await connection.close()


async def test_a_span_behind_which_something_is_missing_is_never_processed(database: DatabaseUrls) -> None:
    connection = await connect(database.streams)
    store = Store(connection)
    await store.begin(PARTITION, 0)
    with pytest.raises(OutOfStep) as gap:
        await apply(store, 3, LOG[3:])
    assert gap.value.next == 0
    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT count(*) FROM case_event").fetchone() == (0,)
    await connection.close()


async def test_a_correction_takes_back_what_it_corrects_and_leaves_no_empty_rollup_row(database: DatabaseUrls) -> None:
    connection = await connect(database.streams)
    store = Store(connection)
    await store.begin(PARTITION, 0)
    await apply(store, 0, LOG)
    fact = {
        "type": "case.finished.v1",
        "time": "2024-01-31T10:00:00Z",
        "data": {"unit": "Phường Trấn Biên"},
    }
    await apply(
        store, 5, [event("corrected", "A-2", "c1", 90, replaces={"source": "urn:test", "id": "f2"}, event=fact)]
    )
    with psycopg.connect(database.screens) as db:
        assert db.execute(
            "SELECT day::text, finished, late, on_time FROM case_by_unit_day WHERE channel = 'post' ORDER BY 1"
        ).fetchall() == [("2024-01-31", 1, 0, 1)]
    await connection.close()


async def test_a_case_folded_by_newer_rules_stops_an_older_worker_before_it_writes(database: DatabaseUrls) -> None:
    connection = await connect(database.streams)
    store = Store(connection)
    await store.begin(PARTITION, 0)
    await apply(store, 0, LOG)
    with psycopg.connect(database.migrate) as db:
        db.execute("UPDATE case_state SET rules_version = rules_version + 1 WHERE subject = 'A-1'")
    step = event("step", "A-1", "s3", 40, unit="Sở Tư pháp", name="Ký")
    with pytest.raises(Stop):
        await apply(store, 5, [step])
    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT sum(steps) FROM case_by_unit_day").fetchone() == (2,)
        assert db.execute("SELECT next FROM stream_offset").fetchone() == (5,)
    await connection.close()


async def test_a_number_of_a_person_written_straight_into_kafka_is_in_no_table(database: DatabaseUrls) -> None:
    connection = await connect(database.streams)
    store = Store(connection)
    await store.begin(PARTITION, 0)
    planted = ["079204001234", "079\u2013204\u2013001\u2013234", "\u2460079204001234", "20240131079204001234"]
    events = [event("step", "A-1", f"p{n}", n, name=f"Gọi {text}") for n, text in enumerate(planted)]

    applied = await apply(store, 0, [*LOG, *events, event("step", "HS-079.204.001.234", "p9", name="x")])

    assert (applied.fresh, applied.rejected) == (5, 5)  # type: ignore[attr-defined]
    with psycopg.connect(database.screens) as db:
        letters = "SELECT field, rule, source, count(*)::int FROM dead_letter GROUP BY 1, 2, 3 ORDER BY 1"
        assert db.execute(letters).fetchall() == [
            ("data.name", "identity_number", "urn:test", 4),
            ("subject", "identity_number", "urn:test", 1),
        ]
        rows = db.execute("SELECT data::text, subject FROM case_event UNION SELECT events, subject FROM case_history")
        assert not [row for row in rows.fetchall() if "1234" in f"{row}" or "001.234" in f"{row}"]
    await connection.close()
