"""Case events sent one at a time, each with the moment at which it left, and the page's record of what it showed."""

import asyncio
import json
import random
import threading
import time
from datetime import UTC, datetime

from aiokafka import AIOKafkaProducer
from playwright.sync_api import Page

from schemas.cases import SIMULATED

# Every count that the tile shows, with the moment: the time of the machine, which is the probes' own.
WATCH = """(key) => {
  window.seenCounts = [];
  const look = () => {
    const shown = document.querySelector(`[data-k="${key}"]`);
    const count = shown ? Number(shown.textContent.replaceAll(".", "")) : 0;
    const last = window.seenCounts.at(-1);
    if (!last || last[1] !== count) window.seenCounts.push([Date.now() / 1000, count]);
  };
  new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
  look();
}"""


class Probes(threading.Thread):
    """Accepts cases of today, irregularly, ``per_s`` on average, ``count`` of them or until :meth:`end`."""

    def __init__(self, kafka: str, topic: str, per_s: float, count: int = 1_000_000, name: str = "P") -> None:
        super().__init__(daemon=True)
        self._kafka, self._topic, self._pause, self._count, self._prefix = kafka, topic, 1 / per_s, count, name
        self._ending = threading.Event()
        self.left: list[float] = []  # when each was handed to the producer
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            asyncio.run(self._send())
        except BaseException as exc:  # noqa: BLE001 (said by end())
            self.failure = exc

    def end(self, timeout: float = 120, *, now: bool = True) -> None:
        """``now``: without waiting for the rest."""
        if now:
            self._ending.set()
        self.join(timeout)
        if self.failure is not None:
            raise self.failure
        assert not self.is_alive(), "the probes did not come to their end"

    async def _send(self) -> None:
        chance = random.Random(f"probes {self._prefix}")
        producer = AIOKafkaProducer(bootstrap_servers=self._kafka, linger_ms=0)
        await producer.start()
        try:
            for index in range(self._count):
                await asyncio.sleep(chance.uniform(0.5, 1.5) * self._pause)
                if self._ending.is_set():
                    return
                key, value = self._event(index)
                self.left.append(time.time())
                await producer.send_and_wait(self._topic, value, key)
        finally:
            await producer.stop()

    def _event(self, index: int) -> tuple[bytes, bytes]:
        subject = f"{self._prefix}-{index:06d}"
        event = {
            "specversion": "1.0",
            "id": f"{subject}/1",
            "source": SIMULATED,
            "type": "case.accepted.v1",
            "subject": subject,
            "time": datetime.now(UTC).isoformat(),
            "data": {"unit": "Phường Trấn Biên", "channel": "online"},
        }
        return subject.encode(), json.dumps(event, ensure_ascii=False).encode()


def delays(page: Page, left: list[float], before: int) -> list[float]:
    """Seconds from each probe's leaving until the page showed a count that holds it, sorted."""
    seen: list[tuple[float, int]] = page.evaluate("window.seenCounts")
    found = []
    for index, moment in enumerate(left):
        shown = next((at for at, count in seen if count >= before + index + 1), None)
        assert shown is not None, f"probe {index + 1} of {len(left)} never came on the wall; last {seen[-1:]}"
        found.append(shown - moment)
    return sorted(found)
