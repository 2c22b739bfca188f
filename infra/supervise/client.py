"""Talks to a supervisor over its unix socket."""

import xmlrpc.client
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supervisor.xmlrpc import SupervisorTransport

# What is wrong on the way to a supervisor that is not there, is going, or does not know a process.
FAILURES = (OSError, xmlrpc.client.Error)


@dataclass(frozen=True, slots=True)
class SupervisedProcess:
    """One supervised process as its supervisor sees it."""

    name: str
    state: str  # STARTING, RUNNING, BACKOFF, STOPPING, STOPPED, EXITED, FATAL
    pid: int | None
    started: int  # seconds since 1970
    note: str

    @property
    def running(self) -> bool:
        return self.state == "RUNNING"


class SupervisorClient:
    """Calls raise one of :data:`FAILURES` when the supervisor does not answer."""

    def __init__(self, socket: Path) -> None:
        self._transport = SupervisorTransport(None, None, f"unix://{socket}")
        self._api = xmlrpc.client.ServerProxy("http://127.0.0.1", transport=self._transport).supervisor

    def __enter__(self) -> "SupervisorClient":
        return self

    def __exit__(self, *_exc: object) -> None:
        self._transport.close()

    def pid(self) -> int:
        return int(_number(self._api.getPID()))

    def processes(self) -> list[SupervisedProcess]:
        rows: Any = self._api.getAllProcessInfo()
        return [
            SupervisedProcess(row["name"], row["statename"], row["pid"] or None, row["start"], row["description"])
            for row in rows
        ]

    def restart(self, name: str) -> None:
        self._api.stopProcess(name)
        self._api.startProcess(name)

    def stop(self, name: str) -> None:
        self._api.stopProcess(name)

    def start(self, name: str) -> None:
        self._api.startProcess(name)

    def stop_all(self) -> None:
        """Tells all at once, and waits for none."""
        self._api.stopAllProcesses(False)

    def shutdown(self) -> None:
        self._api.shutdown()


def _number(value: Any) -> int:
    return int(value)
