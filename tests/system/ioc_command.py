"""Runs the real ``ioc`` on a home of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import psutil

from infra.home import open_home
from infra.settings import Settings
from infra.status import HomeStatus
from infra.status import status as status_of
from infra.supervise.leftovers import find_leftovers
from tests.settings import LIGHT_JAVA

T = TypeVar("T")


@dataclass
class Ioc:
    """One home. Whatever :meth:`spawn` started is killed by :meth:`close`, and all that it left behind."""

    home: Path
    settings: dict[str, str] = field(default_factory=dict)
    spawned: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run(self, *words: str, stdin: str = "", timeout: float = 120) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._command(words), input=stdin, capture_output=True, text=True, check=False, timeout=timeout
        )

    def must(self, *words: str) -> str:
        """Standard output of a run that succeeded."""
        ended = self.run(*words)
        assert ended.returncode == 0, f"ioc {' '.join(words)}:\n{ended.stdout}{ended.stderr}"
        return ended.stdout

    def spawn(self, *words: str) -> subprocess.Popen[bytes]:
        """Starts it and comes back; what it says is in ``said()``."""
        with self._output.open("ab") as output:
            process = subprocess.Popen(
                self._command(words), stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )
        self.spawned.append(process)
        return process

    def said(self) -> str:
        return self._output.read_text(errors="replace") if self._output.exists() else ""

    def status(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.must("status", "--json"))
        assert set(answer) == {"ready", "home", "missing", "history_to", "ending", "processes"}
        assert Path(answer["home"]).name == self.home.name
        assert all(set(process) == {"name", "pid", "url"} for process in answer["processes"])
        return answer

    def look(self) -> HomeStatus:
        """What ``ioc status`` would say, without its process: for what is looked at again and again."""
        given: dict[str, Any] = {name.removeprefix("IOC_").lower(): value for name, value in self.settings.items()}
        return status_of(open_home(self.home), Settings(**{"home": self.home} | given))

    def pids(self) -> dict[str, int]:
        return {process.name: process.pid for process in self.look().processes}

    def wait_ready(self, seconds: float = 180) -> dict[str, Any]:
        wait_for(lambda: True if self.look().ready else None, seconds, self.said)
        return self.status()

    def leftovers(self) -> list[psutil.Process]:
        """Everything of this home that still runs."""
        home = open_home(self.home)
        return [*find_leftovers(home, "processes"), *find_leftovers(home, "stack")]

    def close(self) -> None:
        for process in self.spawned:
            process.kill()
            process.wait()
        for supervised in self.leftovers():
            supervised.kill()

    @property
    def _output(self) -> Path:
        return self.home.with_name(f"{self.home.name}.out")

    def _command(self, words: tuple[str, ...]) -> list[str]:
        settings = {"IOC_HOME": str(self.home), "IOC_KAFKA_JAVA": LIGHT_JAVA} | self.settings
        return [
            *("env", *(f"{name}={value}" for name, value in settings.items())),
            *(sys.executable, "-P", "-m", "infra.cli", *words),
        ]


def wait_for(look: Callable[[], T | None], seconds: float, explain: Callable[[], str] = str) -> T:
    """What ``look`` finds, looked for again and again."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found is not None:
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s. {explain()}")
