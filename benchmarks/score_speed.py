"""How long the score of all units over a year takes: right after PostgreSQL was started, and from then on."""

import asyncio
import statistics
import time

import psycopg

from benchmarks.case_path import Bench, report
from dashboards.periods import Period
from dashboards.readers.database import Database
from dashboards.views.score import reader as score
from infra.endpoints import DatabaseUrls
from schemas.rules.decision_766 import Reading

TIMES = 20
BACK_WITHIN_S = 60.0
COLD_AT_MOST_S, WARM_AT_MOST_MS = 2.0, 100.0


def measure(bench: Bench, urls: DatabaseUrls, year: Period) -> bool:
    """Prints what it takes; whether both are within their bounds."""
    restart(bench, urls)
    cold, warm, units = asyncio.run(_timed(urls, year))
    report("score_year_cold_s", cold, "s")
    report("score_year_ms", warm, "ms")
    report("score_year_units", units, "units")
    return cold < COLD_AT_MOST_S and warm < WARM_AT_MOST_MS


def restart(bench: Bench, urls: DatabaseUrls) -> None:
    """Stops PostgreSQL and starts it again; returns when it answers."""
    with bench.stack.supervisor.client() as client:
        client.restart("postgres")
    deadline = time.monotonic() + BACK_WITHIN_S
    while True:
        try:
            psycopg.connect(urls.screens, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


async def _timed(urls: DatabaseUrls, year: Period) -> tuple[float, float, int]:
    """Seconds of the first answer, median milliseconds of the later ones, and units with a score."""
    spent: list[float] = []
    units = 0
    async with Database(urls.screens, name="bench", size=1, patience=60) as database:
        for _ in range(TIMES + 1):
            async with database.snapshot() as (conn, as_of):
                began = time.perf_counter()
                units = len(await score.read(conn, as_of, year, Reading.PORTAL))
                spent.append(time.perf_counter() - began)
    return spent[0], 1000 * statistics.median(spent[1:]), units
