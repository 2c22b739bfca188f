"""Starts and stops one supervisor of a home."""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from infra.errors import OperatorError
from infra.home import Home, write
from infra.settings import OutsideEnvironment
from infra.supervise.client import FAILURES, SupervisedProcess, SupervisorClient
from infra.supervise.leftovers import end_leftovers, find_leftovers, mark
from infra.supervise.programs import Program, configuration, socket_of

Say = Callable[[str], None]
START_S = 20.0
STOP_S = 90.0  # PostgreSQL writes a checkpoint before it goes


@dataclass(frozen=True, slots=True)
class Supervisor:
    """The supervisor called ``name`` (``stack`` or ``processes``) of a home, running or not."""

    home: Home
    name: str

    @property
    def socket(self) -> Path:
        return socket_of(self.name, self.home.sockets)

    def client(self) -> SupervisorClient:
        return SupervisorClient(self.socket)

    def pid(self) -> int | None:
        """Its process id; ``None`` when it is not running."""
        try:
            with self.client() as client:
                return client.pid()
        except FAILURES:
            return None

    def processes(self) -> list[SupervisedProcess]:
        """What it runs; nothing when it is not running."""
        try:
            with self.client() as client:
                return client.processes()
        except FAILURES:
            return []

    def clear(self, say: Say) -> None:
        """Ends what an earlier supervisor of this name left behind."""
        for ended in end_leftovers(self.home, self.name):
            say(f"Ended {ended}, left behind by an earlier run.")
        self.socket.unlink(missing_ok=True)

    def start(self, programs: tuple[Program, ...], say: Say, shared: Mapping[str, str] | None = None) -> None:
        """Ends what an earlier supervisor of this home left behind, then starts a new one with these programs.
        A Ctrl-C at the terminal does not reach it. ``shared``: what all its programs find in their environment."""
        self.clear(say)
        config = self.home.run / f"{self.name}.conf"
        text = configuration(self.name, self.home.run, self.home.sockets, self.home.logs, self._marked(programs))
        write(config, text, mode=0o600)
        # It reads its configuration, opens its socket, and then leaves for the background in a session of its own.
        began = subprocess.run(
            [sys.executable, "-m", "supervisor.supervisord", "--silent", "-c", str(config)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=START_S,
            start_new_session=True,  # out of reach of a Ctrl-C from its first moment
            cwd="/",
            env=OutsideEnvironment().variables() | dict(shared or {}) | mark(self.home, self.name),
        )
        deadline = time.monotonic() + START_S
        while self.pid() is None:
            if began.returncode != 0 or time.monotonic() > deadline:
                raise OperatorError(f"the supervisor '{self.name}' did not start:\n{began.stdout}{began.stderr}")
            time.sleep(0.05)

    def stop(self) -> bool:
        """Stops it and all it runs; whether anything was there to stop."""
        try:
            with self.client() as client:
                client.stop_all()  # its own shutdown ends one after the other, and looks once a second
                client.shutdown()
            asked = True
        except FAILURES:
            asked = False
        deadline = time.monotonic() + STOP_S
        while asked and time.monotonic() < deadline and find_leftovers(self.home, self.name):
            time.sleep(0.1)
        return bool(end_leftovers(self.home, self.name)) or asked

    def _marked(self, programs: tuple[Program, ...]) -> tuple[Program, ...]:
        ours = mark(self.home, self.name)
        return tuple(replace(program, environment=program.environment | ours) for program in programs)
