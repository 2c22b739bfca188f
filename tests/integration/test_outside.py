"""What a source of some units only says of another's case or task changes no table but the list of what was refused."""

import json
from datetime import date
from typing import Any

import psycopg
import pytest

from dashboards.periods import Period, PeriodName
from dashboards.readers.sending import rejected
from infra.endpoints import DatabaseUrls
from schemas.topics import BY_CONTRACT
from streams.audit.cases import audit
from streams.decode import Decoder
from streams.intake.gateway.foresight import StoredHistories
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.test_store import Rec

Json = dict[str, Any]
A, B = "urn:test:a", "urn:test:b"


def say(type: str, subject: str, id: str, time: str, source: str, granted: str | None, **data: Any) -> Json:
    event = {"specversion": "1.0", "id": id, "source": source, "type": f"{type}.v1", "subject": subject}
    return event | {"time": f"{time}+07:00", "data": data} | ({"granted": granted} if granted else {})


THEIRS = [
    say("case.accepted", "X-1", "b1", "2024-01-31T08:00:00", B, "H19.27", unit="H19.27", channel="online"),
    say("case.step", "X-1", "b2", "2024-01-31T09:00:00", B, "H19.27", name="Thẩm định"),
]
STRANGE = [
    say("case.accepted", "X-1", "a1", "2024-01-02T08:00:00", A, "H19.26", unit="H19.26", channel="direct"),
    say("case.finished", "X-1", "a2", "2024-02-01T08:00:00", A, "H19.26"),
    say("case.step", "X-1", "a3", "2024-02-01T07:00:00", A, "H19.26", unit="H19.26", name="Trả kết quả"),
]
ASSIGNED = {"title": "Nhiệm vụ 5", "plan": "30/KH-UBND", "kind": "common"}
THEIR_TASK = [say("task.assigned", "30/05/x", "b1", "2024-01-10T08:00:00", B, None, unit="H19.27", **ASSIGNED)]
STRANGE_TASK = [
    say("task.assigned", "30/05/x", "a1", "2024-01-11T08:00:00", A, "H19.26", unit="H19.26", **ASSIGNED),
    say("task.done", "30/05/x", "a2", "2024-01-12T08:00:00", A, "H19.26"),
]


async def take(database: DatabaseUrls, contract: str, *spans: list[Json]) -> None:
    topic = BY_CONTRACT[contract]
    partition = Partition("cluster", f"id-{contract}", topic.name, 0)
    connection = await connect(database.streams)
    store, at = Store(connection), 0
    await store.begin(partition, 0)
    for span in spans:
        records = [Rec(at + i, json.dumps(event).encode()) for i, event in enumerate(span)]
        await store.apply(partition, at, at + len(span), Decoder(topic).batch(records))
        at += len(span)
    await connection.close()


@pytest.mark.parametrize("order", ["theirs first", "the strange first"])
async def test_foreign_events_change_nothing_and_are_counted_and_listed(database: DatabaseUrls, order: str) -> None:
    ways = ((THEIRS, STRANGE), (THEIR_TASK, STRANGE_TASK))
    for contract, (theirs, strange) in zip(("cases", "tasks"), ways, strict=True):
        spans = [theirs, strange] if order == "theirs first" else [[one] for one in (*strange[::-1], *theirs[::-1])]
        await take(database, contract, *spans)

    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT unit, ended_at, last_unit FROM case_state").fetchall() == [("H19.27", None, "H19.27")]
        sums = "SELECT unit, sum(accepted), sum(steps), sum(finished) FROM case_by_unit_day GROUP BY unit ORDER BY unit"
        assert db.execute(sums).fetchall() == [("", 0, 1, 0), ("H19.27", 1, 0, 0)]
        assert db.execute("SELECT unit, standing FROM subject_state").fetchall() == [("H19.27", "open")]
        outside = "SELECT domain, source, id, unit, topic FROM event_outside ORDER BY domain, id"
        assert db.execute(outside).fetchall() == [
            *(("case", A, id, "H19.27", "ioc.cases") for id in ("a1", "a2", "a3")),
            *(("task", A, id, "H19.27", "ioc.tasks") for id in ("a1", "a2")),
        ]
    async with await psycopg.AsyncConnection.connect(database.screens) as conn:
        counted = await rejected(conn, Period(PeriodName.BETWEEN, date(2024, 1, 1), date(2024, 12, 31)))
    assert sorted((row.topic, row.source, row.records) for row in counted) == [("ioc.cases", A, 3), ("ioc.tasks", A, 2)]
    report = audit(database.streams)
    assert report.differences == 0, report.plain()
    assert {c.name: c.compared for c in report.checks if "outside" in c.name} == {
        "outside_vs_history": 3,
        "subject_outside_vs_history": 2,
    }


async def test_an_event_is_outside_only_as_long_as_the_case_is_anothers(database: DatabaseUrls) -> None:
    voiding = say("case.voided", "X-1", "b3", "2024-02-02T08:00:00", B, "H19.27", replaces={"source": B, "id": "b1"})
    await take(database, "cases", THEIRS, STRANGE, [voiding])
    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT unit, end_kind FROM case_state").fetchall() == [("H19.26", "finished")]
        assert [row[0] for row in db.execute("SELECT id FROM event_outside ORDER BY id")] == ["b1", "b2", "b3"]
    assert audit(database.streams).differences == 0


async def test_the_audit_finds_an_event_outside_that_is_missing(database: DatabaseUrls) -> None:
    await take(database, "cases", THEIRS, STRANGE)
    with psycopg.connect(database.streams) as db:
        db.execute("DELETE FROM event_outside WHERE id = 'a2'")
    report = audit(database.streams)
    assert [(c.name, c.differences) for c in report.checks if c.differences] == [("outside_vs_history", 1)]


async def test_the_gateway_reads_what_is_known_of_cases_and_tasks_and_nothing_while_the_database_is_away(
    database: DatabaseUrls,
) -> None:
    await take(database, "cases", THEIRS)
    await take(database, "tasks", THEIR_TASK)
    stored = StoredHistories(database.streams)
    keys = [("case", "X-1"), ("case", "X-2"), ("task", "30/05/x")]

    held = await stored.of(keys)

    assert {key: len(json.loads(events)) for key, events in held.items()} == {keys[0]: 2, keys[2]: 1}
    await stored.close()
    assert await StoredHistories("postgresql://nobody@127.0.0.1:1/none").of(keys) == {}
