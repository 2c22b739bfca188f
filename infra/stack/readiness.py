"""Whether a server that was started is on its way, and when it is not."""

import time
from collections.abc import Callable
from pathlib import Path

from psycopg.pq import PGconn, Ping

READY_S = 90.0
SAY_EVERY_S = 15.0


def answer(url: str) -> Ping:
    """What PostgreSQL says to a knock without a login: OK, REJECT (it starts, or recovers after a crash) or nothing."""
    return Ping(PGconn.ping(url.encode()))


class Patience:
    """Pure but for the log's size: tells a server that is at work from one that hangs.

    After a crash PostgreSQL and Kafka read back what they had written. With much of it that takes minutes, in which
    they answer nobody: PostgreSQL says so when it is asked, Kafka by what it writes into its log.
    """

    def __init__(self, ready_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._ready_s = ready_s
        self._clock = clock
        self._since = self._last_sign = clock()
        self._said = clock()
        self._size = -1

    def ended(self, *, recovers: bool, log_size: int) -> bool:
        """Whether it has been silent for too long."""
        now = self._clock()
        if recovers or log_size != self._size:
            self._size = log_size
            self._last_sign = now
        return now - self._last_sign > self._ready_s

    def due(self) -> float | None:
        """Now and then, for how long it has been waited for; else ``None``."""
        now = self._clock()
        if now - self._said < SAY_EVERY_S:
            return None
        self._said = now
        return now - self._since


def size_of(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def last_line(log: Path) -> str:
    """What it said last, for whoever waits."""
    said = log.read_text(errors="replace")[-2000:].strip() if log.exists() else ""
    return said.rpartition("\n")[2][:160]
