"""How fast a case event goes the whole way: Kafka, decode, fold, database.

One run, one stack, three ways beside each other in turn: the product's worker; a plain Faust agent, one event a
transaction; a Faust agent with ``take(1000)`` that calls the product's store. All three fold the same log (the plain
one a shorter piece of it) and pass the audit afterwards. Then the product at 2,000 events/s, for the time from Kafka's
own timestamp to the tables. Prints one JSON line a value; progress goes to standard error.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import psutil
import psycopg
from aiokafka import AIOKafkaProducer

from benchmarks.case_log import case_log
from infra.db.migrate import migrate
from infra.db.roles import create_database
from infra.endpoints import DatabaseUrls, own_urls
from infra.home import Home, open_home
from infra.kafka.topics import ensure_topics
from infra.settings import OutsideEnvironment, Settings
from infra.stack.broker import bootstrap
from infra.stack.stack import Stack
from schemas.topics import CASES, CASES_HISTORY, TOPICS, Topic
from streams.audit.cases import audit

SEED = 6
EVENTS = 300_000
PLAIN_EVENTS = 6_000
TAKE_EVENTS = 100_000
OPEN_AT_ONCE = 20_000
LATENCY_RATE = 2_000
LATENCY_S = 30
PATIENCE_S = 300


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def report(name: str, value: float, unit: str) -> None:
    print(json.dumps({"name": name, "value": round(value, 2), "unit": unit}), flush=True)


@dataclass(frozen=True, slots=True)
class Run:
    """One bulk run: events a second, and what they cost."""

    events: int
    seconds: float
    worker_cpu_s: float
    postgres_cpu_s: float
    kafka_cpu_s: float
    peak_rss_mb: float

    @property
    def rate(self) -> float:
        return self.events / self.seconds


Records = Callable[[int], Iterator[tuple[bytes, bytes]]]


def case_records(events: int) -> Iterator[tuple[bytes, bytes]]:
    return case_log(events, OPEN_AT_ONCE, SEED)


@contextmanager
def benched(topics: tuple[Topic, ...] = (CASES, CASES_HISTORY), log: Records = case_records) -> Iterator["Bench"]:
    """A bench in a folder of its own, which goes with its servers."""
    with TemporaryDirectory(prefix="ioc-bench-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        root.chmod(0o755)
        bench = Bench(root, topics, log)
        try:
            yield bench
        finally:
            bench.stack.down()


class Bench:
    """A private stack, and for each way its own database and topics in it. The log goes to the first topic."""

    def __init__(
        self,
        root: Path,
        topics: tuple[Topic, ...] = (CASES, CASES_HISTORY),
        log: Records = case_records,
    ) -> None:
        self.root = root
        self.topics = topics
        self.log = log
        self.home: Home = open_home(root / "home")
        self.stack = Stack(self.home, Settings(home=self.home.root))
        self.stack.up(say, owner="stack")
        self.kafka = bootstrap(self.home)
        self.postmaster, self.broker = self._server("postgres"), self._server("java")

    def _server(self, name: str) -> psutil.Process:
        return next(
            process
            for process in psutil.process_iter(["name", "cmdline"])
            if process.info["name"] == name and any(str(self.home.root) in w for w in process.info["cmdline"] or [])
        )

    def prepare(self, name: str, events: int) -> DatabaseUrls:
        """A migrated database, topics of its own, and the log in Kafka."""
        create_database(self.home, name)
        urls = own_urls(self.home, name)
        migrate(urls)
        ensure_topics(self.kafka, [replace(topic, name=f"{topic.name}.{name}") for topic in TOPICS])
        if events:
            asyncio.run(produce(self.kafka, f"{self.topics[0].name}.{name}", self.log(events)))
        return urls

    @contextmanager
    def process(self, name: str, urls: DatabaseUrls, *command: str) -> Iterator[psutil.Process]:
        environment = {
            **OutsideEnvironment().variables(),
            "IOC_KAFKA": self.kafka,
            "IOC_DATABASE_STREAMS": urls.streams,
            "IOC_HOME": str(self.root),
            "IOC_TOPIC_SUFFIX": f".{name}",
            "IOC_TOPICS": ",".join(topic.name for topic in self.topics),
            "IOC_AUDIT_EVERY_S": "0",
        }
        repository = Path(__file__).resolve().parent.parent
        with (self.root / f"{name}.log").open("w") as log:
            started = subprocess.Popen(
                [sys.executable, "-m", *command], env=environment, cwd=repository, stdout=log, stderr=log
            )
            try:
                yield psutil.Process(started.pid)
            finally:
                started.terminate()
                try:
                    started.wait(10)
                except subprocess.TimeoutExpired:
                    started.kill()

    def postgres_cpu(self) -> float:
        own = self.postmaster.cpu_times()
        total = own.children_user + own.children_system
        for process in (self.postmaster, *self.postmaster.children()):
            try:
                times = process.cpu_times()
            except psutil.Error:
                continue
            total += times.user + times.system
        return float(total)

    def kafka_cpu(self) -> float:
        return float(sum(self.broker.cpu_times()[:2]))

    def bulk(self, name: str, events: int, *command: str) -> Run:
        """From the last moment at which nothing was taken to the first at which everything is."""
        urls = self.prepare(name, events)
        say(f"{name}: {events} events")
        with self.process(name, urls, *command) as worker, psycopg.connect(urls.screens, autocommit=True) as db:
            began, deadline = time.monotonic(), time.monotonic() + PATIENCE_S
            worker_cpu = postgres_cpu = kafka_cpu = 0.0
            while (taken := _taken(db)) < events:
                now = time.monotonic()
                if now > deadline:
                    raise TimeoutError(f"{name}: {taken} of {events} after {PATIENCE_S} s; see {self.root}/{name}.log")
                if taken == 0:
                    began, worker_cpu = now, sum(worker.cpu_times()[:2])
                    postgres_cpu, kafka_cpu = self.postgres_cpu(), self.kafka_cpu()
                time.sleep(0.02)
            run = Run(
                events,
                time.monotonic() - began,
                sum(worker.cpu_times()[:2]) - worker_cpu,
                self.postgres_cpu() - postgres_cpu,
                self.kafka_cpu() - kafka_cpu,
                _peak_rss_mb(worker.pid),
            )
        found = audit(urls.streams)
        if not found.ok:
            raise AssertionError(f"{name}: the audit found differences: {json.dumps(found.plain())}")
        say(f"{name}: {run.rate:,.0f} events/s, audit clean ({found.cases} cases)")
        return run

    def latency(self, name: str) -> list[float]:
        """Seconds from Kafka's timestamp to the tables, of every event of a steady stream."""
        urls = self.prepare(name, 0)
        with self.process(name, urls, "streams"), psycopg.connect(urls.screens, autocommit=True) as db:
            say(f"{name}: {LATENCY_RATE} events/s for {LATENCY_S} s")
            return asyncio.run(steady(self.kafka, f"{CASES.name}.{name}", db))


def _taken(db: psycopg.Connection[tuple[int, ...]]) -> int:
    row = db.execute("SELECT coalesce(sum(next), 0)::bigint FROM stream_offset").fetchone()
    return row[0] if row else 0


def _peak_rss_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


async def produce(kafka: str, topic: str, log: Iterator[tuple[bytes, bytes]]) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=kafka, linger_ms=20, max_batch_size=262_144, acks="all")
    await producer.start()
    try:
        for key, value in log:
            await producer.send(topic, value, key=key)
        await producer.flush()
    finally:
        await producer.stop()


async def steady(kafka: str, topic: str, db: psycopg.Connection[tuple[int, ...]]) -> list[float]:
    """Produces at a steady rate and watches the offsets that the table reaches, every 3 ms."""
    appended: dict[tuple[int, int], float] = {}
    latencies: list[float] = []
    done = asyncio.Event()

    async def send() -> None:
        producer = AIOKafkaProducer(bootstrap_servers=kafka, linger_ms=5, acks="all")
        await producer.start()
        log = case_log(LATENCY_RATE * (LATENCY_S + 10), OPEN_AT_ONCE, SEED)
        try:
            next_at = time.time()
            for _ in range(LATENCY_S * 100):
                futures = [
                    await producer.send(topic, v, key=k) for k, v in (next(log) for _ in range(LATENCY_RATE // 100))
                ]
                for future in futures:
                    future.add_done_callback(_note)
                next_at += 0.01
                await asyncio.sleep(max(0.0, next_at - time.time()))
            await producer.flush()
        finally:
            await producer.stop()
        await asyncio.sleep(0.1)
        done.set()

    def _note(future: "asyncio.Future[object]") -> None:
        sent = future.result()
        appended[sent.partition, sent.offset] = sent.timestamp / 1000  # type: ignore[attr-defined]

    async def watch() -> None:
        reached: dict[int, int] = {}
        while not done.is_set() or appended:
            rows = await asyncio.to_thread(
                lambda: db.execute("SELECT partition, next FROM stream_offset WHERE topic = %s", [topic]).fetchall()
            )
            now = time.time()
            for partition, end in rows:
                for offset in range(reached.get(partition, 0), end):
                    at = appended.pop((partition, offset), None)
                    if at is None:
                        end = offset  # not acknowledged to us yet; the next look finds it
                        break
                    latencies.append(now - at)
                reached[partition] = end
            await asyncio.sleep(0.003)

    deadline = asyncio.wait_for(asyncio.gather(send(), watch()), LATENCY_S + 60)
    await deadline
    warm = len(latencies) // 6  # the worker's start
    return latencies[warm:]


def main() -> None:
    with benched() as bench:
        product = bench.bulk("product", EVENTS, "streams")
        take = bench.bulk("take", TAKE_EVENTS, "benchmarks.baselines", "take")
        plain = bench.bulk("plain", PLAIN_EVENTS, "benchmarks.baselines", "plain")
        again = bench.bulk("again", EVENTS, "streams")
        latencies = bench.latency("latency")
    rate = median((product.rate, again.rate))
    report("case_path_events_per_s", rate, "events/s")
    report("case_path_ratio_plain", rate / plain.rate, "ratio")
    report("case_path_ratio_take", rate / take.rate, "ratio")
    report("case_path_p50_ms", median(latencies) * 1000, "ms")
    report("case_path_p99_ms", quantiles(latencies, n=100)[98] * 1000, "ms")
    million = 1_000_000 / product.events
    report("case_path_cpu_s_worker", product.worker_cpu_s * million, "s/million")
    report("case_path_cpu_s_postgres", product.postgres_cpu_s * million, "s/million")
    report("case_path_rss_mb", max(product.peak_rss_mb, again.peak_rss_mb), "MB")


if __name__ == "__main__":
    main()
