"""A real supervisor of programs that take their time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.home import open_home
from infra.supervise.daemon import Supervisor
from infra.supervise.leftovers import find_leftovers
from infra.supervise.programs import Program
from tests.conftest import remove_home, temporary_home
from tests.system.harness import wait_for

MANY = 8
# Leaves once all have been told to: of programs that are told one after the other, the first never does.
SLOW = f"""cd "$(dirname "$0")"
trap 'touch told-$1; while [ $(ls told-* | wc -l) -lt {MANY} ]; do sleep 0.05; done; touch left-$1; exit 0' TERM
touch ready-$1
while :; do sleep 0.05; done
"""


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    root: Path = temporary_home()
    made = Supervisor(open_home(root), "processes")
    yield made
    made.stop()
    remove_home(root)


def test_all_programs_are_told_to_stop_at_once_and_none_is_left(supervisor: Supervisor, tmp_path: Path) -> None:
    script = tmp_path / "slow.sh"
    script.write_text(SLOW)
    programs = tuple(
        Program(f"slow-{n}", ("/bin/sh", str(script), str(n)), stop_wait_s=30, start_s=0) for n in range(MANY)
    )
    supervisor.start(programs, print)
    wait_for(lambda: len(list(tmp_path.glob("ready-*"))) == MANY, 60)

    assert supervisor.stop()

    assert len(list(tmp_path.glob("left-*"))) == MANY, "one after the other, each ended by force"
    assert find_leftovers(supervisor.home, supervisor.name) == []
