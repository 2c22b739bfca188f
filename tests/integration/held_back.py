"""A finding to hold, and what relay and worker would do with the outbox, within the test's own process."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import psycopg

from infra.endpoints import DatabaseUrls
from schemas.topics import ACTIONS
from streams.decode import Decoder
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.test_store import Rec

FOUND = """
INSERT INTO lookup_finding (
    id, rule, scope, key, unit, application, began_at, seen_at, last_at, minutes, lookups, examples
)
VALUES (%s, %s, %s, %s, %s, '', %s, %s, %s, 10, 212, '{}')
"""
UNFOLDED = """
SELECT o.event FROM action_outbox o WHERE NOT EXISTS (
    SELECT FROM subject_event e WHERE e.domain = o.domain AND e.subject = o.subject AND e.id = o.id::text
) ORDER BY o.number
"""
WHERE = Partition("cluster", "id-actions", ACTIONS.name, 0)


def find(
    database: DatabaseUrls, id_: str, key: str, *, scope: str = "account", rule: str = "surge", unit: str = "26041"
) -> None:
    now = datetime.now(UTC)
    began = now - timedelta(minutes=10)
    with psycopg.connect(database.migrate) as conn:
        conn.execute(FOUND, [id_, rule, scope, key, unit, began, began, now])


class Folding:
    """Takes what stands in the outbox into the tables."""

    def __init__(self, store: Store) -> None:
        self._store, self._next = store, 0

    @classmethod
    @contextlib.asynccontextmanager
    async def over(cls, database: DatabaseUrls) -> AsyncIterator[Self]:
        connection = await connect(database.streams)
        try:
            made = cls(Store(connection))
            await made._store.begin(WHERE, 0)
            yield made
        finally:
            await connection.close()

    async def fold(self, database: DatabaseUrls) -> int:
        async with await psycopg.AsyncConnection.connect(database.migrate) as conn:
            events = [str(event) for (event,) in await (await conn.execute(UNFOLDED)).fetchall()]
        received = int(datetime.now(UTC).timestamp() * 1000)
        records: list[Any] = [Rec(self._next + number, event.encode(), received) for number, event in enumerate(events)]
        if records:
            batch = Decoder(ACTIONS).batch(records)
            assert batch.rejected == []
            await self._store.apply(WHERE, self._next, self._next + len(records), batch)
            self._next += len(records)
        return len(records)
