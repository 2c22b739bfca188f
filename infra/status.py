"""What runs, and whether the whole is ready: the answer of ``ioc status``."""

import http.client
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg.pq import Ping

from infra import disk
from infra.db.revisions import pending
from infra.ending_keys import EndingKey, ending_keys
from infra.endpoints import Endpoints, endpoints
from infra.home import Home
from infra.kafka.admin import reachable
from infra.processes import SERVING, port_of, url_of
from infra.settings import Settings
from infra.stack.readiness import answer
from infra.stack.stack import Stack
from infra.supervise.client import SupervisedProcess
from infra.supervise.daemon import Supervisor
from schemas.simulated_history import reached_of
from schemas.sqlstates import passes

HEARTBEAT_AGE = timedelta(seconds=15)  # each worker writes one every 2 s


@dataclass(frozen=True, slots=True)
class RunningProcess:
    name: str
    pid: int
    url: str | None


@dataclass(frozen=True, slots=True)
class HomeStatus:
    """``missing`` says in words what keeps it from being ready. ``home`` is the one that was looked at. ``history_to``:
    of a demo that has not loaded its whole year, the earliest day that it has. ``ending``: keys that end soon."""

    home: Path
    processes: tuple[RunningProcess, ...] = ()
    missing: tuple[str, ...] = ("nothing is running",)
    history_to: date | None = None
    ending: tuple[EndingKey, ...] = ()

    @property
    def ready(self) -> bool:
        return not self.missing

    def as_json(self) -> dict[str, Any]:
        return {
            "ready": self.ready,
            "home": str(self.home),
            "missing": list(self.missing),
            "history_to": self.history_to and self.history_to.isoformat(),
            "ending": [
                {"role": one.role, "name": one.name, "ends_at": one.ends_at and one.ends_at.isoformat()}
                for one in self.ending
            ],
            "processes": [asdict(process) for process in self.processes],
        }


def status(home: Home, settings: Settings) -> HomeStatus:
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
    if not running:
        return HomeStatus(home.root, (), (*found, "nothing is running"))
    lacking, history_to = _in_database(where, supervised)
    found += [*([] if reachable(where.kafka) else ["Kafka does not answer"]), *lacking]
    found += _not_serving(home, settings, supervised)
    return HomeStatus(home.root, running, tuple(found), history_to, _ending(where))


def _ending(where: Endpoints) -> tuple[EndingKey, ...]:
    """None where the database does not answer, which is said already."""
    try:
        return ending_keys(where.database.access, datetime.now(UTC))
    except psycopg.Error:
        return ()


def _not_serving(home: Home, settings: Settings, supervised: list[SupervisedProcess]) -> list[str]:
    found = []
    running = {process.name for process in supervised if process.pid}
    for name in SERVING:
        if name not in running:
            found.append(f"{name} is not running")
        elif not _healthy(port_of(home, settings, name)):
            found.append(f"{name} does not answer")
    return found


def _in_database(where: Endpoints, supervised: list[SupervisedProcess]) -> tuple[list[str], date | None]:
    """What is missing of it and of who writes to it, and how far a demo's history is."""
    try:
        if pending(where.database.screens):
            return ["the database is not migrated"], None
        with psycopg.connect(where.database.screens, connect_timeout=5) as connection:
            told = connection.execute("SELECT process, beat_at, state, detail FROM heartbeat").fetchall()
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable):
        return ["the database is not migrated"], None
    except psycopg.Error as exc:
        if not passes(exc):
            raise
        recovers = answer(where.database.screens) is Ping.REJECT
        away = "the database is starting, or recovers after a crash" if recovers else "the database does not answer"
        return [away], None
    beats = {process: beat_at for process, beat_at, *_ in told}
    workers = [process for process in supervised if process.name.startswith("worker-")]
    silent = [f"{worker.name} gives no sign of life" for worker in workers if not _beats(worker, beats)]
    return silent if workers else ["no worker is running"], reached_of(
        (process, state, detail) for process, _, state, detail in told
    )


def _beats(worker: SupervisedProcess, beats: dict[str, datetime]) -> bool:
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
