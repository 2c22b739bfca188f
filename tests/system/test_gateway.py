"""The gateway as a process: real sockets, real Kafka, real sources."""

import asyncio
import json
import signal
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest

from dashboards.access.registry import add_key
from infra.cli.source_registry import remove_source, rotate_source
from infra.db.roles import drop_database
from schemas import actions
from tests.system.gateways import BATCH, STRUCTURED, GatewayProcess, all_topics, records, values
from tests.system.harness import Ground, Slot, wait_for
from tests.unit.gateway import accepted, examples

MakeGateway = Callable[..., GatewayProcess]


@pytest.fixture
def make_gateway(ground: Ground) -> Iterator[MakeGateway]:
    made: list[GatewayProcess] = []

    def make(**settings: object) -> GatewayProcess:
        gateway = GatewayProcess(ground, settings)
        made.append(gateway)
        gateway.start()
        gateway.wait_ready()
        return gateway

    yield make
    for gateway in made:
        gateway.close()


def event(n: int, source: str = "urn:test:a", **changes: Any) -> dict[str, Any]:
    return accepted(id=f"e-{n}", subject=f"H19.26-240131-{n:04d}", source=source, **changes)


def test_what_was_answered_202_is_in_kafka_in_every_mode(make_gateway: MakeGateway, ground: Ground) -> None:
    gateway = make_gateway()
    source = gateway.add("a")
    headers = {f"ce-{name}": str(value) for name, value in event(3).items() if name != "data"}

    one = source.post("/v1/events", json=event(0), headers=STRUCTURED)
    several = source.post("/v1/events", json=[event(1), event(2)], headers=BATCH)
    apart = source.post("/v1/events", json=event(3)["data"], headers=headers)

    assert [one.status_code, several.status_code, apart.status_code] == [202, 202, 202], apart.text
    held = records(ground, ["ioc.cases"])
    assert sorted(json.loads(value or b"")["id"] for _, value in held) == ["e-0", "e-1", "e-2", "e-3"]
    assert all(json.loads(value or b"")["subject"].encode() == key for key, value in held)


def test_every_example_of_every_type_reaches_its_topic(make_gateway: MakeGateway, ground: Ground) -> None:
    all_topics(ground)
    gateway = make_gateway()
    sent = [e for e in examples() if e["source"] != actions.SOURCE]  # the centre's own, which the gateway refuses
    for urn in {e["source"] for e in sent}:
        source = gateway.add(urn.rpartition(":")[2], urn=urn)
        batch = [e for e in sent if e["source"] == urn]
        answer = source.post("/v1/events", json=batch, headers=BATCH)
        assert answer.status_code == 202, answer.text

    topics = ("ioc.cases", "ioc.lookups", "ioc.datasets", "ioc.tasks", "ioc.platform", "ioc.portal", "ioc.outreach")
    held = Counter((e["type"], e["id"]) for e in values(ground, *topics))
    assert held == Counter((e["type"], e["id"]) for e in sent)


def test_a_new_source_a_new_token_and_a_removed_source_count_within_seconds(
    make_gateway: MakeGateway, ground: Ground
) -> None:
    gateway = make_gateway()
    old = gateway.add("a")
    assert old.post("/v1/events", json=event(1), headers=STRUCTURED).status_code == 202

    database, now = ground.database.migrate, datetime.now(UTC)
    new = gateway.client(rotate_source(database, "a", now, by="test"))
    wait_for(lambda: new.post("/v1/events", json=event(2), headers=STRUCTURED).status_code == 202, 5)
    assert old.post("/v1/events", json=event(3), headers=STRUCTURED).status_code == 202, "both, for a week"
    foreign = gateway.client(add_key(database, "a", (), (), timedelta(days=9), now, by="test"))

    newest = gateway.client(rotate_source(database, "a", now, by="test", at_once=True))
    wait_for(lambda: newest.post("/v1/events", json=event(4), headers=STRUCTURED).status_code == 202, 5)
    for ended in (old, new, foreign):
        assert ended.post("/v1/events", json=event(5), headers=STRUCTURED).status_code == 401

    remove_source(database, "a", now, by="test")
    wait_for(lambda: newest.post("/v1/events", json=event(6), headers=STRUCTURED).status_code == 401, 5)


def test_without_the_database_it_goes_on_and_even_starts(make_gateway: MakeGateway, ground: Ground) -> None:
    gateway = make_gateway()
    source = gateway.add("a")
    memory = ground.folder / "gateway/sources.json"
    wait_for(memory.exists, 5)
    assert memory.stat().st_mode & 0o777 == 0o600
    assert source.headers["authorization"].partition(" ")[2] not in memory.read_text()
    drop_database(ground.home, ground.name)

    assert source.post("/v1/events", json=event(1), headers=STRUCTURED).status_code == 202
    gateway.end()
    gateway.start()
    gateway.wait_ready()
    assert source.post("/v1/events", json=event(2), headers=STRUCTURED).status_code == 202
    assert sorted(e["id"] for e in values(ground, "ioc.cases")) == ["e-1", "e-2"]


def test_too_many_requests_at_work_are_told_to_come_back(make_gateway: MakeGateway) -> None:
    gateway = make_gateway(gateway_concurrent=1, gateway_body_s=5)
    source = gateway.add("a")
    head = (
        f"POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: {source.headers['authorization']}\r\n"
        "Content-Type: application/cloudevents+json\r\nContent-Length: 100\r\n\r\n{"
    )
    with socket.create_connection(("127.0.0.1", gateway.port)) as slow:
        slow.sendall(head.encode())
        slow.settimeout(1)
        with pytest.raises(TimeoutError):  # it is at work; a request at the same moment might have been so before it
            slow.recv(1000)
        busy = source.post("/v1/events", json=event(1), headers=STRUCTURED)
        assert (busy.status_code, busy.headers.get("retry-after")) == (503, "1")
        slow.settimeout(30)
        assert b"408 Request Timeout" in slow.recv(1000), "a body that never comes keeps its place for ever"
    assert source.post("/v1/events", json=event(2), headers=STRUCTURED).status_code == 202


def test_the_log_has_one_line_a_request_and_nothing_of_what_was_sent(make_gateway: MakeGateway) -> None:
    gateway = make_gateway()
    source = gateway.add("a")
    source.post("/v1/events?topic=SECRET", json=event(1), headers=STRUCTURED)
    source.post("/v1/events", content=b'{"SECRET', headers=STRUCTURED)
    source.post("/v1/events", json=event(1, time="SECRET"), headers=STRUCTURED)
    source.get("/v1/SECRET")
    httpx.request("SECRET", gateway.url)

    wait_for(lambda: "method=- path=- status=404" in gateway.said(), 10, gateway.said)  # the answer may come first
    log = gateway.said()
    assert "method=POST path=/v1/events status=422" in log
    assert "source=a" in log
    assert "method=GET path=- status=404" in log
    assert "method=- path=- status=404" in log
    assert "SECRET" not in log
    assert gateway.end() == -signal.SIGTERM, "it did not come to an orderly end"
    assert "Finished server process" in gateway.said()


def test_events_reach_the_tables_and_repetitions_change_nothing(
    make_gateway: MakeGateway, ground: Ground, make_slot: Callable[..., Slot]
) -> None:
    gateway = make_gateway()
    slot = make_slot()
    source = gateway.add("a")
    batch = [event(n) for n in range(200)]
    for _ in range(2):
        assert source.post("/v1/events", json=batch, headers=BATCH).status_code == 202

    with psycopg.connect(ground.database.screens, autocommit=True) as db:
        wait_for(lambda: sum(ground.next_offsets(db).values()) == 400, 60, slot.said)
        rows = db.execute("SELECT id, count(*) FROM case_event WHERE time > '2010-01-01' GROUP BY id").fetchall()
    assert dict(rows) == {f"e-{n}": 1 for n in range(200)}


async def test_requests_beside_each_other_are_all_taken(make_gateway: MakeGateway, ground: Ground) -> None:
    gateway = await asyncio.to_thread(make_gateway)
    source = await asyncio.to_thread(gateway.add, "a")
    async with httpx.AsyncClient(base_url=gateway.url, headers=source.headers, timeout=30) as http:
        answers = await asyncio.gather(
            *(http.post("/v1/events", json=event(n), headers=STRUCTURED) for n in range(200))
        )
    assert {answer.status_code for answer in answers} == {202}
    held = await asyncio.to_thread(values, ground, "ioc.cases")
    assert sorted(e["id"] for e in held) == sorted(f"e-{n}" for n in range(200))
