"""Which sources are registered at the gateway, as the readers see it: names, and never a token."""

from datetime import UTC, datetime

import psycopg
import pytest

from dashboards.readers.database import Database
from dashboards.readers.sources import sources
from infra.cli.source_registry import add_source
from infra.endpoints import DatabaseUrls

NOW = datetime(2026, 11, 24, tzinfo=UTC)
KNOWN, STRANGER = "urn:dongnai:mot-cua", "urn:nobody:registered"
SENT = (
    "INSERT INTO stream_source (source, topic_id, topic, partition, events, duplicates, rejected, received_at)"
    " VALUES (%s, 't', 'ioc.cases', 0, 1, 0, 0, %s)"
)


@pytest.mark.parametrize("login", ["screens", "api"])
async def test_a_source_that_the_gateway_knows_is_told_from_others(database: DatabaseUrls, login: str) -> None:
    add_source(database.migrate, "mot-cua", KNOWN, ("case.*",), ("*",), NOW, by="test")
    with psycopg.connect(database.migrate) as db:
        for name in (KNOWN, STRANGER):
            db.execute(SENT, [name, NOW])

    async with Database(getattr(database, login), name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        found = {source.source: source.registered for source in await sources(conn)}

    assert found == {KNOWN: True, STRANGER: False}
    with psycopg.connect(getattr(database, login)) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute("SELECT token FROM gateway_token")
