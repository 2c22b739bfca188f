"""Runs the contract with Faust (``faust_seams.py``) in a process of its own.

Faust that is stopped in the middle of a process leaves threads and coroutines behind; they would disturb the tests
that come after, and keep the process from ending.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from infra.home import Home

CONTRACT = Path(__file__).with_name("faust_seams.py")
REPOSITORY = CONTRACT.parent.parent.parent
RUN = "import os, sys, pytest; code = pytest.main(sys.argv[1:]); sys.stdout.flush(); os._exit(code)"


@pytest.mark.timeout(330)
def test_the_seams_of_faust_are_what_the_transport_leans_on(home: Home, tmp_path: Path) -> None:
    command = ["env", f"IOC_TEST_HOME={home.root}", sys.executable, "-c", RUN]
    options = ["-q", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'seams'}"]
    done = subprocess.run(
        [*command, *options, str(CONTRACT)],
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:]
    assert " passed" in done.stdout
