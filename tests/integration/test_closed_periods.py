"""No figure of a period that is over moves while nothing happens, however much time goes on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from dashboards.periods import Period, between
from dashboards.readers import domains, figures
from dashboards.readers.database import Database
from infra.cli.figures import read as read_for_cli
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.contracts import DOMAINS
from schemas.counter_kinds import Kind
from schemas.counters import NOW_COUNTERS
from schemas.province_clock import ProvinceClock
from schemas.reference.reading import read
from tests.integration.sample_domains import AS_OF, fill
from tests.integration.sample_province import play, tell

OF_THE_MOMENT = ("as_of", "sources", "stream", "forecast")  # not of the days asked for
CLOSED = (
    between(date(2024, 1, 1), date(2024, 1, 31)),
    between(date(2024, 2, 1), date(2024, 2, 29)),
    between(date(2024, 1, 10), date(2024, 2, 20)),
    between(date(2024, 2, 29), date(2024, 2, 29)),
)
MOMENTS = [AS_OF + timedelta(days=days) for days in (0, 8, 30, 300)]  # deadlines of the samples lie between


async def figures_at(database: DatabaseUrls, period: Period, moment: datetime) -> dict[str, Any]:
    offset = int((moment - datetime.now(UTC)).total_seconds())
    found = (await read_for_cli(database.api, period, ProvinceClock(offset))).plain()
    return {name: value for name, value in found.items() if name not in OF_THE_MOMENT}


async def test_every_figure_of_a_period_that_is_over_stays_while_time_goes_on(database: DatabaseUrls) -> None:
    load(database.migrate, read(), AS_OF)
    await fill(database)
    await play(database.streams, tell())
    for period in CLOSED:
        first, *later = [await figures_at(database, period, moment) for moment in MOMENTS]
        assert first["cases"]["accepted"] + first["petition"]["received"] > 0 or period.first == period.last
        for moment, other in zip(MOMENTS[1:], later, strict=True):
            assert [name for name in first if first[name] != other[name]] == [], (period, moment)
    running = [
        (await figures_at(database, between(date(2024, 1, 1), date(2024, 12, 31)), moment))["petition"]["overdue"]
        for moment in MOMENTS
    ]
    assert len(set(running)) > 1, "the sample has deadlines that pass meanwhile"


async def test_what_is_of_this_moment_stands_in_no_period_that_is_over(database: DatabaseUrls) -> None:
    await fill(database)
    await play(database.streams, tell())
    async with (
        Database(database.api, name="test", clock=lambda: AS_OF, patience=30) as reader,
        reader.snapshot() as (conn, as_of),
    ):
        for period in CLOSED:
            for by in figures.By:
                for row in await figures.read(conn, as_of, period, by):
                    assert not row.counts.keys() & set(NOW_COUNTERS)
            for domain in DOMAINS.values():
                now = domains.counters_of(domain, Kind.NOW)
                for of in domains.DomainBy:
                    for line in await domains.read(conn, as_of, domain, period, of):
                        assert {line.counts[name] for name in now} <= {None}, (domain.name, of)
