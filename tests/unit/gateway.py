"""A gateway in this process, whose records stay here instead of going to Kafka."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from schemas.access_token import fingerprint
from streams.intake.gateway.app import Gateway
from streams.intake.gateway.events import GatewayEvent
from streams.intake.gateway.grants import Grant
from streams.intake.gateway.outbox import NotTaken
from streams.intake.gateway.router import AccessLog, application
from streams.intake.gateway.settings import GatewaySettings
from streams.intake.identity_hashing import Hasher

EXAMPLES = Path(__file__).parents[2] / "schemas/examples"
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
KEY = b"a key of tests, 32 bytes at least"
HASHER = Hasher("k1", KEY)
TOKEN = "t"
STRUCTURED = {"content-type": "application/cloudevents+json"}
BATCH = {"content-type": "application/cloudevents-batch+json"}


class Kept:
    """Keeps records; ``away`` as told."""

    def __init__(self) -> None:
        self.records: list[GatewayEvent] = []
        self.away = False

    async def send(self, records: Sequence[GatewayEvent]) -> None:
        if self.away:
            raise NotTaken(())
        self.records.extend(records)

    @property
    def values(self) -> list[dict[str, Any]]:
        return [json.loads(record.value) for record in self.records]


class Fixed:
    """Sources by their tokens."""

    def __init__(self, grants: Mapping[str, Grant], *, known: bool = True) -> None:
        self.known = known
        self._grants = {fingerprint(token): grant for token, grant in grants.items()}

    def of(self, token: str) -> Grant | None:
        return self._grants.get(fingerprint(token))


def settings(**changes: Any) -> GatewaySettings:
    given: dict[str, Any] = {
        "kafka": "127.0.0.1:1",
        "database_streams": SecretStr("postgresql://nobody@127.0.0.1:1/none"),
        "home": Path("/nonexistent"),
        "person_key": SecretStr(KEY.decode()),
    }
    return GatewaySettings(**{**given, **changes})


def grant(urn: str = "urn:test:a", types: str = "*", units: str = "*", name: str = "a") -> Grant:
    return Grant(name, urn, tuple(types.split(",")), tuple(units.split(",")))


def gateway(grants: Mapping[str, Grant], kept: Kept, **changes: Any) -> AccessLog:
    made = Gateway(settings(**changes), Fixed(grants), kept, HASHER, lambda: NOW)
    return application(made.routes(), nullcontext())


@asynccontextmanager
async def client(app: AccessLog, token: str | None = TOKEN) -> AsyncIterator[httpx.AsyncClient]:
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway", headers=headers) as made:
        yield made


def examples() -> list[dict[str, Any]]:
    """Every example of every event type."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(EXAMPLES.glob("*/*.json"))]


def accepted(**changes: Any) -> dict[str, Any]:
    """A case that was accepted."""
    event: dict[str, Any] = {
        "specversion": "1.0",
        "id": "e-1",
        "source": "urn:test:a",
        "type": "case.accepted.v1",
        "subject": "H19.26-240131-0001",
        "time": "2024-01-31T08:12:00+07:00",
        "data": {"unit": "H19.26", "channel": "online", "procedure": "1.001612"},
    }
    return {**event, **changes}
