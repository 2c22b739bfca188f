"""A query that the database refuses is not the database being away: nobody goes on waiting for it."""

import asyncio

import psycopg
import pytest

from infra.cli.audit import audit
from infra.endpoints import DatabaseUrls
from infra.errors import OperatorError
from infra.home import Home
from streams.app import leave
from streams.heartbeat import beat
from streams.partition_lanes import LaneHealth


def break_table(database: DatabaseUrls, table: str) -> None:
    with psycopg.connect(database.migrate) as db:
        db.execute(f'ALTER TABLE "{table}" RENAME TO "{table}_gone"')


async def test_a_heartbeat_that_is_refused_ends_the_process(database: DatabaseUrls) -> None:
    break_table(database, "heartbeat")
    health = LaneHealth()
    health.begun = True
    async with asyncio.timeout(10):
        with pytest.raises(psycopg.errors.UndefinedTable):
            await beat(database.streams, "worker-1", health, superseded=lambda: leave(1, "superseded"))


def test_an_audit_that_is_refused_says_so_and_not_that_the_database_is_away(
    home: Home, database: DatabaseUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOC_HOME", str(home.root))
    monkeypatch.setenv("IOC_DATABASE", database.migrate)
    for login in ("streams", "screens", "api", "access", "units"):
        monkeypatch.setenv(f"IOC_DATABASE_{login.upper()}", getattr(database, login))
    break_table(database, "audit_run")
    with pytest.raises(OperatorError, match=r"UndefinedTable 42P01.*`ioc up` migrates it"):
        audit()
