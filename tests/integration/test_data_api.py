"""The data API on the real database: what it answers, page by page."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import httpx
import psycopg
import pytest

from dashboards.readers.database import Database
from infra.endpoints import DatabaseUrls
from tests.integration.data_api import client
from tests.integration.sample_province import BORDERS, NOW, UNITS, event, play, tell

ODD = ("a/../b", "x..y", "50%/2024", "?a=b#c", "..", "Đ-77/2024", "a//b")


@pytest.fixture
async def api(database: DatabaseUrls) -> AsyncIterator[httpx.AsyncClient]:
    told = tell()
    told += [
        event(code, f"odd-{n}", "accepted", BORDERS[3], unit=UNITS[0], channel="post") for n, code in enumerate(ODD)
    ]
    await play(database.streams, told)
    async with Database(database.api, name="test", clock=lambda: NOW, patience=30) as reader, client(reader) as asking:
        yield asking


async def test_every_answer_says_of_which_moment_it_is_and_how_old_its_sources_are(api: httpx.AsyncClient) -> None:
    for address in ("/api/v1/figures", "/api/v1/cases", f"/api/v1/cases/{quote(ODD[5], safe='')}"):
        answer = (await api.get(address)).json()

        assert answer["as_of"] == "2024-12-31T15:00:00Z"
        assert answer["simulated"] is False
        assert answer["stream"]["empty"] is False
        assert [(s["source"], s["age_s"]) for s in answer["sources"]] == [("urn:test:province", 0.0)]


async def test_a_case_is_found_whatever_its_code_is_made_of(api: httpx.AsyncClient) -> None:
    for code in ODD:
        listed = (await api.get("/api/v1/cases", params={"code": code})).json()["cases"]
        assert [case["code"] for case in listed] == [code]
    for code in ("a/../b", "x..y", "50%/2024", "?a=b#c", "Đ-77/2024", "a//b"):
        # The transport is asked directly: a client may take `..` in a path for a step, even percent-encoded.
        answer = await api.get(
            httpx.URL("http://127.0.0.1", raw_path=b"/api/v1/cases/" + quote(code, safe="").encode())
        )
        assert answer.status_code == 200, code
        assert answer.json()["case"]["code"] == code


async def test_a_case_comes_with_its_history_in_order(api: httpx.AsyncClient) -> None:
    answer = (await api.get("/api/v1/cases/H19.01/241231.0001")).json()

    moments = [event["time"] for event in answer["history"]]
    assert moments == sorted(moments)
    assert [event["kind"] for event in answer["history"]][:2] == ["submitted", "accepted"]
    assert answer["case"]["ended_at"] is not None
    assert not any(value is None for event in answer["history"] for value in event["data"].values())


async def test_an_oversized_case_has_no_history_and_says_so(api: httpx.AsyncClient) -> None:
    answer = (await api.get("/api/v1/cases/H19.oversized")).json()

    assert answer["case"]["oversized"] is True
    assert answer["history"] == []


async def test_pages_miss_nothing_and_repeat_nothing_while_cases_change(
    api: httpx.AsyncClient, database: DatabaseUrls
) -> None:
    before = {case["code"] for case in (await api.get("/api/v1/cases", params={"limit": 1000})).json()["cases"]}
    listed, cursor, changes = [], None, 0
    while True:
        page = (await api.get("/api/v1/cases", params={"limit": 5} | ({"cursor": cursor} if cursor else {}))).json()
        listed += [case["code"] for case in page["cases"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        changes += 1
        await play(
            database.streams,
            [
                event(f"H19.00/new.{changes}", f"new-{changes}", "accepted", NOW, unit=UNITS[1], channel="direct"),
                event(f"zz.{changes}", f"z-{changes}", "accepted", NOW, unit=UNITS[1], channel="direct"),
                event(listed[0], f"step-{changes}", "step", NOW, name="Ký duyệt"),
                event(sorted(before)[-1], f"end-{changes}", "finished", NOW),
            ],
        )

    assert changes > 10
    assert len(listed) == len(set(listed))
    assert before <= set(listed)


async def test_a_list_of_what_is_overdue_keeps_the_moment_of_its_first_page(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    moments = iter((NOW, *[NOW.replace(year=2030)] * 100))
    async with (
        Database(database.api, name="test", clock=lambda: next(moments), patience=30) as reader,
        client(reader) as api,
    ):
        query = {"counter": "overdue", "limit": "2"}
        pages: list[Any] = []
        while not pages or pages[-1]["next_cursor"]:
            more = {"cursor": pages[-1]["next_cursor"]} if pages else {}
            pages.append((await api.get("/api/v1/cases", params=query | more)).json())
    async with Database(database.api, name="test", clock=lambda: NOW, patience=30) as reader, client(reader) as api:
        row = (await api.get("/api/v1/figures")).json()["rows"][0]

    assert {page["list_as_of"] for page in pages} == {"2024-12-31T15:00:00Z"}
    assert sum(len(page["cases"]) for page in pages) == row["cases"]["overdue"] < row["cases"]["open"]


async def test_what_has_not_changed_is_not_sent_again(api: httpx.AsyncClient, database: DatabaseUrls) -> None:
    for address in ("/api/v1/figures?by=unit", "/api/v1/cases?limit=3", "/api/v1/cases/H19.oversized"):
        first = await api.get(address)
        again = await api.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first.headers["cache-control"] == "private, no-cache"

    tag = (await api.get("/api/v1/figures")).headers["etag"]
    await play(database.streams, [event("new", "n", "accepted", NOW, unit=UNITS[0], channel="post")])
    assert (await api.get("/api/v1/figures", headers={"If-None-Match": tag})).status_code == 200


async def test_a_cursor_of_other_parameters_is_refused(api: httpx.AsyncClient) -> None:
    cursor = (await api.get("/api/v1/cases", params={"limit": 2})).json()["next_cursor"]

    assert (await api.get("/api/v1/cases", params={"limit": 3, "cursor": cursor})).status_code == 200
    assert (await api.get("/api/v1/cases", params={"unit": UNITS[0], "cursor": cursor})).status_code == 422


async def test_the_role_of_the_api_may_not_write_cases(database: DatabaseUrls) -> None:
    with psycopg.connect(database.api) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute("DELETE FROM case_state")


async def test_an_empty_database_has_no_figures_and_says_so(database: DatabaseUrls) -> None:
    async with Database(database.api, name="test", patience=30) as reader, client(reader) as api:
        answer = (await api.get("/api/v1/figures")).json()

    assert answer["stream"]["empty"] is True
    assert answer["sources"] == []
