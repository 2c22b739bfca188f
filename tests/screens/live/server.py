"""The screens' server as a process of its own, at a clock of the test's, that can be stopped and started again."""

import json
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx

from infra.ports import free_port
from tests.screens.forked import OUTSIDE, ForkedServer


def steady_feed(source: str, *, rhythm: float, bound: float) -> str:
    """``IOC_FEEDS``: one source that sends day and night, as seconds."""
    feed = {"source": source, "name": "Một cửa", "rhythm": rhythm, "bound": bound}
    return json.dumps([{**feed, "opens": "00:00", "closes": "00:00", "weekdays": list(range(7))}])


@dataclass
class Server:
    """``start``: what its clock shows when it begins; without it, the real time."""

    database: str
    log: Path
    start: datetime | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    _process: ForkedServer | None = None
    _began: float = 0.0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def now(self) -> datetime:
        """What its clock shows."""
        real = datetime.now(UTC)
        return real if self.start is None else self.start + (real - datetime.fromtimestamp(self._began, UTC))

    def up(self) -> None:
        """Returns when it answers."""
        moment = self.now() if self._began else self.start
        self._began = self._began or time.time()
        epoch = 0.0 if moment is None else moment.timestamp()
        asked = (str(self.port), self.database, str(epoch))
        self._process = ForkedServer(asked, OUTSIDE | dict(self.settings), self.log)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            assert self._process.poll() is None, self.said()
            try:
                if httpx.get(f"{self.origin}/healthz", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"the screens do not answer. {self.said()}")

    def down(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(5)
            except TimeoutError:
                self._process.kill()
                self._process.wait(5)

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def said(self) -> str:
        return self.log.read_text(errors="replace")[-4000:]
