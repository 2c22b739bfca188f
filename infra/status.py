"""What runs, and whether the whole is ready: the answer of ``ioc status``."""

import http.client
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg.pq import Ping

from infra import disk
from infra.db.revisions import pending
from infra.endpoints import Endpoints, endpoints
from infra.home import Home
from infra.kafka.admin import reachable
from infra.processes import SERVING, port_of, url_of
from infra.settings import Settings
from infra.stack.readiness import answer
from infra.stack.stack import Stack
from infra.supervise.client import Process
from infra.supervise.daemon import Supervisor
from schemas.sqlstates import passes

HEARTBEAT_AGE = timedelta(seconds=15)  # each worker writes one every 2 s


@dataclass(frozen=True, slots=True)
class RunningProcess:
    name: str
    pid: int
    url: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """``missing`` says in words what keeps it from being ready. ``home`` is the one that was looked at."""

    home: Path
    processes: tuple[RunningProcess, ...] = ()
    missing: tuple[str, ...] = ("nothing is running",)

    @property
    def ready(self) -> bool:
        return not self.missing

    def as_json(self) -> dict[str, Any]:
        return {
            "ready": self.ready,
            "home": str(self.home),
            "missing": list(self.missing),
            "processes": [asdict(process) for process in self.processes],
        }


def status(home: Home, settings: Settings) -> Status:
    """Looks, in well under a second when nothing runs; changes nothing."""
    where = endpoints(home, settings)
    urls = {
        "kafka": where.kafka,
        "postgres": f"postgresql://127.0.0.1:{home.ports['postgres']}/ioc",
        **{name: url_of(home, settings, name) for name in SERVING},
    }
    supervised = [*Stack.of(home, settings).processes(), *Supervisor(home, "processes").processes()]
    running = tuple(
        RunningProcess(process.name, process.pid, urls.get(process.name)) for process in supervised if process.pid
    )
    full = disk.full(home.root)
    found = [full] if full else []
    found += _missing(home, settings, where, supervised) if running else ["nothing is running"]
    return Status(home.root, running, tuple(found))


def _missing(home: Home, settings: Settings, where: Endpoints, supervised: list[Process]) -> list[str]:
    found = []
    if not reachable(where.kafka):
        found.append("Kafka does not answer")
    found += _missing_in_database(where, supervised)
    running = {process.name for process in supervised if process.pid}
    for name in SERVING:
        if name not in running:
            found.append(f"{name} is not running")
        elif not _healthy(port_of(home, settings, name)):
            found.append(f"{name} does not answer")
    return found


def _missing_in_database(where: Endpoints, supervised: list[Process]) -> list[str]:
    try:
        if pending(where.database.screens):
            return ["the database is not migrated"]
        with psycopg.connect(where.database.screens, connect_timeout=5) as connection:
            beats: dict[str, datetime] = dict(connection.execute("SELECT process, beat_at FROM heartbeat").fetchall())
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable):
        return ["the database is not migrated"]
    except psycopg.Error as exc:
        if not passes(exc):
            raise
        recovers = answer(where.database.screens) is Ping.REJECT
        return ["the database is starting, or recovers after a crash" if recovers else "the database does not answer"]
    workers = [process for process in supervised if process.name.startswith("worker-")]
    silent = [f"{worker.name} gives no sign of life" for worker in workers if not _beats(worker, beats)]
    return silent if workers else ["no worker is running"]


def _beats(worker: Process, beats: dict[str, datetime]) -> bool:
    """A sign of life of this very process: its predecessor's may still be fresh."""
    beat = beats.get(worker.name)
    if beat is None or worker.pid is None:
        return False
    return beat > datetime.now(UTC) - HEARTBEAT_AGE and beat.timestamp() >= worker.started


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
