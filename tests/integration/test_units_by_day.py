"""Over a period in which a key became another unit's, whatever is counted by unit has a row for each of them, and each
row opens its own list."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import SecretStr

from dashboards.access.settings import SignIn
from dashboards.counted_domains import NAMES_ACCOUNTS
from dashboards.periods import PeriodName
from dashboards.readers import cases, domains, figures, lookups, openings, reference, subjects
from dashboards.readers import snapshot as live
from dashboards.readers.database import Database
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import Selection, feeding
from dashboards.settings import ScreensSettings
from dashboards.unit_keys import parted
from dashboards.views.essential import reader as essential
from dashboards.views.essential.declared import Group
from dashboards.views.gap import reader as portal_gap
from dashboards.views.gap.declared import Indicator
from dashboards.views.process import chains_reader as chains
from infra.cli.figures import read as read_for_cli
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from infra.home import Home
from schemas.contracts import DOMAINS
from schemas.counter_kinds import Kind
from schemas.counters import FLOW_COUNTERS
from schemas.province_clock import ProvinceClock
from schemas.reference.reading import PACKAGED, read
from tests.conftest import own_database
from tests.integration import sample_province
from tests.integration.crossing_province import (
    AS_OF,
    CASES,
    CHANGE,
    DAYS,
    EVER,
    FIRST,
    FORMER,
    KEY,
    LAST,
    SIDES,
    TOPICS,
    YEARS,
    fill,
)
from tests.integration.data_api import client
from tests.reference import unit_days as slow
from tests.reference.law import Law
from tests.reference.province import Province
from tests.reference.subjects import Subjects


@pytest.fixture(scope="module")
def filled(home: Home, template_database: str) -> Iterator[DatabaseUrls]:
    """One for all tests that only read."""
    with own_database(home, template_database) as database:
        asyncio.run(fill(database))
        yield database


@pytest.fixture
async def province(filled: DatabaseUrls) -> AsyncIterator[Database]:
    async with Database(filled.api, name="test", clock=lambda: AS_OF, patience=30) as reading:
        yield reading


async def test_cases_are_counted_for_the_unit_whose_the_key_was_as_the_slow_reference_counts_them(
    province: Database,
) -> None:
    counted = Province.after(CASES, sample_province.HISTORY_LIMIT, Law.of(PACKAGED)).rollup("unit", "day")
    amounts = {(unit, day, name): n for (unit, day), counts in counted.items() for name, n in counts.items()}
    async with province.snapshot() as (conn, as_of):
        for period, first in ((YEARS, FIRST), (EVER, date.min), (SIDES[0], FIRST), (SIDES[1], CHANGE)):
            rows = await figures.read(conn, as_of, period, figures.By.UNIT)
            found = {row.key: {name: row.counts[name] for name in FLOW_COUNTERS if row.counts[name]} for row in rows}
            expected = slow.by_unit(amounts, first, period.last or LAST, DAYS)
            differs = {
                (key, name): (found.get(key, {}).get(name), expected.get(key, {}).get(name))
                for key in found.keys() | expected.keys()
                for name in FLOW_COUNTERS
                if found.get(key, {}).get(name) != expected.get(key, {}).get(name)
            }
            assert differs == {}
            assert (FORMER in expected) == (period in (YEARS, EVER))
            total = await figures.total(conn, as_of, period)
            assert {name: sum(row.counts.get(name, 0) for row in rows) for name in total} == total


async def test_every_topic_counts_what_happened_for_the_unit_whose_the_key_was(province: Database) -> None:
    events = [event for contract, told in TOPICS.items() if contract != "lookups" for event in told]
    amounts: defaultdict[str, dict[tuple[str, date, str], int]] = defaultdict(lambda: defaultdict(int))
    for (of, counter, unit, _, day), (amount, _) in Subjects.after(events, 2000).figures().items():
        amounts[of][unit, day, counter] += amount
    crossed = set()
    async with province.snapshot() as (conn, as_of):
        for name, domain in DOMAINS.items():
            flows = domains.counters_of(domain, Kind.FLOW)
            rows = {
                row.key: row.counts for row in await domains.read(conn, as_of, domain, YEARS, domains.DomainBy.UNIT)
            }
            cells = await domains.cells(conn, as_of, domain, YEARS)
            then, now = [
                {row.key: row.counts for row in await domains.read(conn, as_of, domain, side, domains.DomainBy.UNIT)}
                for side in SIDES
            ]
            for key, side in ((FORMER, then), (KEY, now)):
                for flow in flows:
                    expected = side.get(KEY, {}).get(flow) or 0
                    assert (rows.get(key, {}).get(flow) or 0) == expected, (name, key, flow)
                    in_cells = sum(cell.amount for cell in cells if (cell.unit, cell.counter) == (key, flow))
                    assert in_cells == expected, (name, key, flow)
            if FORMER in rows:
                crossed.add(name)
                assert {rows[FORMER][counter.name] for counter in domain.counters if counter.kind is not Kind.FLOW} <= {
                    None
                }
            if name in amounts:
                for unit, counts in slow.by_unit(amounts[name], FIRST, LAST, DAYS).items():
                    assert {flow: n for flow, n in counts.items() if flow in flows} == {
                        flow: rows[unit][flow] for flow in flows if rows[unit][flow]
                    }, (name, unit)
            total = await domains.total(conn, as_of, domain, YEARS)
            assert {flow: sum(row[flow] or 0 for row in rows.values()) for flow in flows} == {
                flow: total[flow] for flow in flows
            }
    assert len(crossed) > 3, crossed


async def test_every_number_of_each_unit_opens_its_own_list(province: Database) -> None:
    async with province.snapshot() as (conn, as_of):
        rows = [row for row in await figures.read(conn, as_of, YEARS, figures.By.UNIT) if parted(row.key)[0] == KEY]
        topics = {
            name: await domains.read(conn, as_of, domain, YEARS, domains.DomainBy.UNIT)
            for name, domain in DOMAINS.items()
        }
        for row in rows:
            for counter in FLOW_COUNTERS:
                page = await cases.page(
                    conn, as_of, counter=counter, period=YEARS, filters=Filters(unit=row.key), limit=999
                )
                assert sum(item.amount for item in page.items) == row.counts[counter], (row.key, counter)
            assert await figures.total(conn, as_of, YEARS, Filters(unit=row.key)) | row.counts == (
                await figures.total(conn, as_of, YEARS, Filters(unit=row.key))
            )
        assert [row.key for row in rows] == [KEY, FORMER]
        for name, domain in DOMAINS.items():
            for line in (line for line in topics[name] if parted(line.key)[0] == KEY):
                filters = Filters(unit=line.key)
                for counter in domains.counters_of(domain, Kind.FLOW):
                    shown = await subjects.page(
                        conn, as_of, domain, counter=counter, period=YEARS, filters=filters, limit=999
                    )
                    assert sum(item.amount for item in shown.items) == line.counts[counter], (name, counter)
    async with province.writing() as (conn, as_of):
        for row in rows:
            for counter in FLOW_COUNTERS:
                opened = await openings.open_number(conn, as_of, counter, YEARS, Filters(unit=row.key))
                assert opened.amount == row.counts[counter], (row.key, counter)
        lost = await openings.open_number(conn, as_of, "open", EVER, Filters(unit=FORMER))
        assert lost.amount == 0, "what is open is of the unit that has the key"
        for name, domain in DOMAINS.items():
            for line in (line for line in topics[name] if parted(line.key)[0] == KEY):
                for counter in domains.counters_of(domain, Kind.FLOW):
                    number = await openings.open_domain(conn, as_of, name, counter, YEARS, Filters(unit=line.key))
                    assert number.amount == line.counts[counter], (name, line.key, counter)


async def test_look_ups_are_counted_and_listed_for_the_unit_whose_the_key_was(province: Database) -> None:
    async with province.snapshot() as (conn, _):
        rows = {row.key: row.counts for row in await lookups.figures(conn, YEARS, lookups.LookupBy.UNIT)}
        sides = [
            {row.key: row.counts for row in await lookups.figures(conn, side, lookups.LookupBy.UNIT)}[KEY]
            for side in SIDES
        ]
        assert [rows[FORMER], rows[KEY]] == sides
        for key in (FORMER, KEY):
            page = await lookups.page(conn, "lookups", YEARS, lookups.LookupFilters(unit=key), limit=999)
            assert len(page.items) == rows[key]["lookups"]


async def test_own_and_portal_figures_are_of_each_unit_and_so_are_their_cases(province: Database) -> None:
    async with province.snapshot() as (conn, _):
        for indicator in Indicator:
            rows = {row.unit: row for row in await portal_gap.read(conn, indicator, YEARS)}
            both = {KEY, FORMER} & rows.keys()
            assert both == {KEY, FORMER} or indicator is not Indicator.RECEIVED
            everything = await portal_gap.cases(conn, indicator, YEARS, limit=999)
            assert sum(row.cases for row in rows.values()) == len(everything)
            for unit in both:
                assert await portal_gap.read(conn, indicator, YEARS, unit) == (rows[unit],)
                assert len(await portal_gap.cases(conn, indicator, YEARS, unit, limit=999)) == rows[unit].cases
        sides = [await portal_gap.read(conn, Indicator.RECEIVED, side, KEY) for side in SIDES]
        whole = await portal_gap.read(conn, Indicator.RECEIVED, YEARS)
        assert [row.own for row in whole if parted(row.unit)[0] == KEY] == [sides[1][0].own, sides[0][0].own]


async def test_the_live_wall_counts_each_unit_by_itself(province: Database, filled: DatabaseUrls) -> None:
    settings = ScreensSettings(database_screens=SecretStr(filled.screens), sign_in=SignIn.DEMO)
    async with province.snapshot() as snapshot:
        known = await feeding(snapshot.conn)
        whole = await live.read(snapshot, known, Selection("ho-so", PeriodName.ALL), settings)
        accepted: defaultdict[str, int] = defaultdict(int)
        for row in whole.flows:
            accepted[row.unit] += row.accepted
        rows = await figures.read(snapshot.conn, snapshot.as_of, EVER, figures.By.UNIT)
        assert accepted == {row.key: row.counts["accepted"] for row in rows if row.key in accepted}
        assert accepted[FORMER] > 0 < accepted[KEY]
        for unit in (FORMER, KEY):
            one = await live.read(snapshot, known, Selection("ho-so", PeriodName.ALL, unit), settings)
            assert one.total("accepted") == accepted[unit]
        assert {row.unit for row in whole.now} & {FORMER} == set(), "what is open is of the unit that has the key"


async def test_both_are_called_as_they_were(province: Database) -> None:
    async with province.snapshot() as (conn, _):
        found = await reference.names(conn, "unit", [FORMER, KEY, "Không có"], LAST)
        names = await reference.unit_names(conn, LAST)
    assert {key: one.name for key, one in found.items() if one.known} == {
        FORMER: "Phường Trung Dũng (đến 30/06/2025)",
        KEY: "Phường Trấn Biên",
    }
    assert (names[FORMER], names[KEY]) == ("Phường Trung Dũng (đến 30/06/2025)", "Phường Trấn Biên")


async def test_no_answer_of_the_api_and_no_figure_shows_both_in_one_row(
    province: Database, filled: DatabaseUrls
) -> None:
    days = {"from": str(FIRST), "to": str(LAST)}
    asked: list[tuple[str, dict[str, str]]] = [
        ("/api/v1/figures", {"by": "unit"}),
        ("/api/v1/scores", {}),
        ("/api/v1/chains", {}),
        *(("/api/v1/portal-gap", {"indicator": indicator.value}) for indicator in Indicator),
        *((f"/api/v1/topics/{name}/figures", {"by": "unit"}) for name in DOMAINS if name not in NAMES_ACCOUNTS),
    ]
    seen: dict[str, set[str | None]] = {}
    async with client(province) as api:
        for path, query in asked:
            answer = await api.get(path, params={**query, **days})
            assert answer.status_code == 200, (path, answer.text)
            body = answer.json()
            rows = body.get("rows") or body.get("units") or []
            keys = [row.get("key", row.get("unit", row.get("agency"))) for row in rows]
            former = [row for row, key in zip(rows, keys, strict=True) if row["until"]]
            assert {row["name"] for row in former} <= {"Phường Trung Dũng"}, path
            assert {row["until"] for row in former} <= {"2025-06-30"}
            seen[f"{path} {query}"] = {key for key in keys if key and parted(key)[0] == KEY}
            one = await api.get(path, params={**query, **days, "unit": FORMER})
            assert one.status_code == 200, (path, one.text)
    assert seen["/api/v1/figures {'by': 'unit'}"] == {KEY, FORMER}
    assert sum(FORMER in keys for keys in seen.values()) > 5, seen
    offset = int((AS_OF - datetime.now(UTC)).total_seconds())
    found = (await read_for_cli(filled.api, YEARS, ProvinceClock(offset))).plain()
    assert {KEY, FORMER} <= found["cases"]["by_unit"].keys() & found["score_766"]["by_unit"].keys()
    assert {KEY, FORMER} <= {row["unit"] for row in found["portal_gap"]["received"]}


async def test_what_a_step_of_a_chain_took_at_an_agency_is_of_the_agency_of_its_day(province: Database) -> None:
    asked = chains.ChainsQuestion(YEARS)
    async with province.snapshot() as (conn, _):
        rows = [row for row in await chains.read(conn, asked) if row.agency and parted(row.agency)[0] == KEY]
        assert {row.agency for row in rows} == {KEY, FORMER}
        for row in rows:
            for part in chains.ChainPart:
                narrowed = chains.ChainsQuestion(YEARS, row.chain, None, part, row.step, row.agency)
                assert await chains.count(conn, narrowed) == row.number(part), (row.agency, part)


async def test_the_services_of_a_unit_are_those_of_its_own_days(province: Database) -> None:
    async with province.snapshot() as (conn, as_of):
        for service in await essential.read(conn, as_of, YEARS):
            rows = await essential.units(conn, as_of, YEARS, service.number)
            assert sum(row.amounts.received for row in rows) == service.amounts.received
            for row in rows:
                listed = await essential.cases(conn, YEARS, service.number, Group.RECEIVED, row.unit, limit=999)
                assert len(listed) == row.amounts.received


async def test_no_unit_is_split_before_anything_was_told_of_the_day_of_the_change(database: DatabaseUrls) -> None:
    load(database.migrate, read(), AS_OF)
    told = [event for event in CASES if event["time"] < "2025-06-29"]
    at = datetime(2025, 6, 29, tzinfo=UTC) + timedelta(hours=1)
    await sample_province.play(database.streams, [json.dumps(event).encode() for event in told], at)
    async with (
        Database(database.api, name="test", clock=lambda: at, patience=30) as reading,
        reading.snapshot() as (conn, as_of),
    ):
        keys = {row.key for row in await figures.read(conn, as_of, YEARS, figures.By.UNIT)}
    assert KEY in keys
    assert FORMER not in keys
