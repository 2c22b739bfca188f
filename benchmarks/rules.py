"""How long a year takes to come under a replaced calendar while events keep flowing.

One private stack, one worker. A simulated year of cases goes into the tables; then events of the days after it keep
coming at a steady rate, and a calendar is loaded that takes every afternoon of that year away, so that every case has
to be judged again. Measured is the time from the load until the worker has found no case under older rules. While it
sweeps, slices are audited one after the other, and in the end everything. Then PostgreSQL is started anew, and the
score of all units over that year is asked for. Prints one JSON line a value; ends with code 1 where sweep or score take
too long, the flow was not kept up with, or an audit finds a difference.

    python -m benchmarks.rules [--days 365] [--scale 1.0] [--rate 500]
"""

import argparse
import asyncio
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import LiteralString

import psycopg
from aiokafka import AIOKafkaProducer

from benchmarks import score_speed
from benchmarks.case_path import Bench, benched, report, say
from dashboards.periods import between
from infra.db.reference import load
from infra.endpoints import DatabaseUrls, own_urls
from infra.simulate.scenarios import Drills
from infra.simulate.telling import USUAL
from infra.simulate.world import build
from schemas.province import day_number
from schemas.reference.reading import PACKAGED, read
from schemas.topics import CASES
from streams.audit.cases import audit

FIRST = date(2024, 1, 2)
SEED = 6
NAME = "rules"
AT_MOST_S = 600
KEPT_UP = 0.95  # of the rate, at least
TICK_S = 0.02
LOOK_S = 0.5
AUDIT_EVERY_S = 60.0  # a slice looks at all events of the last hour, here the whole year: the product's pause is 300
PATIENCE_S = 3_600
TAKEN = "SELECT coalesce(sum(next), 0)::bigint FROM stream_offset"
SWEPT = "SELECT max(edition) FROM rules_swept"
EDITION = "SELECT max(load_id) FROM rules_change"
Keyed = tuple[bytes, bytes]


def days(scale: float) -> Iterator[list[Keyed]]:
    """Day after day without an end: key and value of what arrives on it."""
    first = day_number(FIRST)
    topic = build(SEED, scale, USUAL, Drills(), first, None, ["cases"], digests=False)[0]
    day = first
    while True:
        topic.day(day)
        yield [(key, value) for _, key, value in topic.teller.outbox.take(day)]
        day += 1


def without_afternoons(folder: Path, count: int) -> None:
    """The packaged files, but for these days no working day has an afternoon."""
    for file in PACKAGED.glob("*.csv"):
        shutil.copy(file, folder)
    ours = (FIRST + timedelta(days=n) for n in range(count))
    weekdays = [day for day in ours if day.weekday() < 5]
    for file in folder.glob("calendar_*.csv"):
        head, *rows = file.read_text("utf-8").splitlines()
        stated = {row[:10] for row in rows}
        free = (
            f"{day},day_off,Nghỉ buổi chiều,,sourced,,afternoon" for day in weekdays if day.isoformat() not in stated
        )
        year = file.stem[-4:]
        lines = [f"{head},session", *(f"{row}," for row in rows), *(row for row in free if row[:4] == year)]
        file.write_text("\n".join(lines) + "\n", "utf-8")


@dataclass
class Flow:
    """Events at a steady rate until it is told to stop, and how far the tables were behind."""

    bench: Bench
    url: str
    rate: int
    source: Iterator[list[Keyed]]
    sent: int = 0
    behind: list[int] = field(default_factory=list)

    async def run(self, over: asyncio.Event) -> None:
        before = await asyncio.to_thread(taken, self.url)
        watcher = asyncio.create_task(self._watch(before))
        producer = AIOKafkaProducer(bootstrap_servers=self.bench.kafka, linger_ms=5, acks="all")
        await producer.start()
        records = (record for day in self.source for record in day)
        began = time.monotonic()
        try:
            while not over.is_set():
                while self.sent < (time.monotonic() - began) * self.rate:
                    key, value = next(records)
                    await producer.send(f"{CASES.name}.{NAME}", value, key=key)
                    self.sent += 1
                await asyncio.sleep(TICK_S)
        finally:
            await producer.stop()
            watcher.cancel()
            with suppress(asyncio.CancelledError):
                await watcher

    async def _watch(self, before: int) -> None:
        while True:
            sent = self.sent
            self.behind.append(max(0, sent - (await asyncio.to_thread(taken, self.url) - before)))
            await asyncio.sleep(LOOK_S)


def taken(url: str) -> int:
    return int(value(url, TAKEN))


def value(url: str, query: LiteralString, *parameters: object) -> float:
    """The one number that a query answers."""
    with psycopg.connect(url, autocommit=True) as db:
        row = db.execute(query, parameters).fetchone()
    return float(row[0]) if row is not None and row[0] is not None else 0.0


async def fill(bench: Bench, urls: DatabaseUrls, source: Iterator[list[Keyed]], count: int) -> int:
    """So many days, as fast as it goes; how many events, once the tables hold them."""
    sent = 0
    producer = AIOKafkaProducer(
        bootstrap_servers=bench.kafka, linger_ms=20, max_batch_size=262_144, acks="all", request_timeout_ms=120_000
    )
    await producer.start()
    try:
        for number in range(count):
            for key, value in next(source):
                await producer.send(f"{CASES.name}.{NAME}", value, key=key)
                sent += 1
            if number % 30 == 29:
                say(f"{FIRST + timedelta(days=number)}: {sent:,} events")
        await producer.flush()
    finally:
        await producer.stop()
    await reached(sent, urls, TAKEN)
    return sent


async def reached(wanted: int, urls: DatabaseUrls, query: LiteralString) -> None:
    """Returns when the query's number is at least that one. Raises ``TimeoutError``."""
    deadline = time.monotonic() + PATIENCE_S
    while await asyncio.to_thread(value, urls.screens, query) < wanted:
        if time.monotonic() > deadline:
            raise TimeoutError(f"not at {wanted} after {PATIENCE_S} s: {query}")
        await asyncio.sleep(LOOK_S)


async def slices(urls: DatabaseUrls, over: asyncio.Event) -> tuple[int, int]:
    """Audits of a slice until it is over; how many, and the differences that they found."""
    done = differences = 0
    while not over.is_set():
        found = await asyncio.to_thread(audit, urls.streams, "slice")
        done, differences = done + 1, differences + found.differences
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), AUDIT_EVERY_S)
    return done, differences


async def measure(bench: Bench, count: int, scale: float, rate: int) -> bool:
    """Whether everything is as it must be."""
    urls = bench.prepare(NAME, 0)
    load(urls.migrate, read(), datetime.now(UTC))
    folder = bench.root / "calendar"
    folder.mkdir()
    without_afternoons(folder, count)
    source = days(scale)
    with bench.process(NAME, urls, "streams") as worker:
        began = time.monotonic()
        events = await fill(bench, urls, source, count)
        report("rules_events", events, "events")
        report("rules_filled_s", time.monotonic() - began, "s")
        report("rules_cases", value(urls.screens, "SELECT count(*) FROM case_state"), "cases")

        over, before = asyncio.Event(), value(urls.screens, EDITION)
        flow = Flow(bench, urls.screens, rate, source)
        flowing, auditing = asyncio.create_task(flow.run(over)), asyncio.create_task(slices(urls, over))
        await asyncio.sleep(5)
        worker_cpu, postgres_cpu = sum(worker.cpu_times()[:2]), bench.postgres_cpu()
        began, first, sent = time.monotonic(), taken(urls.screens), flow.sent
        await asyncio.to_thread(load, urls.migrate, read(folder), datetime.now(UTC))
        say(f"calendar loaded after {time.monotonic() - began:.1f} s")
        edition = int(value(urls.screens, EDITION))
        if edition == before:
            raise AssertionError("the calendar changes nothing that cases are judged by")
        await reached(edition, urls, SWEPT)
        seconds = time.monotonic() - began
        worker_cpu, postgres_cpu = sum(worker.cpu_times()[:2]) - worker_cpu, bench.postgres_cpu() - postgres_cpu
        kept, sent = taken(urls.screens) - first, flow.sent - sent
        over.set()
        await flowing
        done, wrong = await auditing
        await reached(events + flow.sent, urls, TAKEN)
        after = await asyncio.to_thread(audit, urls.streams)
    for line in (bench.root / f"{NAME}.log").read_text("utf-8").splitlines():
        if "swept:" in line or "no sweep" in line:
            say(line)
    again = value(urls.screens, "SELECT count(*) FROM case_state WHERE rules_edition >= %s", edition)
    report("rules_swept_s", seconds, "s")
    report("rules_judged_again", again, "cases")
    report("rules_cpu_s_worker", worker_cpu, "s")
    report("rules_cpu_s_postgres", postgres_cpu, "s")
    report("rules_flow_sent_per_s", sent / seconds, "events/s")
    report("rules_flow_taken_per_s", kept / seconds, "events/s")
    report("rules_flow_behind_s", max(flow.behind, default=0) / rate, "s")
    report("rules_audits_during", done, "audits")
    report("rules_differences_during", wrong, "differences")
    report("rules_differences_after", after.differences, "differences")
    report("rules_old_after", after.old_rules, "cases")
    report("rules_audit_s", after.seconds, "s")
    clean = wrong == after.differences == after.old_rules == 0
    return clean and seconds < AT_MOST_S and sent / seconds >= KEPT_UP * rate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--rate", type=int, default=500)
    asked = parser.parse_args()
    with benched((CASES,)) as bench:
        well = asyncio.run(measure(bench, asked.days, asked.scale, asked.rate))
        year = between(FIRST.replace(day=1), FIRST.replace(month=12, day=31))
        well = score_speed.measure(bench, own_urls(bench.home, NAME), year) and well
    if not well:
        sys.exit(1)


if __name__ == "__main__":
    main()
