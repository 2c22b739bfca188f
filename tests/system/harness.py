"""Whole workers, as processes: started, killed, frozen, and started again as their supervisor would."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import psutil
import psycopg

from infra.endpoints import DatabaseUrls, own_url
from infra.home import Home
from schemas.topics import CASES, CASES_HISTORY, Topic

T = TypeVar("T")
SESSION_S = 6.0
RESPAWN_S = 0.2  # the supervisor takes about a second


@dataclass(frozen=True)
class Ground:
    """Where one test plays: topics and a database of its own on a running stack."""

    home: Home
    kafka: str
    database: DatabaseUrls
    suffix: str
    folder: Path

    @property
    def cases(self) -> Topic:
        return replace(CASES, name=CASES.name + self.suffix)

    @property
    def history(self) -> Topic:
        return replace(CASES_HISTORY, name=CASES_HISTORY.name + self.suffix)

    @property
    def group(self) -> str:
        return f"ioc-test{self.suffix}"

    @property
    def name(self) -> str:
        """The database's name."""
        return self.database.streams.rpartition("/")[2]

    def environment(self, slot: str, settings: Mapping[str, object]) -> dict[str, str]:
        variables: dict[str, object] = {
            "IOC_KAFKA": self.kafka,
            "IOC_DATABASE_STREAMS": self.database.streams,
            "IOC_HOME": self.folder,
            "IOC_INSTALLATION": "test",
            "IOC_SLOT": slot,
            "IOC_TOPIC_SUFFIX": self.suffix,
            "IOC_TOPICS": f"{CASES.name},{CASES_HISTORY.name}",
            "IOC_SESSION_TIMEOUT_S": SESSION_S,
            "IOC_AUDIT_EVERY_S": 0,
        }
        return {name: str(value) for name, value in {**variables, **settings}.items()}

    def superuser(self, database: str | None = None) -> psycopg.Connection:
        return psycopg.connect(own_url(self.home, "postgres", database or self.name), autocommit=True)

    def next_offsets(self, db: psycopg.Connection, topic: Topic | None = None) -> dict[int, int]:
        """Where the table stands, per partition of the topic (by default, of the live one)."""
        name = (topic or self.cases).name
        return dict(db.execute("SELECT partition, next FROM stream_offset WHERE topic = %s", [name]).fetchall())

    def open_spans(self, db: psycopg.Connection, pid: int) -> int:
        """How many transactions of that process have written and not ended. ``db``: as superuser."""
        try:
            connections = psutil.Process(pid).net_connections("tcp")
        except psutil.Error:
            return 0
        ports = [c.laddr.port for c in connections if c.raddr and c.raddr.port == self.home.ports["postgres"]]
        row = db.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE client_port = ANY (%s) AND datname = %s"
            " AND state IN ('active', 'idle in transaction') AND backend_xid IS NOT NULL"
            " AND query NOT LIKE '%%heartbeat%%'",
            [ports, self.name],
        ).fetchone()
        assert row is not None
        return int(row[0])


@dataclass
class Slot:
    """A place in the supervisor: its worker is started again whenever it ends, until :meth:`close`."""

    ground: Ground
    name: str = "worker-1"
    settings: dict[str, object] = field(default_factory=dict)
    first: dict[str, object] = field(default_factory=dict)  # only for the first start
    respawn: bool = True
    module: str = "streams"
    codes: list[int] = field(default_factory=list)  # how each ended
    started: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._start({**self.settings, **self.first})
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def restarts(self) -> int:
        return len(self.started) - 1

    @property
    def log(self) -> Path:
        return self.ground.folder / f"{self.name}.log"

    def said(self, length: int = 6000) -> str:
        text = self.log.read_text(errors="replace")
        return f"{self.name} ended with {self.codes}, {self.restarts} restarts, and said:\n{text[-length:]}"

    def signal(self, number: signal.Signals) -> int:
        """To the process that runs now; its pid."""
        with self._lock:
            pid = self._process.pid
            os.kill(pid, number)
        return pid

    def kill(self) -> int:
        """The process that runs now; that it has just ended is the same."""
        with contextlib.suppress(ProcessLookupError):
            return self.signal(signal.SIGKILL)
        return self.pid

    def kill_frozen(self, when: Callable[[int], object]) -> bool:
        """Freezes the process that runs now and kills it if ``when`` holds of its pid while it stands still, else lets
        it go on. One that has ended, and whose end nobody has seen yet, is none that runs."""
        with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess):
            pid = self.signal(signal.SIGSTOP)
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return False
            if when(pid):
                os.kill(pid, signal.SIGKILL)
                return True
            os.kill(pid, signal.SIGCONT)
        return False

    def ended(self, timeout: float = 10) -> int:
        """Waits until the process that runs now has ended; its code."""
        return self._process.wait(timeout)

    def close(self) -> None:
        """Ends it for good."""
        self._closed.set()
        with self._lock:
            if self._process.poll() is None:
                self._process.kill()
        self._process.wait(10)
        self._keeper.join(10)

    def _start(self, settings: Mapping[str, object]) -> None:
        outside = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", self.module],
                env=outside | self.ground.environment(self.name, settings),
                cwd=self.ground.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.started.append(time.monotonic())

    def _keep(self) -> None:
        while not self._closed.is_set():
            code = self._process.wait()
            self.codes.append(code)
            if not self.respawn or self._closed.wait(RESPAWN_S):
                return
            with self._lock:
                if not self._closed.is_set():
                    self._start(self.settings)


def wait_for(look: Callable[[], T | None], seconds: float, explain: Callable[[], str] = str, every: float = 0.05) -> T:
    """What ``look`` finds, looked for again and again."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found is not None and found is not False:
            return found
        time.sleep(every)
    raise AssertionError(f"not within {seconds} s. {explain()}")
