"""The essential services: every figure is a slow recount of the cases, every number opens as many cases as it says, and
what is not known is not 0."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from dashboards.periods import Period, PeriodName, before, between, named, today
from dashboards.readers import openings
from dashboards.readers.database import Connection, Database
from dashboards.readers.figures import Filters
from dashboards.views.essential import reader as essential
from dashboards.views.essential.declared import OFFLINE, Group
from dashboards.views.essential.reader import Amounts, Known, Offer
from dashboards.views.gap import reader as portal_gap
from dashboards.views.gap.declared import Indicator
from dashboards.views.gap.reader import Cause
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.reference.check import check
from schemas.reference.reading import read
from tests.integration.data_api import assert_problem, client
from tests.integration.essential_sample import AS_OF, UNITS, Told, recount, tell, write_reference
from tests.integration.sample_province import play

TARGETS = """\
0,,,80,2024-12-31,Kế hoạch,2024-01-01,,memory
18,,10,90,2024-03-01,Quyết định A,2024-01-01,,sourced
18,so-tu-phap,,60,2024-02-01,Quyết định B,2024-01-01,,sourced
"""
COUNTED = (2, 18, 19, 20)
PERIODS = (
    *(named(name, AS_OF) for name in (PeriodName.TODAY, PeriodName.MONTH, PeriodName.QUARTER, PeriodName.YEAR)),
    between(date(2024, 1, 15), date(2024, 1, 16)),
    between(None, None),
)


@asynccontextmanager
async def reading(database: DatabaseUrls) -> AsyncIterator[Connection]:
    async with Database(database.screens, name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        yield conn


async def played(database: DatabaseUrls, folder: Path, told: list[Told], targets: str = "") -> None:
    write_reference(folder, targets)
    reference = read(folder)
    assert check(reference) == []
    load(database.migrate, reference, datetime(2024, 1, 1, tzinfo=UTC))
    await play(database.streams, [one for case in told for one in case.events()])


def bounds(period: Period) -> tuple[date, date]:
    return period.first or date.min, period.last or date.max


def of_service(counted: dict[tuple[int, str], Counter[str]], number: int, unit: str | None = None) -> Counter[str]:
    return sum((c for (n, u), c in counted.items() if n == number and unit in (None, u)), Counter())


@pytest.mark.parametrize("seed", range(3))
async def test_every_figure_is_the_recount_of_its_cases(seed: int, database: DatabaseUrls, tmp_path: Path) -> None:
    told = tell(500, seed)
    await played(database, tmp_path, told)

    async with reading(database) as conn:
        for period in PERIODS:
            wanted = recount(told, *bounds(period))
            earlier = before(period, today(AS_OF))
            then = recount(told, *bounds(earlier)) if earlier else {}
            for unit in (None, UNITS[0]):
                services = await essential.read(conn, AS_OF, period, unit)
                why = await essential.reasons(conn, period, unit=unit)
                for service in services:
                    counts = of_service(wanted, service.number, unit)
                    assert service.amounts == Amounts(counts["received"], counts["online"]), (period, service)
                    old = of_service(then, service.number, unit)
                    assert service.earlier == Amounts(old["received"], old["online"])
                    assert Counter(why.get(service.number, {})) == counts
                    shown = why.get(service.number, dict.fromkeys(Group, 0))
                    assert sum(shown[group] for group in OFFLINE) == counts["received"] - counts["online"]
            for number in COUNTED:
                by_unit = await essential.units(conn, AS_OF, period, number)
                found = {row.unit: Counter(row.why) for row in by_unit}
                assert found == {unit: c for (service, unit), c in wanted.items() if service == number}
                shares = [row.amounts.share for row in by_unit]
                assert shares == sorted(shares, key=lambda share: (share is None, share))
    assert all(of_service(recount(told, date.min, date.max), number)["received"] for number in COUNTED)


async def test_lists_and_openings_hold_exactly_the_cases_counted(database: DatabaseUrls, tmp_path: Path) -> None:
    told = tell(300, 9)
    await played(database, tmp_path, told)
    month = named(PeriodName.MONTH, AS_OF)
    named_ = {case.code: case for case in told}

    async with Database(database.screens, name="test", patience=30) as reader, reader.writing() as (conn, _):
        why = await essential.reasons(conn, month)
        for number in COUNTED:
            for group in Group:
                wanted = sorted(
                    case.code
                    for case in told
                    if number in case.services() and group in case.counts_as() and _in(case, month)
                )
                listed = await essential.cases(conn, month, number, group, limit=1000)
                assert [case.subject for case in listed] == wanted
                opened = await essential.open_list(conn, AS_OF, group, month, Filters(part=str(number)))
                assert opened.amount == opened.cases == len(wanted) == why[number][group]
                page = await openings.page(conn, opened.id, limit=1000)
                assert sorted(item.counted.case.subject for item in page.items) == wanted
                assert await openings.get(conn, opened.id) == opened
        unsent = await portal_gap.cases(conn, Indicator.RECEIVED, month, cause=Cause.NOT_SENT, limit=1000)
        known = {case.subject for case in unsent if named_[case.subject].channel == "online"}
        for number in COUNTED:
            sync = await essential.cases(conn, month, number, Group.SYNC, limit=1000)
            assert {case.subject for case in sync} == {code for code in known if number in named_[code].services()}


def _in(case: Told, period: Period) -> bool:
    day = case.day()
    return day is not None and bounds(period)[0] <= day <= bounds(period)[1]


async def test_what_is_not_known_is_last_and_has_no_share(database: DatabaseUrls, tmp_path: Path) -> None:
    await played(database, tmp_path, tell(200, 3), TARGETS)

    async with reading(database) as conn:
        services = await essential.read(conn, AS_OF, named(PeriodName.MONTH, AS_OF))
    assert len(services) == 53
    by_number = {service.number: service for service in services}
    assert {service.number for service in services if service.known is Known.COUNTED} == set(COUNTED)
    assert {service.number for service in services if service.known is Known.NO_NAME} == set(range(44, 54))
    assert by_number[7].known is Known.NO_CODE
    assert by_number[12].known is Known.NO_CASES, "a code that the catalogue has, and no case"
    unknown = [service for service in services if service.known is not Known.COUNTED]
    assert all(service.share is None and service.change is None for service in unknown)
    assert all(by_number[number].standing is None for number in (7, 44))
    assert list(services[4:]) == unknown, "those without a share come last"
    counted = [service.share for service in services[:4]]
    assert counted == sorted(counted, key=lambda share: share or 0)
    assert (by_number[18].verified, by_number[12].verified, by_number[19].verified) == (False, True, False)
    assert (by_number[18].offer, by_number[19].offer) == (Offer.PARTLY, Offer.UNKNOWN)


async def test_a_target_is_the_nearest_and_its_path_begins_where_it_was(database: DatabaseUrls, tmp_path: Path) -> None:
    told = tell(600, 5)
    await played(database, tmp_path, told, TARGETS)
    month, year_before = named(PeriodName.MONTH, AS_OF), (date(2023, 1, 1), date(2023, 12, 31))
    start = recount(told, *year_before)

    async with reading(database) as conn:
        services = {service.number: service for service in await essential.read(conn, AS_OF, month)}
        units = {row.unit: row for row in await essential.units(conn, AS_OF, month, 18)}
    own = services[18].standing
    assert own is not None
    assert (own.target.start, own.target.goal, own.target.source) == (Fraction(1, 10), Fraction(9, 10), "Quyết định A")
    assert own.expected == Fraction(1, 2)
    general = services[19].standing
    counts = of_service(start, 19)
    assert general is not None
    assert general.target.source == "Kế hoạch"
    assert general.target.start == Fraction(counts["online"], counts["received"])
    first = units[UNITS[0]].standing
    assert first is not None
    assert first.target.source == "Quyết định B"
    begun = start[18, UNITS[0]]
    assert first.target.start == Fraction(begun["online"], begun["received"])
    other = units[UNITS[1]].standing
    assert other is not None
    assert other.target.source == "Quyết định A"
    for stands, amounts in ((own, services[18].amounts), (general, services[19].amounts)):
        assert stands.behind is (amounts.online < (stands.expected or 0) * amounts.received)
        if stands.behind and stands.to_come is not None and stands.expected is not None:
            for more, reached in ((stands.to_come, True), (stands.to_come - 1, False)):
                share = Fraction(amounts.online + more, amounts.received + more)
                assert (share >= stands.expected) is reached


async def test_without_reference_data_there_is_no_service(database: DatabaseUrls) -> None:
    async with reading(database) as conn:
        assert await essential.read(conn, AS_OF, named(PeriodName.MONTH, AS_OF)) == ()
        assert await essential.units(conn, AS_OF, named(PeriodName.ALL, AS_OF), 18) == ()


async def test_the_api_answers_the_same_and_pages_meet_every_case_once(database: DatabaseUrls, tmp_path: Path) -> None:
    told = tell(300, 11)
    await played(database, tmp_path, told, TARGETS)
    wanted = recount(told, date(2024, 1, 1), date(2024, 1, 31))
    january = {"from": "2024-01-01", "to": "2024-01-31"}

    async with Database(database.api, name="test", patience=30) as reader, client(reader) as api:
        said = (await api.get("/api/v1/essential-services", params=january)).json()
        one = {**january, "service": "18"}
        by_unit = (await api.get("/api/v1/essential-services/units", params=one)).json()
        of_unit = (await api.get("/api/v1/essential-services", params={**january, "unit": UNITS[0]})).json()
        listed, cursor = list[str](), dict[str, str]()
        while True:
            asked = {**one, "group": "not_used", "limit": "3", **cursor}
            page = (await api.get("/api/v1/essential-services/cases", params=asked)).json()
            listed += [case["subject"] for case in page["cases"]]
            if page["next_cursor"] is None:
                break
            cursor = {"cursor": page["next_cursor"]}
        quarter = (await api.get("/api/v1/essential-services", params={"period": "quarter"})).json()
        refused = [
            await api.get(f"/api/v1/essential-services{path}", params=bad)
            for path, bad in (("/units", {}), ("/cases", {**one, "group": "dreams"}), ("/cases", {"service": "0"}))
        ]

    rows = {row["number"]: row for row in said["rows"]}
    counts = of_service(wanted, 18)
    assert {group: amount for group, amount in rows[18]["cases"].items() if amount} == counts
    assert (rows[18]["now"]["received"], rows[18]["now"]["online"]) == (counts["received"], counts["online"])
    assert (rows[18]["target"]["goal"], rows[18]["target"]["expected"]) == (0.9, 0.5)
    assert (rows[7]["known"], rows[7]["now"], rows[7]["target"]) == ("no_code", None, None)
    assert said["compared"] == {"first": "2023-12-01", "last": "2023-12-31"}
    assert {row["unit"]: row["now"]["received"] for row in by_unit["rows"]} == {
        unit: c["received"] for (number, unit), c in wanted.items() if number == 18
    }
    first = next(row for row in of_unit["rows"] if row["number"] == 18)
    assert first["now"]["received"] == of_service(wanted, 18, UNITS[0])["received"]
    assert first["target"]["source"] == "Quyết định B"
    assert listed == sorted(set(listed))
    assert len(listed) == counts["not_used"]
    assert len(quarter["rows"]) == 53
    for answer in refused:
        assert_problem(answer, 422)
