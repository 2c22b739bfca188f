"""The sample province with its reference data, as the tests of the score ask it, and the periods that they ask for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from dashboards.periods import Period, PeriodName, between, named
from dashboards.readers.database import Database
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.reference.reading import read
from tests.integration.sample_province import NOW, play, tell
from tests.reference.score import Span

PERIODS = (
    *(named(name, NOW) for name in (PeriodName.TODAY, PeriodName.MONTH, PeriodName.QUARTER, PeriodName.YEAR)),
    between(date(2024, 2, 1), date(2024, 2, 29)),
)


@asynccontextmanager
async def scored_province(database: DatabaseUrls) -> AsyncIterator[Database]:
    load(database.migrate, read(), NOW)
    await play(database.streams, tell())
    async with Database(database.api, name="test", clock=lambda: NOW, patience=30) as found:
        yield found


def spanned(period: Period) -> Span:
    assert period.first is not None
    assert period.last is not None
    return Span(period.first, period.last, NOW)
