"""A simulated year through the whole system: how long, and whether memory grows.

One private stack, one worker, this process as the province: 365 days of every topic with all mistakes, sent as fast as
Kafka takes them, folded beside it. Prints one JSON line a value. Memory is the greatest resident size within a quarter
of the play (for the worker: of what it has taken); the last against the second shows whether it grows. Then every
figure is compared with the truth, which is not part of the time.

    python -m benchmarks.simulated_year [--days 365] [--scale 1.0] [--topics cases,lookups] [--produce]

``--produce`` only decides and writes the truth, without a server.
"""

import argparse
import asyncio
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import psycopg

from benchmarks.case_path import Bench, report, say
from infra.db.reference import load
from infra.simulate.check import compare
from infra.simulate.run import Plan, perform, rehearse
from infra.simulate.world import TOPICS
from schemas.province import as_date, day_number
from schemas.reference.reading import read
from schemas.topics import TOPICS as KAFKA_TOPICS

FIRST = date(2024, 1, 2)
SEED = 6
NAME = "year"
SAMPLE_S = 1.0
LISTED = 100  # differences that are told


class Samples(threading.Thread):
    """(how far, resident MB) of a process, once a second; ``far`` is what the caller last said."""

    def __init__(self, process: psutil.Process) -> None:
        super().__init__(daemon=True)
        self.taken: list[tuple[float, float]] = []
        self.far = 0.0
        self._process = process
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(SAMPLE_S):
            try:
                self.taken.append((self.far, self._process.memory_info().rss / 1e6))
            except psutil.NoSuchProcess:
                return

    def stop(self) -> None:
        self._over.set()
        self.join()

    def quarters(self, whole: float) -> list[float]:
        """The greatest of each quarter of the way; 0 where none was taken."""
        return [
            max((rss for far, rss in self.taken if quarter <= 4 * far / whole < quarter + 1), default=0.0)
            for quarter in range(4)
        ]


def report_memory(name: str, quarters: Sequence[float]) -> None:
    for number, peak in enumerate(quarters, 1):
        report(f"simulated_year_{name}_q{number}_mb", peak, "MB")
    if quarters[1]:
        report(f"simulated_year_{name}_growth", quarters[3] / quarters[1], "ratio")


def produce(plan: Plan, root: Path) -> None:
    """Only decides: events, seconds of processor time, memory."""
    samples = Samples(psutil.Process())
    samples.start()

    def show(day: int, records: int) -> None:
        samples.far = day - plan.first

    began, cpu = time.monotonic(), time.process_time()
    records = rehearse(plan, root / "truth.jsonl", show)
    report("simulated_year_events", records, "events")
    report("simulated_year_decided_s", time.monotonic() - began, "s")
    report("simulated_year_decided_cpu_us", (time.process_time() - cpu) / records * 1e6, "µs/event")
    samples.stop()
    report_memory("province", samples.quarters(plan.last - plan.first))


def whole(plan: Plan, root: Path) -> int:
    """Through Kafka into the tables; how many figures differ in the end."""
    bench = Bench(root, KAFKA_TOPICS)
    try:
        urls = bench.prepare(NAME, 0)
        load(urls.migrate, read(), datetime.now(UTC))
        with bench.process(NAME, urls, "streams") as worker:
            here, there = Samples(psutil.Process()), Samples(worker)
            here.start()
            there.start()
            watched = threading.Event()
            watcher = threading.Thread(target=_follow, args=(urls.screens, there, watched), daemon=True)
            watcher.start()

            def show(day: int, records: int) -> None:
                if int(here.far) // 7 != (day - plan.first) // 7:
                    say(f"{as_date(day)}: {records:,} events")
                here.far = day - plan.first

            began = time.monotonic()
            truth = root / "truth.jsonl"
            sent = asyncio.run(
                perform(plan, bench.kafka, urls.streams, truth, show, lambda topic, so_far: None, f".{NAME}")
            )
            seconds = time.monotonic() - began
            watched.set()
            watcher.join()
            here.stop()
            there.stop()
        report("simulated_year_events", sent, "events")
        report("simulated_year_s", seconds, "s")
        report("simulated_year_events_per_s", sent / seconds, "events/s")
        report_memory("province", here.quarters(plan.last - plan.first))
        report_memory("worker", there.quarters(max(far for far, _ in there.taken) + 1))
        compared, found = compare(urls.screens, truth)
        report("simulated_year_figures", compared, "figures")
        report("simulated_year_differences", len(found), "figures")
        for one in found[:LISTED]:
            say(f"differs: {one}")
        return len(found)
    finally:
        bench.stack.down()


def _follow(database: str, samples: Samples, over: threading.Event) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        while not over.wait(SAMPLE_S):
            row = connection.execute("SELECT coalesce(sum(records), 0) FROM stream_offset").fetchone()
            samples.far = float(row[0]) if row is not None else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--topics", default=",".join(TOPICS))
    parser.add_argument("--produce", action="store_true")
    asked = parser.parse_args()
    first = day_number(FIRST)
    plan = Plan(SEED, first, first + asked.days, asked.scale, topics=tuple(asked.topics.split(",")))
    with TemporaryDirectory(prefix="ioc-bench-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        root.chmod(0o755)
        if asked.produce:
            produce(plan, root)
        elif whole(plan, root):
            sys.exit(1)


if __name__ == "__main__":
    main()
