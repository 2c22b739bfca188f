"""What a file of a million cases costs in each form: seconds to its first byte and to its last, the API process's
memory, and what a small question waits meanwhile. With the record written, as in earnest.

The data API's own process on a private stack. Prints one JSON line a value; progress goes to standard error.
"""

import asyncio
import time
from pathlib import Path
from statistics import median, quantiles

import aiohttp
import psutil

from benchmarks import sample_year
from benchmarks.case_path import benched, report, say
from benchmarks.screens_process import OURS, serving
from dashboards.forms.form import FILES

CASES = 1_000_000
WHAT = "/api/v1/cases?format="
SMALL = "/api/v1/cases?limit=10"


async def exported(origin: str, form: str, into: Path) -> tuple[float, float, int]:
    """Seconds to the first byte and to the last, and how many bytes."""
    began, first, size = time.perf_counter(), 0.0, 0
    patient = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(timeout=patient) as session, session.get(origin + WHAT + form) as answer:
        assert answer.status == 200, await answer.text()
        with into.open("wb") as file:
            async for piece in answer.content.iter_any():
                first = first or time.perf_counter() - began
                size += len(piece)
                file.write(piece)
    return first, time.perf_counter() - began, size


async def beside(origin: str, waits: list[float]) -> None:
    """A small question again and again, until cancelled."""
    async with aiohttp.ClientSession() as session:
        while True:
            began = time.perf_counter()
            async with session.get(origin + SMALL) as answer:
                await answer.read()
                assert answer.status == 200, answer.status
            waits.append(time.perf_counter() - began)
            await asyncio.sleep(0.2)


async def memory(process: psutil.Process, seen: list[int]) -> None:
    while True:
        seen.append(process.memory_info().rss)
        await asyncio.sleep(0.2)


async def measure(origin: str, process: psutil.Process, root: Path) -> None:
    waits: list[float] = []
    alone = asyncio.create_task(beside(origin, waits))
    await asyncio.sleep(10)
    alone.cancel()
    report("small_alone_p50_ms", 1000 * median(waits), "ms")
    for form in FILES:
        waits, seen = [], [process.memory_info().rss]
        others = [asyncio.create_task(beside(origin, waits)), asyncio.create_task(memory(process, seen))]
        first, last, size = await exported(origin, form, root / f"cases.{form}")
        for other in others:
            other.cancel()
        report(f"{form}_first_byte_s", first, "s")
        report(f"{form}_{CASES}_rows_s", last, "s")
        report(f"{form}_mb", size / 1e6, "MB")
        report(f"{form}_memory_mb", max(seen) / 1e6, "MB")
        report(f"{form}_small_beside_p50_ms", 1000 * median(waits), "ms")
        report(f"{form}_small_beside_p95_ms", 1000 * quantiles(waits, n=20)[-1], "ms")


def main() -> None:
    with benched() as bench:
        urls = bench.prepare("export", 0)
        say(f"writing {CASES:,} cases")
        sample_year.write(urls.migrate, CASES)
        more = {"IOC_DATABASE_ACCESS": urls.access, "IOC_DATABASE_UNITS": urls.units}
        with serving(bench.root, urls, "dashboards.api", OURS, **more) as origin:
            port = int(origin.rpartition(":")[2])
            asyncio.run(measure(origin, listening(port), bench.root))


def listening(port: int) -> psutil.Process:
    return next(
        psutil.Process(one.pid)
        for one in psutil.net_connections("tcp")
        if one.laddr and one.laddr.port == port and one.status == psutil.CONN_LISTEN and one.pid
    )


if __name__ == "__main__":
    main()
