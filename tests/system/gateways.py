"""A real gateway process on a test's ground, and what its topics hold."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import httpx
from kafka import KafkaConsumer, TopicPartition

from infra.cli.source_registry import add_source
from infra.kafka.topics import ensure_topics
from infra.ports import free_port
from schemas.topics import TOPICS
from tests.system.harness import Ground, wait_for

STRUCTURED = {"content-type": "application/cloudevents+json"}
BATCH = {"content-type": "application/cloudevents-batch+json"}


@dataclass
class GatewayProcess:
    """``python -m streams.intake.gateway`` with the environment that ``ioc up`` would give it."""

    ground: Ground
    settings: dict[str, object] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    clients: list[httpx.Client] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        variables: dict[str, object] = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "IOC_KAFKA": self.ground.kafka,
            "IOC_DATABASE_STREAMS": self.ground.database.streams,
            "IOC_HOME": self.ground.folder,
            "IOC_TOPIC_SUFFIX": self.ground.suffix,
            "IOC_PERSON_KEY": "a key of tests, 32 bytes at least",
            "IOC_GATEWAY_PORT": self.port,
            "IOC_GATEWAY_SOURCES_S": 0.2,
            **{f"IOC_{name.upper()}": value for name, value in self.settings.items()},
        }
        with (self.ground.folder / "gateway.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "streams.intake.gateway"],
                env={name: str(value) for name, value in variables.items()},
                cwd=self.ground.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def said(self) -> str:
        return (self.ground.folder / "gateway.log").read_text(errors="replace")

    def healthy(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def wait_ready(self, seconds: float = 30) -> None:
        wait_for(self.healthy, seconds, self.said, every=0.1)

    def add(self, name: str, types: str = "*", units: str = "*", urn: str | None = None) -> httpx.Client:
        """A source of its own, and a client that bears its token; it may send at once."""
        token = add_source(
            self.ground.database.migrate,
            name,
            urn or f"urn:test:{name}",
            tuple(types.split(",")),
            tuple(units.split(",")),
            datetime.now(UTC),
            by="test",
        )
        client = self.client(token)
        wait_for(lambda: client.post("/v1/events", content=b"{").status_code != 401, 10, self.said)
        return client

    def client(self, token: str) -> httpx.Client:
        self.clients.append(httpx.Client(base_url=self.url, headers={"authorization": f"Bearer {token}"}, timeout=30))
        return self.clients[-1]

    def end(self, *, kill: bool = False) -> int:
        assert self.process is not None
        self.process.kill() if kill else self.process.terminate()
        return self.process.wait(20)

    def close(self) -> None:
        for client in self.clients:
            client.close()
        if self.process is not None and self.process.poll() is None:
            self.end(kill=True)


def all_topics(ground: Ground) -> None:
    """Creates every declared topic on the ground."""
    ensure_topics(ground.kafka, [replace(topic, name=topic.name + ground.suffix) for topic in TOPICS])


def records(ground: Ground, topics: Iterable[str]) -> list[tuple[bytes | None, bytes | None]]:
    """Key and value of everything that these topics (by their declared names) hold."""
    found: list[tuple[bytes | None, bytes | None]] = []
    consumer = KafkaConsumer(bootstrap_servers=ground.kafka.split(","), enable_auto_commit=False)
    try:
        partitions = [
            TopicPartition(name + ground.suffix, number)
            for name in topics
            for number in consumer.partitions_for_topic(name + ground.suffix) or ()
        ]
        ends = consumer.end_offsets(partitions)
        consumer.assign(partitions)
        consumer.seek_to_beginning(*partitions)
        while any(consumer.position(partition) < end for partition, end in ends.items()):
            for batch in consumer.poll(timeout_ms=500).values():
                found.extend((record.key, record.value) for record in batch)
    finally:
        consumer.close()
    return found


def values(ground: Ground, *topics: str) -> list[dict[str, Any]]:
    return [json.loads(value or b"null") for _, value in records(ground, topics)]
