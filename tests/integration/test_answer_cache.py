"""Answers of the data API that are kept: for whom, how long, and what is on record of them. In the process as it is."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg
from pydantic import SecretStr

from dashboards.api import app as data_api
from dashboards.api.app import build
from dashboards.readers.asked_database import AskedDatabase, own_units
from dashboards.readers.database import Database
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.reference.reading import PACKAGED, read
from tests.askers import LEADER, answering
from tests.integration.sample_province import NOW, event, play, tell
from tests.integration.signed_in import api_served, api_settings, cookie, key, person, record, running
from tests.integration.test_data_api_errors import Line
from tests.integration.test_own_units import OFFICER

BY_UNIT = "/api/v1/figures?by=unit&period=year"
OVERDUE = "/api/v1/cases?counter=overdue&limit=1000"
LIST = "/api/v1/cases?counter=accepted&limit=1000"
OWN, OTHER = "H19.26", "H19.27"
_numbers = count()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def of_one_more(unit: str = OWN) -> list[bytes]:
    number = next(_numbers)
    return [
        event(
            f"new/{number}",
            f"new-{number}",
            "accepted",
            NOW,
            unit=unit,
            channel="post",
            due_at="2024-12-02T00:00:00+00:00",
        )
    ]


async def soon(client: httpx.AsyncClient, path: str, headers: dict[str, str], before: Any, part: str) -> Any:
    """The first answer whose part is another."""
    async with asyncio.timeout(60):
        while (answer := (await client.get(path, headers=headers)).json())[part] == before:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    return answer[part]


def waiting_for(database: DatabaseUrls, table: str) -> int:
    with psycopg.connect(database.migrate) as db:
        row = db.execute(
            "SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted", [table]
        ).fetchone()
    assert row is not None
    return int(row[0])


async def test_however_many_ask_the_same_the_database_is_asked_once(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    headers = bearer(key(database, now=NOW))
    async with api_served(database, NOW) as api:
        assert (await api.get("/api/v1/indicators", headers=headers)).status_code == 200
        with psycopg.connect(database.migrate) as lock:
            lock.execute("LOCK TABLE case_by_unit_day IN ACCESS EXCLUSIVE MODE")
            asked = [asyncio.create_task(api.get(BY_UNIT, headers=headers)) for _ in range(30)]
            swapped = "/api/v1/figures?period=year&by=unit"
            asked += [asyncio.create_task(api.get(swapped, headers=headers)) for _ in range(5)]
            async with asyncio.timeout(10):
                while waiting_for(database, "case_by_unit_day") == 0:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            await asyncio.sleep(0.3)
            asking = waiting_for(database, "case_by_unit_day")
        answers = await asyncio.gather(*asked)
        head = await api.head(BY_UNIT, headers=headers)
    assert asking == 1
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert (head.status_code, head.headers["etag"], head.content) == (200, answers[0].headers["etag"], b"")


def asked_by_each(database: DatabaseUrls) -> Iterator[tuple[str, dict[str, str], tuple[str, ...]]]:
    yield "leader", cookie(person(database, "leader", "leader", now=NOW)[1]), ()
    yield "officer", cookie(person(database, "officer", "unit_officer", (OWN,), NOW)[1]), (OWN,)
    yield "other", bearer(key(database, (OTHER,), NOW)), (OTHER,)
    yield "auditor", cookie(person(database, "auditor", "auditor", now=NOW)[1]), ()


async def test_what_is_kept_is_shared_by_those_alone_who_see_the_same(database: DatabaseUrls) -> None:
    await play(database.streams, tell() + of_one_more(OWN) + of_one_more(OTHER) + of_one_more(OTHER))
    askers = list(asked_by_each(database))
    paths = (BY_UNIT, "/api/v1/figures", LIST, OVERDUE, f"/api/v1/figures?unit={OWN}", "/api/v1/cases/x")
    found: dict[tuple[str, str], list[httpx.Response]] = {}
    async with api_served(database, NOW) as api:
        for name, headers, _ in (*askers, *reversed(askers), *askers):
            for path in paths:
                found.setdefault((name, path), []).append(await api.get(path, headers=headers))
    async with (
        Database(database.api, name="test", clock=lambda: NOW, patience=30) as province,
        own_units(database.units, name="test", clock=lambda: NOW, patience=30) as own,
    ):
        for name, _, units in askers:
            asker = LEADER if not units else OFFICER.__class__(OFFICER.kind, name, name, OFFICER.role, units)
            app = answering(build(AskedDatabase(province, own)), asker)
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as direct:
                for path in paths:
                    statuses = {answer.status_code for answer in found[name, path]}
                    plain = await direct.get(path)
                    of_cases = name == "auditor" and "/cases" in path
                    assert statuses == {403 if of_cases else plain.status_code}, (name, path)
                    if plain.status_code == 200 and not of_cases:
                        told = [answer.json() for answer in found[name, path]]
                        for part in ("rows", "cases"):
                            assert {str(one.get(part)) for one in told} == {str(plain.json().get(part))}, (name, path)
    assert len({answers[0].text for (_, path), answers in found.items() if path == BY_UNIT}) == 3  # two see all
    assert found["other", f"/api/v1/figures?unit={OWN}"][0].status_code == 403


async def test_who_was_handed_what_is_kept_and_who_a_304_is_on_record(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    tokens = [key(database, now=NOW), person(database, "leader", "leader", now=NOW)[1]]
    async with api_served(database, NOW) as api:
        first = await api.get(LIST, headers=bearer(tokens[0]))
        again = await api.get(LIST, headers=bearer(tokens[0]))
        other = await api.get(LIST, headers=cookie(tokens[1]))
        unchanged = await api.get(LIST, headers=cookie(tokens[1]) | {"If-None-Match": f'"x", {first.headers["etag"]}'})
        whatever = await api.get(LIST, headers=bearer(tokens[0]) | {"If-None-Match": "*"})
        beside = await asyncio.gather(*(api.get(LIST, headers=bearer(tokens[0])) for _ in range(20)))
    assert [each.status_code for each in (first, again, other, unchanged, whatever)] == [200, 200, 200, 304, 304]
    assert {each.content for each in beside} == {first.content}
    rows = record(database, "list_read")
    cases = first.json()["cases"]
    by_unit = Counter(case["unit"] for case in cases)
    assert [row.rows for row in rows] == [len(cases)] * 3 + [0, 0] + [len(cases)] * 20
    assert all(dict(zip(row.units, row.unit_rows or [], strict=True)) == by_unit for row in rows[:3])
    assert [row.kind for row in rows[:5]] == ["key", "key", "account", "account", "key"]


async def test_nobody_sees_time_go_back_and_a_number_and_its_list_of_one_moment_agree(database: DatabaseUrls) -> None:
    first = tell()
    await play(database.streams, first)
    headers = bearer(key(database, now=NOW))
    seen: list[tuple[int, int, str]] = []
    agreed, written = 0, len(first)
    async with api_served(database, NOW) as api:

        async def write() -> None:
            """As long as it takes to be read between."""
            nonlocal written
            while written < len(first) + 12 or agreed < 4 or len(set(seen)) < 4:
                one_more = of_one_more()
                await play(database.streams, one_more)
                written += len(one_more)
                await asyncio.sleep(0.1)

        writing = asyncio.create_task(write())
        while not writing.done():
            number, listed = [(await api.get(path, headers=headers)).json() for path in ("/api/v1/figures", OVERDUE)]
            for answer in (number, listed):
                seen.append((answer["stream"]["epoch"], answer["stream"]["next"], answer["as_of"]))
            if number["stream"] == listed["stream"]:
                agreed += 1
                assert number["rows"][0]["cases"]["overdue"] == sum(case["amount"] for case in listed["cases"])
        await writing
        async with asyncio.timeout(60):  # of the last of them
            while seen[-1][1] < written:
                await asyncio.sleep(0.1)
                answer = (await api.get("/api/v1/figures", headers=headers)).json()
                seen.append((answer["stream"]["epoch"], answer["stream"]["next"], answer["as_of"]))
    assert seen == sorted(seen)


async def test_what_changes_is_in_the_next_edition(database: DatabaseUrls) -> None:
    """Cases, reference data, and the day."""
    await play(database.streams, tell())
    at = [NOW]
    application = data_api.create(api_settings(database), lambda: at[0])
    headers = bearer(key(database, now=NOW))
    services, today = "/api/v1/essential-services?period=year", "/api/v1/figures?period=today"
    async with running(application) as api:
        before = {path: (await api.get(path, headers=headers)).json() for path in (BY_UNIT, services, today)}
        await play(database.streams, of_one_more())
        assert len(await soon(api, BY_UNIT, headers, before[BY_UNIT]["rows"], "rows")) >= len(before[BY_UNIT]["rows"])
        load(database.migrate, read(PACKAGED), datetime.now(UTC))
        assert len(await soon(api, services, headers, before[services]["rows"], "rows")) > 50
        at[0] = NOW + timedelta(hours=2)  # past midnight in the province
        day = await soon(api, today, headers, before[today]["days"], "days")
    assert day == {"first": "2025-01-01", "last": "2025-01-01"}


async def test_a_question_that_fails_ends_no_editions(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    headers = bearer(key(database, now=NOW))
    async with api_served(database, NOW) as api:
        tags = {(await api.get(BY_UNIT, headers=headers)).headers["etag"] for _ in range(3)}
        with psycopg.connect(database.migrate) as db:
            db.execute("ALTER TABLE case_by_unit_day RENAME TO elsewhere")
        async with asyncio.timeout(10):
            while (await api.get(BY_UNIT, headers=headers)).status_code != 500:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        with psycopg.connect(database.migrate) as db:
            db.execute("ALTER TABLE elsewhere RENAME TO case_by_unit_day")
        again = await api.get(BY_UNIT, headers=headers)
    assert (again.status_code, {again.headers["etag"]}) == (200, tags)


async def test_while_the_database_is_away_nothing_kept_is_handed_out_for_long(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    headers = bearer(key(database, now=NOW))
    where = urlsplit(database.api)
    line = Line(where.port or 5432)
    await line.up()
    url = urlunsplit(where._replace(netloc=where.netloc.replace(f":{where.port}", f":{line.port}")))
    settings = api_settings(database, api_patience_s=0.5).model_copy(update={"database_api": SecretStr(url)})
    async with running(data_api.create(settings, lambda: NOW)) as api:

        async def until(status: int) -> None:
            async with asyncio.timeout(20):
                while (await api.get(BY_UNIT, headers=headers)).status_code != status:  # noqa: ASYNC110
                    await asyncio.sleep(0.1)

        await until(200)
        await line.cut()
        await until(503)
        await line.up()
        await until(200)
    await line.cut()


async def test_who_asks_too_much_is_told_by_which_rule_and_the_others_are_answered(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    greedy, other = bearer(key(database, now=NOW)), bearer(key(database, (OTHER,), NOW))
    more = {"api_database_share": 0.0001, "api_rows_per_minute": 1000, "api_address_times": 100_000}
    async with api_served(database, NOW, **more) as api:
        assert (await api.get(BY_UNIT, headers=greedy)).status_code == 200
        refused = await api.get("/api/v1/figures?by=day", headers=greedy)
        kept = await api.get(BY_UNIT, headers=greedy)
        of_the_other = await api.get("/api/v1/figures?by=day", headers=other)
    assert (refused.status_code, refused.json()["errors"]) == (429, [{"field": "limit", "rule": "database_time"}])
    assert int(refused.headers["retry-after"]) > 0
    assert refused.headers["content-type"] == "application/problem+json"
    assert (kept.status_code, of_the_other.status_code) == (200, 200)  # what is kept asks nothing of the database
    async with api_served(database, NOW, api_at_once=2, api_requests_per_s=3) as api:
        with psycopg.connect(database.migrate) as lock:
            lock.execute("LOCK TABLE case_by_unit_day IN ACCESS EXCLUSIVE MODE")
            days = [f"/api/v1/figures?from=2024-01-01&to=2024-01-{day:02}" for day in range(10, 16)]
            asked = [asyncio.create_task(api.get(path, headers=greedy)) for path in days]
            await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
        answers = [await each for each in asked]
        rules = Counter(a.json()["errors"][0]["rule"] for a in answers if a.status_code == 429)
        assert rules == {"at_once": 4}
        many = [await api.get("/api/v1/indicators", headers=greedy) for _ in range(40)]
    assert {a.json()["errors"][0]["rule"] for a in many if a.status_code == 429} == {"requests"}
