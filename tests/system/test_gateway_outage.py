"""Kafka is killed, and away for a while, under load: every event that was answered 202 is in the tables once."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg
import pytest

from infra.stack.stack import Stack
from streams.audit.cases import audit
from tests.system.conftest import ground_on, own_stack
from tests.system.gateways import BATCH, GatewayProcess
from tests.system.harness import Ground, Slot, wait_for
from tests.system.test_outages import BACK_WITHIN_S, kill
from tests.unit.gateway import accepted

BATCH_OF = 20
EVERY_S = 0.05


@pytest.fixture(scope="module")
def private() -> Iterator[Stack]:
    with own_stack() as stack:
        yield stack


@pytest.fixture
def ground(private: Stack, tmp_path: Path) -> Ground:
    return ground_on(private, tmp_path)


@dataclass
class Load(threading.Thread):
    """Sends batches at a pace, each once; keeps what became of each event."""

    source: httpx.Client
    taken: set[str] = field(default_factory=set)  # answered 202, or named in a 503
    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    slowest_s: float = 0.0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self._ended = threading.Event()

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        while not self._ended.wait(EVERY_S):
            ids = [f"e-{self.sent + n}" for n in range(BATCH_OF)]
            self.sent += BATCH_OF
            batch = [accepted(id=id, subject=f"H19.26-240131-{id}") for id in ids]
            began = time.monotonic()
            answer = self.source.post("/v1/events", json=batch, headers=BATCH)
            self.slowest_s = max(self.slowest_s, time.monotonic() - began)
            self.statuses[answer.status_code] += 1
            if answer.status_code == 202:
                self.taken.update(event["id"] for event in answer.json()["events"])
            else:
                assert answer.headers["retry-after"], answer.text
                self.taken.update(ids[index] for index in answer.json()["taken"])

    def end(self) -> None:
        self._ended.set()
        self.join(30)
        assert not self.is_alive()


@pytest.mark.timeout(400)
def test_every_202_is_in_the_tables_once_whatever_happens_to_kafka(
    private: Stack, ground: Ground, make_slot: Callable[..., Slot]
) -> None:
    gateway = GatewayProcess(ground, {"gateway_answer_s": 3})
    gateway.start()
    try:
        gateway.wait_ready()
        slot = make_slot()
        load = Load(gateway.add("a"))
        load.start()
        for outage_s in (0.0, 8.0, 0.0):
            answered = load.statuses[202]
            wait_for(lambda: load.statuses[202] > answered + 40, BACK_WITHIN_S, gateway.said)  # noqa: B023
            if outage_s:
                refused = load.statuses[503]
                with private.supervisor.client() as client:
                    client.stop("kafka")
                    time.sleep(outage_s)
                    assert load.statuses[503] > refused, "it took events without Kafka"
                    assert not gateway.healthy()
                    client.start("kafka")
            else:
                kill(private, "kafka")
        answered = load.statuses[202]
        wait_for(lambda: load.statuses[202] > answered + 40, BACK_WITHIN_S, gateway.said)
        load.end()
        print(f"{load.statuses}, {len(load.taken)} of {load.sent} taken, slowest answer {load.slowest_s:.1f} s")

        assert load.slowest_s < 6, "nobody is to wait longer than for one answer"
        assert set(load.statuses) == {202, 503}
        check_tables(ground, load, slot)
        assert gateway.process is not None
        assert gateway.process.poll() is None, "it did not live through it"
    finally:
        gateway.close()


def check_tables(ground: Ground, load: Load, slot: Slot) -> None:
    """Every event that is known to be taken is there, once. Of those answered 503 some may be there, once."""

    def held() -> dict[str, int]:
        rows = db.execute("SELECT id, count(*) FROM case_event WHERE time > '2010-01-01' GROUP BY id").fetchall()
        return dict(rows)

    with psycopg.connect(ground.database.screens, autocommit=True) as db:
        wait_for(lambda: load.taken <= held().keys(), BACK_WITHIN_S, slot.said, every=0.5)
        assert set(held().values()) == {1}
    assert audit(ground.database.streams).ok
