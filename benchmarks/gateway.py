"""What the HTTP gateway takes: batches of 50 and single requests beside each other, on one stack, Kafka beside it.

The load comes from a process of its own, at the pace that the contract asks for (2,000 events/s in batches, 300 single
requests/s), by the clock: a slow answer makes no later request wait. Latency is from when a request was due. Then, for
the limit, as many batches as it takes. Prints one JSON line a value; progress goes to standard error.
"""

import argparse
import asyncio
import http.client
import json
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import aiohttp
import psutil

from benchmarks.case_log import case_log
from benchmarks.case_path import report, say
from infra.cli.source_registry import add_source
from infra.db.migrate import migrate
from infra.db.roles import create_database
from infra.endpoints import own_urls
from infra.home import open_home
from infra.kafka.topics import ensure_topics
from infra.ports import free_port
from infra.settings import OutsideEnvironment, Settings
from infra.stack.broker import bootstrap
from infra.stack.stack import Stack
from schemas.topics import TOPICS

SEED = 6
BATCH = 50
BATCHES_A_S = 40
SINGLES_A_S = 300
SECONDS = 30
WARM_S = 5
FLAT_OUT_S = 10
FLAT_OUT_AT_ONCE = 8
SINGLE_TYPE = {"content-type": "application/cloudevents+json"}
BATCH_TYPE = {"content-type": "application/cloudevents-batch+json"}


@dataclass
class Told:
    """What the load generator saw. Milliseconds from when a request was due to its answer, without the warm-up."""

    statuses: dict[str, int] = field(default_factory=dict)
    single_ms: list[float] = field(default_factory=list)
    batch_ms: list[float] = field(default_factory=list)
    events: int = 0
    seconds: float = 0.0
    flat_out_events: int = 0
    flat_out_s: float = 0.0


class Load:
    """The load generator: its own process, so that its time is not the gateway's."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._headers = {"authorization": f"Bearer {token}"}
        self._log = case_log(3_000_000, 20_000, SEED)
        self._statuses: Counter[str] = Counter()
        self.told = Told()

    async def run(self) -> Told:
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as http:
            began = time.perf_counter()
            await asyncio.gather(
                self._paced(http, BATCHES_A_S, BATCH, self.told.batch_ms, began),
                self._paced(http, SINGLES_A_S, 1, self.told.single_ms, began),
            )
            self.told.seconds = time.perf_counter() - began
            self.told.statuses = dict(self._statuses)
            began = time.perf_counter()
            await asyncio.gather(*(self._flat_out(http, began) for _ in range(FLAT_OUT_AT_ONCE)))
            self.told.flat_out_s = time.perf_counter() - began
        return self.told

    def _bodies(self, size: int) -> Iterator[bytes]:
        while True:
            events = [next(self._log)[1] for _ in range(size)]
            yield events[0] if size == 1 else b"[" + b",".join(events) + b"]"

    async def _paced(
        self, http: aiohttp.ClientSession, a_second: int, size: int, kept: list[float], began: float
    ) -> None:
        at_work: set[asyncio.Task[None]] = set()
        bodies = self._bodies(size)
        for number in range(a_second * (SECONDS + WARM_S)):
            due = began + number / a_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            warm = number >= a_second * WARM_S
            task = asyncio.create_task(self._one(http, next(bodies), size, due, kept if warm else []))
            at_work.add(task)
            task.add_done_callback(at_work.discard)
        await asyncio.gather(*at_work)

    async def _one(self, http: aiohttp.ClientSession, body: bytes, size: int, due: float, kept: list[float]) -> None:
        status = await self._post(http, body, size)
        kept.append((time.perf_counter() - due) * 1000)
        self._statuses[status] += 1
        self.told.events += size if status == "202" else 0

    async def _flat_out(self, http: aiohttp.ClientSession, began: float) -> None:
        for body in self._bodies(BATCH):
            if time.perf_counter() - began > FLAT_OUT_S:
                return
            if await self._post(http, body, BATCH) == "202":
                self.told.flat_out_events += BATCH

    async def _post(self, http: aiohttp.ClientSession, body: bytes, size: int) -> str:
        headers = self._headers | (SINGLE_TYPE if size == 1 else BATCH_TYPE)
        try:
            async with http.post(self._url, data=body, headers=headers) as answer:
                await answer.read()
                return str(answer.status)
        except aiohttp.ClientError as exc:
            return type(exc).__name__


def load(url: str, token: str) -> None:
    """In the process of its own: says what it saw as one JSON line."""
    print(json.dumps(asdict(asyncio.run(Load(url, token).run()))))


def measure(root: Path, stack: Stack) -> tuple[Told, float, float]:
    """What the load generator saw, CPU seconds of the gateway, and its peak memory in MB."""
    home = stack.home
    create_database(home, "gateway")
    urls = own_urls(home, "gateway")
    migrate(urls)
    suffix = f".{secrets.token_hex(3)}"
    ensure_topics(bootstrap(home), [replace(topic, name=topic.name + suffix) for topic in TOPICS])
    token = add_source(urls.migrate, "bench", "urn:ioc:simulated", ("*",), ("*",), datetime.now(UTC), by="bench")
    port = free_port()
    environment = {
        **OutsideEnvironment().variables(),
        "IOC_KAFKA": bootstrap(home),
        "IOC_DATABASE_STREAMS": urls.streams,
        "IOC_HOME": str(root),
        "IOC_TOPIC_SUFFIX": suffix,
        "IOC_GATEWAY_PORT": str(port),
        "IOC_GATEWAY_EVENTS_PER_S": "1000000",
        "IOC_GATEWAY_BURST": "1000000",
        "IOC_PERSON_KEY": secrets.token_urlsafe(24),
    }
    repository = Path(__file__).resolve().parent.parent
    with (root / "gateway.log").open("w") as log:
        gateway = subprocess.Popen(
            [sys.executable, "-m", "streams.intake.gateway"], env=environment, cwd=repository, stdout=log, stderr=log
        )
    try:
        process = psutil.Process(gateway.pid)
        wait_ready(port, root / "gateway.log")
        say(f"{BATCHES_A_S * BATCH} events/s in batches of {BATCH} and {SINGLES_A_S} single ones for {SECONDS} s")
        ended = subprocess.run(
            [sys.executable, "-m", "benchmarks.gateway", "--url", f"http://127.0.0.1:{port}/v1/events"],
            input=token,
            capture_output=True,
            text=True,
            check=True,
            cwd=repository,
            timeout=SECONDS + WARM_S + FLAT_OUT_S + 120,
        )
        cpu = sum(process.cpu_times()[:2])
        return Told(**json.loads(ended.stdout)), cpu, process.memory_info().rss / 1e6
    finally:
        gateway.terminate()
        gateway.wait(20)


def wait_ready(port: int, log: Path) -> None:
    for _ in range(300):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise TimeoutError(f"the gateway is not ready: {log.read_text()[-2000:]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="internal: be the load generator; the token comes on standard input")
    url = parser.parse_args().url
    if url is not None:
        load(url, sys.stdin.read())
        return
    with TemporaryDirectory(prefix="ioc-bench-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        root.chmod(0o755)
        home = open_home(root / "home")
        stack = Stack(home, Settings(home=home.root))
        stack.up(say, owner="stack")
        try:
            told, cpu_s, rss_mb = measure(root, stack)
        finally:
            stack.down()
    requests = sum(told.statuses.values())
    refused = requests - told.statuses.get("202", 0)
    say(f"answers: {told.statuses}")
    taken_a_s = (1 - refused / requests) / (told.seconds - WARM_S)
    report("gateway_batch_events_per_s", len(told.batch_ms) * BATCH * taken_a_s, "events/s")
    report("gateway_single_requests_per_s", len(told.single_ms) * taken_a_s, "requests/s")
    report("gateway_p99_ms", quantiles(told.single_ms, n=100)[98], "ms")
    report("gateway_p50_ms", quantiles(told.single_ms, n=100)[49], "ms")
    report("gateway_batch_p99_ms", quantiles(told.batch_ms, n=100)[98], "ms")
    report("gateway_refused_share", refused / requests, "ratio")
    report("gateway_flat_out_events_per_s", told.flat_out_events / told.flat_out_s, "events/s")
    report("gateway_cpu_s", cpu_s, "s")
    report("gateway_rss_mb", rss_mb, "MB")


if __name__ == "__main__":
    main()
