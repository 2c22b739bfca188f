"""Where the province clock runs at an offset, moments of our own machinery are shown by it, ages and all."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from dashboards import source_silence
from dashboards.access.settings import SignIn
from dashboards.loading import Loading, loading
from dashboards.readers import snapshot
from dashboards.readers.database import Database
from dashboards.settings import ScreensSettings
from infra import demo_clock
from infra.endpoints import DatabaseUrls
from infra.errors import OperatorError
from infra.simulate.loading import tell_loading
from schemas.cases import SIMULATED
from schemas.province import day_number
from schemas.province_clock import ProvinceClock

OFFSET_S = -61 * 3_600


def stored(database: DatabaseUrls, source: str = SIMULATED) -> datetime:
    """A heartbeat, a record and an audit of this very moment, in real time."""
    now = datetime.now(UTC)
    with psycopg.connect(database.migrate) as db:
        db.execute("INSERT INTO heartbeat VALUES ('worker-1', %s, %s, 'running')", (now, now))
        db.execute(
            "INSERT INTO stream_source (source, topic_id, topic, partition, events, duplicates, rejected, received_at)"
            " VALUES (%s, 'topic', 'ioc.cases', 0, 1, 0, 0, %s)",
            (source, now),
        )
    return now


async def test_heartbeats_and_sources_keep_their_ages_whatever_the_offset(database: DatabaseUrls) -> None:
    now = stored(database)
    settings = ScreensSettings(database_screens=SecretStr(""), sign_in=SignIn.DEMO, clock_offset_s=OFFSET_S)
    for offset in (0, OFFSET_S, 3_600):
        clock = ProvinceClock(offset)
        async with (
            Database(database.screens, name="test", clock=clock, clock_offset_s=offset) as asked,
            asked.snapshot() as (conn, as_of),
        ):
            known = await snapshot.feeding(conn)
        shown = now + timedelta(seconds=offset)

        assert known.heartbeats[0].beat_at == shown
        assert known.sources[0].received_at == shown
        assert timedelta() <= as_of - shown < timedelta(seconds=10)
        assert (
            source_silence.condition(known.sources, known.heartbeats, as_of, settings).state
            is source_silence.State.LIVE
        )


def test_a_home_with_another_source_is_no_simulated_one(database: DatabaseUrls, tmp_path: Path) -> None:
    sunday = datetime.fromisoformat("2026-11-29T23:00+07:00")
    offset, said = demo_clock.decide(tmp_path, database.screens, sunday, sunday)
    assert offset == -(57 * 3_600 + 1_800), "Friday 13:30"
    assert "Friday 2026-11-27 13:30" in said

    stored(database, "urn:ledger")
    assert demo_clock.decide(tmp_path, database.screens, None, sunday)[0] == 0
    with pytest.raises(OperatorError, match="IOC_DEMO_START is for simulated homes"):
        demo_clock.decide(tmp_path, database.screens, sunday, sunday)


async def test_a_demo_says_in_the_database_how_far_its_history_is(database: DatabaseUrls) -> None:
    reached: list[int | None] = [day_number(date(2026, 3, 14))]
    settings = ScreensSettings(database_screens=SecretStr(""), sign_in=SignIn.DEMO)
    telling = asyncio.create_task(tell_loading(database.streams, lambda: reached[0], every_s=0.05))

    async def found() -> Loading | None:
        async with Database(database.screens, name="test") as asked, asked.snapshot() as (conn, as_of):
            return loading((await snapshot.feeding(conn)).heartbeats, as_of, settings)

    async def shown(wanted: Loading | None) -> None:
        async with asyncio.timeout(10):
            while await found() != wanted:  # noqa: ASYNC110 (another process's row: there is nothing to wait on)
                await asyncio.sleep(0.05)

    try:
        await shown(Loading(date(2026, 3, 14), going_on=True))
        reached[0] = None
        await shown(None)
    finally:
        telling.cancel()
