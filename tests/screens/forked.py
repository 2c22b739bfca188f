"""A server of the screens as a process of its own, forked from one that has everything loaded already: loading the
screens takes seconds, and the tests start dozens."""

import os
import signal
from collections.abc import Mapping
from multiprocessing import get_context
from pathlib import Path

from tests.settings import REPOSITORY, replace_environment

OUTSIDE = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1", "IOC_SIGN_IN": "demo"}
FROM = get_context("forkserver")
FROM.set_forkserver_preload(["tests.screens.serve"])


class ForkedServer:
    """``tests.screens.serve`` at a port, with this environment and no other; it writes into ``log``. Asked and told
    what it is asked and told as a ``subprocess.Popen`` would be."""

    def __init__(self, arguments: tuple[str, ...], environment: Mapping[str, str], log: Path) -> None:
        self._process = FROM.Process(target=_serve, args=(arguments, dict(environment), str(log)), daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, seconds: float | None = None) -> None:
        self._process.join(seconds)
        if self._process.is_alive():
            raise TimeoutError(f"pid {self.pid} did not end within {seconds} s")

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _serve(arguments: tuple[str, ...], environment: dict[str, str], log: str) -> None:
    """In the new process."""
    from tests.screens import serve

    os.chdir(REPOSITORY)
    replace_environment(environment)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for standard in (1, 2):
        os.dup2(written, standard)
    serve.main(*arguments)
