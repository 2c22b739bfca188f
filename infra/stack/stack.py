"""The private stack of a home: Kafka and TimescaleDB under a supervisor of their own."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.pq import Ping

from infra import disk
from infra.db.roles import prepare_server
from infra.endpoints import own_url
from infra.errors import OperatorError
from infra.home import Home, write
from infra.kafka.admin import reachable
from infra.ports import holder, is_free
from infra.settings import Settings
from infra.stack.broker import bootstrap, prepare_broker
from infra.stack.cluster import prepare_cluster
from infra.stack.once import exclusive
from infra.stack.readiness import READY_S, Patience, answer, last_line, size_of
from infra.stack.software import Say, prepare_software
from infra.supervise.client import SupervisedProcess
from infra.supervise.daemon import Supervisor
from infra.supervise.programs import Program


@dataclass(frozen=True, slots=True)
class Stack:
    """``kafka`` and ``postgres``: which of them this home runs itself. ``small``: on little disk (a demo)."""

    home: Home
    settings: Settings
    kafka: bool = True
    postgres: bool = True
    durable: bool = True
    small: bool = False
    ready_s: float = READY_S  # how long a server may be silent while it starts

    @classmethod
    def of(cls, home: Home, settings: Settings) -> "Stack":
        """The parts that no setting points elsewhere."""
        return cls(home, settings, kafka=settings.kafka is None, postgres=settings.database is None)

    @property
    def supervisor(self) -> Supervisor:
        return Supervisor(self.home, "stack")

    def running(self) -> bool:
        return self.supervisor.pid() is not None

    def processes(self) -> list[SupervisedProcess]:
        return self.supervisor.processes()

    def alive(self) -> bool:
        """Whether nothing is missing: it runs, or there is nothing to run."""
        return not (self.kafka or self.postgres) or self.running()

    def owner(self) -> str | None:
        """Whose command keeps it running: ``stack`` (``ioc stack up``) or ``up`` (``ioc up``, which stops it too)."""
        return self._owner.read_text() if self._owner.exists() else None

    def up(self, say: Say, *, owner: str) -> bool:
        """Starts what is not running and waits until it answers; whether this call started it. A running stack keeps
        its owner, except that ``stack`` takes it over."""
        if not self.kafka and not self.postgres:
            return False
        with exclusive(self.home.run / "stack.lock"):
            started = not self.running()
            if started or owner == "stack":
                write(self._owner, owner)
            if started:
                programs = self._programs(say)
                say("Starting " + " and ".join(program.name for program in programs) + " …")
                self.supervisor.start(programs, say)
            try:
                self._wait(say)
            except OperatorError:
                if started:
                    self.supervisor.stop()
                raise
            if self.postgres:
                prepare_server(self.home)
        return started

    def down(self) -> bool:
        """Stops it; whether it was running."""
        with exclusive(self.home.run / "stack.lock"):
            return self.supervisor.stop()

    @property
    def _owner(self) -> Path:
        return self.home.run / "stack.owner"

    def _programs(self, say: Say) -> tuple[Program, ...]:
        software = prepare_software(self.settings.software, self.home.account, say)
        self.supervisor.clear(say)
        programs = []
        if self.postgres:
            _refuse_held_port(self.home, "postgres")
            programs.append(prepare_cluster(self.home, software, durable=self.durable, small=self.small))
        if self.kafka:
            _refuse_held_port(self.home, "kafka")
            _refuse_held_port(self.home, "kafka_controller")
            programs.append(prepare_broker(self.home, software, self.settings.kafka_java))
        return tuple(programs)

    def _wait(self, say: Say) -> None:
        """However long a server needs that is at work: after a crash it reads back what it had written."""
        checks: dict[str, Callable[[], bool]] = {}
        url = own_url(self.home, "postgres", "postgres")
        if self.postgres:
            checks["postgres"] = lambda: _recovers(url) is False
        if self.kafka:
            checks["kafka"] = lambda: reachable(bootstrap(self.home))
        for name, check in checks.items():
            patience = Patience(self.ready_s)
            while not check():
                log = self.home.logs / f"{name}.log"
                recovers = name == "postgres" and (answer(url) is Ping.REJECT or _recovers(url) is True)
                late = patience.ended(recovers=recovers, log_size=size_of(log))
                self._refuse_failing(name, log, late=late)
                if (waited := patience.due()) is not None:
                    why = "after a crash, or on a busy machine, it takes longer"
                    say(f"{name} is still starting after {waited:.0f} s ({why}): {last_line(log)}")
                time.sleep(0.1)

    def _refuse_failing(self, name: str, log: Path, *, late: bool) -> None:
        state = next((process.state for process in self.processes() if process.name == name), "gone")
        if not late and state in ("STARTING", "RUNNING"):
            return
        said = log.read_text(errors="replace")[-1500:] if log.exists() else ""
        why = f", and {full}" if (full := disk.full(self.home.root)) else ""
        raise OperatorError(f"{name} did not start ({state}){why}. Its log, {log}, ends:\n{said}")


def _refuse_held_port(home: Home, name: str) -> None:
    port = home.ports[name]
    if not is_free(port):
        raise OperatorError(
            f"port {port}, which this home uses for {name}, is held by {holder(port)}."
            f" End that, or choose another port in {home.root / 'ports.json'}."
        )


def _recovers(url: str) -> bool | None:
    """Whether PostgreSQL still reads back what it had written, in which time it may answer but takes no changes;
    ``None`` where it does not answer."""
    try:
        with psycopg.connect(url, connect_timeout=3) as session:
            row = session.execute("SELECT pg_is_in_recovery()").fetchone()
    except psycopg.OperationalError:
        return None
    return row is not None and bool(row[0])
