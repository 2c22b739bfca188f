"""Identity numbers sent in by every way over HTTP, wherever they do not belong, are in no table, topic or log."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from schemas.topics import TOPICS
from tests.system.gateways import BATCH, STRUCTURED, GatewayProcess, all_topics, records
from tests.system.harness import Ground, Slot, wait_for
from tests.unit import dvcqg
from tests.unit.gateway import accepted, examples
from tests.unit.test_gateway_persons import planted, strings

BASE = 79_123_450_000  # each place gets its own number, 079123450000 and on: what is found says from where


@pytest.mark.timeout(400)
def test_planted_identity_numbers_are_nowhere(ground: Ground, make_slot: Callable[..., Slot]) -> None:
    all_topics(ground)
    gateway = GatewayProcess(ground, {"gateway_burst": 1_000_000})
    gateway.start()
    try:
        gateway.wait_ready()
        answers, numbers = sent(gateway)
        assert len(numbers) > 900
        slot = make_slot(topics="")
        in_kafka = records(ground, [topic.name for topic in TOPICS])
        assert len(in_kafka) > 400
        with ground.superuser() as db:
            taken = lambda: len(in_kafka) == total(ground, db)  # noqa: E731
            wait_for(taken, 150, slot.said, every=0.5)
            texts = dict(tables(db))
        assert texts["case_event"].count("\n") > 50
        texts["Kafka"] = "\n".join((part or b"").decode() for record in in_kafka for part in record)
        texts["answers"] = "\n".join(answers)
        texts["gateway's log"] = gateway.said()
        texts["worker's log"] = slot.log.read_text(errors="replace")
        found = {name: [n for n in numbers if n in text] for name, text in texts.items()}
        assert {name: some for name, some in found.items() if some} == {}
        assert "k1:" in texts["case_event"], "nothing was replaced, so nothing was shown"
    finally:
        gateway.close()


def sent(gateway: GatewayProcess) -> tuple[list[str], list[str]]:
    """Sends a number in every string of every event and message; the answers, and the numbers."""
    source, portal = gateway.add("a"), gateway.add("d", urn=dvcqg.SOURCE)
    answers: list[str] = []
    numbers: list[str] = []

    def number() -> str:
        numbers.append(f"{BASE + len(numbers):012d}")
        return numbers[-1]

    for example in examples():
        event = {**example, "source": "urn:test:a"}
        for path in strings(event):
            answers.append(source.post("/v1/events", json=planted(event, path, number()), headers=STRUCTURED).text)
            text = f"công dân {number()}"
            answers.append(source.post("/v1/events", json=[planted(event, path, text)], headers=BATCH).text)
    for name in ("id", "subject", "type", "time", "source"):
        headers = {f"ce-{key}": str(value) for key, value in accepted(**{name: number()}).items() if key != "data"}
        answers.append(source.post("/v1/events", json=accepted()["data"], headers=headers).text)
    for name, path_of in dvcqg.MESSAGES.items():
        message: Any = dvcqg.base(name)
        kind = dvcqg.PROGRESS if "rogress" in name else dvcqg.CASE
        for path in list(strings(message))[:: 1 if path_of.stem == "accepted_online" else 7]:
            answers.append(portal.post(f"/v1/dvcqg/{kind}", json=planted(message, path, number())).text)
    answers.append(source.post(f"/v1/events?topic={number()}", json=accepted(), headers=STRUCTURED).text)
    answers.append(source.get(f"/v1/{number()}").text)
    return answers, numbers


def total(ground: Ground, db: psycopg.Connection) -> int:
    row = db.execute("SELECT coalesce(sum(next), 0)::int FROM stream_offset").fetchone()
    assert row is not None
    return int(row[0])


def tables(db: psycopg.Connection) -> Iterator[tuple[str, str]]:
    """Every table of ours, as text."""
    named = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
    for (name,) in db.execute(named).fetchall():
        rows = db.execute(f'SELECT t::text FROM public."{name}" t').fetchall()  # noqa: S608  names from the catalogue
        yield name, "\n".join(row[0] for row in rows) + "\n"
