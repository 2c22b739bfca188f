"""A level is of the unit whose the key was on the day measured, and stands only while there is that unit."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
from pydantic import SecretStr

from dashboards.access.settings import SignIn
from dashboards.periods import ALL, Period, PeriodName, between
from dashboards.readers import domains, openings, subjects
from dashboards.readers.database import Connection, Database, Snapshot
from dashboards.readers.domains import DomainBy
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import Selection, feeding
from dashboards.settings import ScreensSettings
from dashboards.unit_keys import parted
from dashboards.views.gap import reader as portal_gap
from dashboards.views.gap.declared import Indicator
from dashboards.views.score import reader as score
from dashboards.views.topics import live as topic_live
from dashboards.views.topics.declared import OF_DOMAIN, Number
from infra.cli.figures import read as read_for_cli
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from infra.home import Home
from schemas.contracts import DOMAINS
from schemas.province_clock import ProvinceClock
from schemas.reference.reading import read
from schemas.rules.decision_766 import CountedPart, Reading
from tests.conftest import own_database
from tests.integration import sample_domains
from tests.integration.data_api import client

KEY, FORMER = "26041", "26041/2025-06-30"  # Phường Trung Dũng, and Phường Trấn Biên since 1/7/2025
GONE = "26011"  # Phường Bửu Long, which went into it with four more
SAME = "26119"  # one commune before and after, only spelt another way
OFFICE = "so-tu-phap"
CHANGE = date(2025, 7, 1)
BEFORE = between(date(2025, 1, 1), date(2025, 6, 30))
SINCE, LATER = between(CHANGE, date(2025, 8, 31)), between(CHANGE, date(2025, 9, 30))
YEAR = between(date(2025, 1, 1), date(2025, 12, 31))
MARCH = between(date(2025, 3, 1), date(2025, 3, 31))
AUGUST, END = datetime(2025, 8, 31, 5, tzinfo=UTC), datetime(2026, 1, 5, 5, tzinfo=UTC)
MEASURED = (  # month, unit, amount
    ("2025-01", OFFICE, 40),  # of the half-year's first day, and not its last
    ("2025-05", KEY, 300), ("2025-05", GONE, 70), ("2025-05", SAME, 110), ("2025-05", OFFICE, 50),
    ("2025-08", OFFICE, 60), ("2025-09", KEY, 500), ("2025-09", OFFICE, 90),
)  # fmt: skip
STANDING = {
    BEFORE: {KEY: 300, GONE: 70, SAME: 110, OFFICE: 50},
    SINCE: {SAME: 110, OFFICE: 60},
    LATER: {KEY: 500, SAME: 110, OFFICE: 90},
    YEAR: {KEY: 500, SAME: 110, OFFICE: 90},
    ALL: {KEY: 500, SAME: 110, OFFICE: 90},
}
LEVELS = (
    ("staffing", "staff", None),
    ("dataset", "records", None),
    ("portal", "numerator", "month/DOSSIER_SYNC"),
)
SYNC = "DOSSIER_SYNC"


def told(last: str) -> dict[str, list[dict[str, Any]]]:
    """Events by contract, of the months up to one."""
    found: dict[str, list[dict[str, Any]]] = {"outreach": [], "datasets": [], "portal": []}
    parts = ("digitised", "valid", "complete", "clean", "fresh")
    for number, (month, unit, n) in enumerate(MEASURED):
        if month > last:
            continue
        common = {
            "specversion": "1.0",
            "source": "urn:test:levels",
            "id": f"e{number}",
            "time": f"{month}-20T03:00:00Z",
        }
        staff = {"unit": unit, "staff": n, "trained": n // 10, "it_staff": 1}
        held = {"unit": unit, "sector": "ho-tich", "records": n, **dict.fromkeys(parts, n // 10)}
        shown = {"unit": unit, "period": month, "component": SYNC, "numerator": n, "denominator": 1000}
        for contract, type_, subject, data in (
            ("outreach", "staffing.reported.v1", f"{unit}/{month}", staff),
            ("datasets", "dataset.measured.v1", f"ho-tich/{unit}/{month}", held),
            ("portal", "portal.published.v1", f"{unit}/{month}/{SYNC}", shown),
        ):
            found[contract].append({**common, "type": type_, "subject": subject, "data": data})
    return found


async def fill(database: DatabaseUrls, last: str) -> None:
    load(database.migrate, read(), END)
    for contract, events in told(last).items():
        await sample_domains.take(database, contract, events, at=END)


@pytest.fixture(scope="module")
def filled(home: Home, template_database: str) -> Iterator[DatabaseUrls]:
    """One for all tests that only read."""
    with own_database(home, template_database) as database:
        asyncio.run(fill(database, "2025-12"))
        yield database


@pytest.fixture
async def province(filled: DatabaseUrls) -> AsyncIterator[Database]:
    async with Database(filled.api, name="test", clock=lambda: END, patience=30) as reading:
        yield reading


@asynccontextmanager
async def at(database: DatabaseUrls, moment: datetime) -> AsyncIterator[Snapshot]:
    async with (
        Database(database.api, name="test", clock=lambda: moment, patience=30) as reading,
        reading.snapshot() as snapshot,
    ):
        yield snapshot


async def level(
    conn: Connection, of: tuple[str, str, str | None], period: Period, unit: str | None = None
) -> int | None:
    name, counter, part = of
    return (await domains.total(conn, END, DOMAINS[name], period, Filters(unit=unit, part=part)))[counter]


async def by_unit(conn: Connection, of: tuple[str, str, str | None], period: Period) -> dict[str, int | None]:
    name, counter, part = of
    rows = await domains.read(conn, END, DOMAINS[name], period, DomainBy.UNIT, Filters(part=part))
    return {row.key: row.counts[counter] for row in rows}


@pytest.mark.parametrize("period", STANDING, ids=str)
async def test_a_level_stands_while_there_is_its_unit_and_the_total_is_the_sum(
    province: Database, period: Period
) -> None:
    async with province.snapshot() as (conn, _):
        for of in LEVELS:
            rows = await by_unit(conn, of, period)
            assert {key: n for key, n in rows.items() if n is not None} == STANDING[period], of
            assert set(rows) - set(STANDING[period]) <= {FORMER, GONE}, "neither stands, and neither has none"
            assert await level(conn, of, period) == sum(STANDING[period].values()), of
            cells = await domains.cells(conn, END, DOMAINS[of[0]], period, Filters(part=of[2]))
            assert {cell.unit: cell.amount for cell in cells if cell.counter == of[1]} == STANDING[period]


async def test_a_level_is_asked_of_either_unit(province: Database) -> None:
    async with province.snapshot() as (conn, _):
        for of, (unit, period, amount) in product(
            LEVELS,
            (
                (FORMER, BEFORE, 300), (FORMER, MARCH, None), (FORMER, SINCE, None), (FORMER, YEAR, None),
                (FORMER, ALL, None),
                (KEY, BEFORE, 300), (KEY, SINCE, None), (KEY, LATER, 500), (KEY, YEAR, 500),
                (GONE, BEFORE, 70), (GONE, SINCE, None), (GONE, ALL, None), (SAME, SINCE, 110), (SAME, ALL, 110),
            ),
        ):  # fmt: skip
            assert await level(conn, of, period, unit) == amount, (of, unit, period)


async def test_its_curve_by_day_falls_with_the_change_of_units(province: Database) -> None:
    async with province.snapshot() as (conn, _):
        for name, counter, part in LEVELS:
            for unit, falls in ((None, (530, 160)), (KEY, (None, None)), (FORMER, (300, None)), (SAME, (110, 110))):
                rows = await domains.read(conn, END, DOMAINS[name], ALL, DomainBy.DAY, Filters(unit=unit, part=part))
                days = {date.fromisoformat(row.key): row.counts[counter] for row in rows}
                shown = [
                    days[max(known)] if (known := [day for day in days if day <= on]) else None
                    for on in (date(2025, 6, 30), CHANGE)
                ]
                assert tuple(shown) == falls, (name, unit)
                whole = await level(conn, (name, counter, part), ALL, unit)
                assert days[max(days)] == whole, (name, unit)


async def test_every_level_opens_its_own_list(province: Database) -> None:
    async with province.writing() as (conn, as_of):
        for (name, counter, part), period in product(LEVELS, STANDING):
            standing = STANDING[period]
            asked = [(Filters(unit=key, part=part), n) for key, n in standing.items()]
            asked += [
                (Filters(part=part), sum(standing.values())),
                (Filters(unit=FORMER, part=part), standing[KEY] if period == BEFORE else 0),
                (Filters(unit=GONE, part=part), standing.get(GONE, 0)),
                (Filters(part=part, day=date(2025, 7, 2)), 0 if period == BEFORE else 160),
            ]
            for filters, amount in asked:
                opened = await openings.open_domain(conn, as_of, name, counter, period, filters)
                listed = await openings.subjects_page(conn, opened, limit=999)
                page = await subjects.page(
                    conn, as_of, DOMAINS[name], counter=counter, period=period, filters=filters, limit=999
                )
                totals = [sum(one.counted.amount for one in listed), sum(one.amount for one in page.items)]
                assert [*totals, opened.amount] == [amount] * 3, (name, period, filters)


async def test_wall_api_and_command_say_the_same(database: DatabaseUrls) -> None:
    """At the end of August, when the new unit has not measured yet."""
    await fill(database, "2025-08")
    settings = ScreensSettings(database_screens=SecretStr(database.screens), sign_in=SignIn.DEMO)
    clock = ProvinceClock(int((AUGUST - datetime.now(UTC)).total_seconds()))
    command = (await read_for_cli(database.api, ALL, clock)).plain()
    async with at(database, AUGUST) as snapshot, Database(database.api, name="api", clock=lambda: AUGUST) as reading:
        known = await feeding(snapshot.conn)
        async with client(reading) as api:
            for (name, counter, part), unit in product(LEVELS, (None, KEY, FORMER, GONE, SAME)):
                view = Selection(OF_DOMAIN[name].name, PeriodName.YEAR, unit, part)
                seen = await topic_live.read(snapshot, known, view, settings, OF_DOMAIN[name])
                narrowed = {key: value for key, value in (("unit", unit), ("part", part)) if value is not None}
                path = f"/api/v1/topics/{name}/figures"
                answer = (await api.get(path, params={"period": "year", **narrowed})).json()
                (whole,) = answer["rows"]
                expected = {None: 170, KEY: None, FORMER: None, GONE: None, SAME: 110}[unit]
                assert whole["counts"][counter] == expected, (name, unit)
                assert seen.measured(Number(name, counter)) == (expected is not None), (name, unit)
                assert seen.amount(Number(name, counter)) == (expected or 0), (name, unit)
                if unit is None:
                    rows = (await api.get(path, params={"period": "year", "by": "unit", **narrowed})).json()["rows"]
                    assert seen.amounts(Number(name, counter), "unit") == STANDING[SINCE]
                    assert {r["key"]: r["counts"][counter] for r in rows if r["counts"][counter]} == STANDING[SINCE]
                if unit is None and part is None:
                    of_units = command[name]["by_unit"].items()
                    assert {key: n[counter] for key, n in of_units if n[counter]} == STANDING[SINCE]
                    assert command[name][counter] == 170


async def test_the_score_takes_what_was_published_of_the_unit_itself(province: Database) -> None:
    async with province.snapshot() as (conn, as_of):
        found: dict[tuple[str, str | None], CountedPart | None] = {}
        for name, period in (("before", BEFORE), ("since", SINCE), ("later", LATER), ("year", YEAR)):
            for one in await score.read(conn, as_of, period, Reading.PORTAL):
                if SYNC in one.figures:
                    found[name, one.key] = one.figures[SYNC].counted
            alone = await score.read(conn, as_of, period, Reading.PORTAL, FORMER)
            assert [one.key for one in alone] == ([FORMER] if name == "year" else [])
    expected: dict[tuple[str, str | None], CountedPart | None] = {
        **{("before", key): CountedPart(n, 1000) for key, n in STANDING[BEFORE].items()},
        **{("since", key): CountedPart(n, 1000) for key, n in STANDING[SINCE].items()},
        **{("later", key): CountedPart(n, 1000) for key, n in STANDING[LATER].items()},
        ("year", FORMER): CountedPart(300, 1000),
        ("year", KEY): CountedPart(500, 1000),
        ("year", GONE): CountedPart(70, 1000),
        ("year", SAME): CountedPart(110, 1000),
        ("year", OFFICE): CountedPart(90, 1000),
        ("before", None): CountedPart(530, 4000),
        ("since", None): CountedPart(170, 2000),
        ("later", None): CountedPart(700, 3000),
        ("year", None): CountedPart(1070, 5000),  # the sum of its rows
    }
    assert found == expected


async def test_a_published_figure_stands_beside_the_cases_of_the_unit_whose_the_key_was(province: Database) -> None:
    may, september = (between(date(2025, month, 1), date(2025, month, days)) for month, days in ((5, 31), (9, 30)))
    async with province.snapshot() as (conn, _):
        shown = {
            (period, unit): [
                (row.unit, row.published)
                for row in await portal_gap.read(conn, Indicator.RECEIVED, period, unit)
                if parted(row.unit)[0] == KEY
            ]
            for period, unit in product((may, september), (None, KEY, FORMER))
        }
    assert shown == {
        (may, None): [(KEY, 300)], (may, KEY): [(KEY, 300)], (may, FORMER): [(FORMER, 300)],
        (september, None): [(KEY, 500)], (september, KEY): [(KEY, 500)], (september, FORMER): [],
    }  # fmt: skip


async def test_no_level_ends_before_anything_was_told_of_the_day_of_the_change(database: DatabaseUrls) -> None:
    await fill(database, "2025-05")
    async with at(database, datetime(2025, 6, 29, 3, tzinfo=UTC)) as (conn, _):
        for of, period in product(LEVELS, (YEAR, ALL)):
            assert await by_unit(conn, of, period) == STANDING[BEFORE]
            assert await level(conn, of, period, KEY) == 300
