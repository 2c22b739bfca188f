"""What one viewer's times are while a crowd holds the screens and the data API: 200 readers that take nothing, 500
viewers of a live screen, 50 slow questions, and 400 heads that never end, all at once.

Each kind of the crowd comes from an address of its own (127.0.0.2 and on), the viewer who is measured from another.
Prints one JSON line a value: the viewer's times alone and in the crowd; progress goes to standard error.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from benchmarks import sample_year
from benchmarks.case_path import benched, report, say
from benchmarks.screens_process import serving

STALLED, VIEWERS, SLOW, HALF = 200, 500, 50, 400
CASES = 300_000
SECONDS = 20.0
EVERY = 0.25
STREAM = "/man-hinh/dong?man=ho-so"
PAGE = "/man-hinh/may-tinh-bang/don-vi"
SLOW_PAGES = [f"/man-hinh/may-tinh-bang/diem-766?ky=nam&trang={index}" for index in range(SLOW)]
SLOW_FIGURES = [f"/api/v1/cases?counter=accepted&period=year&limit={900 + index}" for index in range(SLOW)]


@dataclass
class Line:
    """A connection from an address of the machine's own."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def to(cls, port: int, source: str) -> "Line":
        return cls(*await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0)))

    def ask(self, path: str, body: bytes = b"", *, close: bool = True) -> None:
        head = f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        self.writer.write(f"{head}{'Connection: close' if close else 'X: y'}\r\n\r\n".encode() + body)

    def cut(self) -> None:
        self.writer.transport.abort()


async def got(port: int, source: str, path: str, body: bytes = b"") -> tuple[int, float]:
    """Status of an answer that was read to its end, and the seconds that it took."""
    began = time.perf_counter()
    line = await Line.to(port, source)
    try:
        line.ask(path, body)
        answer = await line.reader.read(-1)
    finally:
        line.cut()
    return (int(answer.split(b" ", 2)[1]) if answer else 0), time.perf_counter() - began


def page(path: str) -> bytes:
    """The question of Dash that shows a page."""
    path, _, search = path.partition("?")
    parts = {"pathname": path, "search": f"?{search}" if search else ""}
    inputs = [{"id": "address", "property": name, "value": value} for name, value in parts.items()]
    return json.dumps({"output": "page.children", "inputs": inputs}).encode()


async def stalled(port: int) -> None:
    """Asks for what is large and takes nothing of it."""
    line = await Line.to(port, "127.0.0.2")
    line.writer.transport.pause_reading()  # type: ignore[attr-defined]
    try:
        line.ask(STREAM, close=False)
        await asyncio.sleep(3600)
    finally:
        line.cut()


async def viewer(port: int, ages: list[float]) -> None:
    """Follows a live screen; notes the pauses between two snapshots."""
    line = await Line.to(port, "127.0.0.3")
    try:
        line.ask(STREAM, close=False)
        last = time.perf_counter()
        while piece := await line.reader.readline():
            if piece.startswith(b"id:"):
                now = time.perf_counter()
                ages.append(now - last)
                last = now
    finally:
        line.cut()


async def slow(ask: Callable[[], Coroutine[Any, Any, tuple[int, float]]]) -> None:
    while True:
        with contextlib.suppress(OSError):
            await ask()


async def half(port: int) -> None:
    """A head that never ends."""
    while True:
        line = await Line.to(port, "127.0.0.5")
        try:
            line.writer.write(b"GET /man-hinh/ho-so HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
            await line.reader.read(1)  # until the server closes it
        except OSError:
            pass
        finally:
            line.cut()


async def measured(port: int, path: str, body: bytes = b"") -> tuple[list[float], int]:
    """The viewer's times over a while, and how many answers were not 200."""
    times, refused, until = [], 0, time.perf_counter() + SECONDS
    while time.perf_counter() < until:
        status, seconds = await got(port, "127.0.0.9", path, body)
        times.append(seconds)
        refused += status != 200
        await asyncio.sleep(EVERY)
    return times, refused


@contextlib.asynccontextmanager
async def crowd(*them: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(one) for one in them]
    await asyncio.sleep(5)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def told(name: str, times: list[float], refused: int) -> None:
    report(f"{name}_p50_ms", 1000 * median(times), "ms")
    report(f"{name}_p99_ms", 1000 * quantiles(times, n=100)[98], "ms")
    report(f"{name}_refused", refused, "answers")


async def screens(port: int) -> None:
    update = "/man-hinh/_dash-update-component"
    told("crowd_page_alone", *await measured(port, update, page(PAGE)))
    ages: list[float] = []
    questions = [lambda each=each: got(port, "127.0.0.4", update, page(each)) for each in SLOW_PAGES]
    async with crowd(
        *(stalled(port) for _ in range(STALLED)),
        *(viewer(port, ages) for _ in range(VIEWERS)),
        *(slow(ask) for ask in questions),
        *(half(port) for _ in range(HALF)),
    ):
        say("the crowd is there")
        told("crowd_page", *await measured(port, update, page(PAGE)))
    report("crowd_viewers_longest_pause_s", max(ages), "s")
    report("crowd_viewers_snapshots", len(ages), "snapshots")


async def api(port: int) -> None:
    path = "/api/v1/figures?by=unit&period=month"
    told("crowd_api_alone", *await measured(port, path))
    questions = [lambda each=each: got(port, "127.0.0.4", each) for each in SLOW_FIGURES]
    async with crowd(*(slow(ask) for ask in questions), *(half(port) for _ in range(HALF))):
        told("crowd_api", *await measured(port, path))


def main() -> None:
    with benched() as bench:
        urls = bench.prepare("crowd", 0)
        sample_year.write(urls.migrate, CASES)
        with serving(bench.root, urls) as origin:
            asyncio.run(screens(int(origin.rsplit(":", 1)[1])))
        with serving(bench.root, urls, "dashboards.api") as origin:
            asyncio.run(api(int(origin.rsplit(":", 1)[1])))


if __name__ == "__main__":
    main()
