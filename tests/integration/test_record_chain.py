"""That the record stays what was written: whatever is done to it is found, every night, and by one process."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import psycopg
import pytest

from dashboards.access import record_keeping
from dashboards.access.asker import Asker, AskerKind, Role
from dashboards.access.record import Deed, Record
from dashboards.access.record_keeping import is_due, keep_record
from dashboards.access.record_reader import RecordFilter, RecordReader
from dashboards.readers.database import Database
from infra.cli import record as command
from infra.endpoints import DatabaseUrls
from infra.errors import OperatorError

NOW = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
SHORT = timedelta(microseconds=1)
LEADER = Asker(AskerKind.ACCOUNT, "lanh-dao", "Lãnh đạo", Role.LEADER, address="10.0.0.7")
# As whoever owns the table and knows how it is built would do it: with hashes that fit.
REWRITTEN = """
DO $$ DECLARE one record; before bytea; BEGIN
    SELECT digest INTO before FROM access_record WHERE number = 2;
    FOR one IN SELECT * FROM access_record WHERE number > 2 ORDER BY number LOOP
        UPDATE access_record SET who = 'another', previous = before, digest = access_digest(
            number, at, 'another', kind, role, what, object, units, rows, address, before, unit_rows
        ) WHERE number = one.number RETURNING digest INTO before;
    END LOOP;
END $$"""
SWAPPED = """
UPDATE access_record a SET who = b.who, what = b.what, object = b.object, digest = b.digest, previous = b.previous
FROM access_record b WHERE (a.number, b.number) IN ((3, 4), (4, 3))"""


@contextmanager
def owning(database: DatabaseUrls) -> Iterator[psycopg.Connection]:
    """The table's owner, whom no trigger hinders."""
    with psycopg.connect(database.migrate) as owner:
        for table in ("access_record", "access_record_check"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL".encode())
        yield owner
        for table in ("access_record", "access_record_check"):
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL".encode())


async def told(access: Database, count: int = 6) -> None:
    record = Record(access, lambda: NOW)
    for number in range(count):
        await record.read(LEADER, Deed.CASE_READ, f"H19.{number}", {"26041": 1})


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (SWAPPED, 3),
        (REWRITTEN, 6),  # its hashes fit; the last is not the one that the walk before remembered
        ("UPDATE access_record SET unit_rows = '{0}' WHERE number = 5", 5),
        ("UPDATE access_record SET units = '{26042}' WHERE number = 5", 5),
        ("UPDATE access_record SET at = at + interval '1 microsecond' WHERE number = 1", 1),
        ("DELETE FROM access_record WHERE number = 6", 6),
        ("DELETE FROM access_record", 1),
        ("UPDATE access_record SET forgotten = true, who = '', object = '' WHERE number = 6", 6),
    ],
    ids=["swapped", "rewritten", "rows of a unit", "units", "moment", "last", "all", "forgotten too early"],
)
async def test_it_is_found(database: DatabaseUrls, change: str, broken: int) -> None:
    async with Database(database.access, name="test") as access:
        reader = RecordReader(access)
        await told(access)
        whole = await reader.check(NOW)
        with owning(database) as owner:
            owner.execute(change.encode())
        found = await reader.check(NOW + timedelta(days=1))
        await told(access, 1)
        later = await reader.check(NOW + timedelta(days=2))

    assert (whole.through, whole.broken) == (6, None)
    assert len(whole.digest) == 64
    assert found.broken == broken
    assert later.broken is not None, "what goes on after it does not heal it"


async def test_no_table_of_a_callers_own_stands_in_its_place(database: DatabaseUrls) -> None:
    """A temporary table comes first in a search path that does not say otherwise, and its triggers would run as the
    owner of the function. The login may make none; this one may, as a database that somebody else runs may allow."""
    async with Database(database.access, name="test") as access:
        await told(access, 2)
    with psycopg.connect(database.migrate, autocommit=True) as owner:
        name = owner.info.dbname
        owner.execute(f'GRANT TEMPORARY ON DATABASE "{name}" TO access'.encode())
    with psycopg.connect(database.access, autocommit=True) as caller:
        caller.execute(
            "CREATE FUNCTION pg_temp.mine() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN EXECUTE ''ALTER TABLE public.access_record DISABLE TRIGGER ALL''; RETURN NEW; END'"
        )
        for table in ("access_record", "access_record_check"):
            caller.execute(f"CREATE TEMP TABLE {table} (LIKE public.{table})".encode())
            caller.execute(
                f"CREATE TRIGGER mine BEFORE INSERT ON pg_temp.{table} FOR EACH ROW"
                " EXECUTE FUNCTION pg_temp.mine()".encode()
            )
        written = caller.execute(
            "SELECT access_recorded(now(), 'x', 'account', 'leader', 'case_read', '', '{}', 1, '')"
        ).fetchone()
        caller.execute("SELECT access_checked(now()), access_forgotten(now(), now(), now(), 9)")
        inside = caller.execute("SELECT count(*) FROM pg_temp.access_record").fetchone()
    with psycopg.connect(database.migrate) as owner:
        disabled = owner.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'").fetchone()

    assert written == (3,)
    assert inside == (0,)
    assert disabled == (0,)


async def test_readings_go_before_the_rest_and_what_is_young_stays(database: DatabaseUrls) -> None:
    years = timedelta(days=365)
    ages = (timedelta(days=10), timedelta(days=100), years + timedelta(days=1), 4 * years, 6 * years)
    async with Database(database.access, name="test") as access:
        reader = RecordReader(access)
        real = datetime.now(UTC)
        for age in ages:
            record = Record(access, lambda age=age: real - age)  # type: ignore[misc]
            await record.read(LEADER, Deed.CASE_READ, f"H19.{age.days}", {"26041": 1})
            await record.write(LEADER, Deed.SIGNED_IN)
        gone = await reader.forget(real, 5 * years, years)
        left = [(row.what, row.number) for row in await reader.page(RecordFilter()) if not row.forgotten]
        youngest = await reader.forget(real, timedelta(0), timedelta(0))
        kept = [
            row.number for row in await reader.page(RecordFilter()) if not row.forgotten and row.what != "forgotten"
        ]
        walked = await reader.check(real)

    assert gone == 4, "readings of more than a year, and the sign-in of six"
    assert [number for what, number in left if what == "case_read"] == [3, 1]
    assert [number for what, number in left if what == "signed_in"] == [8, 6, 4, 2]
    assert youngest == 3, "a setting of nothing takes no reading of 90 days, and nothing else of a year"
    assert {1, 2, 4} <= set(kept)
    assert walked.broken is None, "what was forgotten in its time has its place in the chain"


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, "2026-11-30T10:00+07:00", True),
        ("2026-11-30T02:01+07:00", "2026-11-30T23:00+07:00", False),
        ("2026-11-30T02:01+07:00", "2026-12-01T01:59+07:00", False),
        ("2026-11-30T02:01+07:00", "2026-12-01T02:00+07:00", True),
        ("2026-11-30T01:00+07:00", "2026-11-30T09:00+07:00", True),
    ],
)
async def test_a_walk_is_due_at_two_in_the_province_and_at_once_where_a_night_was_missed(
    database: DatabaseUrls, last: str | None, now: str, due: bool
) -> None:
    async with Database(database.access, name="test") as access:
        reader = RecordReader(access)
        if last is not None:
            await reader.check(datetime.fromisoformat(last))
        assert await is_due(reader, datetime.fromisoformat(now)) is due


async def test_of_several_processes_one_walks_and_what_is_broken_is_said_loudly(
    database: DatabaseUrls, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(record_keeping, "LOOKED_EVERY", 0.05)
    forget = RecordReader.forget

    async def slowly(*asked: Any) -> int:
        await asyncio.sleep(0.2)  # so that both are at it, if both may
        return await forget(*asked)

    monkeypatch.setattr(RecordReader, "forget", slowly)
    year = timedelta(days=365)
    async with Database(database.access, name="a") as first, Database(database.access, name="b") as second:
        await told(first)
        with owning(database) as owner:
            owner.execute("UPDATE access_record SET who = 'another' WHERE number = 2")
        ticks = count()
        tasks = (
            keep_record(RecordReader(one), lambda: NOW + next(ticks) * SHORT, year, year) for one in (first, second)
        )
        running = [asyncio.create_task(task) for task in tasks]
        with caplog.at_level(logging.INFO):
            await asyncio.sleep(1)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    with psycopg.connect(database.migrate) as owner:
        checks = owner.execute("SELECT through, broken FROM access_record_check").fetchall()

    assert checks == [(6, 2)]
    assert [one.getMessage() for one in caplog.records if one.levelno == logging.ERROR] == [
        "record=broken number=2 through=6"
    ]


async def test_what_an_operator_kept_elsewhere_shows_a_record_that_was_written_anew(
    database: DatabaseUrls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever owns the database can make everything in it fit."""
    monkeypatch.setattr(command, "access_asked", _asked(database))
    async with Database(database.access, name="test") as access:
        await told(access)
    command.verify()
    kept = capsys.readouterr().out.split()[-1]
    command.verify(kept=kept)
    with owning(database) as owner:
        owner.execute(REWRITTEN.encode())
        owner.execute("DELETE FROM access_record_check")
    command.verify()

    with pytest.raises(OperatorError, match="written anew"):
        command.verify(kept=kept)
    with pytest.raises(OperatorError, match="64 hexadecimal"):
        command.verify(kept="6:zz")
    capsys.readouterr()
    command.list_(last=2, since=datetime(2026, 11, 30), as_json=True)  # noqa: DTZ001  as typer gives it
    assert capsys.readouterr().out.count('"number"') == 2
    command.list_(last=2, since=datetime(2026, 12, 1), as_json=True)  # noqa: DTZ001
    assert capsys.readouterr().out.count('"number"') == 0


def _asked(database: DatabaseUrls) -> object:
    @contextmanager
    def asked() -> Iterator[tuple[str, str]]:
        yield database.migrate, "test"

    return asked
