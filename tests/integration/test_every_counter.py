"""The number is the list behind it: every counter of the registry, by everything it can be asked by."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any

import httpx
import pytest

from dashboards.api.app import build
from dashboards.periods import Period, PeriodName, between, named
from dashboards.readers import figures, openings
from dashboards.readers.database import Database
from dashboards.readers.figures import By, FigureRow, Filters
from infra.cli.figures import read as read_for_cli
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.case_counters import CASE_COUNTERS
from schemas.counters import FLOW_COUNTERS
from schemas.reference.reading import read
from tests.askers import answering, for_askers
from tests.integration.sample_province import CHANNELS, NOW, UNITS, play, tell

PERIODS = (
    named(PeriodName.ALL, NOW),
    named(PeriodName.YEAR, NOW),
    named(PeriodName.MONTH, NOW),
    named(PeriodName.TODAY, NOW),
    between(date(2024, 2, 29), date(2024, 12, 30)),
)


def narrowed(by: By, key: str, filters: Filters) -> Filters:
    """What a row of a breakdown counts."""
    match by:
        case By.UNIT:
            return replace(filters, unit=key)
        case By.CHANNEL:
            return replace(filters, channel=key)
        case By.PROCEDURE:
            return replace(filters, procedure=key)
        case By.DAY:
            return replace(filters, day=date.fromisoformat(key))
        case By.TOTAL:
            return filters


@pytest.fixture
async def province(database: DatabaseUrls) -> AsyncIterator[Database]:
    load(database.migrate, read(), NOW)
    await play(database.streams, tell())
    async with Database(database.api, name="test", clock=lambda: NOW, patience=30) as reader:
        yield reader


async def test_the_sample_province_counts_something_of_every_counter(province: Database) -> None:
    async with province.snapshot() as (conn, as_of):
        total = await figures.total(conn, as_of, PERIODS[0])

    assert [name for name, amount in total.items() if amount == 0] == []
    assert list(total) == [counter.name for counter in CASE_COUNTERS]


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.name)
async def test_every_number_opens_exactly_what_it_counts(province: Database, period: Period) -> None:
    wrong = []
    async with province.writing() as (conn, as_of):
        for by in By:
            for row in await figures.read(conn, as_of, period, by):
                for counter, amount in row.counts.items():
                    opening = await openings.open_number(conn, as_of, counter, period, narrowed(by, row.key, Filters()))
                    page = await openings.page(conn, opening.id, limit=1000)
                    listed = sum(item.counted.amount for item in page.items)
                    if not (amount == opening.amount == listed and len(page.items) == opening.cases):
                        wrong.append((by, row.key, counter, amount, opening.amount, listed))

    assert wrong == []


@pytest.mark.parametrize("by", list(By))
async def test_rows_add_up_to_the_total(province: Database, by: By) -> None:
    async with province.snapshot() as (conn, as_of):
        for period in PERIODS:
            rows = await figures.read(conn, as_of, period, by)
            total = await figures.total(conn, as_of, period)
            for name in FLOW_COUNTERS if by is By.DAY else total:
                assert sum(row.counts[name] for row in rows) == total[name], (period, name)


async def test_filters_together_mean_the_same_in_every_grain_and_in_the_list(province: Database) -> None:
    filters = [
        Filters(unit=UNITS[0]),
        Filters(unit=UNITS[1], channel="online"),
        Filters(procedure="1.001", channel="post"),
        Filters(unit=UNITS[0], procedure="1.001"),
        Filters(unit=UNITS[2], procedure="", channel="online"),
        Filters(unit=""),
    ]
    wrong, grains = [], set()
    async with province.writing() as (conn, as_of):
        for period in PERIODS[:4]:
            for chosen in filters:
                grains.add(figures.grain(By.TOTAL, period, chosen))
                for counter, amount in (await figures.total(conn, as_of, period, chosen)).items():
                    opening = await openings.open_number(conn, as_of, counter, period, chosen)
                    if amount != opening.amount:
                        wrong.append((period.name, chosen, counter, amount, opening.amount))

    assert wrong == []
    assert grains == set(figures.Grain)


async def test_api_and_command_line_say_what_the_reader_says(province: Database, database: DatabaseUrls) -> None:
    async with province.snapshot() as (conn, as_of):
        total = await figures.total(conn, as_of, PERIODS[0])
        by_unit = await figures.read(conn, as_of, PERIODS[0], By.UNIT)
        by_channel = await figures.read(conn, as_of, PERIODS[0], By.CHANNEL)
    # Past a deadline at the present moment, not at the sample's: the command has a clock of its own.
    found = (await read_for_cli(database.api, PERIODS[0])).plain()["cases"]
    async with client(province) as api:
        answers = {by: await asked(api, "/api/v1/figures", by=by) for by in ("total", "unit", "channel")}

    assert by_events({name: found[name] for name in total}) == by_events(total)
    assert found["by_channel"] == {row.key: row.counts["accepted"] for row in by_channel if row.key in CHANNELS}
    assert {u: by_events(c) for u, c in found["by_unit"].items()} == {row.key: by_events(row.counts) for row in by_unit}
    assert rows_of(answers["total"]) == (FigureRow("", total),)
    assert rows_of(answers["unit"]) == by_unit
    assert rows_of(answers["channel"]) == by_channel


@pytest.mark.parametrize("days", [{}, {"period": "month"}, {"from": "2024-02-29", "to": "2024-12-30"}], ids=str)
async def test_a_counter_s_list_in_the_api_adds_up_to_its_figure(province: Database, days: dict[str, str]) -> None:
    wrong = []
    async with client(province) as api:
        for filters in ({}, {"unit": UNITS[0]}, {"channel": "online"}):
            figure = (await asked(api, "/api/v1/figures", **days, **filters))["rows"][0]["cases"]
            for counter, amount in figure.items():
                pages = [page async for page in paged(api, counter=counter, limit=7, **days, **filters)]
                listed = [case for page in pages for case in page["cases"]]
                codes = [case["code"] for case in listed]
                if sum(case["amount"] for case in listed) != amount or len(set(codes)) != len(codes):
                    wrong.append((filters, counter, amount, codes))

    assert wrong == []


def client(database: Database) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(answering(build(for_askers(database)))), base_url="http://127.0.0.1"
    )


async def asked(api: httpx.AsyncClient, address: str, **query: Any) -> Any:
    answer = await api.get(address, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def paged(api: httpx.AsyncClient, **query: Any) -> AsyncIterator[Any]:
    page = await asked(api, "/api/v1/cases", **query)
    yield page
    while page["next_cursor"] is not None:
        await asyncio.sleep(0)
        page = await asked(api, "/api/v1/cases", **query, cursor=page["next_cursor"])
        yield page


def rows_of(answer: Any) -> tuple[FigureRow, ...]:
    return tuple(FigureRow(row["key"], row["cases"]) for row in answer["rows"])


def by_events(counts: dict[str, int]) -> dict[str, int]:
    """Without what passes a deadline as time goes by."""
    return {name: amount for name, amount in counts.items() if not name.startswith(("overdue", "unreturned"))}


async def test_the_command_line_says_of_every_view_what_the_api_says(
    province: Database, database: DatabaseUrls
) -> None:
    days = {"from": "2024-02-29", "to": "2024-12-30"}
    found = (await read_for_cli(database.api, PERIODS[4])).plain()
    async with client(province) as api:
        services = await asked(api, "/api/v1/essential-services", **days)
        gaps = {name: await asked(api, "/api/v1/portal-gap", indicator=name, **days) for name in found["portal_gap"]}
        chains = await asked(api, "/api/v1/chains", **days)
        forecast = await asked(api, "/api/v1/forecast")

    assert found["essential_services"] == services["rows"]
    assert found["portal_gap"] == {name: answer["rows"] for name, answer in gaps.items()}
    assert any(row["own"] for rows in found["portal_gap"].values() for row in rows)
    timeless = {"oldest_s": None}  # how long it has waited goes on while we ask
    assert [row | timeless for row in found["chains"]] == [row | timeless for row in chains["rows"]] != []
    assert found["forecast"]["run"] == forecast["run"]
    assert found["forecast"]["worth"] == forecast["worth"]
