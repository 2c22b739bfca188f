"""Tokens of the gateway's sources: keys like those of programs, with an end, an overlap, on record; what a program's
key opens they do not open, nor the other way round."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from dashboards.access.fit_access import KEY_LIVES, OVERLAP, UnfitAccess
from infra.cli.source_registry import add_source, listed_sources, remove_source, rotate_source
from infra.db.revisions import FOLDER, migrations
from infra.ending_keys import ending_keys
from infra.endpoints import DatabaseUrls
from schemas.access_token import fingerprint
from streams.intake.gateway.sources import GatewaySources
from tests.integration.signed_in import api_served, key, person, record, screens_served

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
URN, TYPES, UNITS = "urn:ioc:mot-cua", ("case.*",), ("*",)
DAY = timedelta(days=1)
REFUSED = (401, 403)


class Moment:
    """The gateway's clock."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def add(database: DatabaseUrls, now: datetime = NOW, **more: timedelta) -> str:
    return add_source(database.migrate, "mot-cua", URN, TYPES, UNITS, now, by="an.nguyen", **more)


def rotate(database: DatabaseUrls, now: datetime, *, at_once: bool = False) -> str:
    return rotate_source(database.migrate, "mot-cua", now, by="an.nguyen", at_once=at_once)


@contextlib.asynccontextmanager
async def gateway(database: DatabaseUrls, folder: Path, clock: Moment) -> AsyncIterator[GatewaySources]:
    """What the gateway knows, read as it reads."""
    sources = GatewaySources(database.streams, folder / "sources.json", 0.05, clock)
    reading = asyncio.create_task(sources.run())
    yield sources
    reading.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await reading


async def opened(sources: GatewaySources, expected: dict[str, bool]) -> None:
    """Which tokens open the gateway, as soon as it has looked again."""
    for _ in range(200):
        found = {token: sources.of(token) is not None for token in expected}
        if found == expected:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(list(found.values()))


async def test_a_token_ends_by_the_clock_whether_the_database_answers_or_not(
    database: DatabaseUrls, tmp_path: Path
) -> None:
    clock, token = Moment(NOW), add(database, lives=30 * DAY)
    async with gateway(database, tmp_path, clock) as sources:
        for days, open_ in ((0, True), (29, True), (30, False)):
            clock.now = NOW + days * DAY
            await opened(sources, {token: open_})
    remembered = GatewaySources("postgresql://127.0.0.1:1/none", tmp_path / "sources.json", 1, clock)
    clock.now = NOW
    async with gateway(database, tmp_path, clock) as sources:  # writes it anew: the last look found none
        await opened(sources, {token: True})
    for days, open_ in ((29, True), (30, False)):
        remembered.remember()
        clock.now = NOW + days * DAY
        assert (remembered.of(token) is not None) is open_
    assert token not in (tmp_path / "sources.json").read_text()


async def test_one_token_follows_another_with_an_overlap_or_at_once(database: DatabaseUrls, tmp_path: Path) -> None:
    clock, first = Moment(NOW), add(database)
    async with gateway(database, tmp_path, clock) as sources:
        second = rotate(database, NOW)
        await opened(sources, {first: True, second: True})
        with pytest.raises(UnfitAccess, match="two tokens of the source mot-cua already"):
            rotate(database, NOW)
        clock.now = NOW + OVERLAP
        await opened(sources, {first: False, second: True})
        third = rotate(database, clock.now)
        last = rotate(database, clock.now, at_once=True)
        await opened(sources, {second: False, third: False, last: True})
        remove_source(database.migrate, "mot-cua", clock.now, by="an.nguyen")
        await opened(sources, {last: False})
        again = add(database, clock.now)
        await opened(sources, {last: False, again: True})


def test_each_making_and_ending_is_on_record_with_who_did_it(database: DatabaseUrls) -> None:
    token = add(database)
    other = rotate(database, NOW)
    with psycopg.connect(database.migrate) as connection:
        one, two = connection.execute(
            "SELECT id::text FROM access_credential WHERE role = 'source' ORDER BY expires_at"
        ).fetchall()
    remove_source(database.migrate, "mot-cua", NOW, by="binh.le")
    rows = record(database, "key_made", "key_ended")
    assert [(row.who, row.kind, row.what, row.object) for row in rows[:3]] == [
        ("an.nguyen", "operator", "key_made", "source mot-cua"),
        ("an.nguyen", "operator", "key_made", "source mot-cua"),
        ("an.nguyen", "operator", "key_ended", f"source mot-cua {one[0]}, {NOW + OVERLAP:%F}"),
    ]
    assert {(row.who, row.what, row.object) for row in rows[3:]} == {
        ("binh.le", "key_ended", f"source mot-cua {id_}") for id_ in (one[0], two[0])
    }
    assert not any(secret in str(rows) for secret in (token, other))


def test_what_cannot_be_recorded_is_not_given(database: DatabaseUrls) -> None:
    with psycopg.connect(database.migrate) as connection:
        connection.execute("ALTER FUNCTION access_recorded RENAME TO access_recorded_not")
    with pytest.raises(psycopg.errors.UndefinedFunction):
        add(database)
    assert listed_sources(database.migrate, NOW) == []


@pytest.mark.parametrize("lives", [timedelta(0), KEY_LIVES + DAY])
def test_no_token_is_for_ever(database: DatabaseUrls, lives: timedelta) -> None:
    with pytest.raises(UnfitAccess, match="lives for 1 to 366 days"):
        add(database, lives=lives)
    assert listed_sources(database.migrate, NOW) == []


async def test_a_key_opens_no_gateway_and_a_sources_token_neither_data_api_nor_screens(
    database: DatabaseUrls, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    source, program = add(database, now), key(database, now=now)
    _, session = person(database, "lanh.dao", "leader")
    async with gateway(database, tmp_path, Moment(now)) as sources:
        await opened(sources, {source: True, program: False, session: False})
    for token, fits in ((program, True), (source, False)):
        bearer = {"Authorization": f"Bearer {token}"}
        async with api_served(database) as client:
            answer = await client.get("/api/v1/health", headers=bearer)
            assert (answer.status_code not in REFUSED) is fits, answer.text
    async with screens_served(database) as client:
        for headers in ({"Authorization": f"Bearer {source}"}, {"Cookie": f"__Host-ioc={source}"}):
            answer = await client.get("/man-hinh/ho-so", headers=headers)
            assert answer.status_code in (303, *REFUSED)


def test_the_gateways_login_sees_tokens_of_sources_alone(database: DatabaseUrls) -> None:
    source = add(database)
    key(database)
    person(database, "lanh.dao", "leader")
    with psycopg.connect(database.streams, autocommit=True) as connection:
        rows = connection.execute("SELECT name, token FROM gateway_token").fetchall()
        assert rows == [("mot-cua", fingerprint(source))]
        # A function of its own, cheap enough to be asked before the view's conditions, is not handed the rows left out.
        connection.execute(
            "CREATE FUNCTION pg_temp.told(bytea) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS"
            " $$ BEGIN RAISE NOTICE 'told'; RETURN true; END $$"
        )
        told: list[str | None] = []
        connection.add_notice_handler(lambda notice: told.append(notice.message_primary))
        connection.execute("SELECT count(*) FROM gateway_token WHERE pg_temp.told(token)")
        assert told == ["told"]
        for asked in ("SELECT FROM access_credential", "INSERT INTO gateway_token (name) VALUES ('x')"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(asked.encode())


def test_what_ends_within_a_fortnight_is_said(database: DatabaseUrls) -> None:
    add(database, lives=14 * DAY)
    add_source(database.migrate, "dvc", "urn:ioc:dvc", TYPES, UNITS, NOW, by="test", lives=15 * DAY)
    key(database, now=NOW)  # for nine days
    said = [one.said() for one in ending_keys(database.access, NOW)]
    assert said == [
        "The key bao-cao ends on 2026-12-10: ioc keys add bao-cao",
        "The token of source mot-cua ends on 2026-12-15: ioc sources rotate mot-cua",
    ]
    rotate(database, NOW)
    assert [one.name for one in ending_keys(database.access, NOW)] == ["bao-cao"], "followed already"
    later = [one.said() for one in ending_keys(database.access, NOW + 20 * DAY)]
    assert later == ["The token of source dvc has ended: ioc sources rotate dvc"]


def test_tokens_from_before_go_on_for_a_year_and_are_on_record(empty_database: DatabaseUrls, tmp_path: Path) -> None:
    (own,) = FOLDER.glob("*_source_tokens.sql")
    with psycopg.connect(empty_database.migrate) as connection:
        for migration in migrations():
            if migration.file.name < own.name:
                connection.execute(migration.file.read_bytes())
        connection.execute(
            "INSERT INTO gateway_source (name, urn, token, types, units, created_at, token_at)"
            " VALUES ('mot-cua', %s, %s, '{case.*}', '{*}', %s, %s)",
            [URN, fingerprint("old"), NOW - 9 * DAY, NOW - 2 * DAY],
        )
        connection.execute(own.read_bytes())
        rows = connection.execute(
            "SELECT name, token, created_at, expires_at - now() >= interval '365 days' FROM gateway_token"
            " JOIN access_credential USING (name, token, expires_at)"
        ).fetchall()
    assert rows == [("mot-cua", fingerprint("old"), NOW - 2 * DAY, True)]
    assert [(row.who, row.what, row.object) for row in record(empty_database)] == [
        ("migration 0038", "key_made", "source mot-cua")
    ]
