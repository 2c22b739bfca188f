"""What opening a number costs: a list of a year's 1.25 million cases, and the same list asked for 200 times at once.

The screens' own process on a private stack. Prints one JSON line a value; progress goes to standard error.
"""

import asyncio
import time
from statistics import median

import aiohttp
import psycopg

from benchmarks import sample_year
from benchmarks.case_path import benched, report, say
from benchmarks.screens_process import serving
from infra.endpoints import DatabaseUrls

BIG = "/man-hinh/mo?so=accepted&ky=nam"
SMALL = "/man-hinh/mo?so=accepted&ky=hom-nay&don-vi=H19.1"
TIMES = 5
AT_ONCE = 200


async def opened(origin: str, path: str) -> float:
    began = time.perf_counter()
    async with aiohttp.ClientSession() as session, session.get(origin + path, allow_redirects=False) as answer:
        assert answer.status == 303, (answer.status, await answer.text())
    return time.perf_counter() - began


async def measure(origin: str, urls: DatabaseUrls) -> None:
    big = []
    for _ in range(TIMES):
        big.append(await opened(origin, BIG))
        await asyncio.sleep(1.5)  # a moment of its own
    report("opening_year_first_s", big[0], "s")
    report("opening_year_s", median(big), "s")
    small = [await opened(origin, SMALL) for _ in range(TIMES)]
    report("opening_unit_today_ms", 1000 * median(small), "ms")
    await asyncio.sleep(1.5)
    before = written(urls)
    began = time.perf_counter()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:
        answers = [session.get(origin + BIG, allow_redirects=False) for _ in range(AT_ONCE)]
        statuses = [answer.status for answer in await asyncio.gather(*answers)]
    report("openings_at_once_s", time.perf_counter() - began, "s")
    report("openings_at_once_answered", statuses.count(303), "requests")
    rows, size = (now - then for now, then in zip(written(urls), before, strict=True))
    report("openings_at_once_rows", rows, "rows")
    report("openings_at_once_mb", size / 1e6, "MB")


def written(urls: DatabaseUrls) -> tuple[int, int]:
    with psycopg.connect(urls.migrate) as db:
        row = db.execute("SELECT count(*), pg_total_relation_size('opening_item') FROM opening_item").fetchone()
    assert row is not None
    return row[0], row[1]


def main() -> None:
    with benched() as bench:
        urls = bench.prepare("openings", 0)
        say(f"writing {sample_year.CASES:,} cases")
        sample_year.write(urls.migrate)
        with serving(bench.root, urls) as origin:
            asyncio.run(measure(origin, urls))


if __name__ == "__main__":
    main()
