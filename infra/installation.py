"""One installation, brought up and down: stack, schema, topics, processes."""

import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import psutil

from infra import demo_clock
from infra.db.reference import load_new, of_home, own_folder
from infra.endpoints import Endpoints, endpoints
from infra.errors import OperatorError
from infra.home import Home, remember_ports
from infra.kafka.topics import ensure_topics, find_drift
from infra.ports import holder, is_free
from infra.processes import SERVING, port_of, programs, sign_in
from infra.settings import OutsideEnvironment, Settings
from infra.stack.stack import Stack
from infra.status import HomeStatus, status
from infra.supervise.daemon import Supervisor
from schemas.reference.check import check
from schemas.topics import TOPICS

Say = Callable[[str], None]
READY_S = 60.0
DOWN_S = 150.0


@dataclass(frozen=True, slots=True)
class Installation:
    """All of one home. ``up`` is held by one ``ioc up`` at a time."""

    home: Home
    settings: Settings
    demo: bool = False

    @property
    def stack(self) -> Stack:
        return replace(Stack.of(self.home, self.settings), small=self.demo)

    @property
    def supervisor(self) -> Supervisor:
        return Supervisor(self.home, "processes")

    @property
    def _lock(self) -> Path:
        return self.home.run / "up.lock"

    @property
    def _detached(self) -> Path:
        return self.home.run / "detached"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Held for as long as an ``ioc up`` is at work; ends with its process. A second one is refused."""
        with self._lock.open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise OperatorError(
                    f"already up: `ioc up` with pid {self.holder() or 'unknown'} runs this home"
                ) from None
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield

    def holder(self) -> int | None:
        """The pid of the ``ioc up`` that is at work."""
        if not self._lock.exists():
            return None
        with self._lock.open("r") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(file.read() or 0) or None
            return None

    def runs_detached(self) -> bool:
        return self._detached.exists() and self.supervisor.pid() is not None

    def detach(self) -> None:
        """From now on nobody watches: what runs, runs until ``ioc down``."""
        self._detached.touch()

    def start(self, say: Say) -> None:
        """Starts everything that does not run. What an earlier run left behind is ended first."""
        self._detached.unlink(missing_ok=True)
        self.supervisor.clear(say)
        for name in SERVING:
            self._refuse_held_port(name)
        remember_ports(self.home, {name: port_of(self.home, self.settings, name) for name in SERVING})
        self.stack.up(say, owner="up")
        where = endpoints(self.home, self.settings)
        self._prepare(where, say)
        self._refuse_real_data_for_visitors(where)
        self._set_clock(where, say)
        started = programs(self.home, self.settings, where, demo=self.demo)
        say("Starting " + ", ".join(program.name for program in started) + " …")
        self.supervisor.start(started, say, OutsideEnvironment().process_settings())

    def wait_ready(self) -> HomeStatus:
        """The status once it is ready, or when it has taken too long."""
        deadline = time.monotonic() + READY_S
        while not (now := status(self.home, self.settings)).ready and time.monotonic() < deadline:
            time.sleep(0.25)
        return now

    def revive(self, say: Say) -> None:
        """Starts again a supervisor that has died: it leaves its children to nobody."""
        if not self.stack.alive():
            say("The stack's supervisor has gone; starting it again.")
            self.stack.up(say, owner="up")
        if self.supervisor.pid() is None:
            say("The processes' supervisor has gone; starting it again.")
            where = endpoints(self.home, self.settings)
            again = programs(self.home, self.settings, where, demo=self.demo)
            self.supervisor.start(again, say, OutsideEnvironment().process_settings())

    def stop(self, say: Say) -> None:
        """Stops the processes, and the stack unless ``ioc stack up`` started it."""
        self._detached.unlink(missing_ok=True)
        if self.supervisor.stop():
            say("Stopped the processes.")
        if self.stack.owner() == "stack" and self.stack.running():
            say("Kafka and TimescaleDB go on: `ioc stack up` started them, `ioc stack down` stops them.")
        elif self.stack.down():
            say("Stopped Kafka and TimescaleDB.")

    def down(self, say: Say) -> None:
        """Stops what runs, whoever started it: an ``ioc up`` at another terminal is asked to stop it itself."""
        pid = self.holder()
        if pid is not None and psutil.pid_exists(pid):
            say(f"Asking `ioc up` (pid {pid}) to stop …")
            os.kill(pid, signal.SIGTERM)
            deadline = time.monotonic() + DOWN_S
            while self.holder() is not None and time.monotonic() < deadline:
                time.sleep(0.1)
        with self.held():
            self.stop(say)

    def _prepare(self, where: Endpoints, say: Say) -> None:
        from infra.db.migrate import migrate  # here: Alembic takes a quarter of a second to load, and few verbs migrate

        migrated = migrate(where.database)
        if migrated.before != migrated.after:
            say(f"Migrated the database from {migrated.before or 'nothing'} to {migrated.after}.")
        self._load_reference(where, say)
        created = ensure_topics(where.kafka, TOPICS)
        if created:
            say(f"Created {', '.join(created)}.")
        for drift in find_drift(where.kafka, TOPICS):
            say(f"Warning: {drift}. It was left as it is.")

    def _set_clock(self, where: Endpoints, say: Say) -> None:
        """A demo's own, which shows a working day at any hour; everything else goes by the real time."""
        if not self.demo:
            demo_clock.keep(self.home.root, 0)
            return
        now = datetime.now(UTC)
        offset, said = demo_clock.decide(self.home.root, where.database.screens, self.settings.demo_start, now)
        demo_clock.keep(self.home.root, offset)
        say(said)

    def _load_reference(self, where: Endpoints, say: Say) -> None:
        """Reference files that were never loaded. Broken ones are no reason not to start: what stands, stands. A demo's
        names its simulated procedures too."""
        if self.demo:
            demo_clock.name_procedures(own_folder(self.home.root))
        try:
            reference = of_home(self.home.root)
        except OSError as exc:
            say(f"Warning: reference data was not loaded: cannot read {exc.filename} ({exc.strerror}).")
            return
        problems = check(reference)
        if problems:
            say(f"Warning: reference data was not loaded: {problems[0]}. `ioc reference check` lists all.")
            return
        loaded = load_new(where.database.migrate, reference, datetime.now(UTC))
        if loaded:
            say(f"Loaded reference data: {', '.join(one.file for one in loaded)}.")

    def _refuse_real_data_for_visitors(self, where: Endpoints) -> None:
        if sign_in(self.settings, demo=self.demo) != "demo":
            return
        if (other := demo_clock.other_source(where.database.screens)) is not None:
            raise OperatorError(
                f"this home holds events of {other}, which are not simulated, so nobody sees them without signing in:"
                " set IOC_SIGN_IN=accounts (docs/access.md)"
            )

    def _refuse_held_port(self, name: str) -> None:
        port = port_of(self.home, self.settings, name)
        if not is_free(port):
            setting = SERVING[name]
            raise OperatorError(
                f"port {port} of the {name} is held by {holder(port)}. End that, or choose another with {setting}."
            )
