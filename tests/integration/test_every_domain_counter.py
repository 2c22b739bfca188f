"""The number is the list behind it in every domain: every counter of the registry, by everything it can be asked by."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import httpx
import pytest

from dashboards.api.app import build
from dashboards.counted_domains import NAMES_ACCOUNTS
from dashboards.periods import Period, PeriodName, between, named
from dashboards.readers import domains, openings, subjects
from dashboards.readers.database import Connection, Database
from dashboards.readers.domains import DomainBy, DomainRow
from dashboards.readers.figures import Filters
from infra.cli.figures import read as read_for_cli
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.contracts import DOMAINS
from schemas.counter_kinds import Kind
from schemas.reference.reading import read
from tests.askers import answering, for_askers
from tests.integration.sample_domains import AS_OF, SOURCE, fill, take, told

KEPT = list(DOMAINS)
ASKED = [name for name in KEPT if name not in NAMES_ACCOUNTS]  # of the data API
PERIODS = (
    named(PeriodName.ALL, AS_OF),
    named(PeriodName.YEAR, AS_OF),
    named(PeriodName.MONTH, AS_OF),
    between(date(2024, 1, 10), date(2024, 2, 20)),
)


@pytest.fixture
async def province(database: DatabaseUrls) -> AsyncIterator[Database]:
    await fill(database)
    async with Database(database.api, name="test", clock=lambda: AS_OF, patience=30) as reader:
        yield reader


def narrowed(by: DomainBy, key: str) -> Filters:
    """What a row of a breakdown counts."""
    match by:
        case DomainBy.UNIT:
            return Filters(unit=key)
        case DomainBy.PART:
            return Filters(part=key)
        case DomainBy.DAY:
            return Filters(day=date.fromisoformat(key))
        case DomainBy.TOTAL:
            return Filters()


async def test_the_sample_counts_something_of_every_counter(province: Database) -> None:
    async with province.snapshot() as (conn, as_of):
        nothing = []
        for name in KEPT:
            counts = await domains.read(conn, as_of, DOMAINS[name], PERIODS[0], DomainBy.PART)
            nothing += [
                (name, counter.name)
                for counter in DOMAINS[name].counters
                if not any(row.counts[counter.name] for row in counts)
            ]
    assert nothing == []


@pytest.mark.parametrize("period", [PERIODS[0], PERIODS[3]], ids=lambda period: period.name)
async def test_every_number_opens_exactly_what_it_counts(province: Database, period: Period) -> None:
    wrong = []
    async with province.writing() as (conn, as_of):
        for name, by in product(KEPT, DomainBy):
            for row in await domains.read(conn, as_of, DOMAINS[name], period, by):
                for counter, amount in row.counts.items():
                    if amount is None:
                        continue
                    filters = narrowed(by, row.key)
                    opened = await openings.open_domain(conn, as_of, name, counter, period, filters)
                    items = await openings.subjects_page(conn, opened, limit=1000)
                    found = [opened.amount, sum(item.counted.amount for item in items)]
                    if by is DomainBy.TOTAL:
                        found.append(await _through_pages(conn, as_of, name, counter, period, filters))
                    if any(other != amount for other in found) or len(items) != opened.cases:
                        wrong.append((name, by, row.key, counter, amount, found))
    assert wrong == []


async def _through_pages(
    conn: Connection, as_of: datetime, name: str, counter: str, period: Period, filters: Filters
) -> int:
    total, after = 0, ""
    while True:
        page = await subjects.page(
            conn, as_of, DOMAINS[name], counter=counter, period=period, filters=filters, after=after, limit=3
        )
        total += sum(item.amount for item in page.items)
        if page.next_after is None:
            return total
        after = page.next_after


async def test_rows_add_up_to_the_total(province: Database) -> None:
    async with province.snapshot() as (conn, as_of):
        for name, period in product(KEPT, PERIODS):
            domain = DOMAINS[name]
            total = await domains.total(conn, as_of, domain, period)
            for by in (DomainBy.UNIT, DomainBy.PART, DomainBy.DAY):
                rows = await domains.read(conn, as_of, domain, period, by)
                for counter in domain.counters:
                    if total[counter.name] is None or (by is DomainBy.DAY and counter.kind is not Kind.FLOW):
                        continue
                    assert sum(row.counts[counter.name] or 0 for row in rows) == total[counter.name], (by, counter.name)


async def test_a_level_is_the_last_of_each_unit_and_part_up_to_a_day(province: Database) -> None:
    async with province.snapshot() as (conn, as_of):
        for last in (date(2024, 1, 15), date(2024, 2, 15), date(2024, 3, 15)):
            whole = await domains.total(conn, as_of, DOMAINS["dataset"], between(None, last))
            by_unit = await domains.read(conn, as_of, DOMAINS["dataset"], between(None, last), DomainBy.UNIT)
            by_day = await domains.read(conn, as_of, DOMAINS["dataset"], between(None, last), DomainBy.DAY)
            assert whole["records"] == sum(row.counts["records"] or 0 for row in by_unit)
            assert whole["records"] == by_day[-1].counts["records"]
        before = await domains.total(conn, as_of, DOMAINS["dataset"], between(None, date(2023, 12, 31)))
    assert before["records"] == 0
    assert whole["records"] == 2 * (1000 + 2 * 100)  # two units, both last measured in March


async def test_a_level_of_the_province_stands_for_its_part_and_no_unit_is_added_to_it(
    province: Database, database: DatabaseUrls
) -> None:
    load(database.migrate, read(), AS_OF)
    dataset = DOMAINS["dataset"]
    async with province.snapshot() as (conn, as_of):
        before = await domains.read(conn, as_of, dataset, PERIODS[0], DomainBy.PART)
    part = before[0].key
    await take(database, "datasets", [measured("75", part, 39)], start=len(told()["datasets"]))
    async with province.snapshot() as (conn, as_of):
        rows = await domains.read(conn, as_of, dataset, PERIODS[0], DomainBy.PART)
        whole = await domains.total(conn, as_of, dataset, PERIODS[0])
        by_day = await domains.read(conn, as_of, dataset, PERIODS[0], DomainBy.DAY)
        units = await domains.read(conn, as_of, dataset, PERIODS[0], DomainBy.UNIT)
    levels = {row.key: row.counts["records"] or 0 for row in before} | {part: 39}
    assert {row.key: row.counts["records"] for row in rows} == levels
    assert whole["records"] == by_day[-1].counts["records"] == sum(levels.values())
    assert by_day[-2].counts["records"] == sum(row.counts["records"] or 0 for row in before)  # of the days before it
    assert {row.key for row in units} > {"75"}
    async with province.writing() as (conn, as_of):
        for by, shown in (
            (DomainBy.TOTAL, whole["records"]),
            (DomainBy.PART, 39),
            (DomainBy.UNIT, units[0].counts["records"]),
        ):
            key = {DomainBy.PART: part, DomainBy.UNIT: units[0].key}.get(by, "")
            opened = await openings.open_domain(conn, as_of, "dataset", "records", PERIODS[0], narrowed(by, key))
            assert opened.amount == shown, by


def measured(unit: str, sector: str, records: int) -> dict[str, object]:
    parts = ("digitised", "valid", "complete", "clean", "fresh")
    return {
        "specversion": "1.0",
        "id": f"{unit}/{sector}",
        "source": SOURCE,
        "type": "dataset.measured.v1",
        "subject": f"{sector}/{unit}/2024-03",
        "time": "2024-03-19T08:00:00+07:00",
        "data": {"sector": sector, "unit": unit, "records": records, **dict.fromkeys(parts, 1)},
    }


async def test_levels_of_the_portal_are_known_of_a_part_only(province: Database) -> None:
    async with province.snapshot() as (conn, as_of):
        whole = await domains.total(conn, as_of, DOMAINS["portal"], PERIODS[0])
        part = (await domains.read(conn, as_of, DOMAINS["portal"], PERIODS[0], DomainBy.PART))[0]
        of_part = await domains.total(conn, as_of, DOMAINS["portal"], PERIODS[0], Filters(part=part.key))
    assert (whole["numerator"], whole["figures"]) == (None, 12)
    assert of_part == part.counts


async def test_api_and_command_line_say_what_the_reader_says(province: Database, database: DatabaseUrls) -> None:
    cli = (await read_for_cli(database.api, PERIODS[0])).plain()
    async with client(province) as api, province.snapshot() as (conn, as_of):
        for name in KEPT:
            for by in DomainBy if name in ASKED else ():
                rows = await domains.read(conn, as_of, DOMAINS[name], PERIODS[0], by)
                answer = await asked(api, f"/api/v1/topics/{name}/figures", by=by.value)
                assert tuple(DomainRow(row["key"], row["counts"]) for row in answer["rows"]) == rows
            clocks = {c.name for c in DOMAINS[name].counters if c.due is not None}  # the command has a clock of its own
            whole = await domains.total(conn, as_of, DOMAINS[name], PERIODS[0])
            assert {c: n for c, n in cli[name].items() if c in whole and c not in clocks} == {
                c: n for c, n in whole.items() if c not in clocks
            }


async def test_the_api_lists_what_a_counter_counts_and_tells_a_subject(province: Database) -> None:
    async with client(province) as api:
        for name in ASKED:
            for row in (await asked(api, f"/api/v1/topics/{name}/figures", by="part", period="all"))["rows"]:
                for counter, amount in row["counts"].items():
                    query = {"counter": counter, "part": row["key"], "limit": "2"}
                    listed, cursor = [], None
                    while True:
                        following = query if cursor is None else {**query, "cursor": cursor}
                        page = await asked(api, f"/api/v1/topics/{name}/subjects", **following)
                        listed += page["subjects"]
                        cursor = page["next_cursor"]
                        if cursor is None:
                            break
                    assert sum(subject["amount"] for subject in listed) == amount, (name, counter)
            one = (await asked(api, f"/api/v1/topics/{name}/subjects", limit=1))["subjects"][0]
            told = await asked(api, f"/api/v1/topics/{name}/subjects/{one['subject']}")
            assert told["subject"] == {key: value for key, value in one.items() if key != "amount"}
            assert told["history"]


async def test_the_api_names_field_and_rule(province: Database) -> None:
    async with client(province) as api:
        for address, query, field in (
            ("/api/v1/topics/none/figures", {}, "domain"),
            ("/api/v1/topics/task/figures", {"by": "channel"}, "by"),
            ("/api/v1/topics/task/subjects", {"counter": "reached"}, "counter"),
            ("/api/v1/topics/task/subjects", {"cursor": "x"}, "cursor"),
            ("/api/v1/sources", {"from": "2022-01-01"}, "from"),
        ):
            answer = await api.get(address, params=query)
            assert answer.status_code == 422, (address, answer.text)
            assert answer.headers["content-type"] == "application/problem+json"
            assert [error["field"] for error in answer.json()["errors"]] == [field]
        first = await asked(api, "/api/v1/topics/task/subjects", limit=1)
        other = await api.get("/api/v1/topics/petition/subjects", params={"limit": 1, "cursor": first["next_cursor"]})
        assert other.status_code == 422
        assert (await api.get("/api/v1/topics/task/subjects/none")).status_code == 404


async def test_an_opened_number_is_restored_with_its_domain(province: Database) -> None:
    asked_for = Filters(unit="so-tu-phap", part="30/KH-UBND")
    async with province.writing() as (conn, as_of):
        opened = await openings.open_domain(conn, as_of, "task", "open", PERIODS[2], asked_for)
        assert await openings.get(conn, opened.id) == opened
        later = await openings.open_domain(conn, as_of + timedelta(days=30), "task", "overdue", PERIODS[2], asked_for)
    assert (opened.domain, opened.filters) == ("task", asked_for)
    assert later.amount > 0
    assert replace(opened, domain="case") != opened


def client(database: Database) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(answering(build(for_askers(database)))), base_url="http://127.0.0.1"
    )


async def asked(api: httpx.AsyncClient, address: str, **query: Any) -> Any:
    answer = await api.get(address, params=query)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)
