"""A real supervisor of programs that take their time."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.home import open_home
from infra.supervise.daemon import Supervisor
from infra.supervise.leftovers import find_leftovers
from infra.supervise.programs import Program
from tests.conftest import remove_home, temporary_home
from tests.system.harness import wait_for

LEAVES_S = 1.0
SLOW = f'trap "sleep {LEAVES_S}; exit 0" TERM; while :; do sleep 0.05; done'
MANY = 8


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    root: Path = temporary_home()
    made = Supervisor(open_home(root), "processes")
    yield made
    made.stop()
    remove_home(root)


def test_all_programs_are_told_to_stop_at_once_and_none_is_left(supervisor: Supervisor) -> None:
    programs = tuple(Program(f"slow-{n}", ("/bin/sh", "-c", SLOW), stop_wait_s=10, start_s=0) for n in range(MANY))
    supervisor.start(programs, print)
    wait_for(lambda: [one.running for one in supervisor.processes()] == [True] * MANY, 20)

    began = time.monotonic()
    assert supervisor.stop()

    assert time.monotonic() - began < LEAVES_S * MANY, "one after the other"
    assert find_leftovers(supervisor.home, supervisor.name) == []
