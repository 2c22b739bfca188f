"""The score of Quyết định 766 through the data API and on the command line: what the reader says."""

from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import date, timedelta

import httpx
import pytest

from dashboards.periods import between, today, until_yesterday
from dashboards.readers.database import Database, Snapshot
from dashboards.views.score import information as score_information
from dashboards.views.score import reader
from infra.cli.figures import read as read_for_cli
from infra.endpoints import DatabaseUrls
from schemas.rules.decision_766 import Reading
from tests.integration.data_api import assert_problem, client
from tests.integration.test_score import PERIODS, province

__all__ = ["province"]


async def test_the_api_says_what_the_reader_says_and_lists_what_is_lacking(province: Database) -> None:
    asked = {"period": "year", "reading": "annex", "compare": "true", "information": "true"}
    async with province.snapshot() as (conn, as_of):
        scores = await reader.read(conn, as_of, PERIODS[3], Reading.ANNEX)
        shown = await score_information.read(Snapshot(conn, as_of), PERIODS[3])
    async with client(province) as api:
        answer = (await api.get("/api/v1/scores", params=asked)).json()
        rows = {row["unit"]: row for row in answer["rows"]}
        assert list(rows) == [one.unit for one in scores]
        assert answer["before"] == {"first": "2023-01-01", "last": "2023-12-31"}
        assert answer["verified"] is False
        assert shown.ended > 0
        assert answer["information"] == {"ended": shown.ended, "mean_s": shown.mean_s, "petitions": None}
        for one in scores:
            row = rows[one.unit]
            assert (row["total"], row["possible"]) == (round(one.score.total, 4), one.score.possible)
            for code, said in row["components"].items():
                assert (said["part"], said["whole"]) == (
                    one.figures[code].counted.part,
                    one.figures[code].counted.whole,
                )
                if said["lacking"] is not None and one.unit:
                    listed = [case async for case in lacking_of(api, component=code, period="year", unit=one.unit)]
                    assert len(listed) == said["lacking"]


async def test_the_running_month_says_what_has_changed_since_yesterday(province: Database) -> None:
    month = PERIODS[1]
    assert month.first is not None
    async with province.snapshot() as (conn, as_of):
        until = until_yesterday(month, today(as_of))
        assert until == between(month.first, today(as_of) - timedelta(days=1))
        now = await reader.read(conn, as_of, month, Reading.PORTAL)
        before = {one.unit: one for one in await reader.read(conn, as_of, until, Reading.PORTAL)}
    async with client(province) as api:
        asked = {"period": "month", "reading": "portal", "compare": "true"}
        rows = {row["unit"]: row for row in (await api.get("/api/v1/scores", params=asked)).json()["rows"]}
        year = (await api.get("/api/v1/scores", params={**asked, "period": "year"})).json()["rows"]
    told = {one.unit: reader.change(one, before.get(one.unit)) for one in now}
    assert {unit: row["change_since_yesterday"] for unit, row in rows.items()} == pytest.approx(told)
    assert any(told.values())
    assert {row["change_since_yesterday"] for row in year} == {None}


async def test_the_command_line_says_what_the_reader_says(province: Database, database: DatabaseUrls) -> None:
    period = PERIODS[4]
    async with province.snapshot() as (conn, as_of):
        scores = await reader.read(conn, as_of, period, Reading.PORTAL)
        informed = await score_information.read(Snapshot(conn, as_of), period)
    said = (await read_for_cli(database.api, period)).plain()["score_766"]
    assert said["days"] == {"first": "2024-02-01", "last": "2024-02-29"}
    assert said["information"] == asdict(informed)
    assert informed.ended > 0
    assert list(said["by_unit"]) == [one.unit for one in scores[1:]]
    for one in scores:
        found = said["province"] if one.unit is None else said["by_unit"][one.unit]
        assert found["total"] == round(one.score.total, 4)
        assert {code: (part["part"], part["whole"]) for code, part in found["components"].items()} == {
            code: (figure.counted.part, figure.counted.whole) for code, figure in one.figures.items()
        }


async def test_a_single_day_has_no_score_on_the_command_line(province: Database, database: DatabaseUrls) -> None:
    day = date(2024, 2, 29)
    said = (await read_for_cli(database.api, between(day, day))).plain()
    assert said["score_766"] is None
    assert said["cases"]["accepted"] is not None


async def lacking_of(api: httpx.AsyncClient, **asked: str) -> AsyncIterator[str]:
    cursor: str | None = ""
    while cursor is not None:
        page = (
            await api.get(
                "/api/v1/scores/cases", params={**asked, "limit": 7, **({"cursor": cursor} if cursor else {})}
            )
        ).json()
        for case in page["cases"]:
            yield case["subject"]
        cursor = page["next_cursor"]


@pytest.mark.parametrize(
    ("path", "asked", "field"),
    [
        ("scores", {"period": "all"}, "query"),
        ("scores", {"from": "2024-01-01"}, "query"),
        ("scores", {"period": "today"}, "query"),
        ("scores", {"reading": "best"}, "reading"),
        ("scores/cases", {}, "component"),
        ("scores/cases", {"component": "PUBLISH_ON_TIME"}, "component"),
    ],
)
async def test_a_question_that_no_score_answers_is_refused(
    province: Database, path: str, asked: dict[str, str], field: str
) -> None:
    async with client(province) as api:
        answer = await api.get(f"/api/v1/{path}", params=asked)
    assert_problem(answer, 422)
    assert [error["field"] for error in answer.json()["errors"]] == [field]
