"""How fast the data API answers, and whether one client slows the others (issue 16, item 3).

The API's own process on a private stack: cases in the tables, a worker that takes 500 events/s beside it, keys of
units and of the province. ``python -m benchmarks.api`` is the small size (300,000 cases of one year), with ``full``
three years of 1.25 million each. Prints one JSON line a value; progress goes to standard error.
"""

import asyncio
import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, cycle, islice

from aiokafka import AIOKafkaProducer

from benchmarks import sample_year
from benchmarks.api_load import Answered, Client, ask_for
from benchmarks.case_log import case_log
from benchmarks.case_path import OPEN_AT_ONCE, SEED, Bench, benched, report, say
from benchmarks.screens_process import serving
from dashboards.access import registry
from infra.endpoints import DatabaseUrls
from schemas.topics import CASES

SIZES = {"small": (300_000, 1), "full": (3 * 1_250_000, 3)}  # cases, years
RATE = 500  # events/s beside it
CONNECTIONS = 8
SECONDS = {"small": 3.0, "full": 6.0}  # a question by itself; all of them three times as long
COLD = 20  # questions that nobody has asked before

COMMONEST = {
    "figures_today": "/api/v1/figures?period=today",
    "figures_units_today": "/api/v1/figures?by=unit&period=today",
    "figures_units_month": "/api/v1/figures?by=unit&period=month",
    "figures_year": "/api/v1/figures?period=year",
    "figures_days": "/api/v1/figures?by=day&period=month",
    "tasks": "/api/v1/topics/task/figures?by=unit&period=year",
    "scores": "/api/v1/scores?period=month",
    "essential": "/api/v1/essential-services?period=month",
    "cases_overdue": "/api/v1/cases?counter=overdue&unit=H19.26&limit=100",
    "cases_open": "/api/v1/cases?counter=open&unit=H19.26&limit=100",
}
EXPENSIVE = "/api/v1/figures?by=unit&procedure=1.000007&from={}&to={}"  # of a procedure by unit: from the cases


def told(name: str, asked: Answered) -> None:
    report(f"api_{name}_per_s", asked.rate, "requests/s")
    report(f"api_{name}_p50_ms", asked.p50_ms, "ms")
    report(f"api_{name}_p99_ms", asked.p99_ms, "ms")
    if asked.refused:
        report(f"api_{name}_refused", asked.refused, "answers")


def mixed(number: int) -> Iterator[str]:
    """All of the commonest in turn, each client beginning with another."""
    return islice(cycle(COMMONEST.values()), number, None)


def spans(first: int = 0) -> Iterator[tuple[str, str]]:
    """Days that nobody has asked for together before."""
    last = datetime.now(UTC).date() - timedelta(days=1)
    for n in count(first):
        yield (last - timedelta(days=200 + n % 100)).isoformat(), (last - timedelta(days=n // 100)).isoformat()


def cold_figures() -> Iterator[str]:
    return (f"/api/v1/figures?by=unit&from={first}&to={last}" for first, last in spans())


def cold_lists() -> Iterator[str]:
    this_year = date(datetime.now(UTC).year, 1, 1)
    return (f"/api/v1/cases?counter=accepted&from={this_year}&to={last}&limit=1000" for _, last in spans(5_000))


def expensive(number: int) -> Iterator[str]:
    return (EXPENSIVE.format(*span) for span in spans(10_000 * (number + 1)))


@contextlib.contextmanager
def flowing(bench: Bench, urls: DatabaseUrls, name: str) -> Iterator[None]:
    """The product's worker, and events for it."""
    ending = threading.Event()
    with bench.process(name, urls, "streams"):
        sending = threading.Thread(target=lambda: asyncio.run(_send(bench.kafka, f"{CASES.name}.{name}", ending)))
        sending.start()
        try:
            yield
        finally:
            ending.set()
            sending.join()


async def _send(kafka: str, topic: str, ending: threading.Event) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=kafka, linger_ms=5, acks="all")
    await producer.start()
    log = case_log(1_000_000, OPEN_AT_ONCE, SEED)
    try:
        next_at = time.time()
        while not ending.is_set():
            for key, value in islice(log, RATE // 20):
                await producer.send(topic, value, key=key)
            next_at += 0.05
            await asyncio.sleep(max(0.0, next_at - time.time()))
    finally:
        await producer.stop()


def measure(port: int, keys: list[str], seconds: float) -> None:
    clients = [Client(port, keys[n % len(keys)], f"127.0.0.{10 + n}") for n in range(CONNECTIONS)]
    for path in COMMONEST.values():
        status, length = clients[0].get(path)
        say(f"{status} {length:>9,} bytes {path}")
    for name, path in COMMONEST.items():
        told(name, ask_for(seconds, clients, lambda _number, path=path: cycle([path])))  # type: ignore[misc]
    told("mixed", alone := ask_for(3 * seconds, clients, mixed))
    report("api_mixed_mb_per_s", alone.bytes / 1e6 / alone.seconds, "MB/s")
    each = iter(keys[CONNECTIONS + 1 :])
    for name, questions in (("cold_figures", cold_figures()), ("cold_lists", cold_lists())):
        cold = Answered()
        for path in islice(questions, COLD):
            client = Client(port, next(each))  # each of another key: what one may have is another question
            client.get("/api/v1/indicators")  # is connected
            began = time.perf_counter()
            status, _ = client.get(path)
            cold.times.append(time.perf_counter() - began)
            assert status == 200, (status, path)
            client.close()
        report(f"api_{name}_p50_ms", cold.p50_ms, "ms")
        report(f"api_{name}_longest_ms", cold.longest_ms, "ms")
    beside(port, keys[CONNECTIONS], clients, 3 * seconds)
    for client in clients:
        client.close()


def beside(port: int, key: str, clients: list[Client], seconds: float) -> None:
    """What the others have while one client asks the most expensive question without pause, over four connections."""
    told("others_alone", alone := ask_for(seconds, clients[1:], mixed, pause=0.02))
    greedy = [Client(port, key, "127.0.0.99") for _ in range(4)]
    of_the_greedy: list[Answered] = []
    asking = threading.Thread(target=lambda: of_the_greedy.append(ask_for(seconds + 1, greedy, expensive)))
    asking.start()
    time.sleep(1)
    told("others_beside", now := ask_for(seconds, clients[1:], mixed, pause=0.02))
    asking.join()
    told("greedy", of_the_greedy[0])
    report("api_beside_slower", sum(now.times) / len(now.times) / (sum(alone.times) / len(alone.times)), "ratio")
    report("api_beside_rate", now.rate / alone.rate, "ratio")


def main() -> None:
    size = sys.argv[1] if len(sys.argv) > 1 else "small"
    cases, years = SIZES[size]
    with benched() as bench:
        urls = bench.prepare("api", 0)
        say(f"writing {cases:,} cases of {years} years")
        sample_year.write(urls.migrate, cases, years)
        now = datetime.now(UTC)
        keys = [
            registry.add_key(urls.migrate, f"unit-{n}", (), (), timedelta(days=1), now, by="benchmark")
            for n in range(CONNECTIONS + 1 + 2 * COLD)
        ]
        process = serving(
            bench.root,
            urls,
            "dashboards.api",
            IOC_DATABASE_ACCESS=urls.access,
            IOC_DATABASE_UNITS=urls.units,
            IOC_SIGN_IN="accounts",
        )
        with process as origin, flowing(bench, urls, "api"):
            time.sleep(5)
            measure(int(origin.rsplit(":", 1)[1]), keys, SECONDS[size])


if __name__ == "__main__":
    main()
