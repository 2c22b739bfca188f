"""Every example of docs/sources.md, run as it stands there, against a gateway; its event is found in the tables."""

import json
import subprocess
from collections.abc import Callable

import psycopg
import pytest

from schemas.field_tables import OURS
from schemas.topics import TOPICS
from tests.system.gateways import GatewayProcess, all_topics, values
from tests.system.harness import Ground, Slot, wait_for
from tests.unit.test_sources_page import commands


@pytest.mark.timeout(300)
def test_every_example_of_the_page_reaches_the_tables(ground: Ground, make_slot: Callable[..., Slot]) -> None:
    all_topics(ground)
    gateway = GatewayProcess(ground)
    gateway.start()
    try:
        gateway.wait_ready()
        token = gateway.add("my-system", urn=OURS).headers["authorization"].removeprefix("Bearer ")
        named: set[str] = set()
        for command in commands():
            named.update(ran(command, gateway.url, token))
        assert len(named) >= 10
        assert {event["id"] for event in values(ground, *(topic.name for topic in TOPICS))} == named

        slot = make_slot(topics="")
        with psycopg.connect(ground.database.screens, autocommit=True) as db:
            wait_for(lambda: named <= held(db), 90, lambda: f"{named - held(db)} {slot.said()}", every=0.5)
            row = db.execute("SELECT count(*) FROM dead_letter").fetchone()
        assert row == (0,)
    finally:
        gateway.close()


def ran(command: str, url: str, token: str) -> set[str]:
    """The ids that the gateway says it has taken."""
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "GATEWAY": url, "TOKEN": token, "LANG": "C.UTF-8"}
    ended = subprocess.run(
        ["bash", "-c", command], env=environment, capture_output=True, text=True, timeout=30, check=True
    )
    answer = json.loads(ended.stdout)
    assert answer.get("accepted"), f"{command}\n{ended.stdout}"
    assert not answer.get("rejected"), ended.stdout
    return {event["id"] for event in answer["events"]}


def held(db: psycopg.Connection[tuple[str]]) -> set[str]:
    """The ids of all events in all event tables."""
    tables = db.execute(
        "SELECT table_name::text FROM information_schema.columns WHERE column_name = 'id' AND table_schema = 'public'"
        " AND (table_name LIKE '%\\_event' OR table_name = 'source_digest')"
    ).fetchall()
    assert len(tables) >= 2
    return {id for (table,) in tables for (id,) in db.execute(f"SELECT id FROM {table}").fetchall()}  # noqa: S608
