"""The screens' or the data API's process over a database, as benchmarks start it, and tests that start a copy."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from infra.endpoints import DatabaseUrls
from infra.ports import free_port
from infra.settings import OutsideEnvironment

OURS = Path(__file__).resolve().parent.parent


@contextmanager
def serving(
    root: Path, urls: DatabaseUrls, module: str = "dashboards", code: Path = OURS, **settings: str
) -> Iterator[str]:
    """Its origin; it is ended after the block. ``root``: where its log goes; ``code``: the folder of the product."""
    port = free_port()
    environment = {
        **OutsideEnvironment().variables(),
        "IOC_DATABASE_SCREENS": urls.screens,
        "IOC_DATABASE_API": urls.api,
        "IOC_SIGN_IN": "demo",
        "IOC_PORT": str(port),
        "IOC_API_PORT": str(port),
        **settings,
    }
    with (root / f"{module}.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            env=environment,
            cwd=code,
            stdout=log,
            stderr=log,
        )
        try:
            _until_it_listens(port)
            yield f"http://127.0.0.1:{port}"
            assert process.poll() is None, (root / f"{module}.log").read_text()[-2000:]
        finally:
            process.terminate()
            process.wait(10)


def _until_it_listens(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("nothing listens")
