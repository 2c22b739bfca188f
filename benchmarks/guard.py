"""Whether the look-up guard keeps up: 10,000 look-ups/s for a minute on one worker, by 100,000 accounts, while a script
runs on one of them. Prints one JSON line a value; progress goes to standard error.

``guard_lag``: how many seconds of look-ups are sent and not yet in the tables, at worst; findings stand in the same
transaction, so they are as current. ``guard_found_after``: from the script's first look-up to its finding's row.
"""

import asyncio
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median

import psycopg
from aiokafka import AIOKafkaProducer

from benchmarks.case_path import Bench, _peak_rss_mb, _taken, benched, report, say
from schemas.province import ZONE
from schemas.topics import LOOKUPS
from streams.audit.cases import audit

RATE, SECONDS = 10_000, 60
ACCOUNTS, UNITS = 100_000, 106
SCRIPT = "cb.script"
SCRIPT_EVERY = 1_000  # one in so many look-ups is the script's: ten a second
BEGINS_AFTER = 20  # seconds
PATIENCE_S = 120


def record(number: int, account: str, at: datetime, rng: random.Random) -> tuple[bytes, bytes]:
    unit = hash(account) % UNITS
    case = "" if account == SCRIPT else f'"case":"000.00.{unit:02d}.H19-260105-{number % 10_000:04d}",'
    subject = f"{account}/{at.astimezone(ZONE):%Y-%m-%d}"
    value = (
        f'{{"specversion":"1.0","id":"look-{number}","source":"urn:ioc:simulated","type":"lookup.performed.v1",'
        f'"subject":"{subject}","time":"{at.isoformat()}",'
        f'"data":{{"unit":"{26_000 + unit}","application":"mot-cua",{case}'
        f'"channel":"screen","person":"k1:a{rng.getrandbits(124):031x}","result":"found","latency_ms":180,'
        f'"client":"10.{unit}.0.{number % 8}"}}}}'
    )
    return subject.encode(), value.encode()


def accounts(rng: random.Random) -> Iterator[str]:
    """Everybody once, then anybody."""
    yield from (f"cb.{number:06d}" for number in range(ACCOUNTS))
    while True:
        yield f"cb.{rng.randrange(ACCOUNTS):06d}"


async def send(kafka: str, topic: str, sent: list[int]) -> float:
    """When the script began, by the wall clock."""
    rng, producer = random.Random(6), AIOKafkaProducer(
        bootstrap_servers=kafka, linger_ms=20, max_batch_size=262_144, acks="all"
    )  # fmt: skip
    await producer.start()
    script = 0.0
    try:
        everybody, next_at = accounts(rng), time.monotonic()
        for tick in range(SECONDS * 20):
            at = datetime.now(UTC)
            for _ in range(RATE // 20):
                sent[0] += 1
                by_script = tick >= BEGINS_AFTER * 20 and sent[0] % SCRIPT_EVERY == 0
                key, value = record(sent[0], SCRIPT if by_script else next(everybody), at, rng)
                await producer.send(topic, value, key=key)
                if by_script and not script:
                    script = time.time()
            next_at += 0.05
            await asyncio.sleep(max(0.0, next_at - time.monotonic()))
        await producer.flush()
    finally:
        await producer.stop()
    return script


def measure(bench: Bench) -> None:
    urls = bench.prepare("guarded", 0)
    with bench.process("guarded", urls, "streams") as worker, psycopg.connect(urls.screens, autocommit=True) as db:
        time.sleep(8)  # the worker has its partitions and has read the past, which is empty
        say(f"{RATE} look-ups/s for {SECONDS} s")
        worker_cpu, postgres_cpu = sum(worker.cpu_times()[:2]), bench.postgres_cpu()
        sent, lags, found = [0], list[float](), [0.0]
        script = asyncio.run(both(bench, db, sent, lags, found))
        deadline = time.monotonic() + PATIENCE_S
        while _taken(db) < sent[0] and time.monotonic() < deadline:
            time.sleep(0.1)
        assert _taken(db) == sent[0], f"{_taken(db)} of {sent[0]}; see {bench.root}/guarded.log"
        counted = db.execute("SELECT sum(lookups), count(DISTINCT unit) FROM lookup_minute").fetchone()
        assert counted is not None
        assert counted[0] == sent[0], counted
        others = db.execute("SELECT count(*) FROM lookup_finding WHERE scope = 'account' AND key <> %s", [SCRIPT])
        report("guard_lag", max(lags), "s")
        report("guard_lag_median", median(lags), "s")
        report("guard_found_after", found[0] - script, "s")
        report("guard_cpu_s_worker", (sum(worker.cpu_times()[:2]) - worker_cpu) * 1_000_000 / sent[0], "s/million")
        report("guard_cpu_s_postgres", (bench.postgres_cpu() - postgres_cpu) * 1_000_000 / sent[0], "s/million")
        report("guard_rss_mb", _peak_rss_mb(worker.pid), "MB")
        report("guard_found_of_others", (others.fetchone() or (0,))[0], "findings")
    assert audit(urls.streams).ok


async def both(bench: Bench, db: psycopg.Connection[tuple[int, ...]], sent: list[int], lags: list[float],
               found: list[float]) -> float:  # fmt: skip
    sending = asyncio.create_task(send(bench.kafka, f"{LOOKUPS.name}.guarded", sent))
    while not sending.done():
        await asyncio.sleep(0.25)
        taken = await asyncio.to_thread(_taken, db)
        lags.append(max(sent[0] - taken, 0) / RATE)
        if not found[0]:
            row = await asyncio.to_thread(
                lambda: db.execute("SELECT count(*) FROM lookup_finding WHERE key = %s", [SCRIPT]).fetchone()
            )
            found[0] = time.time() if row and row[0] else 0.0
    return await sending


def main() -> None:
    with benched((LOOKUPS,)) as bench:
        measure(bench)


if __name__ == "__main__":
    main()
