"""Every domain besides cases on the real database: its examples go in and its figures are found."""

import json
from collections.abc import Iterable
from typing import Any

import psycopg
import pytest

from infra.endpoints import DatabaseUrls
from schemas.contracts import CONTRACTS
from schemas.topics import BY_CONTRACT
from streams.audit.cases import audit
from streams.audit.report import Scope
from streams.decode import Decoder
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.test_store import Rec
from tests.settings import REPOSITORY

TOPICS = [name for name in CONTRACTS if name not in ("cases", "lookups")]


def examples(contract: str) -> Iterable[dict[str, Any]]:
    """Those of facts, so that nothing takes back what another says."""
    for domain in CONTRACTS[contract].domains:
        for kind in domain.kinds:
            for path in sorted((REPOSITORY / f"schemas/examples/{domain.type_of(kind)}").glob("*.json")):
                yield json.loads(path.read_text("utf-8"))


async def take(database: DatabaseUrls, contract: str, events: Iterable[dict[str, Any]], start: int = 0) -> Any:
    topic = BY_CONTRACT[contract]
    partition = Partition("cluster", f"id-{contract}", topic.name, 0)
    connection = await connect(database.streams)
    try:
        store = Store(connection)
        await store.begin(partition, start)
        records = [Rec(start + i, json.dumps(event).encode()) for i, event in enumerate(events)]
        batch = Decoder(topic).batch(records)
        assert batch.rejected == []
        return await store.apply(partition, start, start + len(records), batch)
    finally:
        await connection.close()


def figures(database: DatabaseUrls, domain: str) -> dict[str, int]:
    with psycopg.connect(database.screens) as db:
        rows = db.execute(
            "SELECT counter, sum(amount)::bigint FROM subject_figure WHERE domain = %s GROUP BY 1", [domain]
        )
        return dict(rows.fetchall())


@pytest.mark.parametrize("contract", TOPICS)
async def test_the_examples_of_a_topic_are_taken_once_and_the_audit_agrees(
    database: DatabaseUrls, contract: str
) -> None:
    said = list(examples(contract))
    applied = await take(database, contract, said)
    again = await take(database, contract, said, start=len(said))

    assert (applied.fresh, applied.duplicates) == (len(said), 0)
    assert (again.fresh, again.duplicates) == (0, len(said))
    scopes: tuple[Scope, ...] = ("full", "slice")
    for scope in scopes:
        report = audit(database.streams, scope)
        assert report.ok, report.plain()
    for domain in CONTRACTS[contract].domains:
        if domain.name != "source":
            assert figures(database, domain.name), domain.name


async def test_a_task_that_was_done_late_and_then_corrected_moves_from_late_to_on_time(database: DatabaseUrls) -> None:
    def say(type_: str, id: str, time: str, **data: Any) -> dict[str, Any]:
        return {
            "specversion": "1.0",
            "type": f"task.{type_}.v1",
            "source": "urn:test",
            "id": id,
            "subject": "30/1/so-tu-phap",
            "time": time,
            "data": data,
        }

    task = {"title": "Nhiệm vụ 1", "plan": "30/KH-UBND", "kind": "late", "unit": "so-tu-phap", "due_on": "2024-01-31"}
    await take(
        database,
        "tasks",
        [say("assigned", "1", "2024-01-23T08:00:00+07:00", **task), say("done", "2", "2024-02-01T08:00:00+07:00")],
    )
    assert figures(database, "task") == {"assigned": 1, "done": 1, "done_late": 1}

    fact = {"type": "task.done.v1", "time": "2024-01-31T23:59:00+07:00", "data": {}}
    correction = say(
        "corrected", "3", "2024-02-02T08:00:00+07:00", replaces={"source": "urn:test", "id": "2"}, event=fact
    )
    await take(database, "tasks", [correction], start=2)
    assert figures(database, "task") == {"assigned": 1, "done": 1, "done_on_time": 1}
    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT standing, unit, part, ended_at FROM subject_state").fetchall()[0][:3] == (
            "done",
            "so-tu-phap",
            "30/KH-UBND",
        )


async def test_a_level_of_zero_is_kept_and_a_voided_measurement_is_not(database: DatabaseUrls) -> None:
    (measured,) = [said for said in examples("datasets") if said["type"] == "dataset.measured.v1"]
    measured["data"] = {**measured["data"], "fresh": 0}
    await take(database, "datasets", [measured])
    assert figures(database, "dataset")["fresh"] == 0

    void = {
        **measured,
        "type": "dataset.voided.v1",
        "id": "void",
        "data": {"replaces": {"source": measured["source"], "id": measured["id"]}},
    }
    await take(database, "datasets", [void], start=1)
    assert figures(database, "dataset") == {}
    assert audit(database.streams).ok
