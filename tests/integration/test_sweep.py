"""Cases under older rules are folded again beside the stream, and no total drifts while they are."""

import asyncio
import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dashboards.readers.database import Database
from dashboards.readers.sources import old_rules
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.reference.reading import PACKAGED, read
from schemas.state import RULES_VERSION
from schemas.topics import CASES
from streams.audit.cases import audit
from streams.decode import Decoder
from streams.store import Store, connect
from streams.sweep.cases import SWEEP_LOCK, Sweep, sweep_alone
from tests.integration.older_rules import as_rules_2_left_it
from tests.integration.sample_province import HISTORY_LIMIT, NOW, PARTITION, play, tell
from tests.integration.test_store import Rec
from tests.reference.law import Law
from tests.reference.province import Province
from tests.reference.tables import actual, differences, expected

LATER = datetime(2025, 1, 3, tzinfo=UTC)
CLOSED = "2024-12-31,day_off,Nghỉ đột xuất,,sourced,\n"  # a Tuesday that many cases of the sample meet


def told(cases: int = 90, seed: int = 6) -> list[bytes]:
    """The sample's events, without those that lie too far ahead to be taken."""
    latest = (NOW + timedelta(hours=24)).isoformat()
    return [one for one in tell(cases, seed) if json.loads(one)["time"] <= latest]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The packaged files with one more day off at the end of 2024."""
    for file in PACKAGED.glob("*.csv"):
        shutil.copy(file, tmp_path)
    calendar = tmp_path / "calendar_2024.csv"
    calendar.write_text(calendar.read_text("utf-8") + CLOSED, "utf-8")
    return tmp_path


def want(told: list[bytes], law: Law) -> dict[str, Any]:
    return expected(Province.after([json.loads(one) for one in told], HISTORY_LIMIT, law))


def disagreement(database: DatabaseUrls, told: list[bytes], law: Law) -> str:
    with psycopg.connect(database.screens) as db:
        return differences(actual(db), want(told, law))


def editions(database: DatabaseUrls) -> dict[str, int]:
    with psycopg.connect(database.screens) as db:
        return dict(db.execute("SELECT subject, rules_edition FROM case_state").fetchall())


async def still_old(database: DatabaseUrls) -> int:
    async with Database(database.screens, name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        return await old_rules(conn)


async def test_cases_of_an_earlier_release_come_under_the_present_rules(database: DatabaseUrls) -> None:
    events = told()
    load(database.migrate, read(), NOW)
    await play(database.streams, events)
    with psycopg.connect(database.migrate, autocommit=True) as owner:
        as_rules_2_left_it(owner)
    before = audit(database.streams)
    left = await still_old(database)

    done = await sweep_alone(database.streams, at_once=7)
    after = audit(database.streams)

    assert (before.ok, before.old_rules, left) == (True, before.cases, before.cases)
    assert (after.ok, after.old_rules, await still_old(database)) == (True, 0, 0)
    assert done == before.cases
    assert disagreement(database, events, Law.of(PACKAGED)) == ""


async def test_reference_data_loaded_later_judges_what_was_folded_before(database: DatabaseUrls) -> None:
    events = told()
    await play(database.streams, events)
    load(database.migrate, read(), NOW)
    before = audit(database.streams)

    await sweep_alone(database.streams)
    after = audit(database.streams)

    assert (before.ok, after.ok, after.old_rules) == (True, True, 0)
    assert before.old_rules == await asyncio.to_thread(judged_cases, database)
    assert disagreement(database, events, Law.of(PACKAGED)) == ""


def judged_cases(database: DatabaseUrls) -> int:
    with psycopg.connect(database.screens) as db:
        row = db.execute("SELECT count(*) FROM case_state WHERE judged_from IS NOT NULL").fetchone()
    assert row is not None
    return int(row[0])


async def test_a_replaced_calendar_touches_just_the_cases_of_its_days(database: DatabaseUrls, folder: Path) -> None:
    events = told()
    load(database.migrate, read(), NOW)
    await play(database.streams, events)
    first = editions(database)
    load(database.migrate, read(folder), LATER)
    day = datetime(2024, 12, 31, tzinfo=UTC).date()
    with psycopg.connect(database.screens) as db:
        met = "SELECT subject FROM case_state WHERE %s BETWEEN judged_from AND judged_to"
        touched = {row[0] for row in db.execute(met, [day]).fetchall()}
    before = audit(database.streams)

    done = await sweep_alone(database.streams)
    second = editions(database)

    assert 0 < len(touched) < len(first)
    assert (before.ok, before.old_rules, done) == (True, len(touched), len(touched))
    assert {subject for subject in second if second[subject] > first[subject]} == touched
    assert audit(database.streams).ok
    assert disagreement(database, events, Law.of(folder)) == ""
    assert await sweep_alone(database.streams) == 0


async def test_what_judges_nothing_makes_no_new_edition(database: DatabaseUrls, folder: Path) -> None:
    load(database.migrate, read(), NOW)
    await play(database.streams, tell(20))
    shutil.copy(PACKAGED / "calendar_2024.csv", folder)
    for name in ("calendar_2025.csv", "units_2025.csv", "rules.csv"):
        file = folder / name
        file.write_text(
            file.read_text("utf-8").replace("second_hand,", "sourced,").replace("Phường Tam Hiệp", "Tam Hiệp")
        )

    assert load(database.migrate, read(folder), LATER) != []
    assert await still_old(database) == 0
    assert await sweep_alone(database.streams) == 0


async def test_a_worker_judges_by_what_was_loaded_since_it_began(database: DatabaseUrls, folder: Path) -> None:
    load(database.migrate, read(), NOW)
    events = told()
    connection = await connect(database.streams)
    try:
        store = Store(connection, history_limit=HISTORY_LIMIT)
        await store.begin(PARTITION, 0)
        await spans(store, events[:200], 0)
        await asyncio.to_thread(load, database.migrate, read(folder), LATER)
        await spans(store, events[200:], 200)
    finally:
        await connection.close()
    await sweep_alone(database.streams)

    assert audit(database.streams).ok
    assert disagreement(database, events, Law.of(folder)) == ""


async def spans(store: Store, told: list[bytes], start: int, size: int = 20) -> None:
    received = int(NOW.timestamp() * 1000)
    records = [Rec(start + n, value, received) for n, value in enumerate(told)]
    for first in range(0, len(records), size):
        span = records[first : first + size]
        await store.apply(PARTITION, span[0].offset, span[-1].offset + 1, Decoder(CASES).batch(span))


async def test_while_events_flow_and_calendars_change_nothing_drifts(database: DatabaseUrls, folder: Path) -> None:
    events = told(120, seed=9)
    load(database.migrate, read(), NOW)
    flowing = True
    reports = []

    async def sweeping() -> int:
        done = 0
        while flowing:
            done += await sweep_alone(database.streams, at_once=5)
            await asyncio.sleep(0.01)
        return done

    async def loading() -> None:
        for times in range(4):
            await asyncio.sleep(0.5)
            await asyncio.to_thread(load, database.migrate, read(folder) if times % 2 == 0 else read(), LATER)
            reports.append(await asyncio.to_thread(audit, database.streams))
        await asyncio.to_thread(load, database.migrate, read(folder), LATER)

    async def taking() -> None:
        connection = await connect(database.streams)
        store = Store(connection, history_limit=HISTORY_LIMIT)
        await store.begin(PARTITION, 0)
        for first in range(0, len(events), 10):
            await spans(store, events[first : first + 10], first)
            await asyncio.sleep(0.03)
        await connection.close()

    sweeper = asyncio.create_task(sweeping())
    try:
        await asyncio.gather(taking(), loading())
    finally:
        flowing = False
    swept = await sweeper + await sweep_alone(database.streams)

    assert swept > 0
    assert [report.plain() for report in reports if not report.ok] == []
    assert audit(database.streams).ok
    assert await still_old(database) == 0
    assert disagreement(database, events, Law.of(folder)) == ""


KILLED = """
import asyncio, sys
from streams.crash import CrashPoints
from streams.sweep.cases import sweep_alone
asyncio.run(sweep_alone(sys.argv[1], CrashPoints(sys.argv[2]), at_once=10, hands=1))
"""


@pytest.mark.parametrize("point", ["locked:3", "written:3"])
async def test_killed_in_the_middle_it_goes_on_where_it_stood(database: DatabaseUrls, folder: Path, point: str) -> None:
    events = told()
    load(database.migrate, read(), NOW)
    await play(database.streams, events)
    load(database.migrate, read(folder), LATER)
    touched = await still_old(database)

    killed = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", KILLED, database.streams, point],
        cwd=Path(__file__).parents[2],
        check=False,
    )
    report = audit(database.streams)

    assert killed.returncode == -9
    assert (report.ok, report.old_rules) == (True, touched - 20)
    assert await sweep_alone(database.streams) == touched - 20
    assert audit(database.streams).ok
    assert disagreement(database, events, Law.of(folder)) == ""


async def test_of_two_workers_one_sweeps(database: DatabaseUrls) -> None:
    await play(database.streams, tell(20))
    load(database.migrate, read(), NOW)
    with psycopg.connect(database.streams, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [SWEEP_LOCK])
        assert await sweep_alone(database.streams) == 0
        other.execute("SELECT pg_advisory_unlock(%s)", [SWEEP_LOCK])
    both = await asyncio.gather(sweep_alone(database.streams), sweep_alone(database.streams))

    assert min(both) == 0
    assert max(both) > 0
    assert await still_old(database) == 0


async def test_cases_of_a_newer_release_are_left_alone(database: DatabaseUrls) -> None:
    await play(database.streams, tell(20))
    with psycopg.connect(database.migrate, autocommit=True) as owner:
        owner.execute("UPDATE case_state SET rules_version = %s", [RULES_VERSION + 1])
        load(database.migrate, read(), NOW)

        assert await sweep_alone(database.streams) == 0
        assert owner.execute("SELECT DISTINCT rules_version FROM case_state").fetchall() == [(RULES_VERSION + 1,)]


async def test_however_many_cases_there_are_it_looks_for_them_twice(
    database: DatabaseUrls, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(database.migrate, read(), NOW)
    await play(database.streams, told())
    load(database.migrate, read(folder), LATER)
    searches: list[None] = []
    find = Sweep._find

    def counting(sweep: Sweep) -> Any:
        searches.append(None)
        return find(sweep)

    monkeypatch.setattr(Sweep, "_find", counting)
    assert await sweep_alone(database.streams, at_once=3) > 9
    assert len(searches) == 2, "the second finds nothing left"


async def test_a_sweep_that_gives_way_goes_on_later(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    load(database.migrate, read(), NOW)
    asked = iter([False, False, True, True])

    part = await sweep_alone(database.streams, gives_way=lambda: next(asked), at_once=10, hands=1)

    assert part == 10
    assert await sweep_alone(database.streams) > 0
    assert await still_old(database) == 0
